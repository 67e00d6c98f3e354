package grusim.isa.handle;

import grusim.isa.Coded;
import grusim.isa.Codes;

/**
 * Why an invalidate failed (field cause of a TGH). Source: Linux driver drivers/misc/sgi-gru, gruhandles.h.
 */
public enum TghCause implements Coded {
    RR_ECC(0),
    TLB_ECC(1),
    LRU_ECC(2),
    PS_ECC(3),
    MULTIPLE_ERRORS(4),
    DATA_ERROR(5),
    SOFTWARE_FORCED(6);

    private static final Codes<TghCause> CODES = Codes.of("tgh cause", values());

    private final int code;

    TghCause(int code) {
        this.code = code;
    }

    /** The constant with this code; a code without meaning is refused. */
    public static TghCause of(int code) {
        return CODES.at(code);
    }

    @Override
    public int code() {
        return code;
    }
}
