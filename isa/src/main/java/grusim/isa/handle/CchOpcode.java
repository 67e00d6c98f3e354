package grusim.isa.handle;

import grusim.isa.Coded;
import grusim.isa.Codes;

/**
 * Commands of a context configuration handle (field opc of a CCH). Source: Linux driver drivers/misc/sgi-gru, gruhandles.h.
 */
public enum CchOpcode implements Coded {
    START(1),
    ALLOCATE(2),
    /** Stop the context; its control blocks may still be busy. */
    INTERRUPT(3),
    DEALLOCATE(4),
    /** Stop the context and wait until its control blocks are quiet. */
    INTERRUPT_SYNC(5);

    private static final Codes<CchOpcode> CODES = Codes.of("cch command", values());

    private final int code;

    CchOpcode(int code) {
        this.code = code;
    }

    /** The constant with this code; a code without meaning is refused. */
    public static CchOpcode of(int code) {
        return CODES.at(code);
    }

    @Override
    public int code() {
        return code;
    }
}
