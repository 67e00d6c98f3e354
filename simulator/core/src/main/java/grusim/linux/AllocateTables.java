package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Fence;
import grusim.engine.Order;
import grusim.engine.Why;
import grusim.linux.lock.SpinLock;

/**
 * Descends to the page of ptes of an address and allocates what is missing on the way: pud_alloc, pmd_alloc, pte_alloc
 * (Linux mm/memory.c). A new page is linked under the page-table lock, unless another CPU was first; a write barrier before
 * that keeps the link behind the zeros.
 *
 * <p>Slots: 0 address space, 1 address. Returns the pointer to the page of ptes, or {@link Pte#NONE} if a huge page is there.
 * One that stops above (pmd_alloc) returns the pointer to the page of pmd entries.
 */
final class AllocateTables extends PointWalk {
    private static final int LEVEL = 2;
    private static final int NEW = 4;
    private static final int SLOTS = 5;

    private static final int ENTER = 0;
    private static final int ALLOCATE = 1;
    private static final int LOCK = 2;
    private static final int RECHECK = 3;
    private static final int POPULATE = 4;
    private static final int UNLOCK = 5;
    private static final int UNLOCK_LOST = 6;
    private static final int FREE_NEW = 7;

    AllocateTables(Kernel kernel) {
        super(kernel, "pte_alloc", SLOTS, Why.PAGE_FAULT);
    }

    private AllocateTables(Kernel kernel, int last) {
        super(kernel, "pmd_alloc", SLOTS, Why.PAGE_FAULT, last);
    }

    /** One that descends to the page of pmd entries only. */
    static AllocateTables toPmd(Kernel kernel) {
        return new AllocateTables(kernel, PageTables.PUD);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ENTER -> "read the pgd entry";
            case ALLOCATE -> "allocate a table page";
            case LOCK -> "take the page-table lock";
            case RECHECK -> "look again at the entry";
            case POPULATE -> "link the table page";
            case UNLOCK, UNLOCK_LOST -> "release the page-table lock";
            case FREE_NEW -> "free the table page that came too late";
            default -> walkStep(pc);
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        switch (pc) {
            case ENTER -> walk(agent, READ_PGD);
            case ALLOCATE -> {
                agent.local(NEW, kernel.tables().allocate(agent));
                kernel.engine().memory().fence(agent, Fence.WRITE);
                agent.next(LOCK, spec.zeroPageCostPs(), Why.PAGE_FAULT);
            }
            case LOCK -> lock(agent, lockOf(agent), LOCK, RECHECK);
            case RECHECK -> {
                long found = kernel.tables().load(agent, entry(agent, level(agent)), Order.RELAXED);
                agent.next(found == Pte.NONE ? POPULATE : UNLOCK_LOST, spec.walkLevelLatencyPs(), Why.PAGE_FAULT);
            }
            case POPULATE -> {
                kernel.tables().store(agent, entry(agent, level(agent)), agent.local(NEW), Order.RELAXED);
                agent.next(UNLOCK, spec.pteUpdateCostPs(), Why.PAGE_FAULT);
            }
            case UNLOCK -> unlock(agent, lockOf(agent), readAgain(agent));
            case UNLOCK_LOST -> unlock(agent, lockOf(agent), FREE_NEW);
            case FREE_NEW -> {
                kernel.tables().free(agent, agent.local(NEW));
                agent.next(readAgain(agent), 0, Why.PAGE_FAULT);
            }
            default -> walk(agent, pc);
        }
    }

    @Override
    void reached(Agent agent) {
        agent.done(agent.local(TABLE));
    }

    @Override
    void huge(Agent agent, long entry) {
        agent.done(Pte.NONE);
    }

    @Override
    void missing(Agent agent, int level) {
        agent.local(LEVEL, level);
        agent.next(ALLOCATE, 0, Why.PAGE_FAULT);
    }

    /** The lock of the entry at which the table page was missing; those above the pmd are the address space's. */
    private SpinLock lockOf(Agent agent) {
        return level(agent) == PageTables.PMD ? pageTableLock(agent) : mm(agent).pageTableLock();
    }

    private static int level(Agent agent) {
        return (int) agent.local(LEVEL);
    }

    /** The walk's step that reads the entry at which the table page was missing. */
    private static int readAgain(Agent agent) {
        return READ_PGD + PageTables.PGD - level(agent);
    }
}
