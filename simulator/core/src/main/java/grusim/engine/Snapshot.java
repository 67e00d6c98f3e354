package grusim.engine;

import java.util.Arrays;

/**
 * The state of a simulation as a flat array of longs: saved from, compared with, and loaded back into components built
 * from the same spec. One snapshot can be saved into again and again without allocating.
 *
 * <p>Not thread-safe.
 */
public final class Snapshot {
    private static final long LANE_SALT = 0x9e3779b97f4a7c15L;

    private final StateIo io;
    private int length;

    /** An empty snapshot; {@code timed} says whether timing state is to be included. */
    public Snapshot(boolean timed) {
        io = new StateIo(timed);
    }

    /** Saves the component's state; {@code timed} says whether timing state is included. */
    public static Snapshot of(Stateful component, boolean timed) {
        Snapshot snapshot = new Snapshot(timed);
        snapshot.save(component);
        return snapshot;
    }

    /** Saves the component's state in place of what was saved before. */
    public void save(Stateful component) {
        length = io.write(component);
    }

    /** Loads this state into the component. */
    public void into(Stateful component) {
        io.read(component, io.words(), 0, length);
    }

    /** Loads into the component a state that {@link #copyTo} put elsewhere; this snapshot keeps its own. */
    public void load(Stateful component, long[] words, int from, int count) {
        io.read(component, words, from, from + count);
    }

    /** Puts the saved words into an array, from the given place on. */
    public void copyTo(long[] words, int from) {
        System.arraycopy(io.words(), 0, words, from, length);
    }

    /** Number of 8-byte words saved. */
    public int length() {
        return length;
    }

    /** A 64-bit fingerprint of the state. */
    public long fingerprint() {
        long[] words = io.words();
        // Four lanes, since each step of a lane waits for the one before.
        long a = length;
        long b = a + LANE_SALT;
        long c = b + LANE_SALT;
        long d = c + LANE_SALT;
        int i = 0;
        for (; i + 3 < length; i += 4) {
            a = Hash.mix(a, words[i]);
            b = Hash.mix(b, words[i + 1]);
            c = Hash.mix(c, words[i + 2]);
            d = Hash.mix(d, words[i + 3]);
        }
        for (; i < length; i++) {
            a = Hash.mix(a, words[i]);
        }
        return Hash.finish(Hash.mix(Hash.mix(Hash.mix(a, b), c), d));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Snapshot that
                && io.timed() == that.io.timed()
                && Arrays.equals(io.words(), 0, length, that.io.words(), 0, that.length);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(fingerprint());
    }
}
