package grusim.isa;

/**
 * What an instruction's base address names (fields iaa0 and iaa1); in unmapped mode it also travels in address bits
 * 62-63. Source: Linux driver drivers/misc/sgi-gru, gru_instructions.h.
 */
public enum AddressAttribute implements Coded {
    RAM(0, "ram"),
    MMIO(1, "mmio"),
    NONCOHERENT_RAM(2, "ncram"),
    REGISTER(3, "register");

    /** The lowest address bit that carries the attribute of an unmapped address. */
    public static final int UNMAPPED_ADDRESS_SHIFT = 62;

    private static final Codes<AddressAttribute> CODES = Codes.of("address attribute", values());

    private final int code;
    private final String mnemonic;

    AddressAttribute(int code, String mnemonic) {
        this.code = code;
        this.mnemonic = mnemonic;
    }

    /** The attribute with this code. */
    public static AddressAttribute of(int code) {
        return CODES.at(code);
    }

    /** The attribute an unmapped address carries in its two top bits. */
    public static AddressAttribute ofUnmapped(long address) {
        return of((int) (address >>> UNMAPPED_ADDRESS_SHIFT));
    }

    @Override
    public int code() {
        return code;
    }

    /** The name in assembly. */
    public String mnemonic() {
        return mnemonic;
    }
}
