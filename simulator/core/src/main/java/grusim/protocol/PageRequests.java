package grusim.protocol;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;
import java.util.Arrays;

/**
 * The fills of one address space that are getting their page: each agent's at most one. A change of a range marks those it
 * meets as invalid; who asks for a page again and again in vain is told to give up. Source: the list of page requests in
 * SGI's XPMEM driver, version 003 of April 2008.
 *
 * <p>Each operation is the one access of its step. A request that is abandoned stays until its agent makes another.
 */
final class PageRequests extends Shared {
    /** Times that a page is asked for again before the fill gives up. */
    private static final int RETRIES = 3;

    /** What becomes of a request that has its page. */
    enum Outcome {
        USE,
        AGAIN,
        GIVE_UP
    }

    /** Agents in order, and the page that each asks for. */
    private int[] agents = new int[4];

    private long[] vaddrs = new long[4];

    /** How often the page was asked for in vain, twice, plus one if the request is invalid. */
    private int[] marks = new int[4];

    private int count;

    PageRequests(Engine engine, String name) {
        super(engine, name);
    }

    /** The agent asks for a page. */
    void request(Agent agent, long vaddr) {
        access(agent, Access.UPDATE);
        int at = index(agent.id());
        if (at == count || agents[at] != agent.id()) {
            insert(at);
            agents[at] = agent.id();
            marks[at] = 0;
        } else if (vaddrs[at] != vaddr) {
            marks[at] = 0;
        }
        vaddrs[at] = vaddr;
        marks[at] &= ~1;
    }

    /** The agent has got the page it asked for. */
    Outcome finish(Agent agent) {
        access(agent, Access.UPDATE);
        int at = index(agent.id());
        assert at < count && agents[at] == agent.id() : agent.name() + " has not asked for a page";
        if ((marks[at] & 1) == 0) {
            remove(at);
            return Outcome.USE;
        }
        if (marks[at] >> 1 == RETRIES) {
            remove(at);
            return Outcome.GIVE_UP;
        }
        marks[at] += 2;
        return Outcome.AGAIN;
    }

    /** Marks the requests of a range as invalid. */
    void invalidate(Agent agent, long start, long end) {
        access(agent, Access.UPDATE);
        for (int i = 0; i < count; i++) {
            if (vaddrs[i] >= start && vaddrs[i] < end) {
                marks[i] |= 1;
            }
        }
    }

    private int index(int agent) {
        int at = Arrays.binarySearch(agents, 0, count, agent);
        return at < 0 ? -1 - at : at;
    }

    private void insert(int at) {
        if (count == agents.length) {
            agents = Arrays.copyOf(agents, 2 * count);
            vaddrs = Arrays.copyOf(vaddrs, 2 * count);
            marks = Arrays.copyOf(marks, 2 * count);
        }
        System.arraycopy(agents, at, agents, at + 1, count - at);
        System.arraycopy(vaddrs, at, vaddrs, at + 1, count - at);
        System.arraycopy(marks, at, marks, at + 1, count - at);
        count++;
    }

    private void remove(int at) {
        count--;
        System.arraycopy(agents, at + 1, agents, at, count - at);
        System.arraycopy(vaddrs, at + 1, vaddrs, at, count - at);
        System.arraycopy(marks, at + 1, marks, at, count - at);
    }

    @Override
    public void state(StateIo io) {
        count = io.i32(count);
        agents = io.array(agents, count);
        vaddrs = io.array(vaddrs, count);
        marks = io.array(marks, count);
    }
}
