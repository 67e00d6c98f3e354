package grusim.isa.handle;

import grusim.isa.Coded;
import grusim.isa.Codes;

/**
 * What a TLB fault handle is doing (field state of a TFH). Source: Linux driver drivers/misc/sgi-gru, gruhandles.h.
 */
public enum TfhState implements Coded {
    INACTIVE(0),
    IDLE(1),
    MISS_UPM(2),
    MISS_FMM(3),
    HW_ERR(4),
    WRITE_TLB(5),
    RESTART_CBR(6);

    private static final Codes<TfhState> CODES = Codes.of("tfh state", values());

    private final int code;

    TfhState(int code) {
        this.code = code;
    }

    /** The constant with this code; a code without meaning is refused. */
    public static TfhState of(int code) {
        return CODES.at(code);
    }

    @Override
    public int code() {
        return code;
    }
}
