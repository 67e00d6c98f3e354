package grusim.isa.handle;

import grusim.isa.Coded;
import grusim.isa.Codes;

/**
 * What a TLB global handle is doing (field state of a TGH), in the order of the work: invalidate matching entries, interrupt the control blocks of the disturbed contexts, wait for them, restart them (the order is assumed). Source: Linux driver drivers/misc/sgi-gru, gruhandles.h.
 */
public enum TghState implements Coded {
    IDLE(0),
    PE_INVAL(1),
    INTERRUPT_INVAL(2),
    WAITDONE(3),
    RESTART_CTX(4);

    private static final Codes<TghState> CODES = Codes.of("tgh state", values());

    private final int code;

    TghState(int code) {
        this.code = code;
    }

    /** The constant with this code; a code without meaning is refused. */
    public static TghState of(int code) {
        return CODES.at(code);
    }

    @Override
    public int code() {
        return code;
    }
}
