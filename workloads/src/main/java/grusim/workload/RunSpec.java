package grusim.workload;

/** How the simulation is run; nothing here changes the machine. */
public record RunSpec(
        @Knob(
                doc = "Whether memory holds real bytes (functional) or only its timing is simulated (elided).",
                value = "functional")
        DataMode data,

        @Knob(
                doc = "Simulated time at which the run is cut off, or \"none\".",
                value = "none",
                word = "none",
                min = "1 ps",
                max = "1000000 s")
        long untilPs,

        @Knob(
                doc = "Simulated time between two points of a time series, or \"auto\".",
                value = "auto",
                word = "auto",
                min = "1 ns",
                max = "1000000 s")
        long sampleIntervalPs,

        @Knob(
                doc =
                        "Threads after the run's first start at instants drawn uniformly from the start to this: they are created"
                                + " one after the other, or come out of a barrier, never in the same picosecond.",
                value = "10 us",
                max = "1000 s",
                source = Knob.ASSUMED)
        long startSpreadPs,

        @Knob(
                doc =
                        "Runs made of this spec, the first with the spec's seed, each other with one of its own derived from"
                                + " it; with a precision, at least so many.",
                value = "1",
                min = "1",
                max = "10000")
        int replications,

        @Knob(
                doc =
                        "Simulated time from which durations are measured, so that how the run began is not; \"auto\" finds it"
                                + " in the first replication by MSER-5 on the mean time of instructions, and runs that once more."
                                + " Counters, locks and series cover the whole run.",
                value = "0 ns",
                word = "auto",
                max = "1000000 s")
        long warmUpPs,

        @Knob(doc = "How well a figure is to be known, before replications stop.")
        PrecisionSpec precision) {
    /** The value of {@code untilPs} without a cut-off. */
    public static final long NO_LIMIT = -1;

    /** The value of {@code sampleIntervalPs} and {@code warmUpPs} that leaves the choice to the run. */
    public static final long AUTO = -1;

    /** Whether memory content is simulated. */
    public enum DataMode {
        FUNCTIONAL,
        ELIDED
    }
}
