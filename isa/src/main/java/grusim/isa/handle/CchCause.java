package grusim.isa.handle;

import grusim.isa.Coded;
import grusim.isa.Codes;

/**
 * Why a CCH command was refused (field cause of a CCH). Source: Linux driver drivers/misc/sgi-gru, gruhandles.h.
 */
public enum CchCause implements Coded {
    NONE(0),
    REGION_REGISTER_WRITE_ERROR(1),
    ILLEGAL_OPCODE(2),
    INVALID_START_REQUEST(3),
    INVALID_ALLOCATION_REQUEST(4),
    INVALID_DEALLOCATION_REQUEST(5),
    INVALID_INTERRUPT_REQUEST(6),
    BUSY(7),
    NO_CBRS_TO_ALLOCATE(8),
    BAD_TFM_CONFIG(9),
    CBR_RESOURCES_OVERSUBSCRIBED(10),
    DSR_RESOURCES_OVERSUBSCRIBED(11),
    CBR_DEALLOCATION_ERROR(12);

    private static final Codes<CchCause> CODES = Codes.of("cch cause", values());

    private final int code;

    CchCause(int code) {
        this.code = code;
    }

    /** The constant with this code; a code without meaning is refused. */
    public static CchCause of(int code) {
        return CODES.at(code);
    }

    @Override
    public int code() {
        return code;
    }
}
