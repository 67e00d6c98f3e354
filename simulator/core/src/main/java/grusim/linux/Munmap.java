package grusim.linux;

import grusim.engine.Agent;

/**
 * munmap(2): slots 0 address space, 1 address, 2 length; returns 0, or -EINVAL for an unaligned address, a zero length, a
 * range past the end of user addresses or one that would cut a hugetlb page (Linux split_vma). Holds mmap_sem for writing throughout, as Linux 2.6.28 does, or downgrades it once
 * the mappings are detached, as 4.20 does.
 */
final class Munmap extends MemoryCall {
    private final UnmapRegion unmapRegion;

    Munmap(Kernel kernel, UnmapRegion unmapRegion) {
        super(kernel, "munmap", OWN, true, VmCounter.MUNMAPS);
        this.unmapRegion = unmapRegion;
    }

    @Override
    long check(Agent agent, Mm mm) {
        return error(mm, agent.local(ADDRESS), agent.local(LENGTH)) == 0 ? GO_ON : -Errno.EINVAL;
    }

    /** The error do_munmap returns for a range, or 0. */
    static int error(Mm mm, long vaddr, long bytes) {
        long limit = mm.vmas().limit();
        boolean outside = vaddr < 0 || vaddr > limit || bytes < 0 || bytes > limit - vaddr;
        return !aligned(vaddr) || outside || Mm.pageAligned(bytes) == 0 ? Errno.EINVAL : 0;
    }

    /** Whether a range's ends go through hugetlb pages; the caller holds mmap_sem for writing. */
    static boolean cutsHugePage(Mm mm, long start, long end) {
        return mm.vmas().cutsHugePage(start, mm.hugeBytes()) || mm.vmas().cutsHugePage(end, mm.hugeBytes());
    }

    @Override
    void work(Agent agent, Mm mm, int pc) {
        long start = agent.local(ADDRESS);
        long end = start + Mm.pageAligned(agent.local(LENGTH));
        if (pc == FIRST && cutsHugePage(mm, start, end)) {
            finish(agent, -Errno.EINVAL);
        } else if (pc == FIRST) {
            agent.call(unmapRegion, FIRST + 1, mm.id(), start, end);
        } else {
            finish(agent, 0);
        }
    }

    @Override
    String workName(int pc) {
        return pc == FIRST ? "do_munmap" : "unmapped";
    }
}
