package grusim.linux.lock;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Engine;

/**
 * A ticket spinlock (x86 from Linux 2.6.25 on). Spinning is awaiting; the release is a plain store. Not for interrupt
 * handlers: the model masks no interrupts here.
 */
public final class SpinLock extends FifoLock {
    /** Makes a free lock. */
    public SpinLock(Engine engine, String name, LockWaits waits) {
        super(engine, name, waits, LockWaits.Kind.SPINLOCK);
    }

    @Override
    void giveBack(Agent agent) {
        access(agent, Access.WRITE);
        engine().memory().release(agent, this);
    }

    @Override
    protected void released(Agent agent) {
        handOver();
    }
}
