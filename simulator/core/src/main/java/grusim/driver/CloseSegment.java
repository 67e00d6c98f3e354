package grusim.driver;

import static grusim.driver.DriverCounter.VDATA_FREE;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * Closing a context segment's mapping (gru_vma_close): unloads the context without saving it and drops the thread state,
 * which stays as long as somebody else uses it or has loaded its context again.
 */
final class CloseSegment extends DriverRoutine {
    private static final int THREAD_STATE = 0;

    CloseSegment(GruDriver driver) {
        super(driver, "gru_vma_close", 1);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "lock the thread state";
            case 1 -> "loaded?";
            case 2 -> "unlock the thread state";
            case 3 -> "drop the thread state";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        ThreadState gts = driver.threads().use((int) a.local(THREAD_STATE));
        switch (pc) {
            case 0 -> lock(a, gts.lock, 0, 1, Why.CONTEXT_UNLOAD);
            case 1 -> {
                if (gts.loaded()) {
                    a.call(driver.contextSwitch().unload(), 2, gts.id, 0);
                } else {
                    a.next(2, 0, Why.CONTEXT_UNLOAD);
                }
            }
            case 2 -> {
                gts.lock.unlock(a);
                a.next(3, 0, Why.CONTEXT_UNLOAD);
            }
            case 3 -> {
                for (int segment = 0; segment <= gts.segments; segment++) {
                    driver.count(VDATA_FREE);
                }
                gts.mapping().drop(a);
                if (!gts.lock.inUse(a) && !gts.loaded()) {
                    driver.threads().freed(gts.id);
                }
                a.done(0);
            }
            default -> throw noStep(pc);
        }
    }
}
