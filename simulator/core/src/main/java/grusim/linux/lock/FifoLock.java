package grusim.linux.lock;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;

/**
 * A lock that agents get in order of arrival. Each operation is the one access of the step: {@link #lock} that returns false
 * has queued the agent, which awaits this lock and repeats it; the release hands the lock over.
 *
 * <p>Drawing a ticket is an atomic operation on the lock word and sees what the holders before saw when they left; nothing
 * is a fence for other cells.
 */
public abstract class FifoLock extends Shared {
    private static final int NOBODY = -1;

    private final LockWaits waits;
    private final LockWaits.Kind kind;
    private final LockQueue queue = new LockQueue();
    private int owner = NOBODY;
    private boolean handedOver;

    FifoLock(Engine engine, String name, LockWaits waits, LockWaits.Kind kind) {
        super(engine, name);
        this.waits = waits;
        this.kind = kind;
    }

    /** Takes the lock, or draws a ticket and returns false. */
    public boolean lock(Agent agent) {
        access(agent, Access.UPDATE);
        if (elided()) {
            return true;
        }
        engine().memory().acquired(agent, this);
        if (owner == agent.id()) {
            assert handedOver : name() + " is taken twice by " + agent.name();
            handedOver = false;
            engine().locks().locked(agent, this, true);
            return true;
        }
        if (owner == NOBODY) {
            owner = agent.id();
            engine().locks().locked(agent, this, true);
            return true;
        }
        if (queue.add(agent.id(), true)) {
            waits.waits(kind);
        }
        engine().locks().wanted(agent, this, true);
        return false;
    }

    /** Takes the lock unless somebody has it. */
    public boolean tryLock(Agent agent) {
        access(agent, Access.UPDATE);
        if (elided()) {
            return true;
        }
        if (owner != NOBODY) {
            return false;
        }
        owner = agent.id();
        engine().locks().taken(agent, this, true);
        engine().memory().acquired(agent, this);
        return true;
    }

    /** Releases the lock to the next ticket. */
    public void unlock(Agent agent) {
        if (elided()) {
            access(agent, Access.UPDATE);
            return;
        }
        assert heldBy(agent) : name() + " is not held by " + agent.name();
        engine().locks().released(agent, this);
        giveBack(agent);
    }

    /** Does the release's access, and {@link #handOver} once it is visible. */
    abstract void giveBack(Agent agent);

    /** Lets the next ticket have the lock. */
    final void handOver() {
        owner = NOBODY;
        if (!queue.isEmpty()) {
            owner = queue.removeFirst();
            handedOver = true;
        }
        changed();
    }

    /** Whether nobody has the lock; whoever finds it taken may await it without a ticket. The one access of the step. */
    public boolean free(Agent agent) {
        access(agent, Access.READ);
        return owner == NOBODY;
    }

    /** Whether somebody holds the lock or waits for it, as a look in the step of another access. */
    public boolean inUse(Agent agent) {
        consult(agent);
        return owner != NOBODY || !queue.isEmpty();
    }

    /** Whether the agent holds the lock. */
    public boolean heldBy(Agent agent) {
        return owner == agent.id() && !handedOver;
    }

    @Override
    public void state(StateIo io) {
        owner = io.i32(owner);
        handedOver = io.bool(handedOver);
        queue.state(io);
    }
}
