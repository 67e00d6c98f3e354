package grusim.result;

import java.util.List;

/**
 * A percentile that results report, kept as parts per ten thousand so that ranks are found with integers only.
 *
 * <p>A percentile is known only if at least {@value #SAMPLES_ABOVE} samples lie above it: p50 needs 20 samples, p90 100,
 * p95 200, p99 1,000, p99.9 10,000 and p99.99 100,000. With fewer, one or two samples would decide the value; it is
 * reported as "too few samples".
 */
public enum Percentile {
    P50("p50", "p50", 5_000),
    P90("p90", "p90", 9_000),
    P95("p95", "p95", 9_500),
    P99("p99", "p99", 9_900),
    P999("p999", "p99.9", 9_990),
    P9999("p9999", "p99.99", 9_999);

    /** How many samples must lie above a percentile for it to be reported. */
    public static final int SAMPLES_ABOVE = 10;

    private static final int WHOLE = 10_000;

    /** All percentiles in rising order. */
    public static final List<Percentile> ALL = List.of(values());

    private final String key;
    private final String label;
    private final int perTenThousand;

    Percentile(String key, String label, int perTenThousand) {
        this.key = key;
        this.label = label;
        this.perTenThousand = perTenThousand;
    }

    /** The name in result files, for example {@code p999}. */
    public String key() {
        return key;
    }

    /** The name for people, for example {@code p99.9}. */
    public String label() {
        return label;
    }

    /** The share of samples at or below the value, in parts per ten thousand. */
    public int perTenThousand() {
        return perTenThousand;
    }

    /** Whether that many samples are enough to report this percentile. */
    public boolean knownFrom(long samples) {
        return samples >= samplesNeeded();
    }

    /** The smallest number of samples from which this percentile is reported. */
    public long samplesNeeded() {
        return (long) WHOLE * SAMPLES_ABOVE / (WHOLE - perTenThousand);
    }

    /** The rank (1 = smallest) of the sample that is this percentile of that many samples. */
    public long rank(long samples) {
        long whole = samples / WHOLE * perTenThousand;
        long rest = samples % WHOLE * perTenThousand;
        return Math.max(1, whole + (rest + WHOLE - 1) / WHOLE);
    }
}
