package grusim.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The pending events in total order (time, priority, sequence): near events in a wheel of sorted buckets found through
 * a two-level bitmap, far events in a heap.
 *
 * <p>The wheel spans {@value #SLOTS} buckets of 2^shift picoseconds from the current bucket on. Far events move into
 * the wheel whenever the clock advances, before anything is scheduled at the new time. Scheduling and removing the
 * first event cost a few nanoseconds and allocate nothing; removing an arbitrary event walks its bucket.
 *
 * <p>Not thread-safe.
 */
public final class EventQueue {
    static final int SLOTS = 4096;
    private static final int MASK = SLOTS - 1;

    private final int shift;
    private final @Nullable Event[] heads = new @Nullable Event[SLOTS];
    private final @Nullable Event[] tails = new @Nullable Event[SLOTS];
    private final long[] occupied = new long[SLOTS / 64];
    private long occupiedWords;
    private final FarHeap far = new FarHeap();

    private long currentTick;
    /** The wheel must take far events in once the current tick reaches this. */
    private long migrateTick = Long.MAX_VALUE;

    private long nextSequence;
    private int size;

    /**
     * Makes an empty queue at time zero.
     *
     * @param shift logarithm of the bucket width in picoseconds, 0 to 40
     */
    public EventQueue(int shift) {
        if (shift < 0 || shift > 40) {
            throw new IllegalArgumentException("shift must be 0 to 40, not " + shift);
        }
        this.shift = shift;
    }

    /** Number of pending events. */
    public int size() {
        return size;
    }

    /** Takes the next sequence number, as every scheduling does. */
    long takeSequence() {
        return nextSequence++;
    }

    /** Queues the event at the given time with priority zero; the time must not lie before the clock's bucket. */
    public void schedule(Event event, long timePs) {
        event.timePs = timePs;
        event.sequence = nextSequence++;
        insert(event);
    }

    /** As {@link #schedule(Event, long)}, with a priority from 0 (first among events due at one time) to 127. */
    public void schedule(Event event, long timePs, int priority) {
        event.timePs = timePs;
        event.sequence = Event.order(priority, nextSequence++);
        insert(event);
    }

    /** Queues an event whose time and order are set. */
    void insert(Event event) {
        assert event.place == Event.NOT_QUEUED : "already queued";
        assert event.timePs >= 0 : "time " + event.timePs + " ps out of range";
        long tick = event.timePs >>> shift;
        assert tick >= currentTick : "scheduled into the past";
        size++;
        if (tick - currentTick < SLOTS) {
            intoWheel(event, (int) tick & MASK);
        } else {
            far.add(event);
            migrateTick = (far.firstTimePs() >>> shift) - MASK;
        }
    }

    private void intoWheel(Event event, int slot) {
        event.place = Event.IN_WHEEL;
        Event tail = tails[slot];
        if (tail == null) {
            heads[slot] = event;
            tails[slot] = event;
            occupied[slot >>> 6] |= 1L << slot;
            occupiedWords |= 1L << (slot >>> 6);
        } else if (!event.before(tail)) {
            tail.next = event;
            tails[slot] = event;
        } else {
            insertSorted(event, slot);
        }
    }

    private void insertSorted(Event event, int slot) {
        Event previous = null;
        Event at = heads[slot];
        while (at != null && !event.before(at)) {
            previous = at;
            at = at.next;
        }
        event.next = at;
        if (previous == null) {
            heads[slot] = event;
        } else {
            previous.next = event;
        }
    }

    /** The first event in order without taking it, or null. */
    public @Nullable Event first() {
        Event head = heads[(int) currentTick & MASK];
        if (head != null) {
            return head;
        }
        int slot = nextOccupied((int) currentTick & MASK);
        return slot >= 0 ? heads[slot] : far.first();
    }

    /** Time of the first event, or {@link Long#MAX_VALUE} when there is none. */
    public long firstTimePs() {
        Event first = first();
        return first == null ? Long.MAX_VALUE : first.timePs;
    }

    /** Takes the first event in order and advances the clock to it; null when there is none. */
    public @Nullable Event poll() {
        int slot = (int) currentTick & MASK;
        Event head = heads[slot];
        if (head == null) {
            int found = nextOccupied(slot);
            if (found >= 0) {
                advanceToTick(currentTick + ((found - slot) & MASK));
                slot = found;
            } else if (size == 0) {
                return null;
            } else {
                advanceToTick(far.firstTimePs() >>> shift);
                slot = (int) currentTick & MASK;
            }
            head = heads[slot];
        }
        assert head != null;
        Event rest = head.next;
        heads[slot] = rest;
        if (rest == null) {
            emptied(slot);
        } else {
            head.next = null;
        }
        head.place = Event.NOT_QUEUED;
        size--;
        return head;
    }

    /** Moves the clock on to a time that is not after the first event. */
    void advanceTo(long timePs) {
        long tick = timePs >>> shift;
        if (tick != currentTick) {
            advanceToTick(tick);
        }
    }

    private void advanceToTick(long tick) {
        currentTick = tick;
        if (tick >= migrateTick) {
            migrate();
        }
    }

    private void migrate() {
        while (!far.isEmpty() && (far.firstTimePs() >>> shift) - currentTick < SLOTS) {
            Event event = far.poll();
            intoWheel(event, (int) (event.timePs >>> shift) & MASK);
        }
        migrateTick = far.isEmpty() ? Long.MAX_VALUE : (far.firstTimePs() >>> shift) - MASK;
    }

    /** Takes a queued event out of the queue. */
    public void remove(Event event) {
        if (event.place >= 0) {
            far.remove(event);
            migrateTick = far.isEmpty() ? Long.MAX_VALUE : (far.firstTimePs() >>> shift) - MASK;
        } else {
            assert event.place == Event.IN_WHEEL : "not queued";
            removeFromWheel(event, (int) (event.timePs >>> shift) & MASK);
        }
        event.place = Event.NOT_QUEUED;
        size--;
    }

    private void removeFromWheel(Event event, int slot) {
        Event previous = null;
        Event at = heads[slot];
        while (at != event) {
            assert at != null : "not in its bucket";
            previous = at;
            at = at.next;
        }
        if (previous == null) {
            heads[slot] = event.next;
        } else {
            previous.next = event.next;
        }
        if (event.next == null) {
            tails[slot] = previous;
        }
        event.next = null;
        if (heads[slot] == null) {
            emptied(slot);
        }
    }

    private void emptied(int slot) {
        tails[slot] = null;
        int word = slot >>> 6;
        long left = occupied[word] & ~(1L << slot);
        occupied[word] = left;
        if (left == 0) {
            occupiedWords &= ~(1L << word);
        }
    }

    /** The first occupied slot after the given empty one, cyclically, or -1. */
    private int nextOccupied(int slot) {
        int word = slot >>> 6;
        long bits = occupied[word] & (-1L << slot);
        if (bits != 0) {
            return word << 6 | Long.numberOfTrailingZeros(bits);
        }
        long words = occupiedWords & (-2L << word);
        if (words == 0) {
            words = occupiedWords;
            if (words == 0) {
                return -1;
            }
        }
        int found = Long.numberOfTrailingZeros(words);
        return found << 6 | Long.numberOfTrailingZeros(occupied[found]);
    }

    /** Forgets every event and sets the clock and the next sequence number. */
    void reset(long nowPs, long sequence) {
        for (int slot = 0; slot < SLOTS; slot++) {
            for (Event e = heads[slot]; e != null; ) {
                Event next = e.next;
                e.next = null;
                e.place = Event.NOT_QUEUED;
                e = next;
            }
        }
        Arrays.fill(heads, null);
        Arrays.fill(tails, null);
        Arrays.fill(occupied, 0);
        occupiedWords = 0;
        far.clear();
        size = 0;
        currentTick = nowPs >>> shift;
        migrateTick = Long.MAX_VALUE;
        nextSequence = sequence;
    }

    long nextSequence() {
        return nextSequence;
    }
}
