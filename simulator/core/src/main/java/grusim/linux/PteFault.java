package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Order;
import grusim.engine.Why;
import grusim.linux.lock.SpinLock;

/**
 * What the handlers of one page's fault have in common: they take the page-table lock and go on only if the entry is still
 * the one that was read without it.
 *
 * <p>Slots: 0 address space, 1 address, 2 whether it is for a write, 3 index of the vma, 4 address of the entry, 5 the entry
 * that was read, 6 frame. Returns as {@link MmFault}.
 */
abstract class PteFault extends KernelRoutine {
    static final int VADDR = 1;
    static final int WRITE = 2;
    static final int VMA = 3;
    static final int ADDRESS = 4;
    static final int FOUND = 5;
    static final int FRAME = 6;

    private static final int SLOTS = 7;

    static final int LOCK = 20;
    static final int RECHECK = 21;
    static final int SET = 22;
    static final int UNLOCK_RACED = 23;
    static final int RACED = 24;

    PteFault(Kernel kernel, String name) {
        super(kernel, name, SLOTS);
    }

    /** Ends step {@link #SET}: the entry has not changed and the page-table lock is held. */
    abstract void set(Agent agent);

    /** Ends step {@link #RACED}: the entry has changed and the page-table lock was released. */
    abstract void raced(Agent agent);

    /** The lock of the entry. */
    final SpinLock pageTableLock(Agent agent) {
        return kernel.pageTableLock(mm(agent), agent.local(ADDRESS));
    }

    /** Performs one of the common steps. */
    final void locked(Agent agent, int pc) {
        switch (pc) {
            case LOCK -> lock(agent, pageTableLock(agent), LOCK, RECHECK);
            case RECHECK -> {
                long pte = kernel.tables().load(agent, agent.local(ADDRESS), Order.RELAXED);
                agent.next(pte == agent.local(FOUND) ? SET : UNLOCK_RACED, 0, Why.PAGE_FAULT);
            }
            case SET -> set(agent);
            case UNLOCK_RACED -> {
                kernel.counters().add(VmCounter.FAULTS_RACED);
                unlock(agent, pageTableLock(agent), RACED);
            }
            default -> raced(agent);
        }
    }

    static String lockedStep(int pc) {
        return switch (pc) {
            case LOCK -> "take the page-table lock";
            case RECHECK -> "look again at the pte";
            case SET -> "set the pte";
            case UNLOCK_RACED -> "release the page-table lock, the pte has changed";
            case RACED -> "undo";
            default -> "step " + pc;
        };
    }

    /** Writes the entry under the lock. */
    final void store(Agent agent, long pte, int next) {
        kernel.tables().store(agent, agent.local(ADDRESS), pte, Order.RELAXED);
        agent.next(next, spec.pteUpdateCostPs(), Why.PAGE_FAULT);
    }

    final int vma(Agent agent) {
        return (int) agent.local(VMA);
    }

    final int protection(Agent agent) {
        return mm(agent).vmas().protection(vma(agent));
    }
}
