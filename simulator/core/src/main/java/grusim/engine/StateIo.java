package grusim.engine;

/**
 * Visits the state of components: writes it, reads it back, or hashes it, over the same listing.
 *
 * <p>Values go as {@code long}s. Timing state (due times, sequence numbers, port reservations) is listed only when
 * {@link #timed()} says so: an exploration knows no time, and states that differ only in time are one state.
 */
public abstract class StateIo {
    private final boolean timed;

    StateIo(boolean timed) {
        this.timed = timed;
    }

    /** Whether timing state belongs to this listing. */
    public final boolean timed() {
        return timed;
    }

    /** Whether this listing overwrites the state with what was saved. */
    public abstract boolean loading();

    /** Visits one value and returns what the field must hold afterwards. */
    public abstract long i64(long value);

    /** Visits one int. */
    public final int i32(int value) {
        return (int) i64(value);
    }

    /** Visits one boolean. */
    public final boolean bool(boolean value) {
        return i64(value ? 1 : 0) != 0;
    }

    /** Visits the first {@code length} elements of an array and returns the array to keep (a larger one if needed). */
    public final long[] array(long[] values, int length) {
        long[] kept = values.length >= length ? values : new long[length];
        for (int i = 0; i < length; i++) {
            kept[i] = i64(i < values.length ? values[i] : 0);
        }
        return kept;
    }

    /** Visits all elements of an array in place. */
    public final void array(long[] values) {
        array(values, values.length);
    }

    /** As {@link #array(long[], int)}, for ints. */
    public final int[] array(int[] values, int length) {
        int[] kept = values.length >= length ? values : new int[length];
        for (int i = 0; i < length; i++) {
            kept[i] = (int) i64(i < values.length ? values[i] : 0);
        }
        return kept;
    }

    /** Visits all elements of an int array in place. */
    public final void array(int[] values) {
        array(values, values.length);
    }

    /** Visits all elements of a byte array in place, eight to a word. */
    public final void array(byte[] values) {
        for (int from = 0; from < values.length; from += Long.BYTES) {
            int to = Math.min(from + Long.BYTES, values.length);
            long packed = 0;
            for (int i = from; i < to; i++) {
                packed = packed << Byte.SIZE | (values[i] & 0xff);
            }
            packed = i64(packed);
            for (int i = to - 1; i >= from; i--) {
                values[i] = (byte) packed;
                packed >>>= Byte.SIZE;
            }
        }
    }

    /** Visits all elements of a boolean array in place, 64 to a word. */
    public final void array(boolean[] values) {
        for (int from = 0; from < values.length; from += Long.SIZE) {
            int to = Math.min(from + Long.SIZE, values.length);
            long packed = 0;
            for (int i = from; i < to; i++) {
                packed |= values[i] ? 1L << i : 0;
            }
            packed = i64(packed);
            for (int i = from; i < to; i++) {
                values[i] = (packed & 1L << i) != 0;
            }
        }
    }
}
