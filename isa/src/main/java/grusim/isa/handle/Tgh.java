package grusim.isa.handle;

import grusim.isa.BitField;
import grusim.isa.Layout;

/**
 * The TLB global handle: commands an invalidate of a range of translations. Source: Linux driver drivers/misc/sgi-gru, gruhandles.h.
 */
public final class Tgh {
    public static final BitField CMD = HandleCommand.CMD;
    public static final BitField DELRESP = HandleCommand.DELRESP;
    public static final BitField OPC = BitField.of("opc", 0, 2, 1);
    public static final BitField STATUS = HandleCommand.STATUS;
    public static final BitField STATE = BitField.of("state", 0, 20, 3);
    public static final BitField CAUSE = BitField.of("cause", 0, 24, 3);
    public static final BitField VADDR = BitField.of("vaddr", 1, 0, 64);
    public static final BitField ASID = BitField.of("asid", 2, 0, 24);
    public static final BitField PAGESIZE = BitField.of("pagesize", 2, 32, 5);
    public static final BitField GLOBAL = BitField.of("global", 2, 48, 1);
    public static final BitField VADDRMASK = BitField.of("vaddrmask", 3, 0, 39);
    /** The number of pages minus one. */
    public static final BitField N = BitField.of("n", 3, 48, 10);

    public static final BitField CTXBITMAP = BitField.of("ctxbitmap", 4, 0, 16);

    public static final Layout LAYOUT = Layout.of(
            "tgh", CMD, DELRESP, OPC, STATUS, STATE, CAUSE, VADDR, ASID, PAGESIZE, GLOBAL, VADDRMASK, N, CTXBITMAP);

    /** The number of pages that purges a whole address space. */
    public static final int PURGE_PAGES = 1024;

    private Tgh() {}
}
