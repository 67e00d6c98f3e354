package grusim.driver;

import static grusim.driver.DriverCounter.GMS_FREE;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.workload.DriverSpec;

/**
 * What the driver does when the address space goes away, before its pages are freed: tear down every context of it (as the
 * driver of July 2008 is said to do), or only note that it is gone (the merged driver). A context torn down has no TLB
 * entry in use and no unanswered fault when this returns; one that is not goes on until its segment is closed.
 *
 * <p>Slot 0: the address space.
 */
final class Release extends DriverRoutine {
    private static final int MM = 0;
    private static final int THREAD_STATE = 1;

    Release(GruDriver driver) {
        super(driver, "gru_release", 2);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "note that the address space is gone";
            case 1 -> "next thread state";
            case 2 -> "lock the thread state";
            case 3 -> "loaded?";
            case 4 -> "unlock the thread state";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        switch (pc) {
            case 0 -> {
                driver.count(GMS_FREE);
                driver.addressSpace((int) a.local(MM)).release(a);
                if (driver.rules().release() == DriverSpec.Release.TEARDOWN) {
                    a.next(1, 0, Why.CONTEXT_UNLOAD);
                } else {
                    a.done(0);
                }
            }
            case 1 -> {
                int next = driver.threads().next((int) a.local(MM), (int) a.local(THREAD_STATE));
                a.local(THREAD_STATE, next);
                if (next < 0) {
                    a.done(0);
                } else {
                    a.next(2, 0, Why.CONTEXT_UNLOAD);
                }
            }
            case 2 -> lock(a, gts(a).lock, 2, 3, Why.CONTEXT_UNLOAD);
            case 3 -> {
                ThreadState gts = gts(a);
                if (gts.loaded()) {
                    a.call(driver.contextSwitch().unload(), 4, gts.id, 0);
                } else {
                    a.next(4, 0, Why.CONTEXT_UNLOAD);
                }
            }
            case 4 -> {
                gts(a).lock.unlock(a);
                a.local(THREAD_STATE, a.local(THREAD_STATE) + 1);
                a.next(1, driver.lockCostPs(), Why.CONTEXT_UNLOAD);
            }
            default -> throw noStep(pc);
        }
    }

    private ThreadState gts(Agent a) {
        return driver.threads().use((int) a.local(THREAD_STATE));
    }
}
