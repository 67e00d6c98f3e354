package grusim.isa.handle;

import grusim.isa.Coded;
import grusim.isa.Codes;

/**
 * Why a TLB fault was raised (field cause of a TFH). Source: Linux driver drivers/misc/sgi-gru, gruhandles.h.
 */
public enum TfhCause implements Coded {
    NONE(0),
    TLB_MISS(1),
    /** A write to an entry that is not dirty. */
    TLB_MOD(2),
    HW_ERROR_RR(3),
    HW_ERROR_MAIN_ARRAY(4),
    HW_ERROR_VALID(5),
    HW_ERROR_PAGE_SIZE(6),
    INSTRUCTION_EXCEPTION(7),
    UNCORRECTABLE_ERROR(8);

    private static final Codes<TfhCause> CODES = Codes.of("tfh cause", values());

    private final int code;

    TfhCause(int code) {
        this.code = code;
    }

    /** The constant with this code; a code without meaning is refused. */
    public static TfhCause of(int code) {
        return CODES.at(code);
    }

    @Override
    public int code() {
        return code;
    }

    /** The bit of cause by which the driver learns that the access was a write. */
    public static final int WRITE_BIT = 2;
}
