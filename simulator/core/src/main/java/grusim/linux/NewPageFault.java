package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Fence;
import grusim.engine.Why;

/**
 * A fault that needs a new frame. When none is free it reclaims pages itself if reclaim is on, and gives up with -ENOMEM if
 * that frees none. A write barrier keeps the entry behind the page's content (Linux __SetPageUptodate).
 */
abstract class NewPageFault extends PteFault {
    static final int ALLOCATE = 10;
    private static final int RECLAIMED = 11;

    private final ReclaimPages reclaimPages;

    NewPageFault(Kernel kernel, String name, ReclaimPages reclaimPages) {
        super(kernel, name);
        this.reclaimPages = reclaimPages;
    }

    /** Ends step {@link #ALLOCATE}: slot {@link #FRAME} holds the new frame. */
    abstract void allocated(Agent agent, long pfn);

    /** Ends a step: there is no memory. */
    abstract void outOfMemory(Agent agent);

    /** Performs one of the allocation's steps. */
    final void allocate(Agent agent, int pc) {
        if (pc == ALLOCATE) {
            int placement = mm(agent).vmas().placement(vma(agent));
            int blade = placement > 0 ? placement - 1 : kernel.blade(agent);
            long pfn = kernel.frames().allocate(agent, blade, mm(agent).id(), agent.local(VADDR));
            if (pfn != FrameAllocator.NONE) {
                agent.local(FRAME, pfn);
                allocated(agent, pfn);
                kernel.engine().memory().fence(agent, Fence.WRITE);
            } else if (spec.reclaim().enabled()) {
                kernel.counters().add(VmCounter.DIRECT_RECLAIMS);
                agent.call(reclaimPages, RECLAIMED, spec.reclaim().batch());
            } else {
                refuse(agent);
            }
        } else if (agent.result() > 0) {
            agent.next(ALLOCATE, 0, Why.PAGE_FAULT);
        } else {
            refuse(agent);
        }
    }

    private void refuse(Agent agent) {
        kernel.counters().add(VmCounter.FAULTS_OUT_OF_MEMORY);
        outOfMemory(agent);
    }

    static String allocateStep(int pc) {
        return switch (pc) {
            case ALLOCATE -> "allocate a frame";
            case RECLAIMED -> "try again after reclaim";
            default -> lockedStep(pc);
        };
    }
}
