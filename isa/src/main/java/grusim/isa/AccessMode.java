package grusim.isa;

/**
 * The three bits of the field ima: how an instruction reaches memory and tells of its end. Source: Linux driver
 * drivers/misc/sgi-gru, gru_instructions.h.
 */
public enum AccessMode {
    /** Hold responses to reads of the control block until its status changes. */
    CB_DELAY(1, "delay"),
    /** Bypass the TLB: addresses are physical. Privileged: the context needs unmap_enable in its CCH. */
    UNMAPPED(2, "unmapped"),
    /** Raise an interrupt on completion. */
    INTERRUPT(4, "interrupt");

    private final int mask;
    private final String mnemonic;

    AccessMode(int mask, String mnemonic) {
        this.mask = mask;
        this.mnemonic = mnemonic;
    }

    /** The bit in ima. */
    public int mask() {
        return mask;
    }

    /** The name in assembly. */
    public String mnemonic() {
        return mnemonic;
    }

    /** Whether ima has this bit. */
    public boolean in(int ima) {
        return (ima & mask) != 0;
    }
}
