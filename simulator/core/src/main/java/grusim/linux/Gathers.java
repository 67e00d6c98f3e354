package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import java.util.Arrays;

/**
 * What each CPU has unmapped and not freed yet (Linux mmu_gather): frames, and page-table pages by their pointers. Private
 * to the CPU, so no shared state.
 */
final class Gathers implements Stateful {
    /** Pages of one batch; a full one is flushed and freed at once. */
    static final int CAPACITY = 512;

    private long[][] pages = {};
    private int[] counts = {};

    Gathers(Engine engine) {
        engine.component(this);
    }

    void addFrame(Agent agent, long pfn) {
        add(agent.id(), pfn);
    }

    void addTable(Agent agent, long pointer) {
        add(agent.id(), ~pointer);
    }

    private void add(int agent, long page) {
        if (agent >= counts.length) {
            int from = counts.length;
            counts = Arrays.copyOf(counts, agent + 1);
            pages = Arrays.copyOf(pages, agent + 1);
            Arrays.fill(pages, from, agent + 1, new long[0]);
        }
        long[] own = pages[agent];
        int count = counts[agent]++;
        if (count == own.length) {
            own = Arrays.copyOf(own, Math.max(4, 2 * count));
            pages[agent] = own;
        }
        own[count] = page;
    }

    int count(Agent agent) {
        return agent.id() < counts.length ? counts[agent.id()] : 0;
    }

    boolean full(Agent agent) {
        return count(agent) >= CAPACITY;
    }

    /** Whether an element is a page-table page. */
    boolean isTable(Agent agent, int index) {
        return pages[agent.id()][index] < 0;
    }

    long frame(Agent agent, int index) {
        return pages[agent.id()][index];
    }

    long table(Agent agent, int index) {
        return ~pages[agent.id()][index];
    }

    void clear(Agent agent) {
        if (agent.id() < counts.length) {
            counts[agent.id()] = 0;
        }
    }

    @Override
    public void state(StateIo io) {
        int used = counts.length;
        while (used > 0 && counts[used - 1] == 0) {
            used--;
        }
        int length = io.i32(used);
        if (length > counts.length) {
            int from = counts.length;
            counts = Arrays.copyOf(counts, length);
            pages = Arrays.copyOf(pages, length);
            Arrays.fill(pages, from, length, new long[0]);
        }
        for (int i = 0; i < length; i++) {
            counts[i] = io.i32(counts[i]);
            pages[i] = io.array(pages[i], counts[i]);
        }
        Arrays.fill(counts, length, counts.length, 0);
    }
}
