package grusim.linux;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;
import grusim.workload.BauSpec;

/**
 * How many messages the CPUs of one hub may have under way: at first as many as the hardware bears, one after a time-out,
 * and one more after each run of successes (Linux arch/x86/kernel/tlb_uv.c, max_concurr).
 */
final class BauThrottle extends Shared {
    private final BauSpec spec;
    private int underWay;
    private int limit;
    private int successes;

    BauThrottle(Engine engine, String name, BauSpec spec) {
        super(engine, name);
        this.spec = spec;
        this.limit = spec.concurrentSends();
    }

    /** Lets the agent send, unless too many do. */
    boolean enter(Agent agent) {
        access(agent, Access.UPDATE);
        engine().memory().acquired(agent, this);
        if (underWay >= limit) {
            return false;
        }
        underWay++;
        return true;
    }

    /** The agent's message was acknowledged everywhere. */
    void succeeded(Agent agent) {
        access(agent, Access.UPDATE);
        if (limit < spec.concurrentSends() && ++successes > spec.raiseAfter()) {
            limit++;
            successes = 0;
        }
        leave(agent);
    }

    /** The agent gives up, after a time-out or not. */
    void failed(Agent agent, boolean timedOut) {
        access(agent, Access.UPDATE);
        successes = 0;
        if (timedOut) {
            limit = 1;
        }
        leave(agent);
    }

    private void leave(Agent agent) {
        engine().memory().releasing(agent, this);
        underWay--;
        changed();
    }

    /** Messages allowed under way, for probes. */
    int limit() {
        return limit;
    }

    @Override
    public void state(StateIo io) {
        underWay = io.i32(underWay);
        limit = io.i32(limit);
        successes = io.i32(successes);
    }
}
