package grusim.driver;

import static grusim.driver.DriverCounter.ASSIGN_CONTEXT;
import static grusim.driver.DriverCounter.ASSIGN_CONTEXT_FAILED;
import static grusim.driver.DriverCounter.LOAD_USER_CONTEXT;
import static grusim.driver.DriverCounter.NOPFN;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Why;
import grusim.linux.Errno;

/**
 * The page fault on a context segment (gru_fault): unloads a context that lies where its owner does not want it, assigns one
 * on the chiplet of the thread's blade that has room and the fewest contexts, and loads it. Without room it sleeps, steals a
 * context unless it was robbed itself of late, and tries again.
 *
 * <p>Slot 0: thread state. Returns 0, or a negative error number (SIGBUS to the user) if that is gone.
 */
final class SegmentFault extends DriverRoutine {
    private static final int THREAD_STATE = 0;
    private static final int CHOSEN = 1;

    SegmentFault(GruDriver driver) {
        super(driver, "gru_fault", 2);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "enter";
            case 1 -> "lock the thread state";
            case 2 -> "choose a chiplet";
            case 3 -> "reserve a context";
            case 4 -> "map the segment";
            case 5 -> "unlock, no context free";
            case 6 -> "sleep";
            case 7 -> "unlock the thread state";
            case 8 -> "robbed of late?";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        int id = (int) a.local(THREAD_STATE);
        if ((pc == 1 || pc == 8) && driver.threads().gone(a, id)) {
            a.done(-Errno.EFAULT);
            return;
        }
        ThreadState gts = pc == 0 || pc == 6
                ? driver.threads().found(id)
                : driver.threads().use(id);
        switch (pc) {
            case 0 -> {
                driver.count(NOPFN);
                a.next(1, driver.faultCostPs(), Why.CONTEXT_LOAD);
            }
            case 1 -> lock(a, gts.lock, 1, 2, Why.CONTEXT_LOAD);
            case 2 -> {
                if (gts.loaded()) {
                    place(a, gts, 4, 2, 4);
                } else {
                    driver.count(LOAD_USER_CONTEXT);
                    a.local(CHOSEN, driver.placement().roomiestChiplet(gts));
                    a.next(a.local(CHOSEN) < 0 ? 5 : 3, 0, Why.CONTEXT_LOAD);
                }
            }
            case 3 -> {
                if (driver.chipletState((int) a.local(CHOSEN)).reserve(a, gts)) {
                    driver.count(ASSIGN_CONTEXT);
                    a.call(driver.contextSwitch().load(), 4, gts.id);
                } else {
                    a.next(2, 0, Why.CONTEXT_LOAD);
                }
            }
            case 4 -> {
                gts.mapping().map(a);
                a.next(7, 0, Why.CONTEXT_LOAD);
            }
            case 5 -> {
                driver.count(ASSIGN_CONTEXT_FAILED);
                release(a, gts);
                a.next(6, 0, Why.CONTEXT_LOAD);
            }
            case 6 -> ((Cpu) a).pause(8, driver.costs().contexts().retryIntervalPs(), Why.CONTEXT_LOAD);
            case 7 -> {
                release(a, gts);
                a.done(0);
            }
            case 8 -> {
                if (driver.stealing().may(gts)) {
                    a.call(driver.stealing().routine(), 1, gts.id);
                } else {
                    a.next(1, 0, Why.CONTEXT_LOAD);
                }
            }
            default -> throw noStep(pc);
        }
    }
}
