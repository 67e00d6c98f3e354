package grusim.result;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the samples of one metric into batches of equal size, in the order in which they come: sum and cells of each.
 * When {@value #MOST} are full, neighbours are merged and batches are twice as long from then on, so that memory is
 * bounded: 32 KiB for each power of two that samples fall into. One thread records.
 */
final class BatchRecorder {
    /** Batches at most; always even. */
    static final int MOST = 64;

    private static final int CELLS = Buckets.CELLS_PER_OCTAVE;

    private final long[] sumsPs = new long[MOST];
    private final int[] @Nullable [] octaves = new int[64][];
    private long size = 1;
    private long left = 1;
    private long openSumPs;
    private int full;
    private int open;

    /** Adds a sample that falls into a bucket. */
    void add(int bucket, long valuePs) {
        int[] cells = octaves[bucket >> 10];
        if (cells == null) {
            cells = new int[MOST * CELLS];
            octaves[bucket >> 10] = cells;
        }
        cells[open + (Buckets.cell(bucket) & (CELLS - 1))]++;
        openSumPs = Math.addExact(openSumPs, valuePs);
        if (--left == 0) {
            close();
        }
    }

    /** How many samples there are, those of the open batch included. */
    long samples() {
        return full * size + size - left;
    }

    /** The sum of all samples. */
    long sumPs() {
        long sum = openSumPs;
        for (int i = 0; i < full; i++) {
            sum = Math.addExact(sum, sumsPs[i]);
        }
        return sum;
    }

    private void close() {
        sumsPs[full++] = openSumPs;
        openSumPs = 0;
        if (full == MOST) {
            merge();
        }
        left = size;
        open = full * CELLS;
    }

    private void merge() {
        full = MOST / 2;
        size = Math.multiplyExact(size, 2L);
        for (int i = 0; i < full; i++) {
            sumsPs[i] = Math.addExact(sumsPs[2 * i], sumsPs[2 * i + 1]);
        }
        for (int[] cells : octaves) {
            if (cells != null) {
                merge(cells);
            }
        }
    }

    private void merge(int[] cells) {
        for (int i = 0; i < full; i++) {
            for (int c = 0; c < CELLS; c++) {
                cells[i * CELLS + c] = Math.addExact(cells[2 * i * CELLS + c], cells[(2 * i + 1) * CELLS + c]);
            }
        }
        Arrays.fill(cells, full * CELLS, MOST * CELLS, 0);
    }

    /** The full batches; samples of the one that is open are left out. */
    Batches batches() {
        int[] used = new int[octaves.length * CELLS];
        int[] columns = new int[octaves.length * CELLS];
        int count = 0;
        for (int octave = 0; octave < octaves.length; octave++) {
            for (int c = 0; c < CELLS; c++) {
                if (isUsed(octave, c)) {
                    used[count] = octave * CELLS + c;
                    columns[count++] = c;
                }
            }
        }
        int[][] counts = new int[full][count];
        for (int column = 0; column < count; column++) {
            int[] cells = octaves[used[column] / CELLS];
            for (int i = 0; i < full && cells != null; i++) {
                counts[i][column] = cells[i * CELLS + columns[column]];
            }
        }
        return new Batches(size, Arrays.copyOf(sumsPs, full), Arrays.copyOf(used, count), counts);
    }

    private boolean isUsed(int octave, int c) {
        int[] cells = octaves[octave];
        for (int i = 0; i < full && cells != null; i++) {
            if (cells[i * CELLS + c] > 0) {
                return true;
            }
        }
        return false;
    }
}
