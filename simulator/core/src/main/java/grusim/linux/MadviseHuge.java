package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * madvise(HUGEPAGE) and madvise(NOHUGEPAGE): mark the mappings of a range for transparent huge pages or against them, under
 * mmap_sem held for writing (Linux mm/madvise.c, hugepage_madvise). What is mapped stays as it is.
 *
 * <p>Slots: 0 address space, 1 address, 2 length. Returns 0, -EINVAL for an unaligned address, a range that wraps or a
 * hugetlb mapping, or -ENOMEM at the first hole; what lies before it is marked all the same.
 */
final class MadviseHuge extends MemoryCall {
    private static final int AT = OWN;
    private static final int PART_END = OWN + 1;
    private static final int FLAGS = OWN + 2;
    private static final int SLOTS = OWN + 3;

    private static final int FIRST_VMA = FIRST;
    private static final int NEXT_VMA = FIRST + 1;
    private static final int FLAG = FIRST + 2;

    private final int set;
    private final int cleared;

    MadviseHuge(Kernel kernel, boolean huge) {
        super(kernel, huge ? "madvise(HUGEPAGE)" : "madvise(NOHUGEPAGE)", SLOTS, true, VmCounter.MADVISES);
        this.set = huge ? Vmas.HUGEPAGE : Vmas.NOHUGEPAGE;
        this.cleared = huge ? Vmas.NOHUGEPAGE : Vmas.HUGEPAGE;
    }

    @Override
    long check(Agent agent, Mm mm) {
        return MadviseCall.checkRange(agent.local(ADDRESS), agent.local(LENGTH));
    }

    @Override
    void work(Agent agent, Mm mm, int pc) {
        switch (pc) {
            case FIRST_VMA -> {
                agent.local(AT, agent.local(ADDRESS));
                agent.next(NEXT_VMA, 0, Why.VM);
            }
            case NEXT_VMA -> nextVma(agent, mm.vmas());
            default -> {
                long partEnd = agent.local(PART_END);
                mm.vmas().flag(agent, agent.local(AT), partEnd, (int) agent.local(FLAGS));
                agent.local(AT, partEnd);
                agent.next(NEXT_VMA, 0, Why.VM);
            }
        }
    }

    private void nextVma(Agent agent, Vmas vmas) {
        long at = agent.local(AT);
        long end = agent.local(ADDRESS) + Mm.pageAligned(agent.local(LENGTH));
        int vma = vmas.find(agent, at);
        if (at >= end) {
            finish(agent, 0);
        } else if (!vmas.contains(vma, at)) {
            finish(agent, -Errno.ENOMEM);
        } else if (vmas.hugetlb(vma)) {
            finish(agent, -Errno.EINVAL);
        } else {
            agent.local(PART_END, Math.min(vmas.end(vma), end));
            agent.local(FLAGS, (vmas.flags(vma) & ~cleared) | set);
            agent.next(FLAG, 0, Why.VM);
        }
    }

    @Override
    String workName(int pc) {
        return switch (pc) {
            case FIRST_VMA -> "start at the first page";
            case NEXT_VMA -> "find_vma";
            default -> "split and mark the vma";
        };
    }
}
