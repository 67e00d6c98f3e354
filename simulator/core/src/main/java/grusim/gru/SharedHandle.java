package grusim.gru;

import grusim.engine.Agent;
import grusim.engine.Cell;
import grusim.engine.Engine;
import grusim.engine.Order;
import grusim.engine.Shared;

/** A handle that software shares by spinning on its delresp bit. Source: Linux driver drivers/misc/sgi-gru, gruhandles.h. */
public abstract class SharedHandle {
    final Engine engine;
    final Cell word0;
    final long hubLatencyPs;
    private final long delresp;

    SharedHandle(Engine engine, String name, long hubLatencyPs, long delresp) {
        this.engine = engine;
        this.word0 = engine.cell(name, 0);
        this.hubLatencyPs = hubLatencyPs;
        this.delresp = delresp;
    }

    /** Takes the handle's lock bit; false if another has it, to be waited for. The one access of the step. */
    public final boolean tryLock(Agent agent) {
        boolean taken = (word0.orBits(agent, delresp, Order.ACQUIRE) & delresp) == 0 || word0.elided();
        if (taken) {
            engine.locks().locked(agent, word0, true);
        } else {
            engine.locks().wanted(agent, word0, true);
        }
        return taken;
    }

    /** Gives the handle's lock bit back. One access. */
    public final void unlock(Agent agent) {
        engine.locks().released(agent, word0);
        word0.store(agent, word0.seen(agent) & ~delresp, Order.RELEASE);
    }

    /** What to wait for to see the lock bit or the status change. */
    public final Shared awaitable() {
        return word0;
    }
}
