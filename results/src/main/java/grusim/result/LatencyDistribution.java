package grusim.result;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The durations recorded under one metric: exact count, sum, minimum and maximum, and a distribution in rising steps.
 *
 * <p>A percentile is the upper edge of the step that holds the sample of that rank, so it is never below the true value
 * and at most 0.1% above it. Only integers take part: equal recordings give equal results on every machine. Immutable.
 */
public final class LatencyDistribution {
    private final long count;
    private final long sumPs;
    private final long minPs;
    private final long maxPs;
    private final long[] upToPs;
    private final long[] cumulative;
    private final Batches batches;

    /** Takes ownership of both arrays: the steps' upper edges, rising, and the samples in each. */
    LatencyDistribution(long sumPs, long minPs, long maxPs, long[] upToPs, long[] counts, Batches batches) {
        this.batches = batches;
        this.sumPs = sumPs;
        this.minPs = minPs;
        this.maxPs = maxPs;
        this.upToPs = upToPs;
        this.cumulative = counts;
        for (int i = 1; i < counts.length; i++) {
            cumulative[i] += cumulative[i - 1];
        }
        this.count = counts.length == 0 ? 0 : cumulative[counts.length - 1];
    }

    /**
     * A distribution from its parts, as read from a file.
     *
     * @param upToPs the upper edges of the steps, rising
     * @param counts how many samples are in each step, at least one
     */
    public static LatencyDistribution of(
            long sumPs, long minPs, long maxPs, long[] upToPs, long[] counts, Batches batches) {
        boolean fits = upToPs.length == counts.length;
        for (int i = 0; fits && i < counts.length; i++) {
            fits = counts[i] > 0 && (i == 0 || upToPs[i] > upToPs[i - 1]);
        }
        if (!fits || (upToPs.length > 0 && upToPs[upToPs.length - 1] != maxPs)) {
            throw new IllegalArgumentException(upToPs.length + " steps and " + counts.length
                    + " counts; accepted are rising steps up to the maximum, with samples in each");
        }
        return new LatencyDistribution(sumPs, minPs, maxPs, upToPs.clone(), counts.clone(), batches);
    }

    public long count() {
        return count;
    }

    public long sumPs() {
        return sumPs;
    }

    /** The smallest duration, absent without samples. */
    public OptionalLong minPs() {
        return count == 0 ? OptionalLong.empty() : OptionalLong.of(minPs);
    }

    /** The largest duration, absent without samples. */
    public OptionalLong maxPs() {
        return count == 0 ? OptionalLong.empty() : OptionalLong.of(maxPs);
    }

    /** The mean rounded to the nearest picosecond, halves up; absent without samples. */
    public OptionalLong meanPs() {
        return count == 0 ? OptionalLong.empty() : OptionalLong.of(Decimals.divide(sumPs, count));
    }

    /** The percentile, absent when too few samples lie above it to know it. */
    public OptionalLong percentilePs(Percentile percentile) {
        if (!percentile.knownFrom(count)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(rankPs(percentile.rank(count)));
    }

    /** The sample of a rank, 1 being the smallest: the upper edge of its step. */
    public long rankPs(long rank) {
        int at = Arrays.binarySearch(cumulative, rank);
        return upToPs[at < 0 ? -at - 1 : at];
    }

    /** The least that the sample of a rank can be: where its step begins, but not below the minimum. */
    public long rankFromPs(long rank) {
        return Math.max(minPs, Buckets.from(Buckets.of(rankPs(rank))));
    }

    /** How many samples are at most that long. */
    public long atMost(long valuePs) {
        int at = Arrays.binarySearch(upToPs, valuePs);
        int step = at < 0 ? -at - 2 : at;
        return step < 0 ? 0 : cumulative[step];
    }

    /** The samples in the order in which they came; none if this is of several runs together. */
    public Batches batches() {
        return batches;
    }

    /** How many steps the distribution has; each holds at least one sample. */
    public int steps() {
        return upToPs.length;
    }

    /** The upper edge of a step. */
    public long stepUpToPs(int step) {
        return upToPs[step];
    }

    /** How many samples lie at or below the upper edge of a step. */
    public long cumulativeCount(int step) {
        return cumulative[step];
    }

    /** This and other samples together; their order is no longer known. */
    public LatencyDistribution plus(LatencyDistribution other) {
        if (count == 0 || other.count == 0) {
            return count == 0 ? other : this;
        }
        SortedMap<Long, Long> steps = new TreeMap<>();
        addTo(steps);
        other.addTo(steps);
        return new LatencyDistribution(
                Math.addExact(sumPs, other.sumPs),
                Math.min(minPs, other.minPs),
                Math.max(maxPs, other.maxPs),
                steps.keySet().stream().mapToLong(Long::longValue).toArray(),
                steps.values().stream().mapToLong(Long::longValue).toArray(),
                Batches.NONE);
    }

    private void addTo(SortedMap<Long, Long> steps) {
        for (int step = 0; step < upToPs.length; step++) {
            steps.merge(upToPs[step], cumulative[step] - (step == 0 ? 0 : cumulative[step - 1]), Long::sum);
        }
    }
}
