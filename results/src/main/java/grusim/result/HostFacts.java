package grusim.result;

/**
 * What is true of the host rather than of the simulated machine; kept apart from the result, which is identical
 * everywhere.
 *
 * @param startedAt the wall-clock start in ISO 8601
 * @param wallNanos how long the simulation took
 * @param events how many events it handled
 * @param workers how many threads simulated runs at the same time
 */
public record HostFacts(
        String startedAt,
        long wallNanos,
        long events,
        int workers,
        String jdk,
        String os,
        String arch,
        int processors) {
    /** Facts of this process for a run that took the given time. */
    public static HostFacts of(String startedAt, long wallNanos, long events, int workers) {
        return new HostFacts(
                startedAt,
                wallNanos,
                events,
                workers,
                System.getProperty("java.vendor") + " " + Runtime.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors());
    }

    /** Events handled per second of wall time, rounded down; zero when the run took no measurable time. */
    public long eventsPerSecond() {
        return wallNanos == 0 ? 0 : (long) (events * (1e9 / wallNanos));
    }
}
