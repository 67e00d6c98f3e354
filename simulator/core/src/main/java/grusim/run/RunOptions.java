package grusim.run;

/**
 * How the host runs a simulation; nothing here but the order of steps of the same time changes a simulated fact.
 *
 * @param version version of grusim, for the result
 * @param contract whether the contract watches
 * @param runAhead whether agents go on without queueing while nobody else is due
 * @param measures how much is measured
 * @param tieSeed draws the order of steps of the same time, or {@link #TIES_IN_ORDER}
 */
public record RunOptions(String version, boolean contract, boolean runAhead, Measures measures, long tieSeed) {
    /** The value of {@code tieSeed} that leaves steps of one time in the order in which they were scheduled. */
    public static final long TIES_IN_ORDER = 0;

    /** With steps of one time in order. */
    public RunOptions(String version, boolean contract, boolean runAhead, Measures measures) {
        this(version, contract, runAhead, measures, TIES_IN_ORDER);
    }

    /** Measures all. */
    public RunOptions(String version, boolean contract, boolean runAhead) {
        this(version, contract, runAhead, Measures.ALL);
    }

    /** The contract watches, agents run ahead. */
    public static RunOptions standard(String version) {
        return new RunOptions(version, true, true);
    }

    /** The same, with steps of one time in an order drawn by a seed. */
    public RunOptions withTies(long seed) {
        return new RunOptions(version, contract, runAhead, measures, seed);
    }
}
