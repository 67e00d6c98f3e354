package grusim.isa;

/**
 * The state of a control block as its user sees it (field istatus). Source: Linux driver drivers/misc/sgi-gru,
 * gru_instructions.h.
 */
public enum InstructionStatus implements Coded {
    IDLE(0),
    EXCEPTION(1),
    ACTIVE(2),
    /** A TLB miss waits for the user to call the operating system. */
    CALL_OS(3);

    private static final Codes<InstructionStatus> CODES = Codes.of("instruction status", values());

    private final int code;

    InstructionStatus(int code) {
        this.code = code;
    }

    /** The status with this code. */
    public static InstructionStatus of(int code) {
        return CODES.at(code);
    }

    @Override
    public int code() {
        return code;
    }
}
