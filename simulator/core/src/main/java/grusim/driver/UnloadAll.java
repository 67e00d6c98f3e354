package grusim.driver;

import static grusim.driver.DriverCounter.USER_UNLOAD_CONTEXT;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.isa.ChipletMap;
import grusim.linux.Errno;

/**
 * A privileged request to unload all contexts of the machine (gru_unload_all_contexts), chiplet by chiplet: those whose
 * thread state's lock is free at that moment. Their states are saved. The kernel's own contexts are left alone.
 *
 * <p>Slots: 0 whether the caller is privileged, 1 whether the pointer to the arguments is bad. Returns 0 or a negative error
 * number.
 */
final class UnloadAll extends DriverRoutine {
    private static final int PRIVILEGED = 0;
    private static final int BAD_POINTER = 1;
    private static final int CHIPLET = 2;
    private static final int CONTEXT = 3;
    private static final int THREAD_STATE = 4;

    UnloadAll(GruDriver driver) {
        super(driver, "gru_unload_all_contexts", 5);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "enter";
            case 1 -> "copy the request in";
            case 2 -> "next context: try to lock its thread state";
            case 3 -> "loaded?";
            case 4 -> "unlock the thread state";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        switch (pc) {
            case 0 -> {
                driver.count(USER_UNLOAD_CONTEXT);
                a.next(1, driver.syscallCostPs() + driver.costs().ioctlCostPs(), Why.OS_CALL);
            }
            case 1 -> {
                if (a.local(BAD_POINTER) != 0) {
                    a.done(-Errno.EFAULT);
                } else if (a.local(PRIVILEGED) == 0) {
                    a.done(-Errno.EPERM);
                } else {
                    a.next(2, 0, Why.CONTEXT_UNLOAD);
                }
            }
            case 2 -> nextContext(a);
            case 3 -> {
                if (gts(a).loaded()) {
                    a.call(driver.contextSwitch().unload(), 4, gts(a).id, 1);
                } else {
                    a.next(4, 0, Why.CONTEXT_UNLOAD);
                }
            }
            case 4 -> release(a, gts(a), 2, Why.CONTEXT_UNLOAD);
            default -> throw noStep(pc);
        }
    }

    private void nextContext(Agent a) {
        int chiplet = (int) a.local(CHIPLET);
        int context = (int) a.local(CONTEXT);
        while (chiplet < driver.placement().chiplets()) {
            int owner = driver.placement().used(chiplet)
                    ? driver.chipletState(chiplet).ownerBeside(a, context)
                    : ChipletState.FREE;
            context++;
            if (context == ChipletMap.CONTEXTS || !driver.placement().used(chiplet)) {
                chiplet++;
                context = 0;
            }
            if (owner >= 0 && driver.threads().use(owner).mm != ThreadState.KERNEL) {
                a.local(CHIPLET, chiplet);
                a.local(CONTEXT, context);
                a.local(THREAD_STATE, owner);
                boolean locked = driver.threads().use(owner).lock.tryLock(a);
                a.next(locked ? 3 : 2, driver.lockCostPs(), Why.CONTEXT_UNLOAD);
                return;
            }
        }
        a.done(0);
    }

    private ThreadState gts(Agent a) {
        return driver.threads().use((int) a.local(THREAD_STATE));
    }
}
