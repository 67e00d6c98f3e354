package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * madvise(2) with MADV_FREE: the pages of a range may be given up by reclaim, until they are written again
 * (madvise_free_single_vma, Linux mm/madvise.c, 4.5). Cleans the ptes between the range's start and end, then flushes the
 * CPUs' TLBs if there were any.
 */
final class MadviseFree extends MadviseCall {
    private final FreeLazily freeLazily;

    MadviseFree(Kernel kernel) {
        super(kernel, "madvise(FREE)");
        this.freeLazily = new FreeLazily(kernel);
    }

    @Override
    void part(Agent agent, Mm mm, long start, long end) {
        agent.call(freeLazily, WORKED, mm.id(), start, end);
    }

    @Override
    void worked(Agent agent, Mm mm) {
        if (agent.result() > 0) {
            kernel.shootdown().flush(agent, mm, NEXT_VMA);
        } else {
            agent.next(NEXT_VMA, 0, Why.VM);
        }
    }

    @Override
    String partName() {
        return "madvise_free_pte_range";
    }
}
