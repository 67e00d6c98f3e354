package grusim.linux.lock;

import grusim.engine.StateIo;
import grusim.engine.Stateful;
import java.util.Arrays;

/** Agents in order of arrival at a lock, each as a reader or a writer. Part of the lock's state. */
final class LockQueue implements Stateful {
    /** Agent number and, in the lowest bit, whether it writes. */
    private int[] entries = new int[4];

    private int length;

    boolean isEmpty() {
        return length == 0;
    }

    /** Whether the first in the queue writes. */
    boolean firstWrites() {
        return (entries[0] & 1) != 0;
    }

    /** Appends an agent unless it is queued already; says whether it was appended. */
    boolean add(int agent, boolean writes) {
        if (position(agent) >= 0) {
            return false;
        }
        if (length == entries.length) {
            entries = Arrays.copyOf(entries, 2 * length);
        }
        entries[length++] = agent << 1 | (writes ? 1 : 0);
        return true;
    }

    int removeFirst() {
        int agent = entries[0] >> 1;
        removeAt(0);
        return agent;
    }

    /** Removes an agent; says whether it was there. */
    boolean remove(int agent) {
        int at = position(agent);
        if (at >= 0) {
            removeAt(at);
        }
        return at >= 0;
    }

    private int position(int agent) {
        for (int i = 0; i < length; i++) {
            if (entries[i] >> 1 == agent) {
                return i;
            }
        }
        return -1;
    }

    private void removeAt(int at) {
        length--;
        System.arraycopy(entries, at + 1, entries, at, length - at);
    }

    @Override
    public void state(StateIo io) {
        length = io.i32(length);
        entries = io.array(entries, length);
    }
}
