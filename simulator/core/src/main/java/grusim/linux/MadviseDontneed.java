package grusim.linux;

import grusim.engine.Agent;

/**
 * madvise(2) with MADV_DONTNEED: drops the pages of a range and keeps its mappings (Linux mm/madvise.c). Clears the ptes
 * between the range's start and end, then flushes and frees.
 */
final class MadviseDontneed extends MadviseCall {
    private final UnmapVmas unmapVmas;
    private final FinishGather finishGather;

    MadviseDontneed(Kernel kernel, UnmapVmas unmapVmas, FinishGather finishGather) {
        super(kernel, "madvise(DONTNEED)");
        this.unmapVmas = unmapVmas;
        this.finishGather = finishGather;
    }

    @Override
    void part(Agent agent, Mm mm, long start, long end) {
        agent.call(unmapVmas, WORKED, mm.id(), start, end);
    }

    @Override
    void worked(Agent agent, Mm mm) {
        agent.call(finishGather, NEXT_VMA, mm.id());
    }

    @Override
    String partName() {
        return "unmap_vmas";
    }
}
