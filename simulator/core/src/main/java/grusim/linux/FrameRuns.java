package grusim.linux;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.machine.PhysicalMemory;

/**
 * Aligned runs of frames, as many as make up a huge page: those of a blade's own frames back transparent huge pages, those
 * of its pool hugetlb mappings. Runs are known by their first frame. Each operation is the one access of the step.
 */
public final class FrameRuns {
    private static final long NONE = FrameAllocator.NONE;

    private final FrameAllocator frames;
    private final FrameTable table;
    private final int length;

    FrameRuns(FrameAllocator frames, FrameTable table) {
        this.frames = frames;
        this.table = table;
        this.length = table.hugePages();
    }

    /** Number of free runs of the pools of all blades; a probe. */
    public long freePooled() {
        return table.freeHugePages();
    }

    /**
     * Takes a run of frames that back no page yet, each with one reference, from this blade and no other; returns the first
     * or {@link FrameAllocator#NONE}.
     */
    long allocate(Agent agent, int blade) {
        frames.pass(agent, Access.UPDATE);
        int own = table.own(blade);
        int head = table.blade(own).takeRun(length);
        if (head == BladeFrames.NONE) {
            return NONE;
        }
        frames.took(length);
        return allocated(agent, table.frame(own, head));
    }

    /** As {@link #allocate}, from the pool of the wanted blade or of the following ones in turn. */
    long allocatePooled(Agent agent, int wantedBlade) {
        frames.pass(agent, Access.UPDATE);
        int wanted = table.wanted(wantedBlade);
        for (int i = 0; i < table.blades(); i++) {
            int blade = (wanted + i) % table.blades();
            int head = table.pool(blade).takeRun(length);
            if (head != BladeFrames.NONE) {
                return allocated(agent, table.pooledFrame(blade, head));
            }
        }
        return NONE;
    }

    private long allocated(Agent agent, long head) {
        for (int i = 0; i < length; i++) {
            frames.allocated(agent, head + i);
        }
        return head;
    }

    /** The pages of a run map its frames from now on, with the references they have. */
    void map(Agent agent, long head, int mm, long vaddr) {
        frames.pass(agent, Access.WRITE);
        for (int i = 0; i < length; i++) {
            table.of(head + i).map(table.index(head + i), mm, page(vaddr, i));
        }
    }

    /** The pages of a run map its frames no more: their references are dropped. Says whether that freed all frames. */
    boolean drop(Agent agent, long head, int mm, long vaddr) {
        frames.pass(agent, Access.UPDATE);
        boolean all = true;
        for (int i = 0; i < length; i++) {
            table.of(head + i).unmap(table.index(head + i), mm, page(vaddr, i));
            all &= frames.release(agent, head + i, 1);
        }
        return all;
    }

    private static long page(long vaddr, int index) {
        return vaddr + (long) index * PhysicalMemory.FRAME_BYTES;
    }
}
