package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * A fault on a page that is being migrated: migration_entry_wait (Linux mm/migrate.c). It sleeps until the page's lock is
 * free, without a reference to the page, and lets the access fault again. It looks at the lock only: that the entry has
 * changed meanwhile shows in the next fault.
 */
final class MigrationWait extends PteFault {
    private static final int ENTER = 0;
    private static final int WAIT = 1;

    MigrationWait(Kernel kernel) {
        super(kernel, "migration_entry_wait");
    }

    @Override
    public String stepName(int pc) {
        return pc == ENTER ? "look at the page's lock" : "wait for the page's lock";
    }

    @Override
    public void step(Agent agent, int pc) {
        PageLocks locks = kernel.pageLocks();
        if (!locks.locked(agent, Pte.pfn(agent.local(FOUND)))) {
            agent.done(0);
        } else {
            if (pc == ENTER) {
                kernel.counters().add(VmCounter.MIGRATION_WAITS);
            }
            agent.await(locks, WAIT, Why.LOCK);
        }
    }

    @Override
    void set(Agent agent) {
        throw new AssertionError("takes no page-table lock");
    }

    @Override
    void raced(Agent agent) {
        throw new AssertionError("takes no page-table lock");
    }
}
