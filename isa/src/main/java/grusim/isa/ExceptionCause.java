package grusim.isa;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Why an instruction raised an exception: the bits of ecause in the control block's CBE. Source: Linux driver
 * drivers/misc/sgi-gru, gru_instructions.h and its retry routine.
 */
public enum ExceptionCause implements Coded {
    RI(0, false),
    INVALID_INSTRUCTION(1, false),
    UNMAPPED_MODE_FORBIDDEN(2, false),
    PE_CHECK_DATA_ERROR(3, false),
    IAA_GAA_MISMATCH(4, false),
    DATA_SEGMENT_LIMIT_EXCEEDED(5, false),
    OS_FATAL_TLB_FAULT(6, false),
    EXECUTION_HW_ERROR(7, true),
    TLB_HW_ERROR(8, true),
    RA_REQUEST_TIMEOUT(9, true),
    HA_REQUEST_TIMEOUT(10, false),
    RA_RESPONSE_FATAL(11, false),
    RA_RESPONSE_NON_FATAL(12, true),
    HA_RESPONSE_FATAL(13, false),
    HA_RESPONSE_NON_FATAL(14, true),
    ADDRESS_SPACE_DECODE_ERROR(15, false),
    PROTOCOL_STATE_DATA_ERROR(16, false),
    RA_RESPONSE_DATA_ERROR(17, true),
    HA_RESPONSE_DATA_ERROR(18, true),
    FORCED_ERROR(19, false);

    /** How often software sets the command bit again before it gives up. */
    public static final int RETRY_LIMIT = 3;

    private static final int RETRYABLE_MASK = EnumSet.allOf(ExceptionCause.class).stream()
            .filter(c -> c.retryable)
            .mapToInt(ExceptionCause::mask)
            .sum();

    private final int bit;
    private final boolean retryable;

    ExceptionCause(int bit, boolean retryable) {
        this.bit = bit;
        this.retryable = retryable;
    }

    /** The bit number in ecause. */
    @Override
    public int code() {
        return bit;
    }

    /** The bit in ecause. */
    public int mask() {
        return 1 << bit;
    }

    /** Whether this cause alone lets software start the instruction again. */
    public boolean retryable() {
        return retryable;
    }

    /** The causes whose bits are set in ecause, lowest bit first. */
    public static Set<ExceptionCause> in(int ecause) {
        Set<ExceptionCause> causes = EnumSet.noneOf(ExceptionCause.class);
        for (ExceptionCause cause : values()) {
            if ((ecause & cause.mask()) != 0) {
                causes.add(cause);
            }
        }
        return Collections.unmodifiableSet(causes);
    }

    /**
     * Whether software may start the instruction again: every bit of ecause is a retryable one, no message queue
     * substatus is set and the execution was not aborted.
     */
    public static boolean retryable(int ecause, int isubstatus, int cbrexecstatus) {
        return (ecause & ~RETRYABLE_MASK) == 0
                && (isubstatus & MessageQueueSubstatus.MASK) == 0
                && !CbrExecutionStatus.ABORT.in(cbrexecstatus);
    }
}
