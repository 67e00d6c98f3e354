package grusim.isa.handle;

import grusim.isa.BitField;
import grusim.isa.Layout;

/**
 * The control block extended: the chiplet's own copy of a running instruction, and why it failed. The words named 'upd' move on while a long instruction runs, so that it can be restarted. It is not coherent: software flushes the line before it reads. Source: Linux driver drivers/misc/sgi-gru, gruhandles.h.
 */
public final class Cbe {
    public static final BitField IMACPY = BitField.of("imacpy", 0, 1, 3);
    public static final BitField XTYPECPY = BitField.of("xtypecpy", 0, 8, 3);
    public static final BitField IAA0CPY = BitField.of("iaa0cpy", 0, 11, 2);
    public static final BitField IAA1CPY = BitField.of("iaa1cpy", 0, 13, 2);
    public static final BitField OPCCPY = BitField.of("opccpy", 0, 16, 8);
    public static final BitField EXOPCCPY = BitField.of("exopccpy", 0, 24, 8);
    public static final BitField IDEF2CPY = BitField.of("idef2cpy", 0, 32, 22);
    public static final BitField IDEF4CPY = BitField.of("idef4cpy", 1, 0, 22);
    public static final BitField IDEF4UPD = BitField.of("idef4upd", 1, 32, 22);
    /** Of a BCOPY: base address 0 so far. */
    public static final BitField IDEF1UPD = BitField.of("idef1upd", 2, 0, 64);

    public static final BitField IDEF5CPY = BitField.of("idef5cpy", 3, 0, 64);
    /** Of a BCOPY: source lines. */
    public static final BitField IDEF6CPY = BitField.of("idef6cpy", 4, 0, 64);
    /** Of a BCOPY: base address 1 so far. */
    public static final BitField IDEF3UPD = BitField.of("idef3upd", 5, 0, 64);
    /** Of a BCOPY: elements left. */
    public static final BitField IDEF5UPD = BitField.of("idef5upd", 6, 0, 64);

    public static final BitField IDEF2UPD = BitField.of("idef2upd", 7, 0, 22);
    public static final BitField ECAUSE = BitField.of("ecause", 7, 32, 20);
    public static final BitField CBRSTATE = BitField.of("cbrstate", 7, 52, 4);
    public static final BitField CBREXECSTATUS = BitField.of("cbrexecstatus", 7, 56, 8);

    public static final Layout LAYOUT = Layout.of(
            "cbe",
            IMACPY,
            XTYPECPY,
            IAA0CPY,
            IAA1CPY,
            OPCCPY,
            EXOPCCPY,
            IDEF2CPY,
            IDEF4CPY,
            IDEF4UPD,
            IDEF1UPD,
            IDEF5CPY,
            IDEF6CPY,
            IDEF3UPD,
            IDEF5UPD,
            IDEF2UPD,
            ECAUSE,
            CBRSTATE,
            CBREXECSTATUS);

    private Cbe() {}
}
