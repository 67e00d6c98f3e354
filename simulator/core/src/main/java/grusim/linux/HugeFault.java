package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Fence;
import grusim.engine.Order;
import grusim.engine.Why;
import grusim.linux.lock.Mutex;
import grusim.machine.PhysicalMemory;
import grusim.workload.KernelSpec.HugePolicy;

/**
 * The first touch of a huge page, where the pmd entry is none: hugetlb_no_page (Linux mm/hugetlb.c), which takes a page from
 * the pool, and do_huge_pmd_anonymous_page (mm/huge_memory.c), which takes an aligned run of free frames of the wanted blade
 * or falls back to base pages. All base pages are filled; the entry is dirty, and writable if the mapping is.
 *
 * <p>A hugetlb mapping reserves nothing in the pool: a fault that finds it empty is refused (Linux: SIGBUS, or a refusal of
 * mmap). First touches of hugetlb mappings take turns (hugetlb_instantiation_mutex), so that two of the same page do not ask
 * the pool for two. Slots as {@link PteFault}, with the pmd entry for the pte. Returns 0, -ENOMEM or {@link #FALL_BACK}.
 */
final class HugeFault extends PteFault {
    /** There is no huge page to be had: the fault goes on with a base page. */
    static final int FALL_BACK = 2;

    /** What is returned, once the frame is mapped or there is none. */
    private static final int RESULT = FRAME;

    private static final int ENTER = 0;
    private static final int MAP_RUN = 1;
    private static final int UNLOCK = 2;
    private static final int LOOK_AGAIN = 3;
    private static final int ALLOCATE = 4;
    private static final int END_TURN = 5;

    private final HugePolicy policy;
    private final Mutex instantiation;

    HugeFault(Kernel kernel) {
        super(kernel, "do_huge_pmd_page");
        this.policy = spec.transparentHugepages();
        this.instantiation = new Mutex(kernel.engine(), "hugetlb_instantiation_mutex", kernel.counters());
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
            case ENTER -> "take hugetlb_instantiation_mutex, or allocate a huge page";
            case LOOK_AGAIN -> "is there a huge page by now?";
            case ALLOCATE -> "allocate a huge page";
            case END_TURN -> "release hugetlb_instantiation_mutex";
            case MAP_RUN -> "enter it in the reverse map";
            case UNLOCK -> "release the page-table lock";
            default -> lockedStep(pc);
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        switch (pc) {
            case ENTER -> enter(agent);
            case LOOK_AGAIN -> {
                long entry = kernel.tables().load(agent, agent.local(ADDRESS), Order.RELAXED);
                agent.next(entry == Pte.NONE ? ALLOCATE : END_TURN, spec.walkLevelLatencyPs(), Why.PAGE_FAULT);
            }
            case ALLOCATE -> allocate(agent, mm(agent));
            case END_TURN -> {
                instantiation.unlock(agent);
                agent.done(agent.local(RESULT));
            }
            case MAP_RUN -> {
                kernel.frames().runs().map(agent, agent.local(FRAME), mm(agent).id(), start(agent));
                agent.next(LOCK, 0, Why.PAGE_FAULT);
            }
            case UNLOCK -> {
                pageTableLock(agent).unlock(agent);
                kernel.counters().add(VmCounter.FAULTS_MINOR);
                kernel.counters().add(VmCounter.FAULTS_HUGE);
                end(agent, 0);
            }
            default -> locked(agent, pc);
        }
    }

    private void enter(Agent agent) {
        if (!hugetlb(agent)) {
            allocate(agent, mm(agent));
        } else if (instantiation.lock(agent)) {
            agent.next(LOOK_AGAIN, spec.lockCostPs(), Why.PAGE_FAULT);
        } else {
            agent.await(instantiation, ENTER, Why.LOCK);
        }
    }

    /** Ends the step: returns, once the turn has ended. */
    private void end(Agent agent, int result) {
        if (hugetlb(agent)) {
            agent.local(RESULT, result);
            agent.next(END_TURN, spec.lockCostPs(), Why.PAGE_FAULT);
        } else {
            agent.done(result);
        }
    }

    private boolean hugetlb(Agent agent) {
        return mm(agent).vmas().hugetlb(vma(agent));
    }

    private long start(Agent agent) {
        return mm(agent).tables().hugeStart(agent.local(VADDR));
    }

    private void allocate(Agent agent, Mm mm) {
        Vmas vmas = mm.vmas();
        int vma = vma(agent);
        int placement = vmas.placement(vma);
        int blade = placement > 0 ? placement - 1 : kernel.blade(agent);
        boolean hugetlb = hugetlb(agent);
        FrameAllocator frames = kernel.frames();
        long head = hugetlb
                ? frames.runs().allocatePooled(agent, blade)
                : frames.runs().allocate(agent, blade);
        if (head == FrameAllocator.NONE) {
            kernel.counters().add(hugetlb ? VmCounter.FAULTS_OUT_OF_MEMORY : VmCounter.FAULTS_HUGE_FALLBACK);
            end(agent, hugetlb ? -Errno.ENOMEM : FALL_BACK);
            return;
        }
        int pages = mm.tables().hugePages();
        long sourcePage = vmas.sourcePage(vma, start(agent));
        for (int i = 0; i < pages; i++) {
            kernel.contents().fill(head + i, vmas.source(vma), sourcePage + i);
        }
        kernel.engine().memory().fence(agent, Fence.WRITE);
        agent.local(FRAME, head);
        agent.next(MAP_RUN, pages * spec.zeroPageCostPs(), Why.PAGE_FAULT);
    }

    @Override
    void set(Agent agent) {
        long entry = Pte.ofHuge(agent.local(FRAME), protection(agent), hugetlb(agent));
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
        kernel.frames().runs().drop(agent, agent.local(FRAME), mm(agent).id(), start(agent));
        end(agent, 0);
    }
}
