package grusim.protocol;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;
import java.util.Arrays;

/**
 * The intervals of one address space that fills look after, with the number of ranges being changed: what a lock of the
 * protocol guards. While a range that met an interval is being changed the tree stands still; what is to be added or taken
 * off waits until the last range ends. Source: Linux mm/mmu_notifier.c, mn_itree_inv_start_range, mn_itree_inv_end.
 *
 * <p>All intervals have the same length and do not overlap. A sorted array does the tree's work. Each operation is the one
 * access of its step.
 */
final class IntervalTree extends Shared {
    static final int NONE = -1;

    /** States of an interval. */
    private static final int IN_TREE = 0;

    private static final int ADDED_LATER = 1;
    private static final int REMOVED_LATER = 2;

    private final long intervalBytes;
    private int ranges;
    private boolean odd;

    /** First addresses in order, each with its slot and state. */
    private long[] starts = new long[4];

    private int[] slots = new int[4];
    private int[] states = new int[4];
    private int count;

    IntervalTree(Engine engine, String name, long intervalBytes) {
        super(engine, name);
        this.intervalBytes = intervalBytes;
    }

    /** A range is going to change: says whether it meets an interval, so that the sequence number has to be odd. */
    boolean begin(Agent agent, long start, long end) {
        access(agent, Access.UPDATE);
        ranges++;
        boolean meets = index(start, end) < count;
        odd |= meets;
        return meets;
    }

    /** A range has changed: says whether it was the last one, and the sequence number is odd. */
    boolean end(Agent agent) {
        access(agent, Access.UPDATE);
        ranges--;
        return ranges == 0 && odd;
    }

    /** Adds and takes off what had to wait; the sequence number is even again. */
    void settle(Agent agent) {
        access(agent, Access.UPDATE);
        odd = false;
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (states[i] != REMOVED_LATER) {
                starts[kept] = starts[i];
                slots[kept] = slots[i];
                states[kept++] = IN_TREE;
            }
        }
        count = kept;
    }

    /** The slot of the interval of an address, {@link #NONE} if there is none. */
    int find(Agent agent, long vaddr) {
        access(agent, Access.READ);
        int at = Arrays.binarySearch(starts, 0, count, start(vaddr));
        return at < 0 ? NONE : slots[at];
    }

    /** The first address of the first interval in the tree that a range meets, or a negative one. */
    long next(Agent agent, long start, long end) {
        access(agent, Access.READ);
        int at = index(start, end);
        return at < count ? starts[at] : NONE;
    }

    /**
     * Adds the interval of an address, which has none, and returns its slot. Whether any range is being changed is known by
     * {@link #changing} afterwards.
     */
    int add(Agent agent, long vaddr) {
        access(agent, Access.UPDATE);
        int at = -1 - Arrays.binarySearch(starts, 0, count, start(vaddr));
        int slot = freeSlot();
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            slots = Arrays.copyOf(slots, 2 * count);
            states = Arrays.copyOf(states, 2 * count);
        }
        System.arraycopy(starts, at, starts, at + 1, count - at);
        System.arraycopy(slots, at, slots, at + 1, count - at);
        System.arraycopy(states, at, states, at + 1, count - at);
        starts[at] = start(vaddr);
        slots[at] = slot;
        states[at] = odd ? ADDED_LATER : IN_TREE;
        odd |= ranges > 0;
        count++;
        return slot;
    }

    /** Whether ranges are being changed; a look at what the present lock holder has just seen. */
    boolean changing() {
        return ranges > 0;
    }

    /** Has the interval that begins at an address taken off when the last range ends. */
    void removeLater(Agent agent, long start) {
        access(agent, Access.UPDATE);
        states[Arrays.binarySearch(starts, 0, count, start)] = REMOVED_LATER;
    }

    /** The slot of the interval that begins at an address; a look at what stands still while a range changes. */
    int slot(long start) {
        return slots[Arrays.binarySearch(starts, 0, count, start)];
    }

    /** The end of an interval. */
    long end(long start) {
        return start + intervalBytes;
    }

    private long start(long vaddr) {
        return vaddr & -intervalBytes;
    }

    /** Place of the first interval in the tree that a range meets, {@link #count} or more if there is none. */
    private int index(long start, long end) {
        int at = Arrays.binarySearch(starts, 0, count, start(start));
        at = at < 0 ? -1 - at : at;
        while (at < count && states[at] == ADDED_LATER) {
            at++;
        }
        return at < count && starts[at] < end ? at : count;
    }

    private int freeSlot() {
        long[] used = new long[(count >>> 6) + 1];
        for (int i = 0; i < count; i++) {
            if (slots[i] <= count) {
                used[slots[i] >>> 6] |= 1L << slots[i];
            }
        }
        int slot = 0;
        while ((used[slot >>> 6] >>> slot & 1) != 0) {
            slot++;
        }
        return slot;
    }

    @Override
    public void state(StateIo io) {
        ranges = io.i32(ranges);
        odd = io.bool(odd);
        count = io.i32(count);
        starts = io.array(starts, count);
        slots = io.array(slots, count);
        states = io.array(states, count);
    }
}
