package grusim.engine;

import org.jspecify.annotations.Nullable;

/**
 * An entry of the {@link EventQueue}, linked intrusively so that scheduling allocates nothing.
 *
 * <p>The total order of events is (time, priority, sequence number): earlier first, then the lower priority number,
 * then the one scheduled first.
 */
public abstract class Event {
    /** Where the event is: not queued, in the wheel, or (zero and above) its index in the far heap. */
    static final int NOT_QUEUED = -1;

    static final int IN_WHEEL = -2;

    private static final int PRIORITY_SHIFT = 56;

    /** The bits of a sequence number below the priority. */
    static final long SEQUENCE_MASK = (1L << PRIORITY_SHIFT) - 1;

    long timePs;
    /** Priority and sequence number in one word, so that events due at one time compare by it. */
    long sequence;

    int place = NOT_QUEUED;

    @Nullable
    Event next;

    /** Due time in picoseconds of the last scheduling. */
    public final long timePs() {
        return timePs;
    }

    /** Whether the event is in a queue now. */
    public final boolean queued() {
        return place != NOT_QUEUED;
    }

    final boolean before(Event other) {
        return timePs < other.timePs || (timePs == other.timePs && sequence < other.sequence);
    }

    /** The {@link #sequence} of an event of a priority (0 to 127) with a sequence number below 2^56. */
    static long order(int priority, long sequence) {
        assert priority >= 0 && priority < 128 : "priority " + priority;
        return (long) priority << PRIORITY_SHIFT | sequence;
    }
}
