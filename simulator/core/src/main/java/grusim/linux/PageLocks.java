package grusim.linux;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;
import java.util.Arrays;

/**
 * The page locks that are held, by frame (Linux lock_page, PG_locked): those of pages being migrated, and those that an
 * invalidation protocol takes.
 *
 * <p>Each operation is the one access of the step. Who finds a page locked awaits this object; nobody is served in turn.
 * Pages on their way to or from swap are kept by the lock of their swap slot instead. The order in which one agent takes
 * several is not checked.
 */
public final class PageLocks extends Shared {
    private long[] locked = new long[2];
    private int count;

    /** Makes the locks of all frames, none of them held. */
    public PageLocks(Engine engine, String name) {
        super(engine, name);
    }

    /** Locks the page of a frame unless it is locked; says whether it did. */
    public boolean lock(Agent agent, long pfn) {
        access(agent, Access.UPDATE);
        if (indexOf(pfn) >= 0) {
            return false;
        }
        engine().memory().acquired(agent, this);
        if (count == locked.length) {
            locked = Arrays.copyOf(locked, 2 * count);
        }
        int at = count++;
        for (; at > 0 && locked[at - 1] > pfn; at--) {
            locked[at] = locked[at - 1];
        }
        locked[at] = pfn;
        return true;
    }

    /** Unlocks a page and wakes who waits. */
    public void unlock(Agent agent, long pfn) {
        access(agent, Access.UPDATE);
        engine().memory().releasing(agent, this);
        int at = indexOf(pfn);
        assert at >= 0 : "the page of frame " + pfn + " is not locked";
        System.arraycopy(locked, at + 1, locked, at, --count - at);
        changed();
    }

    /** Whether the page of a frame is locked. */
    boolean locked(Agent agent, long pfn) {
        access(agent, Access.READ);
        return indexOf(pfn) >= 0;
    }

    /** Number of locked pages; a probe. */
    int count() {
        return count;
    }

    private int indexOf(long pfn) {
        return Arrays.binarySearch(locked, 0, count, pfn);
    }

    @Override
    public void state(StateIo io) {
        count = io.i32(count);
        locked = io.array(locked, count);
    }
}
