package grusim.isa.handle;

import grusim.isa.BitField;
import grusim.isa.Layout;

/**
 * The TLB fault handle, one per control block: where a miss is recorded and answered. Source: Linux driver drivers/misc/sgi-gru, gruhandles.h.
 */
public final class Tfh {
    public static final BitField CMD = HandleCommand.CMD;
    public static final BitField DELRESP = HandleCommand.DELRESP;
    public static final BitField OPC = BitField.of("opc", 0, 4, 3);
    public static final BitField STATUS = HandleCommand.STATUS;
    public static final BitField STATE = BitField.of("state", 0, 20, 3);
    public static final BitField CAUSE = BitField.of("cause", 0, 24, 6);
    public static final BitField CB_INT = BitField.of("cb_int", 0, 30, 1);
    public static final BitField INDEXWAY = BitField.of("indexway", 0, 32, 12);
    public static final BitField CTXNUM = BitField.of("ctxnum", 0, 48, 4);
    public static final BitField MISSVADDR = BitField.of("missvaddr", 1, 0, 64);
    public static final BitField MISSASID = BitField.of("missasid", 2, 0, 24);
    public static final BitField FILLASID = BitField.of("fillasid", 2, 32, 24);
    public static final BitField DIRTY = BitField.of("dirty", 2, 56, 1);
    public static final BitField GAA = BitField.of("gaa", 2, 57, 2);
    /** The physical address divided by 4 KiB, whatever the page size. */
    public static final BitField PFN = BitField.of("pfn", 3, 0, 41);

    public static final BitField PAGESIZE = BitField.of("pagesize", 3, 48, 5);
    public static final BitField FILLVADDR = BitField.of("fillvaddr", 4, 0, 64);

    public static final Layout LAYOUT = Layout.of(
            "tfh", CMD, DELRESP, OPC, STATUS, STATE, CAUSE, CB_INT, INDEXWAY, CTXNUM, MISSVADDR, MISSASID, FILLASID,
            DIRTY, GAA, PFN, PAGESIZE, FILLVADDR);

    /** The shift of pfn. */
    public static final int PFN_SHIFT = 12;

    private Tfh() {}
}
