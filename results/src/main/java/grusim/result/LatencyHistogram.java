package grusim.result;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Records durations in picoseconds. Count, sum, minimum and maximum are exact; the distribution keeps three significant
 * digits (values up to 2,047 ps exactly, larger ones within 0.1%).
 *
 * <p>Recording allocates nothing, except when a value exceeds everything seen so far by a power of two: then the bucket
 * array grows (8 KiB per power of two, at most 0.5 MiB). One thread records; take a {@link #distribution()} to hand
 * results to others.
 */
public final class LatencyHistogram {
    private static final int SIGNIFICANT_DIGITS = 3;

    private final Histogram buckets = new Histogram(SIGNIFICANT_DIGITS);
    private long sumPs;
    private long minPs = Long.MAX_VALUE;
    private long maxPs;

    public LatencyHistogram() {
        buckets.setAutoResize(true);
    }

    /** Adds one duration. */
    public void record(long valuePs) {
        if (valuePs < 0) {
            throw new IllegalArgumentException("duration " + valuePs + " ps is negative");
        }
        buckets.recordValue(valuePs);
        sumPs = Math.addExact(sumPs, valuePs);
        minPs = Math.min(minPs, valuePs);
        maxPs = Math.max(maxPs, valuePs);
    }

    /** Adds everything another histogram has recorded. */
    public void add(LatencyHistogram other) {
        if (other.count() == 0) {
            return;
        }
        buckets.add(other.buckets);
        sumPs = Math.addExact(sumPs, other.sumPs);
        minPs = Math.min(minPs, other.minPs);
        maxPs = Math.max(maxPs, other.maxPs);
    }

    /** Forgets everything. */
    public void reset() {
        buckets.reset();
        sumPs = 0;
        minPs = Long.MAX_VALUE;
        maxPs = 0;
    }

    public long count() {
        return buckets.getTotalCount();
    }

    public long sumPs() {
        return sumPs;
    }

    public long maxPs() {
        return maxPs;
    }

    /** An immutable copy of what has been recorded so far. */
    public LatencyDistribution distribution() {
        int used = 0;
        for (HistogramIterationValue ignored : buckets.recordedValues()) {
            used++;
        }
        long[] upToPs = new long[used];
        long[] counts = new long[used];
        int i = 0;
        for (HistogramIterationValue value : buckets.recordedValues()) {
            upToPs[i] = Math.min(value.getValueIteratedTo(), maxPs);
            counts[i] = value.getCountAddedInThisIterationStep();
            i++;
        }
        return new LatencyDistribution(sumPs, used == 0 ? 0 : minPs, maxPs, upToPs, counts);
    }
}
