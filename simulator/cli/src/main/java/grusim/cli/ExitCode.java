package grusim.cli;

/** What the exit codes of {@code grusim} mean. */
public final class ExitCode {
    /** Done, and safe where safety was asked. */
    public static final int DONE = 0;
    /** A fault of grusim itself. */
    public static final int INTERNAL_ERROR = 1;
    /** Bad usage or bad input. */
    public static final int BAD_INPUT = 2;
    /** The contract was violated, or a comparison or calibration failed. */
    public static final int VIOLATED = 3;
    /** Safe only within the bounds of the exploration. */
    public static final int BOUNDED = 4;

    private ExitCode() {}
}
