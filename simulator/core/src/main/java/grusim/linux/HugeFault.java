package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Fence;
import grusim.engine.Why;
import grusim.machine.PhysicalMemory;
import grusim.workload.KernelSpec.HugePolicy;

/**
 * The first touch of a huge page, where the pmd entry is none: hugetlb_no_page (Linux mm/hugetlb.c), which takes a page from
 * the pool, and do_huge_pmd_anonymous_page (mm/huge_memory.c), which takes an aligned run of free frames of the wanted blade
 * or falls back to base pages. All base pages are filled; the entry is dirty, and writable if the mapping is.
 *
 * <p>A hugetlb mapping reserves nothing in the pool: a fault that finds it empty is refused (Linux: SIGBUS, or a refusal of
 * mmap). Slots as {@link PteFault}, with the pmd entry for the pte. Returns 0, -ENOMEM or {@link #FALL_BACK}.
 */
final class HugeFault extends PteFault {
    /** There is no huge page to be had: the fault goes on with a base page. */
    static final int FALL_BACK = 2;

    private static final int ALLOCATE = 0;
    private static final int MAP_RUN = 1;
    private static final int UNLOCK = 2;

    private final HugePolicy policy;

    HugeFault(Kernel kernel) {
        super(kernel, "do_huge_pmd_page");
        this.policy = spec.transparentHugepages();
    }

    /** Whether a first touch of an address of a vma asks for a huge page. */
    boolean wanted(Mm mm, int vma, long vaddr) {
        Vmas vmas = mm.vmas();
        return vmas.hugetlb(vma) || (policy != HugePolicy.NEVER && eligible(mm, vma, vaddr, policy));
    }

    /** Whether a vma may have a transparent huge page around an address (hugepage_vma_check). */
    static boolean eligible(Mm mm, int vma, long vaddr, HugePolicy policy) {
        Vmas vmas = mm.vmas();
        int flags = vmas.flags(vma);
        int asked = policy == HugePolicy.ALWAYS ? 0 : Vmas.HUGEPAGE;
        long start = mm.tables().hugeStart(vaddr);
        return (flags & asked) == asked
                && (flags & (Vmas.NOHUGEPAGE | Vmas.HUGETLB)) == 0
                && start >= vmas.start(vma)
                && start + mm.tables().span(PageTables.PMD) <= vmas.end(vma);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ALLOCATE -> "allocate a huge page";
            case MAP_RUN -> "enter it in the reverse map";
            case UNLOCK -> "release the page-table lock";
            default -> lockedStep(pc);
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        switch (pc) {
            case ALLOCATE -> allocate(agent, mm(agent));
            case MAP_RUN -> {
                kernel.frames().mapRun(agent, agent.local(FRAME), mm(agent).id(), start(agent));
                agent.next(LOCK, 0, Why.PAGE_FAULT);
            }
            case UNLOCK -> {
                pageTableLock(agent).unlock(agent);
                kernel.counters().add(VmCounter.FAULTS_MINOR);
                kernel.counters().add(VmCounter.FAULTS_HUGE);
                agent.done(0);
            }
            default -> locked(agent, pc);
        }
    }

    private long start(Agent agent) {
        return mm(agent).tables().hugeStart(agent.local(VADDR));
    }

    private void allocate(Agent agent, Mm mm) {
        Vmas vmas = mm.vmas();
        int vma = vma(agent);
        int placement = vmas.placement(vma);
        int blade = placement > 0 ? placement - 1 : kernel.blade(agent);
        boolean hugetlb = vmas.hugetlb(vma);
        FrameAllocator frames = kernel.frames();
        long head = hugetlb ? frames.allocatePooled(agent, blade) : frames.allocateRun(agent, blade);
        if (head == FrameAllocator.NONE) {
            kernel.counters().add(hugetlb ? VmCounter.FAULTS_OUT_OF_MEMORY : VmCounter.FAULTS_HUGE_FALLBACK);
            agent.done(hugetlb ? -Errno.ENOMEM : FALL_BACK);
            return;
        }
        int pages = mm.tables().hugePages();
        long sourcePage = vmas.sourcePage(vma, start(agent));
        for (int i = 0; i < pages; i++) {
            kernel.fill(head + i, vmas.source(vma), sourcePage + i);
        }
        kernel.engine().memory().fence(agent, Fence.WRITE);
        agent.local(FRAME, head);
        agent.next(MAP_RUN, pages * spec.zeroPageCostPs(), Why.PAGE_FAULT);
    }

    @Override
    void set(Agent agent) {
        boolean hugetlb = mm(agent).vmas().hugetlb(vma(agent));
        long entry = Pte.ofHuge(agent.local(FRAME), protection(agent), hugetlb);
        store(agent, entry, UNLOCK);
        announce(kernel, agent, mm(agent), start(agent), entry, true);
    }

    /** Announces all base pages of a huge entry that was set. */
    static void announce(Kernel kernel, Agent agent, Mm mm, long start, long entry, boolean fresh) {
        for (int i = 0; i < mm.tables().hugePages(); i++) {
            long vaddr = start + (long) i * PhysicalMemory.FRAME_BYTES;
            kernel.observer().pteSet(agent, mm.id(), vaddr, Pte.part(entry, i), fresh);
        }
    }

    @Override
    void raced(Agent agent) {
        kernel.frames().dropRun(agent, agent.local(FRAME), mm(agent).id(), start(agent));
        agent.done(0);
    }
}
