package grusim.isa.handle;

import grusim.isa.Coded;
import grusim.isa.Codes;

/**
 * The life of a context (field state of a CCH). Source: Linux driver drivers/misc/sgi-gru, gruhandles.h.
 */
public enum CchState implements Coded {
    INACTIVE(0),
    /** Resources are allocated, nothing runs. */
    MAPPED(1),
    ACTIVE(2),
    INTERRUPTED(3);

    private static final Codes<CchState> CODES = Codes.of("cch state", values());

    private final int code;

    CchState(int code) {
        this.code = code;
    }

    /** The constant with this code; a code without meaning is refused. */
    public static CchState of(int code) {
        return CODES.at(code);
    }

    @Override
    public int code() {
        return code;
    }
}
