package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * Lets an entry that may not be written lead to another frame of equal content: replace_page (Linux mm/ksm.c). If the entry
 * is still the expected one, it is cleared and flushed, set to the other frame, and the mapping's reference to its old frame
 * is dropped.
 *
 * <p>Slots: 0 address space, 1 address, 4 the other frame, which backs the page already, 5 the expected entry. Returns 1, or
 * 0 if the entry had changed.
 */
final class ReplacePage extends ChangePte {
    private static final int SET = FLUSHED;
    private static final int DROP_MAPPING = FLUSHED + 1;

    ReplacePage(Kernel kernel, FlushPage flushPage) {
        super(kernel, "replace_page", flushPage);
    }

    @Override
    String ownName(int pc) {
        return pc == SET ? "set the pte to the other frame" : "drop the mapping's reference to the old frame";
    }

    @Override
    boolean changes(Agent agent, long pte) {
        return pte == agent.local(PTE);
    }

    @Override
    void cleared(Agent agent, Mm mm, long old) {
        kernel.counters().add(VmCounter.PTES_CLEARED);
        kernel.observer().pteCleared(agent, mm.id(), agent.local(VADDR), old, true);
    }

    @Override
    void ownStep(Agent agent, Mm mm, int pc) {
        long old = agent.local(PTE);
        if (pc == SET) {
            long pte = Pte.leadTo(old, agent.local(FRAME));
            agent.local(RESULT, 1);
            set(agent, pte);
            kernel.observer().pteSet(agent, mm.id(), agent.local(VADDR), pte, false);
            agent.next(DROP_MAPPING, spec.pteUpdateCostPs(), Why.VM);
        } else {
            kernel.frames().dropMapping(agent, Pte.pfn(old), mm.id(), agent.local(VADDR));
            agent.next(UNLOCK, 0, Why.VM);
        }
    }
}
