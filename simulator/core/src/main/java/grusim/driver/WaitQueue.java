package grusim.driver;

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
 * <p>Each operation is one critical section of the queue's spinlock, which orders nothing but what it guards, and one access.
 */
final class WaitQueue extends Shared {
    private final Cell head;
    private int[] sleepers = new int[4];
    private int count;

    WaitQueue(Engine engine, String name) {
        super(engine, name);
        head = engine.cell(name + " head", 0);
    }

    /** Puts the agent on the queue; it is not asleep before {@link #sleeping} says so. */
    void prepare(Agent agent) {
        enter(agent);
        if (!contains(agent)) {
            if (count == sleepers.length) {
                sleepers = Arrays.copyOf(sleepers, 2 * count);
            }
            sleepers[count++] = agent.id();
        }
        leave(agent);
    }

    /** Takes the agent off the queue. */
    void finish(Agent agent) {
        enter(agent);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (sleepers[i] != agent.id()) {
                sleepers[kept++] = sleepers[i];
            }
        }
        count = kept;
        leave(agent);
    }

    /** Whether the agent is still on the queue, so that it must sleep. */
    boolean sleeping(Agent agent) {
        access(agent, Access.READ);
        return contains(agent);
    }

    /** The waker's look at the head, without the lock: whether anybody sleeps here. */
    boolean peek(Agent agent) {
        return head.load(agent, Order.RELAXED) != 0;
    }

    /** Takes every sleeper off the queue and wakes it. */
    void wakeAll(Agent agent) {
        enter(agent);
        count = 0;
        leave(agent);
        changed();
    }

    private void enter(Agent agent) {
        engine().memory().acquired(agent, this);
    }

    private void leave(Agent agent) {
        head.store(agent, count, Order.RELAXED);
        engine().memory().release(agent, this);
    }

    @Override
    protected void released(Agent agent) {}

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
}
