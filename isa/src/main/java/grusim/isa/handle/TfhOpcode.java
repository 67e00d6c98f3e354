package grusim.isa.handle;

import grusim.isa.Coded;
import grusim.isa.Codes;

/**
 * Answers to a TLB miss (field opc of a TFH); 5 and 6 mean nothing. Source: Linux driver drivers/misc/sgi-gru, gruhandles.h.
 */
public enum TfhOpcode implements Coded {
    NOOP(0),
    /** Restart the control block without writing an entry. */
    RESTART(1),
    /** Write the entry and leave the miss pending (preload). */
    WRITE_ONLY(2),
    /** Dropin: write the entry and restart the control block. */
    WRITE_RESTART(3),
    /** End the instruction with an exception. */
    EXCEPTION(4),
    /** Turn the miss into one that the user must ask about. */
    USER_POLLING_MODE(7);

    private static final Codes<TfhOpcode> CODES = Codes.of("tfh command", values());

    private final int code;

    TfhOpcode(int code) {
        this.code = code;
    }

    /** The constant with this code; a code without meaning is refused. */
    public static TfhOpcode of(int code) {
        return CODES.at(code);
    }

    @Override
    public int code() {
        return code;
    }
}
