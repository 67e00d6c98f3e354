package grusim.linux.lock;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Cell;
import grusim.engine.Engine;
import grusim.engine.Order;
import grusim.engine.Shared;
import grusim.engine.StateIo;
import java.util.Arrays;

/**
 * A kernel wait queue: sleepers put themselves on it, look at their condition once more, and sleep until a waker takes
 * them off. The waker first peeks at the head without the queue's lock.
 *
 * <p>Each operation is one critical section of the queue's spinlock, which orders nothing but what it guards, and one
 * access. It returns false if another CPU still holds the lock; the agent then awaits {@link #lock} and repeats it.
 */
public final class WaitQueue extends Shared {
    private static final int NOBODY = -1;

    private final Cell head;
    private final Lock lock;
    private int[] sleepers = new int[4];
    private int count;

    /** Makes an empty queue. */
    public WaitQueue(Engine engine, String name) {
        super(engine, name);
        head = engine.cell(name + " head", 0);
        lock = new Lock(engine, name + " lock");
    }

    /** What to wait for when an operation finds the queue locked. */
    public Shared lock() {
        return lock;
    }

    /** Puts the agent on the queue; it is not asleep before {@link #sleeping} says so. */
    public boolean prepare(Agent agent) {
        if (!lock.take(agent)) {
            return false;
        }
        if (!contains(agent)) {
            if (count == sleepers.length) {
                sleepers = Arrays.copyOf(sleepers, 2 * count);
            }
            sleepers[count++] = agent.id();
        }
        leave(agent);
        return true;
    }

    /** Takes the agent off the queue. */
    public boolean finish(Agent agent) {
        if (!lock.take(agent)) {
            return false;
        }
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (sleepers[i] != agent.id()) {
                sleepers[kept++] = sleepers[i];
            }
        }
        count = kept;
        leave(agent);
        return true;
    }

    /** Whether the agent is still on the queue, so that it must sleep. */
    public boolean sleeping(Agent agent) {
        access(agent, Access.READ);
        return contains(agent);
    }

    /** The waker's look at the head, without the lock: whether anybody sleeps here. */
    public boolean peek(Agent agent) {
        return head.load(agent, Order.RELAXED) != 0;
    }

    /** Takes every sleeper off the queue and wakes it. */
    public boolean wakeAll(Agent agent) {
        if (!lock.take(agent)) {
            return false;
        }
        count = 0;
        leave(agent);
        changed();
        return true;
    }

    private void leave(Agent agent) {
        head.store(agent, count, Order.RELAXED);
        engine().memory().release(agent, lock);
    }

    private boolean contains(Agent agent) {
        for (int i = 0; i < count; i++) {
            if (sleepers[i] == agent.id()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void state(StateIo io) {
        count = io.i32(count);
        sleepers = io.array(sleepers, count);
    }

    /** The queue's spinlock, held until the store that gives it back is visible. */
    private static final class Lock extends Shared {
        private int holder = NOBODY;

        Lock(Engine engine, String name) {
            super(engine, name);
        }

        boolean take(Agent agent) {
            engine().memory().acquired(agent, this);
            if (holder != NOBODY) {
                access(agent, Access.UPDATE);
                return false;
            }
            concerned(true);
            holder = agent.id();
            return true;
        }

        @Override
        protected void released(Agent agent) {
            holder = NOBODY;
            changed();
        }

        @Override
        public void state(StateIo io) {
            holder = io.i32(holder);
        }
    }
}
