package grusim.workload;

import grusim.isa.ExceptionCause;
import grusim.isa.handle.TfhCause;
import org.jspecify.annotations.Nullable;

/**
 * An error of the hardware that a spec may have strike, and what software sees of it: an exception cause, a TLB fault
 * handle in state HW_ERR, or the substatus of a message send.
 *
 * <p>Sources: the causes of Linux driver drivers/misc/sgi-gru, gruhandles.h. Which unit finds which error is assumed.
 */
public enum InjectedError {
    REGISTER(Where.INSTRUCTION, ExceptionCause.RI),
    PE_CHECK_DATA(Where.INSTRUCTION, ExceptionCause.PE_CHECK_DATA_ERROR),
    EXECUTION_HW(Where.INSTRUCTION, ExceptionCause.EXECUTION_HW_ERROR),
    FORCED(Where.INSTRUCTION, ExceptionCause.FORCED_ERROR),

    TLB_HW(Where.LOOKUP, ExceptionCause.TLB_HW_ERROR),

    TLB_RR(TfhCause.HW_ERROR_RR),
    TLB_MAIN_ARRAY(TfhCause.HW_ERROR_MAIN_ARRAY),
    TLB_VALID(TfhCause.HW_ERROR_VALID),
    TLB_PAGE_SIZE(TfhCause.HW_ERROR_PAGE_SIZE),
    TLB_UNCORRECTABLE(TfhCause.UNCORRECTABLE_ERROR),

    RA_REQUEST_TIMEOUT(Where.REQUEST, ExceptionCause.RA_REQUEST_TIMEOUT),
    HA_REQUEST_TIMEOUT(Where.REQUEST, ExceptionCause.HA_REQUEST_TIMEOUT),
    RA_RESPONSE_FATAL(Where.REQUEST, ExceptionCause.RA_RESPONSE_FATAL),
    RA_RESPONSE_NON_FATAL(Where.REQUEST, ExceptionCause.RA_RESPONSE_NON_FATAL),
    HA_RESPONSE_FATAL(Where.REQUEST, ExceptionCause.HA_RESPONSE_FATAL),
    HA_RESPONSE_NON_FATAL(Where.REQUEST, ExceptionCause.HA_RESPONSE_NON_FATAL),
    ADDRESS_SPACE_DECODE(Where.REQUEST, ExceptionCause.ADDRESS_SPACE_DECODE_ERROR),
    PROTOCOL_STATE_DATA(Where.REQUEST, ExceptionCause.PROTOCOL_STATE_DATA_ERROR),
    RA_RESPONSE_DATA(Where.REQUEST, ExceptionCause.RA_RESPONSE_DATA_ERROR),
    HA_RESPONSE_DATA(Where.REQUEST, ExceptionCause.HA_RESPONSE_DATA_ERROR),

    /** The atomic operation of a message send is not done. */
    AMO_NACK(Where.MESSAGE, null),
    /** A line of a message is not written, though its place in the queue is taken. */
    PUT_NACK(Where.MESSAGE, null),
    /** A message send finds no room in the hub's buffers. */
    LB_OVERFLOW(Where.MESSAGE, null);

    /** What is an opportunity for an error. */
    public enum Where {
        /** An instruction that begins; it has no address but that of its first operand. */
        INSTRUCTION,
        /** A TLB lookup. */
        LOOKUP,
        /** A TLB lookup that finds an entry. */
        ENTRY,
        /** A line request to memory. */
        REQUEST,
        /** A message send; its address is the queue's. */
        MESSAGE
    }

    private final Where where;
    private final @Nullable ExceptionCause cause;
    private final @Nullable TfhCause tfhCause;

    InjectedError(Where where, @Nullable ExceptionCause cause) {
        this.where = where;
        this.cause = cause;
        this.tfhCause = null;
    }

    InjectedError(TfhCause tfhCause) {
        this.where = Where.ENTRY;
        this.cause = null;
        this.tfhCause = tfhCause;
    }

    /** What is an opportunity for the error. */
    public Where where() {
        return where;
    }

    /** The cause of the exception it raises; null if it raises none itself. */
    public @Nullable ExceptionCause cause() {
        return cause;
    }

    /** The cause in the TLB fault handle; null if it is not reported there. */
    public @Nullable TfhCause tfhCause() {
        return tfhCause;
    }
}
