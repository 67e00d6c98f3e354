package grusim.isa.handle;

import grusim.isa.Coded;
import grusim.isa.Codes;

/**
 * Commands of a TLB global handle (field opc of a TGH). Source: Linux driver drivers/misc/sgi-gru, gruhandles.h.
 */
public enum TghOpcode implements Coded {
    NOP(0),
    /** Invalidate a range of translations. */
    TLBINV(1);

    private static final Codes<TghOpcode> CODES = Codes.of("tgh command", values());

    private final int code;

    TghOpcode(int code) {
        this.code = code;
    }

    /** The constant with this code; a code without meaning is refused. */
    public static TghOpcode of(int code) {
        return CODES.at(code);
    }

    @Override
    public int code() {
        return code;
    }
}
