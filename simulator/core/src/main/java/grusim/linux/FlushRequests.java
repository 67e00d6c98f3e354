package grusim.linux;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;
import java.util.Arrays;

/**
 * The flushes of its TLB that one CPU was asked for and has not begun, in order of arrival; each names the address space
 * and who waits for it. Appending and taking are atomic operations on the queue alone: they order the work of both sides
 * through this queue and nothing else.
 */
final class FlushRequests extends Shared {
    private long[] requests = new long[2];
    private int length;

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

    /** Appends a request; says whether the queue was empty, which takes an interrupt to have it looked at. */
    boolean post(Agent agent, int mm) {
        access(agent, Access.UPDATE);
        engine().memory().releasing(agent, this);
        if (length == requests.length) {
            requests = Arrays.copyOf(requests, 2 * length);
        }
        requests[length++] = (long) mm << 32 | agent.id();
        return length == 1;
    }

    /** Takes the first request; there is one, since every request is posted before its interrupt is raised. */
    long take(Agent agent) {
        access(agent, Access.UPDATE);
        engine().memory().acquired(agent, this);
        assert length > 0 : name() + ": nobody asked";
        long first = requests[0];
        length--;
        System.arraycopy(requests, 1, requests, 0, length);
        return first;
    }

    /** Whether nothing was left behind what was taken; within the step of the take. */
    boolean isEmpty() {
        return length == 0;
    }

    @Override
    public void state(StateIo io) {
        length = io.i32(length);
        requests = io.array(requests, length);
    }
}
