package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Order;
import grusim.engine.Why;

/**
 * Takes the page-table lock of an address and reads its entry: pte_offset_map_lock (Linux include/linux/mm.h), for who gives
 * a translation to a device under that lock. What keeps the table pages alive is the caller's business. In a huge page it is
 * what stands for the base page's entry; none, if the huge page was split or unmapped meanwhile.
 *
 * <p>Slots: 0 address space, 1 address. Returns the entry with the lock held, or {@link AtomicWalk#NO_TABLE} without it.
 */
final class LockPte extends PointWalk {
    private static final int HUGE = 4;
    private static final int SLOTS = 5;

    private static final int ENTER = 0;
    private static final int LOCK = 1;
    private static final int READ_PTE = 2;

    LockPte(Kernel kernel) {
        super(kernel, "pte_offset_map_lock", SLOTS, Why.PAGE_WALK);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ENTER -> "read the pgd entry";
            case LOCK -> "take the page-table lock";
            case READ_PTE -> "read the pte";
            default -> walkStep(pc);
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        switch (pc) {
            case ENTER -> walk(agent, READ_PGD);
            case LOCK -> lock(agent, pageTableLock(agent), LOCK, READ_PTE);
            case READ_PTE -> {
                long pte = readPte(agent);
                if (Pte.present(pte)) {
                    kernel.observer().pteRead(agent, mm(agent).id(), agent.local(VADDR), pte);
                }
                agent.done(pte);
            }
            default -> walk(agent, pc);
        }
    }

    private long readPte(Agent agent) {
        int level = agent.local(HUGE) != 0 ? PageTables.PMD : PageTables.PTE;
        long entry = kernel.tables().load(agent, entry(agent, level), Order.RELAXED);
        if (level == PageTables.PTE) {
            return entry;
        }
        return Pte.huge(entry) ? Pte.part(entry, mm(agent).tables().hugeIndex(agent.local(VADDR))) : Pte.NONE;
    }

    @Override
    void huge(Agent agent, long entry) {
        agent.local(HUGE, 1);
        agent.next(LOCK, spec.walkLevelLatencyPs(), Why.PAGE_WALK);
    }

    @Override
    void reached(Agent agent) {
        agent.next(LOCK, spec.walkLevelLatencyPs(), Why.PAGE_WALK);
    }

    @Override
    void missing(Agent agent, int level) {
        agent.done(AtomicWalk.NO_TABLE);
    }
}
