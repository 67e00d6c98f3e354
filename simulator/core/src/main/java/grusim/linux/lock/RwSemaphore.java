package grusim.linux.lock;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;

/**
 * A fair reader-writer semaphore (Linux lib/rwsem.c): waiters queue in order of arrival, a waiting writer holds back
 * later readers and every trylock, and a release hands the lock to the first waiter, or to all readers in front of the
 * next writer. A writer may stay on as a reader; that lets only those readers in.
 *
 * <p>Each operation is the one access of the step, an atomic operation on the lock word that orders only what is done under
 * the lock. A blocking operation that returns false has queued the agent; it awaits this semaphore and repeats the
 * operation. Does not model the cache line of the lock word.
 */
public final class RwSemaphore extends Shared {
    private static final int NOBODY = -1;

    private final LockWaits waits;
    private final LockQueue queue = new LockQueue();
    private final LockQueue granted = new LockQueue();
    private int readers;
    private int writer = NOBODY;

    /** Makes a free semaphore that counts its waits. */
    public RwSemaphore(Engine engine, String name, LockWaits waits) {
        super(engine, name);
        this.waits = waits;
    }

    /** Takes the lock for reading unless somebody writes or waits. */
    public boolean tryDownRead(Agent agent) {
        access(agent, Access.UPDATE);
        if (elided()) {
            return true;
        }
        if (writer != NOBODY || !queue.isEmpty()) {
            return false;
        }
        readers++;
        engine().locks().taken(agent, this, false);
        engine().memory().acquired(agent, this);
        return true;
    }

    /** Takes the lock for reading, or queues the agent and returns false. */
    public boolean downRead(Agent agent) {
        access(agent, Access.UPDATE);
        if (elided()) {
            return true;
        }
        engine().memory().acquired(agent, this);
        if (granted.remove(agent.id())) {
            engine().locks().locked(agent, this, false);
            return true;
        }
        if (writer == NOBODY && queue.isEmpty()) {
            readers++;
            engine().locks().locked(agent, this, false);
            return true;
        }
        queue(agent, false);
        engine().locks().wanted(agent, this, false);
        return false;
    }

    /** Releases a read lock. */
    public void upRead(Agent agent) {
        access(agent, Access.UPDATE);
        if (elided()) {
            return;
        }
        assert readers > 0 : name() + " is not locked for reading";
        engine().locks().released(agent, this);
        engine().memory().releasing(agent, this);
        readers--;
        if (readers == 0) {
            grant();
        }
    }

    /** Takes the lock for writing unless it is taken or somebody waits. */
    public boolean tryDownWrite(Agent agent) {
        access(agent, Access.UPDATE);
        if (elided()) {
            return true;
        }
        if (writer != NOBODY || readers != 0 || !queue.isEmpty()) {
            return false;
        }
        writer = agent.id();
        engine().locks().taken(agent, this, true);
        engine().memory().acquired(agent, this);
        return true;
    }

    /** Takes the lock for writing, or queues the agent and returns false. */
    public boolean downWrite(Agent agent) {
        access(agent, Access.UPDATE);
        if (elided()) {
            return true;
        }
        engine().memory().acquired(agent, this);
        if (granted.remove(agent.id())) {
            engine().locks().locked(agent, this, true);
            return true;
        }
        if (writer == NOBODY && readers == 0 && queue.isEmpty()) {
            writer = agent.id();
            engine().locks().locked(agent, this, true);
            return true;
        }
        queue(agent, true);
        engine().locks().wanted(agent, this, true);
        return false;
    }

    /** Releases the write lock. */
    public void upWrite(Agent agent) {
        access(agent, Access.UPDATE);
        if (elided()) {
            return;
        }
        assert writer == agent.id() : name() + " is not locked for writing by " + agent.name();
        engine().locks().released(agent, this);
        engine().memory().releasing(agent, this);
        writer = NOBODY;
        grant();
    }

    /** Turns the agent's write lock into a read lock and lets in the readers that wait in front of the next writer. */
    public void downgradeWrite(Agent agent) {
        access(agent, Access.UPDATE);
        if (elided()) {
            return;
        }
        assert writer == agent.id() : name() + " is not locked for writing by " + agent.name();
        engine().memory().releasing(agent, this);
        writer = NOBODY;
        readers = 1;
        engine().locks().taken(agent, this, false);
        if (letReadersIn()) {
            changed();
        }
    }

    /** Number of readers that hold the lock; for probes and invariants. */
    public int readers() {
        return readers;
    }

    /** Whether a writer holds the lock; for probes and invariants. */
    public boolean writeLocked() {
        return writer != NOBODY;
    }

    /** Whether the agent, which holds the lock, holds it for writing; it knows that without an access. */
    public boolean heldForWriting(Agent agent) {
        return writer == agent.id();
    }

    private void queue(Agent agent, boolean write) {
        if (queue.add(agent.id(), write)) {
            waits.waits(write ? LockWaits.Kind.SEMAPHORE_WRITE : LockWaits.Kind.SEMAPHORE_READ);
        }
    }

    private void grant() {
        if (queue.isEmpty()) {
            return;
        }
        if (queue.firstWrites()) {
            writer = queue.removeFirst();
            granted.add(writer, true);
        } else {
            letReadersIn();
        }
        changed();
    }

    private boolean letReadersIn() {
        int before = readers;
        while (!queue.isEmpty() && !queue.firstWrites()) {
            granted.add(queue.removeFirst(), false);
            readers++;
        }
        return readers > before;
    }

    @Override
    public void state(StateIo io) {
        readers = io.i32(readers);
        writer = io.i32(writer);
        queue.state(io);
        granted.state(io);
    }
}
