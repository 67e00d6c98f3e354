package grusim.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The writes that somebody may still read though newer ones exist, by place. A place is listed from its first write until
 * only one message is left there and nobody can learn anything from that.
 *
 * <p>Stamps grow from write to write; when timed they are picoseconds, as far as no two are equal. Nothing is allocated
 * once the pools have grown.
 */
final class History implements View.Horizon {
    private Place[] table = new Place[64];
    private int size;
    private @Nullable Place first;
    private @Nullable Place last;

    private Place[] spares = new Place[16];
    private int sparePlaces;
    private @Nullable Message spareMessages;

    private Place[] sorted = new Place[16];

    private long clock;
    private long expiredPs = View.NOTHING;

    /** Number of places listed. */
    int size() {
        return size;
    }

    /** The place written longest ago, or null; the others follow by {@link Place#next}. */
    @Nullable
    Place first() {
        return first;
    }

    /** Time has come to a point: what was overwritten by a message stamped {@code expired} or before cannot be read. */
    void advance(long nowPs, long expired) {
        clock = Math.max(clock, nowPs - 1);
        expiredPs = expired;
        for (Place p = first; p != null && p.newest().stamp <= expired; p = first) {
            remove(p);
        }
    }

    /** The place of a word, or null if everybody reads the newest value there and learns nothing. */
    @Nullable
    Place find(long key) {
        if (size == 0) {
            return null;
        }
        Place p = table[slot(key)];
        if (p != null) {
            trim(p, expiredPs);
        }
        return p;
    }

    /** Forgets the messages of a place that were overwritten by one stamped {@code upTo} or before. */
    void trim(Place p, long upTo) {
        Message old = p.oldest();
        while (p.count > 1 && Place.newer(old).stamp <= upTo) {
            Message kept = Place.newer(old);
            spare(old);
            old = kept;
            p.oldest = kept;
            p.count--;
        }
    }

    @Override
    public boolean matters(long place, long stamp) {
        Place p = find(place);
        return p != null && stamp > p.oldest().stamp;
    }

    /** Adds a message over one whose value was {@code old}, and returns it; its view is empty. */
    Message write(long key, long old) {
        Place p = size == 0 ? null : table[slot(key)];
        if (p == null) {
            p = add(key);
            append(p, message(clock));
        } else {
            unlink(p);
        }
        p.newest().value = old;
        Message m = message(++clock);
        append(p, m);
        link(p);
        return m;
    }

    /** Lists a place that has no message yet. */
    Place add(long key) {
        if (2 * (size + 1) > table.length) {
            enlarge();
        }
        Place p = sparePlaces == 0 ? new Place() : spares[--sparePlaces];
        p.key = key;
        table[slot(key)] = p;
        size++;
        return p;
    }

    /** A message with an empty view. */
    Message message(long stamp) {
        Message m = spareMessages;
        if (m == null) {
            m = new Message();
        } else {
            spareMessages = m.newer;
        }
        m.newer = null;
        m.stamp = stamp;
        m.view.clear();
        return m;
    }

    void append(Place p, Message m) {
        if (p.newest == null) {
            p.oldest = m;
        } else {
            p.newest.newer = m;
        }
        p.newest = m;
        p.count++;
        clock = Math.max(clock, m.stamp);
    }

    /** Puts a place that is not in it into the order of newest writes. */
    void link(Place p) {
        Place before = last;
        while (before != null && before.newest().stamp > p.newest().stamp) {
            before = before.previous;
        }
        p.previous = before;
        p.next = before == null ? first : before.next;
        if (p.next == null) {
            last = p;
        } else {
            p.next.previous = p;
        }
        if (before == null) {
            first = p;
        } else {
            before.next = p;
        }
    }

    private void unlink(Place p) {
        if (p.previous == null) {
            first = p.next;
        } else {
            p.previous.next = p.next;
        }
        if (p.next == null) {
            last = p.previous;
        } else {
            p.next.previous = p.previous;
        }
        p.previous = null;
        p.next = null;
    }

    /** Takes a place off the list: everybody reads the newest value there. */
    void remove(Place p) {
        unlink(p);
        close(slot(p.key));
        size--;
        for (Message m = p.oldest; m != null; ) {
            Message newer = m.newer;
            spare(m);
            m = newer;
        }
        p.oldest = null;
        p.newest = null;
        p.count = 0;
        if (sparePlaces == spares.length) {
            spares = Arrays.copyOf(spares, 2 * sparePlaces);
        }
        spares[sparePlaces++] = p;
    }

    void clear() {
        for (Place p = first; p != null; p = first) {
            remove(p);
        }
    }

    /** Forgets the stamps of the past; to be followed by messages with stamps from 1 on. */
    void restart(long clockBefore) {
        clear();
        clock = clockBefore;
    }

    long clock() {
        return clock;
    }

    private void spare(Message m) {
        m.newer = spareMessages;
        spareMessages = m;
    }

    /** The places in order of their keys, each with its rank; valid until the next call. */
    Place[] sorted() {
        if (sorted.length < size) {
            sorted = new Place[2 * size];
        }
        int count = 0;
        for (Place p = first; p != null; p = p.next) {
            int at = count++;
            while (at > 0 && sorted[at - 1].key > p.key) {
                sorted[at] = sorted[at - 1];
                at--;
            }
            sorted[at] = p;
        }
        for (int i = 0; i < count; i++) {
            sorted[i].rank = i;
        }
        return sorted;
    }

    private int slot(long key) {
        int mask = table.length - 1;
        int slot = (int) Hash.finish(key) & mask;
        while (table[slot] != null && table[slot].key != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** Empties a slot and moves those behind it that would no longer be found. */
    private void close(int empty) {
        int mask = table.length - 1;
        int hole = empty;
        table[hole] = null;
        for (int slot = (hole + 1) & mask; table[slot] != null; slot = (slot + 1) & mask) {
            int home = (int) Hash.finish(table[slot].key) & mask;
            if (((slot - home) & mask) >= ((slot - hole) & mask)) {
                table[hole] = table[slot];
                table[slot] = null;
                hole = slot;
            }
        }
    }

    private void enlarge() {
        Place[] old = table;
        table = new Place[2 * old.length];
        for (Place p : old) {
            if (p != null) {
                table[slot(p.key)] = p;
            }
        }
    }
}
