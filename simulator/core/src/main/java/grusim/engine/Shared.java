package grusim.engine;

import java.util.Arrays;

/**
 * State that several agents touch. Each operation on it announces itself by {@link #access}, which holds agents to one
 * access per step, and agents may wait for it to change.
 */
public abstract class Shared implements Stateful {
    private static final int[] NONE = {};

    private final Engine engine;
    private final int id;
    private final String name;
    private boolean elided;
    private int[] waiters = NONE;
    private int waiting;

    /** Makes a piece of shared state known to the engine under a name that is unique and the same in every run. */
    @SuppressWarnings("this-escape") // the engine only files the reference
    protected Shared(Engine engine, String name) {
        this.engine = engine;
        this.name = name;
        this.id = engine.register(this);
    }

    /** The engine this belongs to. */
    protected final Engine engine() {
        return engine;
    }

    /** Number by which snapshots and traces refer to this. */
    public final int id() {
        return id;
    }

    /** Name used in wait graphs, traces and counterexamples. */
    public final String name() {
        return name;
    }

    /** Announces the step's one access; a second one in the same step is an assertion failure. */
    protected final void access(Agent agent, Access kind) {
        agent.accesses(this, Footprint.WHOLE, kind);
        AccessObserver observer = engine.accessObserver();
        if (observer != null) {
            observer.touched(agent, this, kind);
        }
    }

    /** As {@link #access(Agent, Access)}, for one cell of several. */
    protected final void access(Agent agent, int cell, Access kind) {
        agent.accesses(this, cell, kind);
    }

    /** Announces that the step's access depends on this, as an access does on the translation its CPU's MMU finds. */
    protected final void consult(Agent agent) {
        agent.consults(this);
    }

    /** Tells the observer of accesses, if there is one, of the values of the step's access. */
    protected final void observe(
            Agent agent, int cell, Access kind, Order order, long read, long written, long newest) {
        AccessObserver observer = engine.accessObserver();
        if (observer != null) {
            observer.accessed(agent, this, cell, kind, order, read, written, newest);
        }
    }

    /**
     * Makes this, if it is a lock, let everybody in. What a proof is worth shows when a lock that it needs is taken away.
     */
    final void elide() {
        elided = true;
    }

    /** Whether this is a lock that keeps nobody out. */
    public final boolean elided() {
        return elided;
    }

    /** This lock was given back by a plain store that is visible now; see {@link Memory#release}. */
    protected void released(Agent agent) {
        throw new IllegalStateException(name + " is no lock that a plain store gives back");
    }

    /**
     * Whether an agent that begins to wait for a cell of this, or for the whole, has seen its newest value there. If not, it
     * is brought nearer to that: whoever looks again and again sees the newest value in the end.
     */
    protected boolean upToDate(Agent agent, int cell) {
        return true;
    }

    /** Notes that a cell was set from outside any access, which an exploration has to know when a step does it. */
    final void poked(int cell) {
        if (engine.explores()) {
            engine.footprint().add(id, cell, true);
        }
    }

    /** Lets every waiting agent look again, in the order in which they began to wait. */
    protected final void changed() {
        concerned(true);
        int count = waiting;
        if (count != 0) {
            waiting = 0;
            for (int i = 0; i < count; i++) {
                engine.agent(waiters[i]).wake();
            }
        }
    }

    /** Notes that the step depends on what waiters for this look at, or alters it, without being an access that wakes them. */
    protected final void concerned(boolean altered) {
        if (engine.explores()) {
            engine.footprint().add(id, Footprint.WAITERS, altered);
        }
    }

    final void enlist(Agent agent) {
        if (waiting == waiters.length) {
            waiters = Arrays.copyOf(waiters, Math.max(2, 2 * waiting));
        }
        waiters[waiting++] = agent.id();
    }

    final void strike(Agent agent) {
        int kept = 0;
        for (int i = 0; i < waiting; i++) {
            if (waiters[i] != agent.id()) {
                waiters[kept++] = waiters[i];
            }
        }
        waiting = kept;
    }

    /** Lists who waits, in order; an exploration makes the list anew from what each agent waits for. */
    final void waiters(StateIo io) {
        if (io.timed()) {
            waiting = io.i32(waiting);
            waiters = io.array(waiters, waiting);
        }
    }

    final void nobodyWaits() {
        waiting = 0;
    }
}
