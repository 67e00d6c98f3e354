package grusim.engine;

import java.util.Arrays;

/**
 * What one step of an exploration touched: shared state by number and cell, and the agents it disturbed by an interrupt
 * or a command. Two steps of different agents that do not conflict can be taken in either order, with the same result.
 */
public final class Footprint {
    /** Stands for all cells of a piece of state. */
    public static final int WHOLE = -1;

    /** Stands for the waiters of a piece of state: whoever begins to wait reads it, whoever changes the state writes it. */
    public static final int WAITERS = -2;

    private int[] shared = new int[4];
    private int[] index = new int[4];
    private boolean[] written = new boolean[4];
    private int count;
    private long disturbed;
    private boolean everything;

    /** An empty footprint. */
    public Footprint() {}

    /** Number of places touched. */
    public int count() {
        return count;
    }

    /** Number of the state touched at a place. */
    public int shared(int place) {
        return shared[place];
    }

    /** The cell touched at a place, {@link #WHOLE} or {@link #WAITERS}. */
    public int index(int place) {
        return index[place];
    }

    /** Whether what was touched at a place may have changed. */
    public boolean written(int place) {
        return written[place];
    }

    /** Agents, as a bit mask by number, that the step set to work or interrupted; those above 63 share the top bit. */
    public long disturbed() {
        return disturbed;
    }

    /** Whether the step conflicts with every other. */
    public boolean everything() {
        return everything;
    }

    /** Whether the step touched nothing that another agent may touch. */
    public boolean isEmpty() {
        return count == 0 && disturbed == 0 && !everything;
    }

    /** Whether the steps with these footprints must keep their order; it is up to the caller that their agents differ. */
    public boolean conflicts(Footprint other) {
        if (everything || other.everything) {
            return true;
        }
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < other.count; j++) {
                if (shared[i] == other.shared[j]
                        && (written[i] || other.written[j])
                        && (index[i] == other.index[j] || index[i] == WHOLE || other.index[j] == WHOLE)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether two steps touched the same places, in whatever order, and disturbed the same agents. */
    public boolean same(Footprint other) {
        if (count != other.count || disturbed != other.disturbed || everything != other.everything) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (!other.contains(shared[i], index[i], written[i])) {
                return false;
            }
        }
        return true;
    }

    private boolean contains(int state, int cell, boolean write) {
        for (int i = 0; i < count; i++) {
            if (shared[i] == state && index[i] == cell && written[i] == write) {
                return true;
            }
        }
        return false;
    }

    /** Makes this the union of itself and another. */
    public void join(Footprint other) {
        for (int i = 0; i < other.count; i++) {
            add(other.shared[i], other.index[i], other.written[i]);
        }
        disturbed |= other.disturbed;
        everything |= other.everything;
    }

    /** Forgets everything. */
    public void clear() {
        count = 0;
        disturbed = 0;
        everything = false;
    }

    void add(int state, int cell, boolean write) {
        for (int i = 0; i < count; i++) {
            if (shared[i] == state && index[i] == cell) {
                written[i] |= write;
                return;
            }
        }
        if (count == shared.length) {
            shared = Arrays.copyOf(shared, 2 * count);
            index = Arrays.copyOf(index, 2 * count);
            written = Arrays.copyOf(written, 2 * count);
        }
        shared[count] = state;
        index[count] = cell;
        written[count++] = write;
    }

    void disturb(int agent) {
        disturbed |= 1L << Math.min(agent, Long.SIZE - 1);
    }

    void everythingTouched() {
        everything = true;
    }
}
