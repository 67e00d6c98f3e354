package grusim.result;

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

    /** Takes ownership of both arrays: the steps' upper edges, rising, and the samples in each. */
    LatencyDistribution(long sumPs, long minPs, long maxPs, long[] upToPs, long[] counts) {
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
        long rank = percentile.rank(count);
        int step = 0;
        while (cumulative[step] < rank) {
            step++;
        }
        return OptionalLong.of(upToPs[step]);
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

    /** This and other samples together. */
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
                steps.values().stream().mapToLong(Long::longValue).toArray());
    }

    private void addTo(SortedMap<Long, Long> steps) {
        for (int step = 0; step < upToPs.length; step++) {
            steps.merge(upToPs[step], cumulative[step] - (step == 0 ? 0 : cumulative[step - 1]), Long::sum);
        }
    }
}
