package grusim.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Visits the state of components, writing it to an array of words or reading it back, over the same listing.
 *
 * <p>Values go as {@code long}s. Timing state (due times, sequence numbers, port reservations) is listed only when
 * {@link #timed()} says so: an exploration knows no time, and states that differ only in time are one state.
 */
public final class StateIo {
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final boolean timed;
    private boolean loading;
    private long[] words = new long[256];
    private int position;
    private int end;

    StateIo(boolean timed) {
        this.timed = timed;
    }

    /** Writes the component's state into an array kept for it; says how many words that took. */
    int write(Stateful component) {
        loading = false;
        position = 0;
        end = words.length;
        component.state(this);
        return position;
    }

    /** The array last written to, or read from. */
    long[] words() {
        return words;
    }

    /** Gives the component the state that lies in an array from one place up to another. */
    void read(Stateful component, long[] source, int from, int to) {
        long[] own = words;
        loading = true;
        words = source;
        position = from;
        end = to;
        try {
            component.state(this);
            if (position != to) {
                throw new IllegalStateException("loaded " + (position - from) + " of " + (to - from) + " saved words");
            }
        } finally {
            words = own;
        }
    }

    /** Whether timing state belongs to this listing. */
    public boolean timed() {
        return timed;
    }

    /** Whether this listing overwrites the state with what was saved. */
    public boolean loading() {
        return loading;
    }

    /** Visits one value and returns what the field must hold afterwards. */
    public long i64(long value) {
        int at = position;
        if (at >= end) {
            extend(1);
        }
        position = at + 1;
        if (loading) {
            return words[at];
        }
        words[at] = value;
        return value;
    }

    /** Makes room for more words, or refuses to read beyond what was saved. */
    private void extend(int count) {
        if (loading) {
            throw new IllegalStateException("asked for more than the saved words");
        }
        words = Arrays.copyOf(words, 2 * (position + count));
        end = words.length;
    }

    /** Visits one int. */
    public int i32(int value) {
        return (int) i64(value);
    }

    /** Visits one boolean. */
    public boolean bool(boolean value) {
        return i64(value ? 1 : 0) != 0;
    }

    /** Visits the first {@code length} elements of an array and returns the array to keep (a larger one if needed). */
    public long[] array(long[] values, int length) {
        long[] kept = values.length >= length ? values : new long[length];
        int from = position;
        if (from + length > end) {
            extend(length);
        }
        position = from + length;
        if (loading) {
            System.arraycopy(words, from, kept, 0, length);
        } else {
            System.arraycopy(kept, 0, words, from, length);
        }
        return kept;
    }

    /** Visits all elements of an array in place. */
    public void array(long[] values) {
        array(values, values.length);
    }

    /** As {@link #array(long[], int)}, for ints. */
    public int[] array(int[] values, int length) {
        int[] kept = values.length >= length ? values : new int[length];
        int from = position;
        if (from + length > end) {
            extend(length);
        }
        position = from + length;
        if (loading) {
            for (int i = 0; i < length; i++) {
                kept[i] = (int) words[from + i];
            }
        } else {
            for (int i = 0; i < length; i++) {
                words[from + i] = kept[i];
            }
        }
        return kept;
    }

    /** Visits all elements of an int array in place. */
    public void array(int[] values) {
        array(values, values.length);
    }

    /** Visits all elements of a byte array in place, eight to a word. */
    public void array(byte[] values) {
        int from = 0;
        for (; from + Long.BYTES <= values.length; from += Long.BYTES) {
            EIGHT_BYTES.set(values, from, i64((long) EIGHT_BYTES.get(values, from)));
        }
        if (from < values.length) {
            rest(values, from);
        }
    }

    private void rest(byte[] values, int from) {
        long packed = 0;
        for (int i = from; i < values.length; i++) {
            packed = packed << Byte.SIZE | (values[i] & 0xff);
        }
        packed = i64(packed);
        for (int i = values.length - 1; i >= from; i--) {
            values[i] = (byte) packed;
            packed >>>= Byte.SIZE;
        }
    }

    /** Visits all elements of a boolean array in place, 64 to a word. */
    public void array(boolean[] values) {
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
