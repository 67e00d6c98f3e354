package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.machine.PhysicalMemory;

/**
 * mmap(2) of private memory: slots 0 address space, 1 address (a hint, or 0; exact with {@link Prot#FIXED}), 2 length, 3
 * protection and flags, 4 blade of the pages plus one (0: first touch), 5 page source. Without an address the mapping goes
 * into the highest gap. A fixed mapping first unmaps what is in its place.
 *
 * <p>With {@link Prot#HUGETLB} a fixed address has to be that of a whole huge page, and the length is rounded up to whole
 * ones (Linux rounds it for a mapping without a file). Without a fixed address such a mapping is refused: a search for an
 * aligned gap is not modelled.
 *
 * <p>Returns the address, or -EINVAL for a zero length, an unaligned fixed address or one that cuts a hugetlb page,
 * -ENOMEM if there is no room.
 */
final class Mmap extends MemoryCall {
    private static final int PLACE = FIRST;
    private static final int INSERT = FIRST + 1;
    private static final int MAPPED = FIRST + 2;

    private final UnmapRegion unmapRegion;

    Mmap(Kernel kernel, UnmapRegion unmapRegion) {
        super(kernel, "mmap", OWN, true, VmCounter.MMAPS);
        this.unmapRegion = unmapRegion;
    }

    @Override
    long check(Agent agent, Mm mm) {
        long bytes = agent.local(LENGTH);
        long vaddr = agent.local(ADDRESS);
        long limit = mm.vmas().limit();
        if (bytes == 0) {
            return -Errno.EINVAL;
        }
        if (bytes < 0 || bytes > limit) {
            return -Errno.ENOMEM;
        }
        if (fixed(agent)) {
            if (vaddr < 0 || vaddr > limit - Mm.pageAligned(bytes)) {
                return -Errno.ENOMEM;
            }
            long unit = hugetlb(agent) ? mm.hugeBytes() : PhysicalMemory.FRAME_BYTES;
            return vaddr % unit == 0 ? GO_ON : -Errno.EINVAL;
        }
        return hugetlb(agent) ? -Errno.ENOMEM : GO_ON;
    }

    private static boolean fixed(Agent agent) {
        return (agent.local(THIRD) & Prot.FIXED) != 0;
    }

    private static boolean hugetlb(Agent agent) {
        return (agent.local(THIRD) & Prot.HUGETLB) != 0;
    }

    private static long bytes(Agent agent, Mm mm) {
        long bytes = Mm.pageAligned(agent.local(LENGTH));
        return hugetlb(agent) ? (bytes + mm.hugeBytes() - 1) & -mm.hugeBytes() : bytes;
    }

    @Override
    void work(Agent agent, Mm mm, int pc) {
        long bytes = bytes(agent, mm);
        switch (pc) {
            case PLACE -> {
                if (fixed(agent)) {
                    clear(agent, mm, bytes);
                    return;
                }
                long hint = Math.max(0, Mm.pageAligned(agent.local(ADDRESS)));
                long start = mm.vmas().place(agent, hint, bytes);
                if (start == Vmas.NONE) {
                    finish(agent, -Errno.ENOMEM);
                } else {
                    agent.local(ADDRESS, start);
                    agent.next(INSERT, 0, Why.VM);
                }
            }
            case INSERT -> {
                long start = agent.local(ADDRESS);
                int protection = (int) agent.local(THIRD) & Prot.MASK;
                int placement = (int) agent.local(FOURTH);
                int flags = hugetlb(agent) ? Vmas.HUGETLB : 0;
                mm.vmas()
                        .insert(agent, start, start + bytes, protection, placement, (int) agent.local(FIFTH), 0, flags);
                agent.next(MAPPED, 0, Why.VM);
            }
            default -> finish(agent, agent.local(ADDRESS));
        }
    }

    /** Unmaps what is in the mapping's place, unless that would cut a hugetlb page. */
    private void clear(Agent agent, Mm mm, long bytes) {
        long start = agent.local(ADDRESS);
        if (Munmap.cutsHugePage(mm, start, start + bytes)) {
            finish(agent, -Errno.EINVAL);
        } else {
            agent.call(unmapRegion, INSERT, mm.id(), start, start + bytes);
        }
    }

    @Override
    String workName(int pc) {
        return switch (pc) {
            case PLACE -> "find a place";
            case INSERT -> "insert the vma";
            default -> "mapped";
        };
    }
}
