package grusim.result;

/**
 * The buckets of a latency histogram, as HdrHistogram's with three significant digits: values up to 2,047 have a bucket
 * each, and every power of two above is cut into {@value #PER_OCTAVE} equal ones. For correlation it is enough to know
 * the {@linkplain #cell cell} of eight neighbouring buckets.
 */
final class Buckets {
    /** Buckets of a power of two. */
    static final int PER_OCTAVE = 1 << 10;

    /** Cells of a power of two. */
    static final int CELLS_PER_OCTAVE = PER_OCTAVE >> 3;

    private static final int EXACT = 2 * PER_OCTAVE - 1;
    private static final int WIDTH_1_ZEROS = Long.numberOfLeadingZeros(EXACT);

    private Buckets() {}

    /** The bucket of a value. */
    static int of(long value) {
        int shift = WIDTH_1_ZEROS - Long.numberOfLeadingZeros(value | EXACT);
        return (shift << 10) + (int) (value >>> shift);
    }

    /** The smallest value of a bucket. */
    static long from(int bucket) {
        return bucket == 0 ? 0 : upTo(bucket - 1) + 1;
    }

    /** The largest value of a bucket. */
    static long upTo(int bucket) {
        int shift = Math.max(0, bucket / PER_OCTAVE - 1);
        return ((bucket - ((long) shift << 10) + 1) << shift) - 1;
    }

    /** The cell that a bucket is part of. */
    static int cell(int bucket) {
        return bucket >> 3;
    }

    /** The largest value of a cell. */
    static long cellUpTo(int cell) {
        return upTo((cell << 3) + 7);
    }
}
