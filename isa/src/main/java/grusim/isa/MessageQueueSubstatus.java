package grusim.isa;

/**
 * How a MESQ ended (low three bits of the field isubstatus; bit 3 says that an implicit abort is active). Source: Linux
 * driver drivers/misc/sgi-gru, gru_instructions.h.
 */
public enum MessageQueueSubstatus implements Coded {
    NO_ERROR(0),
    LB_OVERFLOWED(1),
    QLIMIT_REACHED(2),
    PAGE_OVERFLOW(3),
    AMO_NACKED(4),
    PUT_NACKED(5);

    /** The bits of isubstatus that hold the code. */
    public static final int MASK = 7;

    /** The bit of isubstatus that says that an implicit abort is active. */
    public static final int IMPLICIT_ABORT = 8;

    private static final Codes<MessageQueueSubstatus> CODES = Codes.of("message queue substatus", values());

    private final int code;

    MessageQueueSubstatus(int code) {
        this.code = code;
    }

    /** The substatus in a value of isubstatus. */
    public static MessageQueueSubstatus of(int isubstatus) {
        return CODES.at(isubstatus & MASK);
    }

    @Override
    public int code() {
        return code;
    }
}
