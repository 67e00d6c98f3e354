package grusim.engine;

/**
 * One 64-bit word of racing state, accessed under a {@link Memory} model. Every operation but {@link #peek} and {@link
 * #poke} is the one access of the agent's step; agents may await a cell, and look again whenever its value changes.
 */
public abstract class Cell extends Shared {
    /** A value that a comparison fails on, or that is written over itself. */
    private static final long NEVER = 0xdead_dead_dead_deadL;

    /** For the memory models. */
    protected Cell(Engine engine, String name) {
        super(engine, name);
    }

    /** Reads a value the model allows the agent to see. */
    public abstract long load(Agent agent, Order order);

    /** Writes a value. */
    public abstract void store(Agent agent, long value, Order order);

    /** Adds atomically and returns the new value. */
    public abstract long add(Agent agent, long delta, Order order);

    /** Writes atomically and returns the old value. */
    public abstract long exchange(Agent agent, long value, Order order);

    /** Writes atomically if the newest value is the expected one; says whether it was. */
    public abstract boolean compareAndSet(Agent agent, long expected, long value, Order order);

    /** Sets bits atomically and returns the old value. */
    public abstract long orBits(Agent agent, long bits, Order order);

    /** Reads the newest value there is, as after a flush of the line. */
    public final long fetch(Agent agent) {
        compareAndSet(agent, NEVER, NEVER, Order.RELAXED);
        return peek();
    }

    /** The newest value, for building, probes and invariants; not an access of the simulated machine. */
    public abstract long peek();

    /**
     * The newest value in the agent's own order of accesses, to compose what it stores next while nobody else writes; not an
     * access.
     */
    public abstract long seen(Agent agent);

    /** Sets the value while the machine is being built. */
    public abstract void poke(long value);
}
