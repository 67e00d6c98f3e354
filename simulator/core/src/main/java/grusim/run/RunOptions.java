package grusim.run;

/**
 * How the host runs a simulation; nothing here changes a simulated fact.
 *
 * @param version version of grusim, for the result
 * @param contract whether the contract watches
 * @param runAhead whether agents go on without queueing while nobody else is due
 * @param measures how much is measured
 */
public record RunOptions(String version, boolean contract, boolean runAhead, Measures measures) {
    /** Measures all. */
    public RunOptions(String version, boolean contract, boolean runAhead) {
        this(version, contract, runAhead, Measures.ALL);
    }

    /** The contract watches, agents run ahead. */
    public static RunOptions standard(String version) {
        return new RunOptions(version, true, true);
    }
}
