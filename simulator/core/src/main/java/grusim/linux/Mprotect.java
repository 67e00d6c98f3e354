package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * mprotect(2): slots 0 address space, 1 address, 2 length, 3 protection. Vma by vma: split and change the vma, announce the
 * range's start, change the ptes, flush the CPUs' TLBs, announce the range's end (Linux mm/mprotect.c). A vma that has the
 * protection already is passed over.
 *
 * <p>Returns 0, -EINVAL for an unaligned address, unknown protection bits or a cut through a hugetlb page, or -ENOMEM if the range wraps or part of it is
 * not mapped; what lies before the first hole is changed all the same.
 */
final class Mprotect extends MemoryCall {
    private static final int AT = OWN;
    private static final int PART_END = OWN + 1;
    private static final int SLOTS = OWN + 2;

    private static final int FIRST_VMA = FIRST;
    private static final int NEXT_VMA = FIRST + 1;
    private static final int CHANGE_VMA = FIRST + 2;
    private static final int START_PREPARE = FIRST + 3;
    private static final int RANGE_START = FIRST + 4;
    private static final int CHANGE_PTES = FIRST + 5;
    private static final int FLUSH = FIRST + 6;
    private static final int END_PREPARE = FIRST + 7;
    private static final int RANGE_END = FIRST + 8;
    private static final int RANGE_ENDED = FIRST + 9;
    private static final int RIGHTS_LOST = FIRST + 10;

    private final ProtectRange protectRange;

    Mprotect(Kernel kernel, ProtectRange protectRange) {
        super(kernel, "mprotect", SLOTS, true, VmCounter.MPROTECTS);
        this.protectRange = protectRange;
    }

    @Override
    long check(Agent agent, Mm mm) {
        long start = agent.local(ADDRESS);
        if (!aligned(start)) {
            return -Errno.EINVAL;
        }
        if (agent.local(LENGTH) == 0) {
            return 0;
        }
        if (end(agent) <= start) {
            return -Errno.ENOMEM;
        }
        return (agent.local(THIRD) & ~Prot.MASK) != 0 ? -Errno.EINVAL : GO_ON;
    }

    private static long end(Agent agent) {
        return agent.local(ADDRESS) + Mm.pageAligned(agent.local(LENGTH));
    }

    @Override
    void work(Agent agent, Mm mm, int pc) {
        long at = agent.local(AT);
        long partEnd = agent.local(PART_END);
        int protection = (int) agent.local(THIRD);
        switch (pc) {
            case FIRST_VMA -> {
                agent.local(AT, agent.local(ADDRESS));
                agent.next(NEXT_VMA, 0, Why.VM);
            }
            case NEXT_VMA -> nextVma(agent, mm.vmas(), at, protection, mm.hugeBytes());
            case CHANGE_VMA -> {
                mm.vmas().protect(agent, at, partEnd, protection);
                agent.next(START_PREPARE, 0, Why.VM);
            }
            case START_PREPARE -> kernel.callouts().prepare(agent, mm, RANGE_START);
            case RANGE_START -> kernel.callouts().rangeStart(agent, mm, at, partEnd, CHANGE_PTES);
            case CHANGE_PTES -> {
                agent.call(protectRange, FLUSH, mm.id(), at, partEnd);
                agent.local(ProtectRange.PROTECTION, protection);
            }
            case FLUSH -> flush(agent, mm);
            case RIGHTS_LOST -> kernel.callouts().rightsLost(agent, mm, at, partEnd, END_PREPARE);
            case END_PREPARE -> kernel.callouts().prepare(agent, mm, RANGE_END);
            case RANGE_END -> kernel.callouts().rangeEnd(agent, mm, at, partEnd, RANGE_ENDED);
            default -> {
                kernel.callouts().rangeEnded(agent, mm, at, partEnd);
                agent.local(AT, partEnd);
                agent.next(NEXT_VMA, 0, Why.VM);
            }
        }
    }

    private void nextVma(Agent agent, Vmas vmas, long at, int protection, long hugeBytes) {
        if (at >= end(agent)) {
            finish(agent, 0);
            return;
        }
        int vma = vmas.find(agent, at);
        if (!vmas.contains(vma, at)) {
            finish(agent, -Errno.ENOMEM);
            return;
        }
        long partEnd = Math.min(vmas.end(vma), end(agent));
        if (vmas.cutsHugePage(at, hugeBytes) || vmas.cutsHugePage(partEnd, hugeBytes)) {
            finish(agent, -Errno.EINVAL);
        } else if (vmas.protection(vma) == protection) {
            agent.local(AT, partEnd);
            agent.next(NEXT_VMA, 0, Why.VM);
        } else {
            agent.local(PART_END, partEnd);
            agent.next(CHANGE_VMA, 0, Why.VM);
        }
    }

    private void flush(Agent agent, Mm mm) {
        if (agent.result() > 0) {
            int next = mm.hearsOfFlushes() ? RIGHTS_LOST : END_PREPARE;
            kernel.shootdown().flushRange(agent, mm, agent.local(AT), agent.local(PART_END), next);
        } else {
            agent.next(END_PREPARE, 0, Why.VM);
        }
    }

    @Override
    String workName(int pc) {
        return switch (pc) {
            case FIRST_VMA -> "start at the first page";
            case NEXT_VMA -> "find_vma";
            case CHANGE_VMA -> "split and change the vma";
            case START_PREPARE -> "the ptes are going to change";
            case RANGE_START -> "announce the range's start";
            case CHANGE_PTES -> "change_protection";
            case FLUSH -> "flush the CPUs' TLBs";
            case RIGHTS_LOST -> "announce the flush";
            case END_PREPARE -> "the ptes have changed";
            case RANGE_END -> "announce the range's end";
            default -> "the range's end is announced";
        };
    }
}
