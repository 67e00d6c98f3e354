package grusim.litmus;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;

/** A spinlock, given back by a plain store. */
final class TestLock extends Shared {
    private boolean taken;

    TestLock(Engine engine, String name) {
        super(engine, name);
    }

    /** Takes the lock, or returns false; the agent then awaits it. */
    boolean lock(Agent agent) {
        access(agent, Access.UPDATE);
        if (taken) {
            return false;
        }
        taken = true;
        engine().memory().acquired(agent, this);
        return true;
    }

    /** Gives the lock back. */
    void unlock(Agent agent) {
        access(agent, Access.UPDATE);
        engine().memory().release(agent, this);
    }

    @Override
    protected void released(Agent agent) {
        taken = false;
        changed();
    }

    @Override
    public void state(StateIo io) {
        taken = io.bool(taken);
    }
}
