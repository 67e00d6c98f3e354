package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Order;
import grusim.engine.Why;

/**
 * Makes one page accessible: handle_mm_fault (Linux mm/memory.c). The caller holds mmap_sem and has checked the mapping.
 *
 * <p>Slots: 0 address space, 1 address, 2 whether it is for a write, 4 index of the vma. Returns 0, 1 if swap was read, or
 * -ENOMEM. It may return 0 without having done anything when another CPU changed the entry; the access faults again then.
 * As the caller has found the mapping accessible, an entry that allows no access is a hint of NUMA balancing.
 */
final class MmFault extends PointWalk {
    private static final int WRITE = 2;

    /** Slot of the vma's index. */
    static final int VMA = 4;

    private static final int SLOTS = 5;

    private static final int ENTER = 0;
    private static final int TABLES_MADE = 1;
    private static final int READ_PTE = 2;
    private static final int FINISH = 3;
    private static final int PMD_MADE = 4;
    private static final int HUGE_DONE = 5;

    private final AllocateTables allocateTables;
    private final AllocateTables allocatePmd;
    private final HugeFault hugeFault;
    private final AnonymousFault anonymousFault;
    private final SwapFault swapFault;
    private final UpgradeFault upgradeFault;
    private final NumaFault numaFault;
    private final MigrationWait migrationWait;

    private final WpFault wpFault;

    MmFault(
            Kernel kernel,
            AllocateTables allocateTables,
            ReclaimPages reclaimPages,
            MigratePage migratePage,
            FlushPage flushPage) {
        super(kernel, "handle_mm_fault", SLOTS, Why.PAGE_FAULT);
        this.allocateTables = allocateTables;
        this.allocatePmd = AllocateTables.toPmd(kernel);
        this.hugeFault = new HugeFault(kernel);
        this.anonymousFault = new AnonymousFault(kernel, reclaimPages);
        this.swapFault = new SwapFault(kernel, reclaimPages);
        this.upgradeFault = new UpgradeFault(kernel);
        this.numaFault = new NumaFault(kernel, migratePage);
        this.migrationWait = new MigrationWait(kernel);
        this.wpFault = new WpFault(kernel, reclaimPages, flushPage);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ENTER -> "read the pgd entry";
            case TABLES_MADE -> "go on with the new tables";
            case READ_PTE -> "handle_pte_fault: read the pte";
            case PMD_MADE -> "go on with the new tables above";
            case HUGE_DONE -> "is there a huge page now?";
            case FINISH -> "return";
            default -> walkStep(pc);
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        switch (pc) {
            case ENTER -> walk(agent, READ_PGD);
            case TABLES_MADE -> {
                agent.local(TABLE, agent.result());
                if (agent.result() == Pte.NONE) {
                    agent.done(0);
                } else {
                    reached(agent);
                }
            }
            case PMD_MADE -> {
                agent.local(TABLE, agent.result());
                agent.next(READ_PMD, 0, Why.PAGE_FAULT);
            }
            case HUGE_DONE -> {
                if (agent.result() == HugeFault.FALL_BACK) {
                    agent.call(allocateTables, TABLES_MADE, agent.local(MM), agent.local(VADDR));
                } else {
                    agent.done(agent.result());
                }
            }
            case READ_PTE -> {
                long address = entry(agent, PageTables.PTE);
                dispatch(agent, address, kernel.tables().load(agent, address, Order.RELAXED));
            }
            case FINISH -> agent.done(agent.result());
            default -> walk(agent, pc);
        }
    }

    private void dispatch(Agent agent, long address, long pte) {
        PteFault handler;
        if (pte == Pte.NONE) {
            handler = anonymousFault;
        } else if (Pte.swap(pte)) {
            handler = swapFault;
        } else if (Pte.migration(pte)) {
            handler = migrationWait;
        } else if (Pte.protNone(pte)) {
            handler = numaFault;
        } else {
            handler = agent.local(WRITE) != 0 && Pte.shared(pte) ? wpFault : upgradeFault;
        }
        handle(agent, handler, FINISH, address, pte);
    }

    private static void handle(Agent agent, PteFault handler, int returnPc, long address, long entry) {
        long write = agent.local(WRITE);
        long vma = agent.local(VMA);
        agent.call(handler, returnPc, agent.local(MM), agent.local(VADDR), write, vma);
        agent.local(PteFault.ADDRESS, address);
        agent.local(PteFault.FOUND, entry);
    }

    /** A present huge entry has to be made writable or accessed; one that is being split is found changed under the lock. */
    @Override
    void huge(Agent agent, long entry) {
        handle(agent, upgradeFault, FINISH, entry(agent, PageTables.PMD), entry);
    }

    @Override
    void reached(Agent agent) {
        agent.next(READ_PTE, spec.walkLevelLatencyPs(), Why.PAGE_FAULT);
    }

    @Override
    void missing(Agent agent, int level) {
        boolean huge = hugeFault.wanted(mm(agent), (int) agent.local(VMA), agent.local(VADDR));
        if (huge && level == PageTables.PMD) {
            handle(agent, hugeFault, HUGE_DONE, entry(agent, PageTables.PMD), Pte.NONE);
        } else {
            agent.call(
                    huge ? allocatePmd : allocateTables,
                    huge ? PMD_MADE : TABLES_MADE,
                    agent.local(MM),
                    agent.local(VADDR));
        }
    }
}
