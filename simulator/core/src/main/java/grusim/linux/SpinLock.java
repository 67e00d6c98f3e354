package grusim.linux;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;

/**
 * A ticket spinlock (x86 from Linux 2.6.25 on): agents get it in order of arrival.
 *
 * <p>Each operation is the one access of the step. Spinning is awaiting: {@link #lock} that returns false has drawn a
 * ticket; the agent awaits this lock and repeats it. Not for interrupt handlers: the model masks no interrupts here.
 */
final class SpinLock extends Shared {
    private static final int NOBODY = -1;

    private final VmCounters counters;
    private final LockQueue queue = new LockQueue();
    private int owner = NOBODY;
    private boolean handedOver;

    SpinLock(Engine engine, String name, VmCounters counters) {
        super(engine, name);
        this.counters = counters;
    }

    /** Takes the lock, or draws a ticket and returns false. */
    boolean lock(Agent agent) {
        access(agent, Access.UPDATE);
        if (owner == agent.id()) {
            assert handedOver : name() + " is taken twice by " + agent.name();
            handedOver = false;
            return true;
        }
        if (owner == NOBODY) {
            owner = agent.id();
            return true;
        }
        if (queue.add(agent.id(), true)) {
            counters.add(VmCounter.SPINLOCK_WAITS);
        }
        return false;
    }

    /** Releases the lock to the next ticket. */
    void unlock(Agent agent) {
        access(agent, Access.UPDATE);
        assert owner == agent.id() && !handedOver : name() + " is not held by " + agent.name();
        owner = NOBODY;
        if (!queue.isEmpty()) {
            owner = queue.removeFirst();
            handedOver = true;
            changed();
        }
    }

    /** Whether the agent holds the lock. */
    boolean heldBy(Agent agent) {
        return owner == agent.id() && !handedOver;
    }

    @Override
    public void state(StateIo io) {
        owner = io.i32(owner);
        handedOver = io.bool(handedOver);
        queue.state(io);
    }
}
