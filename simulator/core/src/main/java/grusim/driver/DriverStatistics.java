package grusim.driver;

/** The driver's counters and the times of the handle commands it waits for. Not simulated state. */
public final class DriverStatistics {
    private final long[] counters = new long[DriverCounter.values().length];
    private final long[] commands = new long[McsOperation.values().length];
    private final long[] totalPs = new long[McsOperation.values().length];
    private final long[] maximumPs = new long[McsOperation.values().length];

    void count(DriverCounter counter) {
        counters[counter.ordinal()]++;
    }

    void timed(McsOperation operation, long durationPs) {
        int i = operation.ordinal();
        commands[i]++;
        totalPs[i] += durationPs;
        maximumPs[i] = Math.max(maximumPs[i], durationPs);
    }

    /** Value of a counter. */
    public long value(DriverCounter counter) {
        return counters[counter.ordinal()];
    }

    /** Number of commands of a kind that were waited for. */
    public long commands(McsOperation operation) {
        return commands[operation.ordinal()];
    }

    /** Total time of the commands of a kind, in picoseconds. */
    public long totalPs(McsOperation operation) {
        return totalPs[operation.ordinal()];
    }

    /** Longest command of a kind, in picoseconds. */
    public long maximumPs(McsOperation operation) {
        return maximumPs[operation.ordinal()];
    }
}
