package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.machine.PhysicalMemory;
import java.util.Arrays;

/**
 * What each CPU has unmapped and not freed yet (Linux mmu_gather): frames, and huge pages by their first frames, page-table pages by their pointers. Private
 * to the CPU, so no shared state.
 */
final class Gathers implements Stateful {
    /** Pages of one batch; a full one is flushed and freed at once. */
    private final int capacity;

    /** Mark of a run of frames. */
    private static final long RUN = 1L << 62;

    /** Bytes of a huge page. */
    private final long runBytes;

    private long[][] pages = {};

    /** Addresses that the frames were mapped at; 0 for page-table pages. */
    private long[][] vaddrs = {};

    private int[] counts = {};

    Gathers(Engine engine, int capacity, long runBytes) {
        this.capacity = capacity;
        this.runBytes = runBytes;
        engine.component(this);
    }

    void addFrame(Agent agent, long pfn, long vaddr) {
        add(agent.id(), pfn, vaddr);
    }

    /** Adds the frames of a huge page, by the first of them. */
    void addRun(Agent agent, long head, long vaddr) {
        add(agent.id(), head | RUN, vaddr);
    }

    void addTable(Agent agent, long pointer) {
        add(agent.id(), ~pointer, 0);
    }

    private void add(int agent, long page, long vaddr) {
        reach(agent + 1);
        int count = counts[agent]++;
        if (count == pages[agent].length) {
            pages[agent] = Arrays.copyOf(pages[agent], Math.max(4, 2 * count));
            vaddrs[agent] = Arrays.copyOf(vaddrs[agent], Math.max(4, 2 * count));
        }
        pages[agent][count] = page;
        vaddrs[agent][count] = vaddr;
    }

    private void reach(int agents) {
        int known = counts.length;
        if (agents > known) {
            counts = Arrays.copyOf(counts, agents);
            pages = Arrays.copyOf(pages, agents);
            vaddrs = Arrays.copyOf(vaddrs, agents);
            Arrays.fill(pages, known, agents, new long[0]);
            Arrays.fill(vaddrs, known, agents, new long[0]);
        }
    }

    /** First address of the frames gathered; {@link Long#MAX_VALUE} if there are none. */
    long start(Agent agent) {
        long start = Long.MAX_VALUE;
        for (int i = 0; i < count(agent); i++) {
            start = isTable(agent, i) ? start : Math.min(start, vaddrs[agent.id()][i]);
        }
        return start;
    }

    /** End of the last page gathered; 0 if there are none. */
    long end(Agent agent) {
        long end = 0;
        for (int i = 0; i < count(agent); i++) {
            long bytes = isRun(agent, i) ? runBytes : PhysicalMemory.FRAME_BYTES;
            end = isTable(agent, i) ? end : Math.max(end, vaddrs[agent.id()][i] + bytes);
        }
        return end;
    }

    /** Number of pages from the first to the last address gathered, {@link CpuTlb#ALL} if there are none. */
    int span(Agent agent) {
        long end = end(agent);
        return end == 0 ? CpuTlb.ALL : Shootdown.pages(start(agent), end);
    }

    /** Whether page-table pages are among what is gathered. */
    boolean hasTables(Agent agent) {
        for (int i = count(agent) - 1; i >= 0; i--) {
            if (isTable(agent, i)) {
                return true;
            }
        }
        return false;
    }

    int count(Agent agent) {
        return agent.id() < counts.length ? counts[agent.id()] : 0;
    }

    boolean full(Agent agent) {
        return count(agent) >= capacity;
    }

    /** Whether an element is a page-table page. */
    boolean isTable(Agent agent, int index) {
        return pages[agent.id()][index] < 0;
    }

    /** Whether an element is the run of frames of a huge page. */
    boolean isRun(Agent agent, int index) {
        return pages[agent.id()][index] >= RUN;
    }

    /** The frame, or the first one of a run. */
    long frame(Agent agent, int index) {
        return pages[agent.id()][index] & ~RUN;
    }

    /** The address that a frame was mapped at. */
    long vaddr(Agent agent, int index) {
        return vaddrs[agent.id()][index];
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
        reach(length);
        for (int i = 0; i < length; i++) {
            counts[i] = io.i32(counts[i]);
            pages[i] = io.array(pages[i], counts[i]);
            vaddrs[i] = io.array(vaddrs[i], counts[i]);
        }
        Arrays.fill(counts, length, counts.length, 0);
    }
}
