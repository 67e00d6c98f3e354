package grusim.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The pending events in total order (time, priority, sequence): near events in a wheel of buckets found through a
 * two-level bitmap, far events in a heap.
 *
 * <p>The wheel spans {@value #SLOTS} buckets of 2^shift picoseconds from the clock's bucket on. A bucket ahead of the
 * clock is a stack, newest first; when the clock reaches it, it is put in order and becomes the front. Far events move
 * into the wheel whenever the clock advances, before anything is scheduled at the new time. Scheduling and polling take
 * about ten nanoseconds and allocate nothing; removing an arbitrary event walks its bucket.
 *
 * <p>Not thread-safe.
 */
public final class EventQueue {
    static final int SLOTS = 1 << 15;
    private static final int MASK = SLOTS - 1;
    private static final int WORDS = SLOTS / Long.SIZE;
    private static final int GROUPS = WORDS / Long.SIZE;
    private static final long UNKNOWN = -1;
    private static final long IN_ORDER = 0;

    private final int shift;

    /** Newest event of each bucket ahead of the clock; the clock's own slot is empty. */
    private final @Nullable Event[] buckets = new @Nullable Event[SLOTS];

    /** A bit for each bucket that holds events, and a bit for each word of those that has one set. */
    private final long[] occupied = new long[WORDS];

    private final long[] occupiedWords = new long[GROUPS];

    private final BucketSort sort = new BucketSort();
    private final FarHeap far = new FarHeap();

    /** The events of the clock's bucket in order; the last of them if it is known. */
    private @Nullable Event front;

    private @Nullable Event frontLast;

    private long currentTick;
    /** The wheel must take far events in once the current tick reaches this. */
    private long migrateTick = Long.MAX_VALUE;
    /** Time of the first event behind the front, if it is known. */
    private long nextTimePs = UNKNOWN;

    private long nextSequence;
    private long tieSeed = IN_ORDER;
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
        long number = nextSequence++;
        return tieSeed == IN_ORDER ? number : shuffled(number);
    }

    /**
     * Has events that fall due at one time with one priority come in an order drawn by a seed, instead of the order in which
     * they were scheduled; zero undoes it. The times and priorities decide as before; before the first event only.
     */
    void shuffleTies(long seed) {
        if (size != 0) {
            throw new IllegalStateException(size + " events are scheduled already");
        }
        tieSeed = seed;
    }

    /** Another sequence number for each: every step can be undone, so that no two numbers become one. */
    private long shuffled(long number) {
        long mixed = number ^ (tieSeed & Event.SEQUENCE_MASK);
        mixed = (mixed ^ mixed >>> 28) * 0xbf58476d1ce4e5b9L & Event.SEQUENCE_MASK;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL & Event.SEQUENCE_MASK;
        return mixed ^ mixed >>> 29;
    }

    /** Queues the event at the given time with priority zero; the time must not lie before the clock's bucket. */
    public void schedule(Event event, long timePs) {
        event.timePs = timePs;
        event.sequence = takeSequence();
        insert(event);
    }

    /** As {@link #schedule(Event, long)}, with a priority from 0 (first among events due at one time) to 127. */
    public void schedule(Event event, long timePs, int priority) {
        event.timePs = timePs;
        event.sequence = Event.order(priority, takeSequence());
        insert(event);
    }

    /** Queues an event whose time and order are set. */
    void insert(Event event) {
        assert event.place == Event.NOT_QUEUED : "already queued";
        long timePs = event.timePs;
        assert timePs >= 0 : "time " + timePs + " ps out of range";
        long ahead = (timePs >>> shift) - currentTick;
        assert ahead >= 0 : "scheduled into the past";
        size++;
        if (ahead == 0) {
            intoFront(event);
            return;
        }
        if (timePs < nextTimePs) {
            nextTimePs = timePs;
        }
        if (ahead < SLOTS) {
            intoBucket(event, slotOf(event));
        } else {
            far.add(event);
            setMigrateTick();
        }
    }

    private int slotOf(Event event) {
        return (int) (event.timePs >>> shift) & MASK;
    }

    private void intoBucket(Event event, int slot) {
        event.place = Event.IN_WHEEL;
        event.next = buckets[slot];
        buckets[slot] = event;
        occupied[slot >>> 6] |= 1L << slot;
        occupiedWords[slot >>> 12] |= 1L << (slot >>> 6);
    }

    private void intoFront(Event event) {
        event.place = Event.IN_WHEEL;
        Event previous = null;
        Event following = front;
        Event last = frontLast;
        if (following != null && last != null && !event.before(last)) {
            previous = last;
            following = null;
        } else {
            while (following != null && !event.before(following)) {
                previous = following;
                following = following.next;
            }
        }
        event.next = following;
        if (following == null) {
            frontLast = event;
        }
        if (previous == null) {
            front = event;
        } else {
            previous.next = event;
        }
    }

    /** Time of the first event, or {@link Long#MAX_VALUE} when there is none. */
    public long firstTimePs() {
        Event first = front;
        if (first != null) {
            return first.timePs;
        }
        if (nextTimePs == UNKNOWN) {
            nextTimePs = searchNextTime();
        }
        return nextTimePs;
    }

    private long searchNextTime() {
        int slot = nextOccupied((int) currentTick & MASK);
        if (slot < 0) {
            return far.isEmpty() ? Long.MAX_VALUE : far.firstTimePs();
        }
        long first = Long.MAX_VALUE;
        for (Event event = buckets[slot]; event != null; event = event.next) {
            first = Math.min(first, event.timePs);
        }
        return first;
    }

    /** Takes the first event in order and advances the clock to it; null when there is none. */
    public @Nullable Event poll() {
        Event event = front;
        if (event == null) {
            event = advance();
            if (event == null) {
                return null;
            }
        }
        front = event.next;
        event.place = Event.NOT_QUEUED;
        size--;
        return event;
    }

    /** Moves the clock on to the next bucket that holds events and returns these in order. */
    private @Nullable Event advance() {
        if (size == 0) {
            return null;
        }
        currentTick = nextTimePs == UNKNOWN ? nextTick() : nextTimePs >>> shift;
        if (currentTick >= migrateTick) {
            migrate();
        }
        nextTimePs = UNKNOWN;
        frontLast = null;
        int slot = (int) currentTick & MASK;
        Event newest = buckets[slot];
        assert newest != null;
        buckets[slot] = null;
        emptied(slot);
        return newest.next == null ? newest : sort.sorted(newest);
    }

    /** The tick of the next bucket that holds events. */
    private long nextTick() {
        int from = (int) currentTick & MASK;
        int slot = nextOccupied(from);
        return slot < 0 ? far.firstTimePs() >>> shift : currentTick + ((slot - from) & MASK);
    }

    private void migrate() {
        while (!far.isEmpty() && (far.firstTimePs() >>> shift) - currentTick < SLOTS) {
            Event event = far.poll();
            intoBucket(event, slotOf(event));
        }
        setMigrateTick();
    }

    private void setMigrateTick() {
        migrateTick = far.isEmpty() ? Long.MAX_VALUE : (far.firstTimePs() >>> shift) - MASK;
    }

    /** Takes a queued event out of the queue. */
    public void remove(Event event) {
        if (event.place >= 0) {
            far.remove(event);
            setMigrateTick();
        } else {
            assert event.place == Event.IN_WHEEL : "not queued";
            removeFromWheel(event);
        }
        event.place = Event.NOT_QUEUED;
        size--;
        if (event.timePs == nextTimePs) {
            nextTimePs = UNKNOWN;
        }
    }

    private void removeFromWheel(Event event) {
        boolean inFront = event.timePs >>> shift == currentTick;
        int slot = slotOf(event);
        Event previous = null;
        Event at = inFront ? front : buckets[slot];
        while (at != event) {
            assert at != null : "not in its bucket";
            previous = at;
            at = at.next;
        }
        Event following = event.next;
        if (previous != null) {
            previous.next = following;
        } else if (inFront) {
            front = following;
        } else {
            buckets[slot] = following;
            if (following == null) {
                emptied(slot);
            }
        }
        if (inFront && following == null) {
            frontLast = previous;
        }
    }

    private void emptied(int slot) {
        int word = slot >>> 6;
        long left = occupied[word] & ~(1L << slot);
        occupied[word] = left;
        if (left == 0) {
            occupiedWords[word >>> 6] &= ~(1L << word);
        }
    }

    /** The first occupied slot after the given empty one, cyclically, or -1. */
    private int nextOccupied(int slot) {
        int word = slot >>> 6;
        long bits = occupied[word] & (-1L << slot);
        if (bits != 0) {
            return word << 6 | Long.numberOfTrailingZeros(bits);
        }
        int group = word >>> 6;
        long words = occupiedWords[group] & (-2L << word);
        for (int groups = 0; words == 0; groups++) {
            if (groups == GROUPS) {
                return -1;
            }
            group = (group + 1) % GROUPS;
            words = occupiedWords[group];
        }
        int found = group << 6 | Long.numberOfTrailingZeros(words);
        return found << 6 | Long.numberOfTrailingZeros(occupied[found]);
    }

    /** Forgets every event and sets the clock and the next sequence number. */
    void reset(long nowPs, long sequence) {
        forget(front);
        front = null;
        for (int slot = 0; slot < SLOTS; slot++) {
            forget(buckets[slot]);
        }
        Arrays.fill(buckets, null);
        Arrays.fill(occupied, 0);
        Arrays.fill(occupiedWords, 0);
        far.clear();
        size = 0;
        currentTick = nowPs >>> shift;
        setMigrateTick();
        nextTimePs = UNKNOWN;
        nextSequence = sequence;
    }

    private static void forget(@Nullable Event first) {
        for (Event event = first; event != null; event = event.next) {
            event.place = Event.NOT_QUEUED;
        }
    }

    long nextSequence() {
        return nextSequence;
    }
}
