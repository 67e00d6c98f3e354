package grusim.protocol;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;
import java.util.Arrays;

/**
 * The fills of one address space that are under way, each with its address and whether an invalidate has passed it: a kill
 * bit in software. Each operation is the one access of its step. Source: the fault table that Robin Holt describes for XPMEM,
 * linux-mm, May 2008.
 */
final class ActiveFaults extends Shared {
    /** Agents in order of their numbers. */
    private int[] agents = new int[4];

    private long[] vaddrs = new long[4];
    private boolean[] cancelled = new boolean[4];
    private int count;

    ActiveFaults(Engine engine, String name) {
        super(engine, name);
    }

    /** The agent's fill begins; it has one at a time. */
    void begin(Agent agent, long vaddr) {
        access(agent, Access.UPDATE);
        int at = -1 - Arrays.binarySearch(agents, 0, count, agent.id());
        assert at >= 0 : agent.name() + " has two fills";
        if (count == agents.length) {
            agents = Arrays.copyOf(agents, 2 * count);
            vaddrs = Arrays.copyOf(vaddrs, 2 * count);
            cancelled = Arrays.copyOf(cancelled, 2 * count);
        }
        move(at, at + 1);
        agents[at] = agent.id();
        vaddrs[at] = vaddr;
        cancelled[at] = false;
        count++;
    }

    /** Whether an invalidate has passed the agent's fill. */
    boolean cancelled(Agent agent) {
        access(agent, Access.READ);
        return cancelled[Arrays.binarySearch(agents, 0, count, agent.id())];
    }

    /** The agent's fill ends. */
    void end(Agent agent) {
        access(agent, Access.UPDATE);
        int at = Arrays.binarySearch(agents, 0, count, agent.id());
        move(at + 1, at);
        count--;
    }

    /** An invalidate of a range passes; says how many fills it cancels. */
    int cancel(Agent agent, long start, long end) {
        access(agent, Access.UPDATE);
        int passed = 0;
        for (int i = 0; i < count; i++) {
            if (vaddrs[i] >= start && vaddrs[i] < end && !cancelled[i]) {
                cancelled[i] = true;
                passed++;
            }
        }
        return passed;
    }

    private void move(int from, int to) {
        System.arraycopy(agents, from, agents, to, count - from);
        System.arraycopy(vaddrs, from, vaddrs, to, count - from);
        System.arraycopy(cancelled, from, cancelled, to, count - from);
    }

    @Override
    public void state(StateIo io) {
        count = io.i32(count);
        agents = io.array(agents, count);
        vaddrs = io.array(vaddrs, count);
        if (cancelled.length < agents.length) {
            cancelled = new boolean[agents.length];
        }
        for (int i = 0; i < count; i++) {
            cancelled[i] = io.bool(cancelled[i]);
        }
    }
}
