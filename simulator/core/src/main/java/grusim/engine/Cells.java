package grusim.engine;

/** A growable array of 64-bit words of racing state under a {@link Memory} model; see {@link Cell}. Agents that await it look again whenever
 * any of its words changes. */
public abstract class Cells extends Shared {
    /** For the memory models. */
    protected Cells(Engine engine, String name) {
        super(engine, name);
    }

    /** Number of cells. */
    public abstract int length();

    /** Makes the array longer, never shorter; new cells are zero. */
    public abstract void grow(int newLength);

    /** Looks at all cells at once, as whoever waits for any of them. The one access of the step. */
    public final void look(Agent agent) {
        access(agent, Access.READ);
    }

    /** Reads a value the model allows the agent to see. */
    public abstract long load(Agent agent, int index, Order order);

    /** Writes a value. */
    public abstract void store(Agent agent, int index, long value, Order order);

    /** Writes atomically and returns the old value. */
    public abstract long exchange(Agent agent, int index, long value, Order order);

    /** Writes atomically if the newest value is the expected one; says whether it was. */
    public abstract boolean compareAndSet(Agent agent, int index, long expected, long value, Order order);

    /** The newest value, for building, probes and invariants; not an access of the simulated machine. */
    public abstract long peek(int index);

    /**
     * The newest value in the agent's own order of accesses, to compose what it stores next while nobody else writes; not an
     * access.
     */
    public abstract long seen(Agent agent, int index);

    /** Sets a value while the machine is being built, or where a whole table page is made or unmade at once. */
    public abstract void poke(int index, long value);
}
