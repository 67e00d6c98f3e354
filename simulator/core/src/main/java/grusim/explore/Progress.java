package grusim.explore;

/** Is told about once a second how an exploration goes on, on the thread that runs it. */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress SILENT = (states, statesPerSecond, depth, frontier) -> {};

    /**
     * The exploration goes on.
     *
     * @param states distinct states visited in the present pass
     * @param statesPerSecond states visited per second since the last call
     * @param depth steps on the longest path at present
     * @param frontier states on the present paths that have steps left to take
     */
    void explored(long states, long statesPerSecond, int depth, long frontier);
}
