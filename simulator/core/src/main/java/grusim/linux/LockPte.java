package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Order;
import grusim.engine.Why;

/**
 * Takes the page-table lock of an address and reads its entry: pte_offset_map_lock (Linux include/linux/mm.h), for who gives
 * a translation to a device under that lock. What keeps the table pages alive is the caller's business.
 *
 * <p>Slots: 0 address space, 1 address. Returns the entry with the lock held, or {@link AtomicWalk#NO_TABLE} without it.
 */
final class LockPte extends PointWalk {
    private static final int SLOTS = 4;

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
                long pte = kernel.tables().load(agent, entry(agent, PageTables.PTE), Order.RELAXED);
                if (Pte.present(pte)) {
                    kernel.observer().pteRead(agent, mm(agent).id(), agent.local(VADDR), pte);
                }
                agent.done(pte);
            }
            default -> walk(agent, pc);
        }
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
