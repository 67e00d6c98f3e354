package grusim.isa.handle;

import grusim.isa.BitField;
import grusim.isa.Layout;

/**
 * The TLB fault map, one per core: which control blocks need service. Bit i of a 128-bit map is bit i % 64 of element i / 64. Source: Linux driver drivers/misc/sgi-gru, gruhandles.h.
 */
public final class Tfm {
    /** Control blocks with a TLB miss that waits for an answer. */
    public static final BitField FAULT_BITS = BitField.array("fault_bits", 0, 64, 2);
    /** Control blocks that finished an instruction with INTERRUPT. */
    public static final BitField DONE_BITS = BitField.array("done_bits", 4, 64, 2);

    public static final Layout LAYOUT = Layout.of("tfm", FAULT_BITS, DONE_BITS);

    private Tfm() {}
}
