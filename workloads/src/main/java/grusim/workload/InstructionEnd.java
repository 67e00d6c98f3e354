package grusim.workload;

import grusim.isa.ExceptionCause;
import org.jspecify.annotations.Nullable;

/** How a program expects an instruction to end: in any way, without an exception, or with one cause. */
public enum InstructionEnd {
    ANY(null),
    NONE(null),
    RI(ExceptionCause.RI),
    INVALID_INSTRUCTION(ExceptionCause.INVALID_INSTRUCTION),
    UNMAPPED_MODE_FORBIDDEN(ExceptionCause.UNMAPPED_MODE_FORBIDDEN),
    PE_CHECK_DATA_ERROR(ExceptionCause.PE_CHECK_DATA_ERROR),
    IAA_GAA_MISMATCH(ExceptionCause.IAA_GAA_MISMATCH),
    DATA_SEGMENT_LIMIT_EXCEEDED(ExceptionCause.DATA_SEGMENT_LIMIT_EXCEEDED),
    OS_FATAL_TLB_FAULT(ExceptionCause.OS_FATAL_TLB_FAULT),
    EXECUTION_HW_ERROR(ExceptionCause.EXECUTION_HW_ERROR),
    TLB_HW_ERROR(ExceptionCause.TLB_HW_ERROR),
    RA_REQUEST_TIMEOUT(ExceptionCause.RA_REQUEST_TIMEOUT),
    HA_REQUEST_TIMEOUT(ExceptionCause.HA_REQUEST_TIMEOUT),
    RA_RESPONSE_FATAL(ExceptionCause.RA_RESPONSE_FATAL),
    RA_RESPONSE_NON_FATAL(ExceptionCause.RA_RESPONSE_NON_FATAL),
    HA_RESPONSE_FATAL(ExceptionCause.HA_RESPONSE_FATAL),
    HA_RESPONSE_NON_FATAL(ExceptionCause.HA_RESPONSE_NON_FATAL),
    ADDRESS_SPACE_DECODE_ERROR(ExceptionCause.ADDRESS_SPACE_DECODE_ERROR),
    PROTOCOL_STATE_DATA_ERROR(ExceptionCause.PROTOCOL_STATE_DATA_ERROR),
    RA_RESPONSE_DATA_ERROR(ExceptionCause.RA_RESPONSE_DATA_ERROR),
    HA_RESPONSE_DATA_ERROR(ExceptionCause.HA_RESPONSE_DATA_ERROR),
    FORCED_ERROR(ExceptionCause.FORCED_ERROR);

    private final @Nullable ExceptionCause cause;

    InstructionEnd(@Nullable ExceptionCause cause) {
        this.cause = cause;
    }

    /** Whether an instruction that ended with these causes, or with none, ended so. */
    public boolean is(int ecause) {
        return switch (this) {
            case ANY -> true;
            case NONE -> ecause == 0;
            default -> cause != null && ecause == cause.mask();
        };
    }
}
