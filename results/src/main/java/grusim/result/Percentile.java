package grusim.result;

import java.util.List;

/**
 * A percentile that results report, kept as parts per thousand so that ranks are found with integers only.
 *
 * <p>A percentile is known only if at least {@value #SAMPLES_ABOVE} samples lie above it: p50 needs 20 samples, p90 100,
 * p99 1,000 and p99.9 10,000. With fewer, one or two samples would decide the value; it is reported as "too few
 * samples".
 */
public enum Percentile {
    P50("p50", 500),
    P90("p90", 900),
    P99("p99", 990),
    P999("p999", 999);

    /** How many samples must lie above a percentile for it to be reported. */
    public static final int SAMPLES_ABOVE = 10;

    /** All percentiles in rising order. */
    public static final List<Percentile> ALL = List.of(values());

    private final String key;
    private final int perMille;

    Percentile(String key, int perMille) {
        this.key = key;
        this.perMille = perMille;
    }

    /** The name in result files: {@code p50}, {@code p90}, {@code p99}, {@code p999}. */
    public String key() {
        return key;
    }

    /** The share of samples at or below the value, in parts per thousand. */
    public int perMille() {
        return perMille;
    }

    /** Whether that many samples are enough to report this percentile. */
    public boolean knownFrom(long samples) {
        return samples >= samplesNeeded();
    }

    /** The smallest number of samples from which this percentile is reported. */
    public long samplesNeeded() {
        return 1000L * SAMPLES_ABOVE / (1000 - perMille);
    }

    /** The rank (1 = smallest) of the sample that is this percentile of that many samples. */
    public long rank(long samples) {
        long whole = samples / 1000 * perMille;
        long rest = samples % 1000 * perMille;
        return Math.max(1, whole + (rest + 999) / 1000);
    }
}
