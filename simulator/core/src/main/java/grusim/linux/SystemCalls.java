package grusim.linux;

import grusim.engine.Routine;

/**
 * The system calls on an address space, and the other work on ranges of it that threads and kernel threads do: each a
 * routine with its arguments in its first slots. Part of {@link Kernel}.
 */
public final class SystemCalls {
    private final Routine touchPages;
    private final Routine mmap;
    private final Routine munmap;
    private final Routine mremap;
    private final Routine mprotect;
    private final Routine brk;
    private final Routine madviseDontneed;
    private final Routine madviseFree;
    private final Routine madvisePageout;
    private final Routine ksmMerge;
    private final Routine movePages;
    private final Routine numaScan;
    private final Routine collapse;
    private final Routine madviseHugepage;
    private final Routine madviseNohugepage;

    SystemCalls(
            Kernel kernel,
            UnmapRegion unmapRegion,
            UnmapRegion unmapDowngrading,
            UnmapVmas unmapVmas,
            FinishGather finishGather,
            AllocateTables allocateTables,
            MigratePage migratePage,
            ReclaimPages reclaim,
            FlushPage flushPage) {
        this.touchPages = new TouchPages(kernel);
        this.mmap = new Mmap(kernel, unmapRegion);
        this.munmap = new Munmap(kernel, unmapDowngrading);
        this.mremap = new Mremap(kernel, unmapRegion, unmapDowngrading, new MoveRange(kernel, allocateTables));
        ProtectRange protectRange = new ProtectRange(kernel);
        this.mprotect = new Mprotect(kernel, protectRange);
        this.brk = new Brk(kernel, unmapDowngrading);
        this.madviseDontneed = new MadviseDontneed(kernel, unmapVmas, finishGather);
        this.madviseFree = new MadviseFree(kernel);
        this.madvisePageout = new MadvisePageout(kernel, reclaim);
        this.ksmMerge = new KsmMerge(kernel, flushPage);
        this.movePages = new MovePages(kernel, new MigrateRange(kernel, migratePage));
        this.numaScan = new NumaScan(kernel, protectRange);
        this.collapse = new CollapseRange(kernel);
        this.madviseHugepage = new MadviseHuge(kernel, true);
        this.madviseNohugepage = new MadviseHuge(kernel, false);
    }

    /**
     * A CPU's accesses to pages: slots 0 address space, 1 start, 2 end, 3 stride in bytes, 4 whether it writes. Returns the
     * number of faults or -errno.
     */
    public Routine touchPages() {
        return touchPages;
    }

    /**
     * mmap: slots 0 address space, 1 address, 2 length, 3 protection and {@link Prot#FIXED}, 4 blade plus one or 0 for first
     * touch, 5 page source. Returns the address or -errno.
     */
    public Routine mmap() {
        return mmap;
    }

    /** munmap: slots 0 address space, 1 address, 2 length. Returns 0 or -errno. */
    public Routine munmap() {
        return munmap;
    }

    /**
     * mremap: slots 0 address space, 1 old address, 2 old length, 3 new length, 4 flags, 5 new address. Returns the address or
     * -errno.
     */
    public Routine mremap() {
        return mremap;
    }

    /** mprotect: slots 0 address space, 1 address, 2 length, 3 protection. Returns 0 or -errno. */
    public Routine mprotect() {
        return mprotect;
    }

    /** brk: slots 0 address space, 1 new break. Returns the break afterwards; the old one means refused. */
    public Routine brk() {
        return brk;
    }

    /** madvise(DONTNEED): slots 0 address space, 1 address, 2 length. Returns 0 or -errno. */
    public Routine madviseDontneed() {
        return madviseDontneed;
    }

    /** madvise(FREE): slots 0 address space, 1 address, 2 length. Returns 0 or -errno. */
    public Routine madviseFree() {
        return madviseFree;
    }

    /** madvise(PAGEOUT): slots 0 address space, 1 address, 2 length. Returns 0 or -errno. */
    public Routine madvisePageout() {
        return madvisePageout;
    }

    /** One pass of ksmd: slots 0 address space, 1 and 2 start and end, page aligned. Returns the number of pages merged. */
    public Routine ksmMerge() {
        return ksmMerge;
    }

    /**
     * move_pages: slots 0 address space, 1 address, 2 length, 3 target blade. Returns how many pages had to stay where they
     * were, or -errno.
     */
    public Routine movePages() {
        return movePages;
    }

    /**
     * NUMA balancing of a range: the next access to each of its pages faults and tells who uses it. Slots 0 address space, 1
     * start, 2 end. Returns how many entries it changed.
     */
    public Routine numaScan() {
        return numaScan;
    }

    /**
     * madvise(COLLAPSE), or khugepaged's work on a range: slots 0 address space, 1 start, 2 length, 3 whether it is
     * khugepaged's. Returns 0 or -errno.
     */
    public Routine collapse() {
        return collapse;
    }

    /** madvise(HUGEPAGE): slots 0 address space, 1 address, 2 length. Returns 0 or -errno. */
    public Routine madviseHugepage() {
        return madviseHugepage;
    }

    /** madvise(NOHUGEPAGE): slots 0 address space, 1 address, 2 length. Returns 0 or -errno. */
    public Routine madviseNohugepage() {
        return madviseNohugepage;
    }
}
