package grusim.result;

import java.util.Arrays;

/**
 * Follows one quantity over simulated time in a fixed number of equal buckets. When the time runs past the last bucket,
 * neighbours are merged and the bucket width doubles, so memory is bounded and nothing is allocated after construction.
 *
 * <p>Two kinds: a {@link Kind#SUM} adds amounts up within each bucket (dropins, bytes); a {@link Kind#MEAN} is a gauge
 * (occupancy, waiting faults) averaged over time within each bucket. Time must not run backwards for a gauge. One
 * thread records.
 */
public final class TimeSeries {
    /** How the values of a bucket are combined. */
    public enum Kind {
        /** The amounts of the bucket, added up. */
        SUM("sum"),
        /** The gauge's time-weighted mean over the bucket. */
        MEAN("mean");

        private final String key;

        Kind(String key) {
            this.key = key;
        }

        /** The name in result files. */
        public String key() {
            return key;
        }
    }

    /** The number of buckets unless told otherwise. */
    public static final int DEFAULT_BUCKETS = 512;

    private final StatDeclaration declaration;
    private final Kind kind;
    private final long[] buckets;
    private long bucketPs;
    private long gauge;
    private long gaugeSincePs;

    private TimeSeries(StatDeclaration declaration, Kind kind, long firstBucketPs, int bucketCount) {
        if (firstBucketPs <= 0) {
            throw new IllegalArgumentException("series " + declaration.name() + ": bucket of " + firstBucketPs
                    + " ps, accepted are 1 ps and more");
        }
        if (bucketCount < 2 || bucketCount % 2 != 0) {
            throw new IllegalArgumentException(
                    "series " + declaration.name() + ": " + bucketCount + " buckets, accepted are even numbers from 2");
        }
        this.declaration = declaration;
        this.kind = kind;
        this.bucketPs = firstBucketPs;
        this.buckets = new long[bucketCount];
    }

    /** A series that adds amounts up per bucket, starting with buckets of the given width. */
    public static TimeSeries sum(StatDeclaration declaration, long firstBucketPs) {
        return new TimeSeries(declaration, Kind.SUM, firstBucketPs, DEFAULT_BUCKETS);
    }

    /** A gauge averaged over time per bucket, zero at time zero, starting with buckets of the given width. */
    public static TimeSeries mean(StatDeclaration declaration, long firstBucketPs) {
        return new TimeSeries(declaration, Kind.MEAN, firstBucketPs, DEFAULT_BUCKETS);
    }

    /** A series with another number of buckets, which must be even. */
    public static TimeSeries of(StatDeclaration declaration, Kind kind, long firstBucketPs, int bucketCount) {
        return new TimeSeries(declaration, kind, firstBucketPs, bucketCount);
    }

    /** Adds an amount at a time; for {@link Kind#SUM}. */
    public void add(long nowPs, long amount) {
        require(Kind.SUM);
        cover(nowPs);
        buckets[(int) (nowPs / bucketPs)] += amount;
    }

    /** Sets the gauge to a value from now on; for {@link Kind#MEAN}. */
    public void set(long nowPs, long value) {
        require(Kind.MEAN);
        closeGauge(nowPs);
        gauge = value;
    }

    /** Changes the gauge by a difference from now on; for {@link Kind#MEAN}. */
    public void change(long nowPs, long difference) {
        set(nowPs, gauge + difference);
    }

    /**
     * An immutable copy that covers the time from zero to the given end; recording may go on. An amount that fell on the
     * end itself counts in the last bucket.
     */
    public Series snapshot(long endPs) {
        if (kind == Kind.MEAN) {
            closeGauge(endPs);
        }
        if (endPs == 0) {
            return new Series(declaration, kind, bucketPs, 0, new long[0]);
        }
        cover(endPs);
        int used = (int) ((endPs - 1) / bucketPs) + 1;
        long[] totals = Arrays.copyOf(buckets, used);
        for (int i = used; i < buckets.length; i++) {
            totals[used - 1] += buckets[i];
        }
        return new Series(declaration, kind, bucketPs, endPs, totals);
    }

    private void closeGauge(long nowPs) {
        if (nowPs < gaugeSincePs) {
            throw new IllegalArgumentException("series " + declaration.name() + ": time " + nowPs
                    + " ps is before the last change at " + gaugeSincePs + " ps");
        }
        if (gauge != 0 && nowPs > gaugeSincePs) {
            cover(nowPs - 1);
            long fromPs = gaugeSincePs;
            while (fromPs < nowPs) {
                int bucket = (int) (fromPs / bucketPs);
                long toPs = Math.min(nowPs, (bucket + 1) * bucketPs);
                buckets[bucket] += gauge * (toPs - fromPs);
                fromPs = toPs;
            }
        }
        gaugeSincePs = nowPs;
    }

    private void cover(long timePs) {
        if (timePs < 0) {
            throw new IllegalArgumentException("series " + declaration.name() + ": time " + timePs + " ps is negative");
        }
        while (timePs / bucketPs >= buckets.length) {
            int half = buckets.length / 2;
            for (int i = 0; i < half; i++) {
                buckets[i] = buckets[2 * i] + buckets[2 * i + 1];
            }
            Arrays.fill(buckets, half, buckets.length, 0);
            bucketPs = Math.multiplyExact(bucketPs, 2L);
        }
    }

    private void require(Kind wanted) {
        if (kind != wanted) {
            throw new IllegalStateException("series " + declaration.name() + " is a " + kind + ", not a " + wanted);
        }
    }
}
