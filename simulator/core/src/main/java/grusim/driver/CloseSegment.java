package grusim.driver;

import static grusim.driver.DriverCounter.GTS_FREE;

import grusim.engine.Agent;
import grusim.engine.Routine;
import grusim.engine.Why;

/** Closing a context segment's mapping (gru_vma_close): unloads the context without saving it and drops the thread state. */
final class CloseSegment extends Routine {
    private static final int THREAD_STATE = 0;

    private final GruDriver driver;

    CloseSegment(GruDriver driver) {
        super(driver.engine(), "gru_vma_close", 1);
        this.driver = driver;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "lock the thread state";
            case 1 -> "loaded?";
            case 2 -> "unlock and drop the thread state";
            default -> throw new IllegalArgumentException("step " + pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        ThreadState gts = driver.threadState((int) a.local(THREAD_STATE));
        switch (pc) {
            case 0 -> {
                if (gts.lock.lock(a)) {
                    a.next(1, driver.lockCostPs(), Why.CONTEXT_UNLOAD);
                } else {
                    a.await(gts.lock, 0, Why.LOCK);
                }
            }
            case 1 -> {
                if (gts.loaded()) {
                    a.call(driver.unloadContext(), 2, gts.id, 0);
                } else {
                    a.next(2, 0, Why.CONTEXT_UNLOAD);
                }
            }
            case 2 -> {
                gts.lock.unlock(a);
                driver.count(GTS_FREE);
                driver.observer().threadStateFreed(gts.id);
                a.done(0);
            }
            default -> throw new IllegalArgumentException("step " + pc);
        }
    }
}
