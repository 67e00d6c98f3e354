package grusim.result;

import java.util.Arrays;

/**
 * The samples of one run and metric in batches of equal size, in the order in which they came: what it takes to judge
 * how much neighbouring samples resemble each other. Of each batch the exact sum is known, and how many samples lie at
 * or below the upper edge of a cell; a cell is less than 0.8% wide. Samples after the last full batch are left out.
 * Immutable.
 */
public final class Batches {
    /** No batches. */
    public static final Batches NONE = new Batches(1, new long[0], new int[0], new int[0][0]);

    /** More batches than this make an interval hardly better. */
    public static final int ENOUGH = 31;

    private final long size;
    private final long[] sumsPs;
    private final int[] cells;
    private final int[][] counts;

    /** Takes ownership of the arrays: sums by batch, the cells in use, rising, and the samples in each by batch. */
    Batches(long size, long[] sumsPs, int[] cells, int[][] counts) {
        this.size = size;
        this.sumsPs = sumsPs;
        this.cells = cells;
        this.counts = counts;
    }

    /**
     * Batches from their parts, as read from a file.
     *
     * @param cells numbers of the cells in use, rising
     * @param counts samples in each of them, batch after batch
     */
    public static Batches of(long size, long[] sumsPs, long[] cells, long[] counts) {
        if (size < 1 || counts.length != sumsPs.length * cells.length) {
            throw new IllegalArgumentException(sumsPs.length + " batches of " + size + " samples, " + cells.length
                    + " cells, but " + counts.length + " counts");
        }
        int[][] byBatch = new int[sumsPs.length][cells.length];
        for (int i = 0; i < counts.length; i++) {
            byBatch[i / cells.length][i % cells.length] = Math.toIntExact(counts[i]);
        }
        int[] numbers = Arrays.stream(cells).mapToInt(Math::toIntExact).toArray();
        return new Batches(size, sumsPs.clone(), numbers, byBatch);
    }

    /** The upper edge of the cell that a value falls into. */
    public static long edgeFrom(long valuePs) {
        return Buckets.cellUpTo(Buckets.cell(Buckets.of(valuePs)));
    }

    /** The upper edge of the cell before; below zero if there is none. */
    public static long edgeBelow(long valuePs) {
        int cell = Buckets.cell(Buckets.of(valuePs));
        return cell == 0 ? -1 : Buckets.cellUpTo(cell - 1);
    }

    /** How many batches there are. */
    public int count() {
        return sumsPs.length;
    }

    /** How many samples each of them has. */
    public long size() {
        return size;
    }

    /** The sum of a batch. */
    public long sumPs(int batch) {
        return sumsPs[batch];
    }

    /** How many cells hold a sample. */
    public int cells() {
        return cells.length;
    }

    /** The largest value of one of those cells; they rise. */
    public long cellUpToPs(int position) {
        return Buckets.cellUpTo(cells[position]);
    }

    /** How many samples of a batch fall into one of those cells. */
    public int samples(int batch, int position) {
        return counts[batch][position];
    }

    /** How many samples of a batch fall into the first so many of those cells. */
    public long below(int batch, int positions) {
        long sum = 0;
        for (int position = 0; position < positions; position++) {
            sum += counts[batch][position];
        }
        return sum;
    }

    /** The same samples in batches as long as it takes to have at most {@value #ENOUGH}. */
    public Batches enough() {
        Batches few = this;
        while (few.count() > ENOUGH) {
            few = few.merged();
        }
        return few;
    }

    /** The same samples in batches of twice the size; an odd last one is left out. */
    public Batches merged() {
        long[] sums = new long[count() / 2];
        int[][] merged = new int[sums.length][cells.length];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = sumsPs[2 * i] + sumsPs[2 * i + 1];
            for (int position = 0; position < cells.length; position++) {
                merged[i][position] = Math.addExact(counts[2 * i][position], counts[2 * i + 1][position]);
            }
        }
        return new Batches(2 * size, sums, cells, merged);
    }

    /** The number of one of those cells, by which {@link #of} finds its edges again. */
    public int cell(int position) {
        return cells[position];
    }
}
