package grusim.explore;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The states visited so far, by fingerprint, each with one word: for sleep sets, the agents whose moves from there are
 * left to other orders. Open addressing in stripes, 16 bytes a place, at most three quarters of them taken.
 *
 * <p>Safe for use by several threads.
 */
final class Visited {
    /** What {@link #sleep} returns for a new state. */
    static final long NEW = -1;

    private static final int STRIPE_BITS = 8;
    private static final long FREE = 0;

    private final Stripe[] stripes = new Stripe[1 << STRIPE_BITS];
    private final AtomicLong size = new AtomicLong();

    Visited() {
        Arrays.setAll(stripes, i -> new Stripe());
    }

    /**
     * Arrives in a state with a sleep set, a mask below the sign bit. Keeps the intersection with the one it was visited with
     * before, and returns that earlier one, or {@link #NEW}.
     */
    long sleep(long fingerprint, long sleep) {
        return stripe(fingerprint).sleep(fingerprint == FREE ? 1 : fingerprint, sleep);
    }

    /** Arrives in a state at some cost, zero or more; says whether it is new or was dearer so far. */
    boolean cheaper(long fingerprint, long cost) {
        return stripe(fingerprint).cheaper(fingerprint == FREE ? 1 : fingerprint, cost);
    }

    /** Adds a state; says whether it is new. */
    boolean add(long fingerprint) {
        return cheaper(fingerprint, 0);
    }

    /** Number of states visited. */
    long size() {
        return size.get();
    }

    private Stripe stripe(long fingerprint) {
        return stripes[(int) (fingerprint >>> (Long.SIZE - STRIPE_BITS))];
    }

    private final class Stripe {
        private long[] table = new long[2 << 4];
        private int taken;

        synchronized long sleep(long fingerprint, long sleep) {
            int place = place(table, fingerprint);
            if (table[place] == FREE) {
                insert(place, fingerprint, sleep);
                return NEW;
            }
            long before = table[place + 1];
            table[place + 1] = before & sleep;
            return before;
        }

        synchronized boolean cheaper(long fingerprint, long cost) {
            int place = place(table, fingerprint);
            if (table[place] == FREE) {
                insert(place, fingerprint, cost);
                return true;
            }
            if (table[place + 1] <= cost) {
                return false;
            }
            table[place + 1] = cost;
            return true;
        }

        private void insert(int place, long fingerprint, long word) {
            table[place] = fingerprint;
            table[place + 1] = word;
            size.incrementAndGet();
            if (8L * ++taken > 3L * table.length) {
                grow();
            }
        }

        private int place(long[] table, long fingerprint) {
            int mask = table.length - 2;
            int place = (int) (fingerprint << 1) & mask;
            while (table[place] != FREE && table[place] != fingerprint) {
                place = (place + 2) & mask;
            }
            return place;
        }

        private void grow() {
            long[] larger = new long[Math.multiplyExact(table.length, 2)];
            for (int from = 0; from < table.length; from += 2) {
                if (table[from] != FREE) {
                    int place = place(larger, table[from]);
                    larger[place] = table[from];
                    larger[place + 1] = table[from + 1];
                }
            }
            table = larger;
        }
    }
}
