package grusim.workload;

/**
 * An open loop: each instruction or message of a step comes due at a time of its own, whether or not those before it have
 * ended. The thread starts it then, or as soon afterwards as it has a control block for it, or is done with the message
 * before; its duration counts from when it came due, so that a stall is seen by everything that it delayed, not only by
 * what was under way when it began.
 */
public record ArrivalsSpec(
        @Knob(
                doc =
                        "How often instructions or messages come due, for each thread; \"none\" for a closed loop, in which a thread"
                                + " starts the next one as soon as it can.",
                value = "none",
                word = "none",
                min = "0.001/s",
                max = "1000000000/s",
                kind = Kind.RATE)
        long rateIntervalPs,

        @Knob(
                doc = "Gaps between them: poisson are exponential, uniform lie evenly between none and twice the mean,"
                        + " fixed are all equal. The first comes due one gap after the step begins.",
                value = "poisson")
        Spacing spacing) {
    /** The value of {@code rateIntervalPs} for a closed loop. */
    public static final long CLOSED = -1;

    /** How gaps vary. */
    public enum Spacing {
        POISSON,
        UNIFORM,
        FIXED
    }

    /** Whether instructions come due by themselves. */
    public boolean open() {
        return rateIntervalPs != CLOSED;
    }
}
