package grusim.workload;

/** What a GRU chiplet has to give to contexts (Linux driver sgi-gru, gruhandles.h). */
public final class ChipletLimits {
    /** Contexts loaded at once. */
    public static final int CONTEXTS = 16;

    /** Control blocks. */
    public static final int CBRS = 128;

    /** Control blocks given out together. */
    public static final int CBR_UNIT = 2;

    /** Bytes of data segment. */
    public static final int DSR_BYTES = 32 << 10;

    /** Bytes of data segment given out together. */
    public static final int DSR_UNIT_BYTES = 1 << 10;

    /** Bytes of a GRU cache line. */
    public static final int LINE_BYTES = 64;

    private ChipletLimits() {}

    /** Units of control blocks a context takes. */
    public static int cbrUnits(int cbrs) {
        return (cbrs + CBR_UNIT - 1) / CBR_UNIT;
    }

    /** Units of data segment a context takes. */
    public static int dsrUnits(long dsrBytes) {
        return (int) ((dsrBytes + DSR_UNIT_BYTES - 1) / DSR_UNIT_BYTES);
    }
}
