package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.workload.KernelSpec.Registration;

/**
 * Registers the notifier that was prepared for an address space: mmu_notifier_register, mm_take_all_locks (Linux
 * mm/mmu_notifier.c). With mmap_sem held for writing and the lock of the reverse map, no operation is between its callouts;
 * without, one under way has made its first callout to nobody and changes what the new notifier then mirrors. The cost of
 * taking a lock per mapping is not modelled: there is one.
 *
 * <p>Slot 0: the address space. Returns 0.
 */
final class RegisterNotifier extends KernelRoutine {
    private static final int DOWN_WRITE = 0;
    private static final int LOCK_RMAP = 1;
    private static final int PUBLISH = 2;
    private static final int UNLOCK_RMAP = 3;
    private static final int UP_WRITE = 4;
    private static final int RETURN = 5;

    private final boolean locks;

    RegisterNotifier(Kernel kernel) {
        super(kernel, "mmu_notifier_register", 1);
        this.locks = spec.registration() == Registration.MM_LOCKS;
    }

    @Override
    public String stepName(int pc) {
        return switch (locks || pc != DOWN_WRITE ? pc : PUBLISH) {
            case DOWN_WRITE -> "take mmap_sem for writing";
            case LOCK_RMAP -> "take the reverse map's lock";
            case PUBLISH -> "put the notifier on the list";
            case UNLOCK_RMAP -> "release the reverse map's lock";
            case UP_WRITE -> "release mmap_sem";
            default -> "return";
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        Mm mm = mm(agent);
        switch (locks || pc != DOWN_WRITE ? pc : PUBLISH) {
            case DOWN_WRITE -> downWrite(agent, mm, DOWN_WRITE, LOCK_RMAP);
            case LOCK_RMAP -> lock(agent, mm.rmapLock(), LOCK_RMAP, PUBLISH);
            case PUBLISH -> {
                mm.publishNotifier(agent);
                agent.next(locks ? UNLOCK_RMAP : RETURN, 0, Why.VM);
            }
            case UNLOCK_RMAP -> unlock(agent, mm.rmapLock(), UP_WRITE);
            case UP_WRITE -> upWrite(agent, mm, RETURN);
            default -> agent.done(0);
        }
    }
}
