package grusim.driver;

import static grusim.driver.DriverCounter.TLB_DROPIN_FAIL_RANGE_ACTIVE;

import grusim.engine.Agent;
import grusim.engine.Fence;
import grusim.engine.Order;
import grusim.engine.Routine;
import grusim.engine.Why;

/**
 * The driver's own fill: refused while a range invalidate of the address space is active, killed by the device if one
 * begins later. Barriers, the check that the mapping found contains the address, and the user's own walk are there as the
 * driver's rules say.
 */
final class TryDropin extends Dropin {
    private static final int PRELOADED = OWN_STEP;

    TryDropin(GruDriver driver) {
        super(driver, OWN);
    }

    @Override
    void guard(Agent a) {
        if (driver.rules().barrierTfhToCount()) {
            driver.engine().memory().fence(a, Fence.READ);
        }
        boolean active = driver.addressSpace(mm(a).id()).rangeActive.load(a, Order.RELAXED) != 0;
        if (active && driver.rules().rangeActiveRefuses()) {
            driver.count(TLB_DROPIN_FAIL_RANGE_ACTIVE);
            refuse(a, RANGE_ACTIVE);
        } else {
            a.next(FIND_VMA, 0, Why.DROPIN);
        }
    }

    @Override
    void beforeWalk(Agent a) {
        if (driver.rules().barrierCountToPte()) {
            driver.engine().memory().fence(a, Fence.READ);
        }
    }

    @Override
    boolean walks(Agent a) {
        return atomic(a) || driver.rules().userWalk();
    }

    @Override
    Routine userPage() {
        return driver.kernel().userPages().get();
    }

    @Override
    void found(Agent a, long pte) {
        if (preloads(a)) {
            a.local(PTE, pte);
            preload(a, PRELOADED);
        } else {
            accept(a, pte);
        }
    }

    @Override
    void written(Agent a) {
        a.done(DONE);
    }

    @Override
    void abandon(Agent a, int pc) {
        a.next(pc, 0, Why.DROPIN);
    }

    @Override
    String ownName(int pc) {
        return switch (pc) {
            case GUARD -> "5 range active?";
            case PRELOADED -> "8 preloaded";
            default -> throw noStep(pc);
        };
    }

    @Override
    void ownStep(Agent a, int pc) {
        if (pc != PRELOADED) {
            throw noStep(pc);
        }
        accept(a, a.local(PTE));
    }
}
