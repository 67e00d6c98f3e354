package grusim.linux.lock;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;

/**
 * Counts things that have come to an end for somebody who waits for them one by one (Linux kernel/sched/completion.c).
 * Each operation is one critical section of its own lock, and one access.
 */
public final class Completion extends Shared {
    private int done;

    /** Makes one for which nothing has ended. */
    public Completion(Engine engine, String name) {
        super(engine, name);
    }

    /** One more has ended: wakes who waits. */
    public void complete(Agent agent) {
        access(agent, Access.UPDATE);
        engine().memory().releasing(agent, this);
        done++;
        changed();
    }

    /** Takes one that has ended; false if there is none, to be waited for. */
    public boolean take(Agent agent) {
        access(agent, Access.UPDATE);
        engine().memory().acquired(agent, this);
        if (done == 0) {
            return false;
        }
        done--;
        return true;
    }

    /** Number of ends nobody has waited for; a probe. */
    public int pending() {
        return done;
    }

    @Override
    public void state(StateIo io) {
        done = io.i32(done);
    }
}
