package grusim.driver;

import grusim.engine.Engine;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.linux.lock.LockWaits;
import grusim.linux.lock.SpinLock;

/**
 * Where the next search of a blade for a context to steal starts (bs_lru_gru, bs_lru_ctxnum), under the blade's lock. It
 * moves on by one context for each search, whoever was robbed; the last context of a chiplet is never a start. Source:
 * Linux driver drivers/misc/sgi-gru, grumain.c.
 */
final class StealPointer implements Stateful {
    final SpinLock lock;
    private int chiplet;
    private int context;

    StealPointer(Engine engine, int blade, LockWaits waits) {
        lock = new SpinLock(engine, "blade" + blade + " bs_lock", waits);
        engine.component(this);
    }

    /** Moves on by one context, of chiplets of a blade that each have so many. */
    void advance(int chiplets, int contexts) {
        context = context < contexts - 2 ? context + 1 : 0;
        if (context == 0) {
            chiplet = (chiplet + 1) % chiplets;
        }
    }

    /** The chiplet to start at, counted in the blade. */
    int chiplet() {
        return chiplet;
    }

    /** The context to start at. */
    int context() {
        return context;
    }

    @Override
    public void state(StateIo io) {
        chiplet = io.i32(chiplet);
        context = io.i32(context);
    }
}
