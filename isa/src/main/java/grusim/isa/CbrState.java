package grusim.isa;

/**
 * What a control block is doing inside the chiplet (field cbrstate of its CBE). Source: Linux driver
 * drivers/misc/sgi-gru, gruhandles.h.
 */
public enum CbrState implements Coded {
    INACTIVE(0),
    IDLE(1),
    PE_CHECK(2),
    QUEUED(3),
    WAIT_RESPONSE(4),
    INTERRUPTED(5),
    INTERRUPTED_MISS_FMM(6),
    BUSY_INTERRUPT_MISS_FMM(7),
    INTERRUPTED_MISS_UPM(8),
    BUSY_INTERRUPTED_MISS_UPM(9),
    REQUEST_ISSUE(10),
    BUSY_INTERRUPT(11);

    private static final Codes<CbrState> CODES = Codes.of("control block state", values());

    private final int code;

    CbrState(int code) {
        this.code = code;
    }

    /** The state with this code. */
    public static CbrState of(int code) {
        return CODES.at(code);
    }

    @Override
    public int code() {
        return code;
    }
}
