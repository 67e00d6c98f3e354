package grusim.run;

/** Is told now and then how far a run has come. */
@FunctionalInterface
public interface RunProgress {
    /** Listens to nothing. */
    RunProgress NONE = (simulatedPs, steps, instructions, expectedInstructions) -> {};

    /**
     * The run has come this far.
     *
     * @param simulatedPs simulated time
     * @param steps agents' steps taken
     * @param instructions instructions that have ended
     * @param expectedInstructions instructions the programs will issue, or -1 if that is not known
     */
    void at(long simulatedPs, long steps, long instructions, long expectedInstructions);
}
