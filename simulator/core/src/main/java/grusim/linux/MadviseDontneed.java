package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * madvise(2) with MADV_DONTNEED: drops the pages of a range and keeps its mappings, under mmap_sem held for
 * <em>reading</em> (Linux mm/madvise.c). Vma by vma: clear the ptes between the range's start and end, then flush and free.
 *
 * <p>Slots: 0 address space, 1 address, 2 length. Returns 0, -EINVAL for an unaligned address or a range that wraps, or
 * -ENOMEM if part of the range is not mapped; the mapped parts are dropped all the same.
 */
final class MadviseDontneed extends MemoryCall {
    private static final int AT = OWN;
    private static final int HOLE = OWN + 1;
    private static final int PART_END = OWN + 2;
    private static final int SLOTS = OWN + 3;

    private static final int FIRST_VMA = FIRST;
    private static final int NEXT_VMA = FIRST + 1;
    private static final int FREE = FIRST + 2;

    private final UnmapVmas unmapVmas;
    private final FinishGather finishGather;

    MadviseDontneed(Kernel kernel, UnmapVmas unmapVmas, FinishGather finishGather) {
        super(kernel, "madvise(DONTNEED)", SLOTS, false, VmCounter.MADVISES);
        this.unmapVmas = unmapVmas;
        this.finishGather = finishGather;
    }

    @Override
    long check(Agent agent, Mm mm) {
        long start = agent.local(ADDRESS);
        long bytes = agent.local(LENGTH);
        long rounded = Mm.pageAligned(bytes);
        if (!aligned(start) || (bytes != 0 && rounded == 0) || start + rounded < start) {
            return -Errno.EINVAL;
        }
        return rounded == 0 ? 0 : GO_ON;
    }

    private static long end(Agent agent) {
        return agent.local(ADDRESS) + Mm.pageAligned(agent.local(LENGTH));
    }

    @Override
    void work(Agent agent, Mm mm, int pc) {
        switch (pc) {
            case FIRST_VMA -> {
                agent.local(AT, agent.local(ADDRESS));
                agent.next(NEXT_VMA, 0, Why.VM);
            }
            case NEXT_VMA -> nextVma(agent, mm);
            default -> {
                agent.local(AT, agent.local(PART_END));
                agent.call(finishGather, NEXT_VMA, mm.id());
            }
        }
    }

    private void nextVma(Agent agent, Mm mm) {
        long at = agent.local(AT);
        if (at >= end(agent)) {
            finish(agent, agent.local(HOLE) != 0 ? -Errno.ENOMEM : 0);
            return;
        }
        Vmas vmas = mm.vmas();
        int vma = vmas.find(agent, at);
        if (vma == Vmas.NONE) {
            finish(agent, -Errno.ENOMEM);
            return;
        }
        long start = Math.max(at, vmas.start(vma));
        if (start > at) {
            agent.local(HOLE, 1);
        }
        if (start >= end(agent)) {
            finish(agent, -Errno.ENOMEM);
            return;
        }
        long partEnd = Math.min(vmas.end(vma), end(agent));
        agent.local(PART_END, partEnd);
        agent.call(unmapVmas, FREE, mm.id(), start, partEnd);
    }

    @Override
    String workName(int pc) {
        return switch (pc) {
            case FIRST_VMA -> "start at the first page";
            case NEXT_VMA -> "find_vma, unmap_vmas";
            default -> "tlb_finish_mmu";
        };
    }
}
