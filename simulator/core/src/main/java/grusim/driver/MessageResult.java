package grusim.driver;

/** Results of sending a message, by the driver's codes (MQE_ in drivers/misc/sgi-gru/grukservices.h). */
public final class MessageResult {
    public static final int OK = 0;
    /** The hub or the memory refused for now: send again. */
    public static final int CONGESTION = 1;
    /** Both halves hold messages that were not received: send again later. */
    public static final int QUEUE_FULL = 2;
    /** An instruction failed for a reason that is none of a message queue's. */
    public static final int UNEXPECTED_CB_ERR = 3;
    /** Between the driver's own functions: send again at once (MQIE_AGAIN). */
    static final int AGAIN = -1;

    private MessageResult() {}
}
