package grusim.result;

import java.util.Arrays;

/**
 * Records durations in picoseconds. Count, sum, minimum and maximum are exact; the distribution keeps three significant
 * digits in the buckets of HdrHistogram (values up to 2,047 ps exactly, larger ones within 0.1%). Besides, samples are
 * kept in batches, in the order in which they come, so that one run can say how well its figures are known.
 *
 * <p>Recording allocates nothing, except when a value falls into a power of two that none fell into so far: then the
 * buckets grow (8 KiB per power of two, at most 0.5 MiB) and batches get 32 KiB for it. One thread records; take a
 * {@link #distribution()} to hand results to others.
 */
public final class LatencyHistogram {
    private long[] counts = new long[2 * Buckets.PER_OCTAVE];
    private BatchRecorder batches = new BatchRecorder();
    private long minPs = Long.MAX_VALUE;
    private long maxPs;

    /** Adds one duration. */
    public void record(long valuePs) {
        if (valuePs < 0) {
            throw new IllegalArgumentException("duration " + valuePs + " ps is negative");
        }
        int bucket = Buckets.of(valuePs);
        if (bucket >= counts.length) {
            counts = Arrays.copyOf(counts, (bucket / Buckets.PER_OCTAVE + 1) * Buckets.PER_OCTAVE);
        }
        counts[bucket]++;
        batches.add(bucket, valuePs);
        minPs = Math.min(minPs, valuePs);
        maxPs = Math.max(maxPs, valuePs);
    }

    /** Forgets everything. */
    public void reset() {
        Arrays.fill(counts, 0);
        batches = new BatchRecorder();
        minPs = Long.MAX_VALUE;
        maxPs = 0;
    }

    public long count() {
        return batches.samples();
    }

    public long sumPs() {
        return batches.sumPs();
    }

    public long maxPs() {
        return maxPs;
    }

    /** An immutable copy of what has been recorded so far. */
    public LatencyDistribution distribution() {
        int used = 0;
        for (long bucket : counts) {
            used += bucket > 0 ? 1 : 0;
        }
        long[] upToPs = new long[used];
        long[] samples = new long[used];
        int i = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            if (counts[bucket] > 0) {
                upToPs[i] = Math.min(Buckets.upTo(bucket), maxPs);
                samples[i++] = counts[bucket];
            }
        }
        return new LatencyDistribution(
                batches.sumPs(), used == 0 ? 0 : minPs, maxPs, upToPs, samples, batches.batches());
    }
}
