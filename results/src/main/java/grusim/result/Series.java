package grusim.result;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * One quantity over simulated time: equal buckets from time zero, the last one cut short where the run ended. Immutable.
 */
public final class Series {
    private final StatDeclaration declaration;
    private final TimeSeries.Kind kind;
    private final long bucketPs;
    private final long endPs;
    private final long[] totals;

    Series(StatDeclaration declaration, TimeSeries.Kind kind, long bucketPs, long endPs, long[] totals) {
        this.declaration = declaration;
        this.kind = kind;
        this.bucketPs = bucketPs;
        this.endPs = endPs;
        this.totals = totals;
    }

    /** A series from its parts, as read from a file. */
    public static Series of(
            StatDeclaration declaration, TimeSeries.Kind kind, long bucketPs, long endPs, long[] totals) {
        if (bucketPs < 1 || totals.length != (endPs + bucketPs - 1) / bucketPs) {
            throw new IllegalArgumentException("series " + declaration.name() + ": " + totals.length + " buckets of "
                    + bucketPs + " ps up to " + endPs + " ps");
        }
        return new Series(declaration, kind, bucketPs, endPs, totals.clone());
    }

    public StatDeclaration declaration() {
        return declaration;
    }

    /** The name without the group, for example {@code tlb.hits}. */
    public String name() {
        return declaration.key();
    }

    public TimeSeries.Kind kind() {
        return kind;
    }

    public long bucketPs() {
        return bucketPs;
    }

    public long endPs() {
        return endPs;
    }

    public int buckets() {
        return totals.length;
    }

    /** When a bucket begins. */
    public long fromPs(int bucket) {
        return bucket * bucketPs;
    }

    /** When a bucket ends; the last one ends with the run. */
    public long toPs(int bucket) {
        return Math.min(endPs, (bucket + 1) * bucketPs);
    }

    /** For a sum its amount in the bucket, for a gauge its value times picoseconds. */
    public long total(int bucket) {
        return totals[bucket];
    }

    /** The bucket's value as a number to draw: the sum, or the mean of the gauge. */
    public double value(int bucket) {
        return kind == TimeSeries.Kind.SUM ? totals[bucket] : (double) totals[bucket] / (toPs(bucket) - fromPs(bucket));
    }

    /** The bucket's value to print: the sum, or the mean of the gauge with three decimals. */
    public BigDecimal decimal(int bucket) {
        BigDecimal total = BigDecimal.valueOf(totals[bucket]);
        return kind == TimeSeries.Kind.SUM
                ? total
                : total.divide(BigDecimal.valueOf(toPs(bucket) - fromPs(bucket)), 3, RoundingMode.HALF_UP);
    }

    /** The same quantity in at most that many buckets, each made of equally many neighbours. */
    public Series coarser(int mostBuckets) {
        int merged = (totals.length + mostBuckets - 1) / mostBuckets;
        if (merged <= 1) {
            return this;
        }
        long[] sums = new long[(totals.length + merged - 1) / merged];
        for (int i = 0; i < totals.length; i++) {
            sums[i / merged] += totals[i];
        }
        return new Series(declaration, kind, bucketPs * merged, endPs, sums);
    }

    /** The sum over all buckets: all amounts, or a gauge's value times picoseconds. */
    public long total() {
        long sum = 0;
        for (long total : totals) {
            sum += total;
        }
        return sum;
    }
}
