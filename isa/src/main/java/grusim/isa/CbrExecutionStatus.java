package grusim.isa;

/**
 * The bits of cbrexecstatus in a CBE. Source: Linux driver drivers/misc/sgi-gru, gruhandles.h and gru_instructions.h.
 */
public enum CbrExecutionStatus implements Coded {
    ABORT(0),
    INTERRUPT_OCCURRED(1),
    PENDING(2),
    QUEUED(3),
    /** An invalidate has hit this control block: the only visible trace of one. */
    TLB_INVALIDATE(4),
    EXCEPTION(5),
    CB_INTERRUPT_PENDING(6);

    private final int bit;

    CbrExecutionStatus(int bit) {
        this.bit = bit;
    }

    /** The bit number in cbrexecstatus. */
    @Override
    public int code() {
        return bit;
    }

    /** The bit in cbrexecstatus. */
    public int mask() {
        return 1 << bit;
    }

    /** Whether cbrexecstatus has this bit. */
    public boolean in(int cbrexecstatus) {
        return (cbrexecstatus & mask()) != 0;
    }
}
