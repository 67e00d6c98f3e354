package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * mremap(2): slots 0 address space, 1 old address, 2 old length, 3 new length, 4 flags (see {@link Prot}), 5 new address if
 * fixed. Shrinks by unmapping the tail, grows in place if the room behind the vma is free, else moves the ptes to a new
 * place if it may (Linux mm/mremap.c, 2.6.28). Unmapping the tail may downgrade mmap_sem if nothing comes after it.
 *
 * <p>Returns the address. -EINVAL for unknown flags, a hugetlb mapping, an unaligned address, a new or old length of zero, or a fixed place
 * that is unaligned, outside, overlapping or without the right to move; -EFAULT if one vma does not hold the whole old
 * range; -ENOMEM if there is no room. Shrinking does not look whether anything is mapped.
 */
final class Mremap extends MemoryCall {
    private static final int UNMAP_TARGET = FIRST;
    private static final int SHRINK = FIRST + 1;
    private static final int SHRUNK = FIRST + 2;
    private static final int FIND_VMA = FIRST + 3;
    private static final int EXTEND = FIRST + 4;
    private static final int PLACE = FIRST + 5;
    private static final int COPY_VMA = FIRST + 6;
    private static final int MOVE_PTES = FIRST + 7;
    private static final int UNMAP_OLD = FIRST + 8;
    private static final int MOVED = FIRST + 9;

    private static final int OLD_END_VMA = OWN;
    private static final int SLOTS = OWN + 1;

    private final UnmapRegion unmapRegion;
    private final UnmapRegion unmapTail;
    private final MoveRange moveRange;

    Mremap(Kernel kernel, UnmapRegion unmapRegion, UnmapRegion unmapTail, MoveRange moveRange) {
        super(kernel, "mremap", SLOTS, true, VmCounter.MREMAPS);
        this.unmapRegion = unmapRegion;
        this.unmapTail = unmapTail;
        this.moveRange = moveRange;
    }

    @Override
    long check(Agent agent, Mm mm) {
        long old = agent.local(ADDRESS);
        long oldBytes = Mm.pageAligned(agent.local(LENGTH));
        long newBytes = Mm.pageAligned(agent.local(THIRD));
        long flags = agent.local(FOURTH);
        boolean unknown = (flags & ~(Prot.MREMAP_MAYMOVE | Prot.MREMAP_FIXED)) != 0;
        if (unknown || !aligned(old) || oldBytes <= 0 || newBytes <= 0) {
            return -Errno.EINVAL;
        }
        if (!fixed(agent)) {
            return GO_ON;
        }
        long target = agent.local(FIFTH);
        long limit = mm.vmas().limit();
        boolean outside = newBytes > limit || target < 0 || target > limit - newBytes;
        boolean overlap = target < old + oldBytes && old < target + newBytes;
        boolean refused = (flags & Prot.MREMAP_MAYMOVE) == 0 || !aligned(target) || outside || overlap;
        return refused ? -Errno.EINVAL : GO_ON;
    }

    private static boolean fixed(Agent agent) {
        return (agent.local(FOURTH) & Prot.MREMAP_FIXED) != 0;
    }

    @Override
    void work(Agent agent, Mm mm, int pc) {
        long old = agent.local(ADDRESS);
        long oldBytes = Mm.pageAligned(agent.local(LENGTH));
        long newBytes = Mm.pageAligned(agent.local(THIRD));
        long target = agent.local(FIFTH);
        switch (pc) {
            case UNMAP_TARGET -> {
                if (fixed(agent) && Munmap.cutsHugePage(mm, target, target + newBytes)) {
                    finish(agent, -Errno.EINVAL);
                } else if (fixed(agent)) {
                    agent.call(unmapRegion, SHRINK, mm.id(), target, target + newBytes);
                } else {
                    agent.next(SHRINK, 0, Why.VM);
                }
            }
            case SHRINK -> shrink(agent, mm, old, oldBytes, newBytes);
            case SHRUNK -> {
                if (fixed(agent)) {
                    agent.local(LENGTH, Math.min(oldBytes, newBytes));
                    agent.next(FIND_VMA, 0, Why.VM);
                } else {
                    finish(agent, old);
                }
            }
            case FIND_VMA -> decide(agent, mm.vmas(), old, oldBytes, newBytes);
            case EXTEND -> {
                mm.vmas().extend(agent, (int) agent.local(OLD_END_VMA), old + newBytes);
                finish(agent, old);
            }
            case PLACE -> place(agent, mm.vmas(), newBytes);
            case COPY_VMA -> {
                mm.vmas().copy(agent, old, target, newBytes);
                agent.next(MOVE_PTES, 0, Why.VM);
            }
            case MOVE_PTES -> {
                agent.call(moveRange, UNMAP_OLD, mm.id(), old, old + oldBytes);
                agent.local(MoveRange.TARGET, target);
            }
            case UNMAP_OLD -> agent.call(unmapRegion, MOVED, mm.id(), old, old + oldBytes);
            default -> finish(agent, target);
        }
    }

    private void shrink(Agent agent, Mm mm, long old, long oldBytes, long newBytes) {
        if (oldBytes > newBytes) {
            boolean cut = Munmap.cutsHugePage(mm, old + newBytes, old + oldBytes);
            if (cut || Munmap.error(mm, old + newBytes, oldBytes - newBytes) != 0) {
                finish(agent, -Errno.EINVAL);
            } else {
                UnmapRegion unmap = fixed(agent) ? unmapRegion : unmapTail;
                agent.call(unmap, SHRUNK, mm.id(), old + newBytes, old + oldBytes);
            }
        } else {
            agent.next(oldBytes == newBytes ? SHRUNK : FIND_VMA, 0, Why.VM);
        }
    }

    private void decide(Agent agent, Vmas vmas, long old, long oldBytes, long newBytes) {
        int vma = vmas.find(agent, old);
        if (vmas.contains(vma, old) && vmas.hugetlb(vma)) {
            finish(agent, -Errno.EINVAL);
        } else if (!vmas.contains(vma, old) || oldBytes > vmas.end(vma) - old) {
            finish(agent, -Errno.EFAULT);
        } else if (fixed(agent)) {
            agent.next(COPY_VMA, 0, Why.VM);
        } else if (oldBytes == vmas.end(vma) - old && vmas.ceiling(vmas.end(vma)) - old >= newBytes) {
            agent.local(OLD_END_VMA, vma);
            agent.next(EXTEND, 0, Why.VM);
        } else if ((agent.local(FOURTH) & Prot.MREMAP_MAYMOVE) != 0) {
            agent.next(PLACE, 0, Why.VM);
        } else {
            finish(agent, -Errno.ENOMEM);
        }
    }

    private void place(Agent agent, Vmas vmas, long newBytes) {
        long place = vmas.place(agent, 0, newBytes);
        if (place == Vmas.NONE) {
            finish(agent, -Errno.ENOMEM);
        } else {
            agent.local(FIFTH, place);
            agent.next(COPY_VMA, 0, Why.VM);
        }
    }

    @Override
    String workName(int pc) {
        return switch (pc) {
            case UNMAP_TARGET -> "unmap what is in the new place";
            case SHRINK -> "unmap the tail";
            case SHRUNK -> "the tail is unmapped";
            case FIND_VMA -> "find_vma";
            case EXTEND -> "extend the vma";
            case PLACE -> "find a place";
            case COPY_VMA -> "copy the vma";
            case MOVE_PTES -> "move_page_tables";
            case UNMAP_OLD -> "unmap the old place";
            default -> "moved";
        };
    }
}
