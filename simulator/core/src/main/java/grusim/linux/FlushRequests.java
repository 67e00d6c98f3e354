package grusim.linux;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;
import java.util.Arrays;

/**
 * The flushes of its TLB that one CPU was asked for and has not begun, in order of arrival; each names the address space
 * and who waits for it and, in timed runs, how many pages and the flush's number. Appending and taking are atomic
 * operations on the queue alone: they order the work of both sides through this queue and nothing else.
 */
final class FlushRequests extends Shared {
    private static final int PAGE_BITS = 16;

    private long[] requests = new long[2];

    /** Number of the flush and how many pages. */
    private long[] extents = new long[2];

    private int length;
    private long takenExtent;

    FlushRequests(Engine engine, String name) {
        super(engine, name);
    }

    /** The address space of a request. */
    static int mm(long request) {
        return (int) (request >>> 32);
    }

    /** Who waits for a request. */
    static int sender(long request) {
        return (int) request;
    }

    /** A number of pages and the number of the flush, in one word. */
    static long extent(int pages, long flush) {
        return flush << PAGE_BITS | pages;
    }

    static int pages(long extent) {
        return (int) extent & ((1 << PAGE_BITS) - 1);
    }

    static long flush(long extent) {
        return extent >>> PAGE_BITS;
    }

    /** Appends a request; says whether the queue was empty, which takes an interrupt to have it looked at. */
    boolean post(Agent agent, int mm, long extent) {
        access(agent, Access.UPDATE);
        engine().memory().releasing(agent, this);
        if (length == requests.length) {
            requests = Arrays.copyOf(requests, 2 * length);
            extents = Arrays.copyOf(extents, 2 * length);
        }
        extents[length] = extent;
        requests[length++] = (long) mm << 32 | agent.id();
        return length == 1;
    }

    /** Takes the first request; there is one, since every request is posted before its interrupt is raised. */
    long take(Agent agent) {
        access(agent, Access.UPDATE);
        engine().memory().acquired(agent, this);
        assert length > 0 : name() + ": nobody asked";
        long first = requests[0];
        takenExtent = extents[0];
        length--;
        System.arraycopy(requests, 1, requests, 0, length);
        System.arraycopy(extents, 1, extents, 0, length);
        return first;
    }

    /** The extent of what was taken; within the step of the take. */
    long takenExtent() {
        return takenExtent;
    }

    /** Whether nothing was left behind what was taken; within the step of the take. */
    boolean isEmpty() {
        return length == 0;
    }

    @Override
    public void state(StateIo io) {
        length = io.i32(length);
        requests = io.array(requests, length);
        if (io.timed()) {
            extents = io.array(extents, length);
        } else if (extents.length < requests.length) {
            extents = Arrays.copyOf(extents, requests.length);
        }
    }
}
