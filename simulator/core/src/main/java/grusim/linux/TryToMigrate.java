package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Order;
import grusim.engine.Why;

/**
 * Replaces the entry that maps a frame by a migration entry: try_to_unmap with TTU_MIGRATION (Linux mm/rmap.c, 2.6.28),
 * later try_to_migrate. The migration entry keeps the mapping's reference to the frame, which Linux drops here; what is
 * counted afterwards is the same.
 *
 * <p>Slots: 0 address space, 1 address, 4 frame. Returns 1, or 0 if the frame is not mapped there.
 */
final class TryToMigrate extends UnmapPage {
    private static final int SET_ENTRY = OWN;

    TryToMigrate(Kernel kernel) {
        super(kernel, "try_to_migrate", OWN_SLOT);
    }

    @Override
    String ownName(int pc) {
        return "set the migration entry";
    }

    @Override
    boolean mayBlock() {
        return true;
    }

    @Override
    int judge(Agent agent, long pte) {
        return CLEAR;
    }

    @Override
    int flushed(Agent agent) {
        return SET_ENTRY;
    }

    @Override
    int announced(Agent agent) {
        return ended();
    }

    @Override
    long outcome(Agent agent) {
        return agent.local(UNMAPPED);
    }

    @Override
    void ownStep(Agent agent, Mm mm, int pc) {
        long entry = Pte.migrationEntry(agent.local(PTE));
        kernel.tables().store(agent, entry(agent, PageTables.PTE), entry, Order.RELAXED);
        agent.local(UNMAPPED, 1);
        agent.next(UNLOCK, spec.pteUpdateCostPs(), Why.VM);
    }
}
