package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * A fault on a present page: a write makes a page that was never shared writable and dirty, a read marks any page as used
 * (Linux mm/memory.c).
 */
final class UpgradeFault extends PteFault {
    private static final int ENTER = 0;
    private static final int UNLOCK = 1;

    UpgradeFault(Kernel kernel) {
        super(kernel, "handle_pte_fault");
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ENTER -> "take the page-table lock";
            case UNLOCK -> "release the page-table lock";
            default -> lockedStep(pc);
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        switch (pc) {
            case ENTER -> locked(agent, LOCK);
            case UNLOCK -> {
                pageTableLock(agent).unlock(agent);
                kernel.counters().add(VmCounter.FAULTS_MINOR);
                kernel.counters().add(VmCounter.FAULTS_UPGRADE);
                agent.done(0);
            }
            default -> locked(agent, pc);
        }
    }

    @Override
    void set(Agent agent) {
        long old = agent.local(FOUND);
        long pte = old | Pte.ACCESSED;
        if (agent.local(WRITE) != 0) {
            pte = Pte.writableDirty(pte, protection(agent));
        }
        if (pte == old) {
            agent.next(UNLOCK, 0, Why.PAGE_FAULT);
            return;
        }
        store(agent, pte, UNLOCK);
        kernel.observer().pteChanged(agent, mm(agent).id(), agent.local(VADDR), old, pte);
    }

    @Override
    void raced(Agent agent) {
        agent.done(0);
    }
}
