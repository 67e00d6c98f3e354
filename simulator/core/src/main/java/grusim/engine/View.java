package grusim.engine;

import java.util.Arrays;

/**
 * What an agent has seen, or a message or a lock passes on: for each place the stamp of a message; whoever has this view
 * reads none older there. Places are sorted; one that is not listed is not restricted.
 */
final class View {
    /** Less than every stamp. */
    static final long NOTHING = 0;

    private long[] places = new long[4];
    private long[] stamps = new long[4];
    private int size;

    int size() {
        return size;
    }

    long place(int entry) {
        return places[entry];
    }

    long stamp(int entry) {
        return stamps[entry];
    }

    /** The oldest stamp that may be read at a place. */
    long of(long place) {
        for (int i = 0; i < size && places[i] <= place; i++) {
            if (places[i] == place) {
                return stamps[i];
            }
        }
        return NOTHING;
    }

    /** Adds that a message was seen. */
    void raise(long place, long stamp) {
        raise(0, place, stamp);
    }

    /** Adds everything that another view has seen. */
    void join(View other) {
        if (other != this) {
            int at = 0;
            for (int i = 0; i < other.size; i++) {
                at = raise(at, other.places[i], other.stamps[i]);
            }
        }
    }

    /** Raises a place that is not listed before entry {@code from}; returns its entry. */
    private int raise(int from, long place, long stamp) {
        int at = from;
        while (at < size && places[at] < place) {
            at++;
        }
        if (at < size && places[at] == place) {
            stamps[at] = Math.max(stamps[at], stamp);
            return at;
        }
        if (size == places.length) {
            places = Arrays.copyOf(places, 2 * size);
            stamps = Arrays.copyOf(stamps, 2 * size);
        }
        System.arraycopy(places, at, places, at + 1, size - at);
        System.arraycopy(stamps, at, stamps, at + 1, size - at);
        places[at] = place;
        stamps[at] = stamp;
        size++;
        return at;
    }

    /** Forgets what it had and takes over what another view has seen. */
    void become(View other) {
        if (other != this) {
            clear();
            join(other);
        }
    }

    void clear() {
        size = 0;
    }

    /** Removes the entries that no longer restrict anybody. */
    void forget(Horizon horizon) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (horizon.matters(places[i], stamps[i])) {
                places[kept] = places[i];
                stamps[kept++] = stamps[i];
            }
        }
        size = kept;
    }

    /** Says which entries of a view still restrict what can be read. */
    @FunctionalInterface
    interface Horizon {
        /** Whether a message older than the stamp can still be read at the place. */
        boolean matters(long place, long stamp);
    }
}
