package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * madvise(2) with an advice that is carried out at once, vma by vma, under mmap_sem held for <em>reading</em> (Linux
 * mm/madvise.c).
 *
 * <p>Slots: 0 address space, 1 address, 2 length. Returns 0, -EINVAL for an unaligned address, a range that wraps or a
 * hugetlb mapping, or -ENOMEM if part of the range is not mapped; the mapped parts are worked on all the same.
 */
abstract class MadviseCall extends MemoryCall {
    private static final int AT = OWN;
    private static final int HOLE = OWN + 1;
    private static final int SLOTS = OWN + 2;

    private static final int FIRST_VMA = FIRST;

    /** Step after a vma's part is done. */
    static final int NEXT_VMA = FIRST + 1;

    /** Step after a vma's part is worked on and has something left to do. */
    static final int WORKED = FIRST + 2;

    MadviseCall(Kernel kernel, String name) {
        super(kernel, name, SLOTS, false, VmCounter.MADVISES);
    }

    /** Ends a step: works on what the range has of one vma, and goes on at one of the two steps above. */
    abstract void part(Agent agent, Mm mm, long start, long end);

    /** Ends step {@link #WORKED}: goes on at {@link #NEXT_VMA}. */
    abstract void worked(Agent agent, Mm mm);

    /** Names what is done to a part. */
    abstract String partName();

    @Override
    final long check(Agent agent, Mm mm) {
        return checkRange(agent.local(ADDRESS), agent.local(LENGTH));
    }

    /** As {@link #check}, for a range. */
    static long checkRange(long start, long bytes) {
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
    final void work(Agent agent, Mm mm, int pc) {
        switch (pc) {
            case FIRST_VMA -> {
                agent.local(AT, agent.local(ADDRESS));
                agent.next(NEXT_VMA, 0, Why.VM);
            }
            case NEXT_VMA -> nextVma(agent, mm);
            default -> worked(agent, mm);
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
        if (vmas.hugetlb(vma)) {
            finish(agent, -Errno.EINVAL);
            return;
        }
        long partEnd = Math.min(vmas.end(vma), end(agent));
        agent.local(AT, partEnd);
        part(agent, mm, start, partEnd);
    }

    @Override
    final String workName(int pc) {
        return switch (pc) {
            case FIRST_VMA -> "start at the first page";
            case NEXT_VMA -> "find_vma, " + partName();
            default -> "tlb_finish_mmu";
        };
    }
}
