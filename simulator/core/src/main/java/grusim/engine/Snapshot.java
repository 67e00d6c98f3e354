package grusim.engine;

import java.util.Arrays;

/**
 * The state of a simulation as a flat array of longs: saved from, compared with, and loaded back into components built
 * from the same spec.
 */
public final class Snapshot {
    private final boolean timed;
    private final long[] words;

    private Snapshot(boolean timed, long[] words) {
        this.timed = timed;
        this.words = words;
    }

    /** Saves the component's state; {@code timed} says whether timing state is included. */
    public static Snapshot of(Stateful component, boolean timed) {
        Writer writer = new Writer(timed);
        component.state(writer);
        return new Snapshot(timed, Arrays.copyOf(writer.words, writer.length));
    }

    /** Loads this state into the component. */
    public void into(Stateful component) {
        Reader reader = new Reader(timed, words);
        component.state(reader);
        if (reader.position != words.length) {
            throw new IllegalStateException("loaded " + reader.position + " of " + words.length + " saved words");
        }
    }

    /** Number of 8-byte words saved. */
    public int length() {
        return words.length;
    }

    /** A 64-bit fingerprint of the state. */
    public long fingerprint() {
        long hash = words.length;
        for (long word : words) {
            hash = Hash.mix(hash, word);
        }
        return Hash.finish(hash);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Snapshot that && timed == that.timed && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(fingerprint());
    }

    private static final class Writer extends StateIo {
        private long[] words = new long[256];
        private int length;

        Writer(boolean timed) {
            super(timed);
        }

        @Override
        public boolean loading() {
            return false;
        }

        @Override
        public long i64(long value) {
            if (length == words.length) {
                words = Arrays.copyOf(words, 2 * length);
            }
            words[length++] = value;
            return value;
        }
    }

    private static final class Reader extends StateIo {
        private final long[] words;
        private int position;

        Reader(boolean timed, long[] words) {
            super(timed);
            this.words = words;
        }

        @Override
        public boolean loading() {
            return true;
        }

        @Override
        public long i64(long value) {
            if (position == words.length) {
                throw new IllegalStateException("asked for more than the " + position + " saved words");
            }
            return words[position++];
        }
    }
}
