package grusim.isa.handle;

import grusim.isa.Coded;
import grusim.isa.Codes;

/**
 * How the last command of a CCH, TFH or TGH ended (field status). Source: Linux driver drivers/misc/sgi-gru, gruhandles.h.
 */
public enum CommandStatus implements Coded {
    IDLE(0),
    EXCEPTION(1),
    ACTIVE(2);

    private static final Codes<CommandStatus> CODES = Codes.of("command status", values());

    private final int code;

    CommandStatus(int code) {
        this.code = code;
    }

    /** The constant with this code; a code without meaning is refused. */
    public static CommandStatus of(int code) {
        return CODES.at(code);
    }

    @Override
    public int code() {
        return code;
    }
}
