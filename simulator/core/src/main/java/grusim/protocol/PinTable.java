package grusim.protocol;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;
import java.util.Arrays;

/**
 * Which pages of one address space a secondary MMU holds pinned, and to which frames: one reference for each page and frame,
 * however many fills there were. A page whose frame has changed without a revocation has a pin on each of its frames.
 *
 * <p>The table knows of references; taking and dropping them is the protocol's. Each operation is the one access of its
 * step. Memory goes with the pins held, and so does the time to add one: what is counted is how many there are at once.
 * Source: the counts and page lists of SGI's XPMEM driver.
 */
final class PinTable extends Shared {
    /** No frame. */
    static final long NONE = -1;

    /** What became of a reference that was to be noted: it is held now, was held before, or nothing is held any more. */
    enum Pinned {
        NEWLY,
        BEFORE,
        NEVER
    }

    /** Pages in order of their addresses, and those of one page in order of their frames. */
    private long[] vaddrs = new long[4];

    private long[] pfns = new long[4];
    private int count;
    private boolean closed;

    PinTable(Engine engine, String name) {
        super(engine, name);
    }

    /** Notes a reference to the frame of a page, unless there is one already or the table is closed. */
    Pinned pin(Agent agent, long vaddr, long pfn) {
        access(agent, Access.UPDATE);
        if (closed) {
            return Pinned.NEVER;
        }
        int at = index(vaddr, pfn);
        if (at < count && vaddrs[at] == vaddr && pfns[at] == pfn) {
            return Pinned.BEFORE;
        }
        if (count == vaddrs.length) {
            vaddrs = Arrays.copyOf(vaddrs, 2 * count);
            pfns = Arrays.copyOf(pfns, 2 * count);
        }
        System.arraycopy(vaddrs, at, vaddrs, at + 1, count - at);
        System.arraycopy(pfns, at, pfns, at + 1, count - at);
        vaddrs[at] = vaddr;
        pfns[at] = pfn;
        count++;
        return Pinned.NEWLY;
    }

    /** From now on nothing is noted. */
    void close(Agent agent) {
        access(agent, Access.UPDATE);
        closed = true;
    }

    /** Takes the last reference to a page of a range off and returns its frame, or {@link #NONE}; who takes it drops it. */
    long takeOne(Agent agent, long start, long end) {
        access(agent, Access.UPDATE);
        int at = index(end, NONE) - 1;
        if (at < 0 || vaddrs[at] < start) {
            return NONE;
        }
        long pfn = pfns[at];
        count--;
        System.arraycopy(vaddrs, at + 1, vaddrs, at, count - at);
        System.arraycopy(pfns, at + 1, pfns, at, count - at);
        return pfn;
    }

    /** Number of references held; a probe. */
    int pins() {
        return count;
    }

    /** Place of a page and frame, or of the first one after them. */
    private int index(long vaddr, long pfn) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            boolean before = vaddrs[middle] < vaddr || (vaddrs[middle] == vaddr && pfns[middle] < pfn);
            low = before ? middle + 1 : low;
            high = before ? high : middle;
        }
        return low;
    }

    @Override
    public void state(StateIo io) {
        closed = io.bool(closed);
        count = io.i32(count);
        vaddrs = io.array(vaddrs, count);
        pfns = io.array(pfns, count);
    }
}
