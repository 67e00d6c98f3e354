package grusim.linux.lock;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Engine;

/**
 * A sleeping lock (Linux kernel/mutex.c); who waits gets it in order of arrival. The release is an atomic
 * read-modify-write.
 */
public final class Mutex extends FifoLock {
    /** Makes a free lock. */
    public Mutex(Engine engine, String name, LockWaits waits) {
        super(engine, name, waits, LockWaits.Kind.MUTEX);
    }

    @Override
    void giveBack(Agent agent) {
        access(agent, Access.UPDATE);
        engine().memory().releasing(agent, this);
        handOver();
    }
}
