package grusim.linux;

import grusim.engine.Agent;

/**
 * A fault on a hint of NUMA balancing: do_numa_page (Linux mm/memory.c, 4.x). Gives the entry its vma's protection back, and
 * migrates the page to the blade of the faulting CPU if it lives elsewhere, which may fail.
 *
 * <p>Any access decides: does not model the two-stage filter of should_numa_migrate_memory, rate limits or task placement.
 */
final class NumaFault extends PteFault {
    private static final int ENTER = 0;
    private static final int UNLOCK = 1;
    private static final int MIGRATE = 2;
    private static final int MIGRATED = 3;

    private final MigratePage migratePage;

    NumaFault(Kernel kernel, MigratePage migratePage) {
        super(kernel, "do_numa_page");
        this.migratePage = migratePage;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ENTER -> "take the page-table lock";
            case UNLOCK -> "release the page-table lock";
            case MIGRATE -> "migrate_misplaced_page";
            case MIGRATED -> "return";
            default -> lockedStep(pc);
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        switch (pc) {
            case ENTER -> locked(agent, LOCK);
            case UNLOCK -> {
                kernel.counters().add(VmCounter.FAULTS_MINOR);
                kernel.counters().add(VmCounter.FAULTS_HINTING);
                boolean local = kernel.frames().bladeOf(frame(agent)) == kernel.blade(agent);
                if (local) {
                    kernel.counters().add(VmCounter.FAULTS_HINTING_LOCAL);
                }
                unlock(agent, pageTableLock(agent), local ? MIGRATED : MIGRATE);
            }
            case MIGRATE -> {
                int blade = kernel.blade(agent);
                agent.call(migratePage, MIGRATED, agent.local(MM), agent.local(VADDR), blade, frame(agent));
            }
            case MIGRATED -> agent.done(0);
            default -> locked(agent, pc);
        }
    }

    private static long frame(Agent agent) {
        return Pte.pfn(agent.local(FOUND));
    }

    @Override
    void set(Agent agent) {
        long old = agent.local(FOUND);
        long pte = Pte.unhint(old, protection(agent));
        store(agent, pte, UNLOCK);
        kernel.observer().pteChanged(agent, mm(agent).id(), agent.local(VADDR), old, pte);
    }

    @Override
    void raced(Agent agent) {
        agent.done(0);
    }
}
