package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Order;
import grusim.engine.Why;

/**
 * Gives the present ptes of a range a new protection: change_protection (Linux mm/mprotect.c). Each entry is cleared and
 * then written, under the page-table lock. As in that kernel a private page loses the right to write in any case; the next
 * write gives it back by a fault.
 *
 * <p>With {@link #HINT} instead of a protection it makes the entries hints of NUMA balancing (change_prot_numa), but for those
 * that allow no access already. Slots as {@link RangeWalk}, and 8 the protection. Returns the number of entries changed.
 */
final class ProtectRange extends RangeWalk {
    static final int PROTECTION = OWN;

    /** Stands for a protection: no access until the next fault has been seen. */
    static final int HINT = -1;

    private static final int OLD = OWN + 1;
    private static final int CHANGED = OWN + 2;
    private static final int SLOTS = OWN + 3;

    private static final int BEGIN = 0;
    private static final int LOCK = 1;
    private static final int CLEAR = 2;
    private static final int SET = 3;
    private static final int NEXT_TABLE = 4;
    private static final int FINISH = 5;
    private static final int LOCK_HUGE = 6;
    private static final int CHANGE_HUGE = 7;

    ProtectRange(Kernel kernel) {
        super(kernel, "change_protection", SLOTS);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case BEGIN -> "start at the first page";
            case LOCK, LOCK_HUGE -> "take the page-table lock";
            case CHANGE_HUGE -> "change_huge_pmd";
            case CLEAR -> "clear a pte";
            case SET -> "set the pte with the new protection";
            case NEXT_TABLE -> "go to the next table";
            case FINISH -> "return";
            default -> walkStep(pc);
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        Mm mm = mm(agent);
        switch (pc) {
            case BEGIN -> begin(agent);
            case LOCK -> lock(agent, pageTableLock(agent), LOCK, CLEAR);
            case CLEAR -> {
                if (seekChangeable(agent)) {
                    clear(agent);
                } else {
                    unlock(agent, pageTableLock(agent), NEXT_TABLE);
                }
            }
            case SET -> set(agent, mm);
            case LOCK_HUGE -> lock(agent, pageTableLock(agent), LOCK_HUGE, CHANGE_HUGE);
            case CHANGE_HUGE -> changeHuge(agent, mm);
            case NEXT_TABLE -> nextTable(agent);
            case FINISH -> agent.done(agent.local(CHANGED));
            default -> walk(agent, pc);
        }
    }

    private boolean seekChangeable(Agent agent) {
        while (seek(agent)) {
            long pte = kernel.tables().seen(agent, pte(agent));
            boolean changes = hints(agent)
                    ? Pte.present(pte) && !Pte.protNone(pte)
                    : Pte.present(pte) || (Pte.migration(pte) && Pte.writable(pte));
            if (changes) {
                return true;
            }
            nextPage(agent);
        }
        return false;
    }

    /** Takes a present entry away, or the right to write from a migration entry, whatever the new protection is. */
    private void clear(Agent agent) {
        long old = kernel.tables().seen(agent, pte(agent));
        if (Pte.present(old)) {
            agent.local(OLD, kernel.tables().exchange(agent, pte(agent), Pte.NONE, Order.RELAXED));
            agent.next(SET, spec.pteUpdateCostPs(), Why.VM);
        } else {
            kernel.tables().store(agent, pte(agent), Pte.migrationEntryRead(old), Order.RELAXED);
            nextPage(agent);
            agent.next(CLEAR, spec.pteUpdateCostPs(), Why.VM);
        }
    }

    private void set(Agent agent, Mm mm) {
        long old = agent.local(OLD);
        long pte = hints(agent) ? Pte.hint(old) : Pte.modify(old, (int) agent.local(PROTECTION));
        kernel.tables().store(agent, pte(agent), pte, Order.RELAXED);
        kernel.counters().add(hints(agent) ? VmCounter.PTES_HINTED : VmCounter.PTES_PROTECTED);
        kernel.observer().pteChanged(agent, mm.id(), agent.local(AT), old, pte);
        nextPage(agent);
        agent.local(CHANGED, agent.local(CHANGED) + 1);
        agent.next(CLEAR, spec.pteUpdateCostPs(), Why.VM);
    }

    /** Changes a huge entry as a whole, unless it has been split meanwhile. */
    private void changeHuge(Agent agent, Mm mm) {
        long old = kernel.tables().seen(agent, pmd(agent));
        if (!Pte.huge(old)) {
            unlock(agent, pageTableLock(agent), READ_PMD);
            return;
        }
        long entry = Pte.modify(old, (int) agent.local(PROTECTION));
        kernel.tables().exchange(agent, pmd(agent), entry, Order.RELAXED);
        kernel.counters().add(VmCounter.PTES_PROTECTED);
        kernel.observer().pteChanged(agent, mm.id(), agent.local(AT), old, entry);
        agent.local(AT, agent.local(TABLE_END));
        agent.local(CHANGED, agent.local(CHANGED) + 1);
        agent.next(CLEAR, spec.pteUpdateCostPs(), Why.VM);
    }

    /** Hints are for base pages: a transparent huge page is split for them, a hugetlb page gets none. */
    @Override
    int hugePc(Agent agent) {
        return hints(agent) ? -1 : LOCK_HUGE;
    }

    private static boolean hints(Agent agent) {
        return agent.local(PROTECTION) == HINT;
    }

    @Override
    int tablePc() {
        return LOCK;
    }

    @Override
    int endPc() {
        return FINISH;
    }
}
