package grusim.driver;

/** The driver's counters and the times of the handle commands it waits for. Not simulated state. */
public final class DriverStatistics {
    /** Fault bits per interrupt are counted up to this; it stands for all above. */
    public static final int MOST_FAULTS = 8;

    private final long[] perInterrupt = new long[MOST_FAULTS + 1];
    private final long[] perScan = new long[MOST_FAULTS + 1];
    private final long[] counters = new long[DriverCounter.values().length];
    private final long[] commands = new long[McsOperation.values().length];
    private final long[] totalPs = new long[McsOperation.values().length];
    private final long[] maximumPs = new long[McsOperation.values().length];

    void count(DriverCounter counter) {
        counters[counter.ordinal()]++;
    }

    /** An interrupt, or a scan that was played, has served this many fault bits. */
    void served(boolean scan, int faults) {
        (scan ? perScan : perInterrupt)[Math.min(faults, MOST_FAULTS)]++;
    }

    /** Interrupts that found this many fault bits; {@link #MOST_FAULTS} stands for all above. */
    public long interruptsServing(int faults) {
        return perInterrupt[faults];
    }

    /** Scans of the polling threads that found this many fault bits, as for interrupts. */
    public long scansServing(int faults) {
        return perScan[faults];
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
