package grusim.driver;

import static grusim.driver.DriverCounter.CALL_OS;
import static grusim.driver.DriverCounter.CALL_OS_WAIT_QUEUE;

import grusim.engine.Agent;
import grusim.engine.Fence;
import grusim.engine.Order;
import grusim.engine.Why;
import grusim.isa.AllocationMap;

/**
 * The user's call to the OS about a miss (gru_handle_user_call_os): waits until no range invalidate is active, holding
 * mmap_sem for read and the thread state's lock, and tries the dropin until it is answered. Under another invalidation
 * protocol than the driver's own, waiting is part of the dropin.
 *
 * <p>Slots: 0 thread state, 1 the user's number of the control block. Returns 0 or a negative error number.
 */
final class CallOs extends DriverRoutine {
    private static final int THREAD_STATE = 0;
    private static final int USER_CBR = 1;
    private static final int RESULT = 2;
    private static final int ENTERED_PS = 3;

    private static final int EINVAL = -22;

    CallOs(GruDriver driver) {
        super(driver, "gru_handle_user_call_os", 4);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "enter";
            case 1 -> "entered";
            case 2 -> "lock mmap_sem for read";
            case 3 -> "lock the thread state";
            case 4 -> "context loaded?";
            case 5 -> "range active?";
            case 6 -> "queue for the end of the range";
            case 7 -> "range still active?";
            case 8 -> "sleep until the end of a range";
            case 9 -> "leave the queue";
            case 10 -> "try the dropin";
            case 11 -> "dropin tried";
            case 12 -> "unlock the thread state";
            case 13 -> "unlock mmap_sem";
            case 14 -> "reload of the CCH pending?";
            case 15 -> "go on";
            case 16 -> "context unloaded";
            case 17 -> "interrupts directed here";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        int id = (int) a.local(THREAD_STATE);
        if (pc == 3 && driver.threads().gone(a, id)) {
            a.local(RESULT, EINVAL);
            a.next(13, 0, Why.OS_CALL);
            return;
        }
        ThreadState gts = pc < 3 || pc == 13
                ? driver.threads().found(id)
                : driver.threads().use(id);
        AddressSpaceState gms = driver.addressSpace(gts.mm);
        switch (pc) {
            case 0 -> {
                driver.count(CALL_OS);
                a.local(ENTERED_PS, driver.engine().nowPs());
                a.next(1, driver.syscallCostPs() + driver.costs().ioctlCostPs(), Why.OS_CALL);
            }
            case 1 -> {
                if (gts.loaded() && a.local(USER_CBR) < gts.cbrs()) {
                    mark(gts, a, Why.OS_CALL);
                }
                a.next(2, 0, Why.LOCK);
            }
            case 2 -> downRead(a, driver.mm(gts.mm), 2, 3);
            case 3 -> lock(a, gts.lock, 3, 4, Why.LOCK);
            case 4 -> checkPlace(a, gts);
            case 5 -> a.next(gms.rangeActive.load(a, Order.RELAXED) == 0 ? 10 : 6, 0, Why.RANGE_ACTIVE);
            case 6 -> {
                if (gms.waitQueue.prepare(a)) {
                    a.next(7, 0, Why.RANGE_ACTIVE);
                } else {
                    a.await(gms.waitQueue.lock(), 6, Why.LOCK);
                }
            }
            case 7 -> {
                if (driver.rules().waitBarrier()) {
                    driver.engine().memory().fence(a, Fence.FULL);
                }
                a.next(gms.rangeActive.load(a, Order.RELAXED) == 0 ? 9 : 8, 0, Why.RANGE_ACTIVE);
            }
            case 8 -> {
                if (gms.waitQueue.sleeping(a)) {
                    a.await(gms.waitQueue, 8, Why.RANGE_ACTIVE);
                } else {
                    a.next(5, 0, Why.RANGE_ACTIVE);
                }
            }
            case 9 -> {
                if (gms.waitQueue.finish(a)) {
                    a.next(10, 0, Why.RANGE_ACTIVE);
                } else {
                    a.await(gms.waitQueue.lock(), 9, Why.LOCK);
                }
            }
            case 10 -> {
                mark(gts, a, Why.RANGE_ACTIVE);
                a.call(driver.fills().tryDropin(), 11, gts.chiplet(), cbr(gts, a), gts.id, Dropin.USER);
            }
            case 11 -> {
                if (a.result() == Dropin.RANGE_ACTIVE) {
                    driver.count(CALL_OS_WAIT_QUEUE);
                    a.next(5, 0, Why.RANGE_ACTIVE);
                } else {
                    a.local(RESULT, a.result());
                    a.next(12, 0, Why.OS_CALL);
                }
            }
            case 12 -> release(a, gts, 13, Why.LOCK);
            case 13 -> {
                driver.mm(gts.mm).mmapSem().upRead(a);
                driver.took(DriverLatency.CALL_OS, a.local(ENTERED_PS));
                a.done(a.local(RESULT));
            }
            case 14 -> {
                AvailableSizes sizes = gts.sizes;
                if (sizes != null && sizes.takeReload(a)) {
                    a.call(driver.contextSwitch().update(), 15, gts.id);
                } else {
                    a.next(first(), 0, Why.OS_CALL);
                }
            }
            case 16 -> {
                a.local(RESULT, Dropin.AGAIN);
                a.next(12, 0, Why.OS_CALL);
            }
            case 17 -> {
                mark(gts, a, Why.CONTEXT_LOAD);
                a.next(placed(gts), 0, Why.OS_CALL);
            }
            case 15 -> {
                mark(gts, a, Why.CONTEXT_LOAD);
                a.next(first(), 0, Why.OS_CALL);
            }
            default -> throw noStep(pc);
        }
    }

    private void checkPlace(Agent a, ThreadState gts) {
        if (a.local(USER_CBR) >= gts.cbrs()) {
            a.local(RESULT, EINVAL);
            a.next(12, 0, Why.OS_CALL);
        } else if (gts.loaded()) {
            boolean misplaced = driver.placement().check(gts) == BladePlacement.Verdict.MISPLACED;
            gts.upmTlbMiss += misplaced ? 0 : 1;
            mark(gts, a, Why.LOCK);
            place(a, gts, placed(gts), 16, 17);
        } else {
            a.local(RESULT, Dropin.AGAIN);
            a.next(12, 0, Why.OS_CALL);
        }
    }

    /** The step after the placement check. */
    private int placed(ThreadState gts) {
        return gts.sizes == null ? first() : 14;
    }

    private int first() {
        return driver.fills().ruled() ? 10 : 5;
    }

    private static int cbr(ThreadState gts, Agent a) {
        return AllocationMap.cbNumber(gts.cbrMap(), (int) a.local(USER_CBR));
    }

    private void mark(ThreadState gts, Agent a, Why reason) {
        driver.chipletState(gts.chiplet()).chiplet.cb(cbr(gts, a)).mark(reason);
    }
}
