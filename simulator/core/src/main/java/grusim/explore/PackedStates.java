package grusim.explore;

import grusim.engine.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * States one after the other, in few bytes each: words in groups of seven bits, runs of zero words as a zero and their
 * number. A state is found again by the place it was put at.
 */
final class PackedStates {
    private static final int CHUNK_SHIFT = 20;
    private static final int CHUNK = 1 << CHUNK_SHIFT;
    private static final int MORE = 0x80;

    private final List<byte[]> chunks = new ArrayList<>();
    private long end;
    private long at;
    private long[] put = new long[256];
    private long[] words = new long[256];
    private int length;

    /** Forgets all states, and keeps their room for others. */
    void clear() {
        end = 0;
    }

    /** Number of bytes taken. */
    long bytes() {
        return end;
    }

    /** Puts a state at the end and returns its place. */
    long add(Snapshot state) {
        int count = state.length();
        put = room(put, count);
        state.copyTo(put, 0);
        at = end;
        number(count);
        int zeros = 0;
        for (int i = 0; i < count; i++) {
            if (put[i] == 0) {
                zeros++;
            } else {
                zeros(zeros);
                zeros = 0;
                // Small negative numbers are as common as small ones.
                number((put[i] << 1) ^ (put[i] >> (Long.SIZE - 1)));
            }
        }
        zeros(zeros);
        long place = end;
        end = at;
        return place;
    }

    private static long[] room(long[] words, int count) {
        return words.length < count ? new long[2 * count] : words;
    }

    private void zeros(int count) {
        if (count != 0) {
            number(0);
            number(count);
        }
    }

    private void number(long value) {
        long left = value;
        while ((left & -MORE) != 0) {
            put((byte) (left | MORE));
            left >>>= 7;
        }
        put((byte) left);
    }

    private void put(byte value) {
        int chunk = (int) (at >>> CHUNK_SHIFT);
        if (chunk == chunks.size()) {
            chunks.add(new byte[CHUNK]);
        }
        chunks.get(chunk)[(int) at++ & (CHUNK - 1)] = value;
    }

    /** Gets the state at a place; {@link #words} and {@link #length} hold it until the next call. */
    void get(long place) {
        at = place;
        length = (int) number();
        words = room(words, length);
        int i = 0;
        while (i < length) {
            long value = number();
            if (value == 0) {
                int zeros = (int) number();
                Arrays.fill(words, i, i + zeros, 0);
                i += zeros;
            } else {
                words[i++] = (value >>> 1) ^ -(value & 1);
            }
        }
    }

    private long number() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = chunks.get((int) (at >>> CHUNK_SHIFT))[(int) at++ & (CHUNK - 1)];
            value |= (long) (next & (MORE - 1)) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    /** The words of the state got last. */
    long[] words() {
        return words;
    }

    /** How many words the state got last has. */
    int length() {
        return length;
    }
}
