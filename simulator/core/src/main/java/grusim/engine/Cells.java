package grusim.engine;

import java.util.Arrays;

/**
 * A growable array of 64-bit words of racing state under a {@link Memory} model; see {@link Cell}. Agents that await it look
 * again whenever any of its words changes. Here are the newest values; who may see which is for the models to say.
 */
public abstract class Cells extends Shared {
    private long[] values;
    private int length;

    /** For the memory models. */
    protected Cells(Engine engine, String name, int length) {
        super(engine, name);
        this.values = new long[length];
        this.length = length;
    }

    /** Number of cells. */
    public final int length() {
        return length;
    }

    /** Makes the array longer, never shorter; new cells are zero. */
    public final void grow(int newLength) {
        if (newLength > values.length) {
            values = Arrays.copyOf(values, Math.max(newLength, values.length + (values.length >> 1)));
        }
        Arrays.fill(values, length, newLength, 0);
        length = newLength;
    }

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
    public final long peek(int index) {
        return values[index];
    }

    /** Makes a value the newest and wakes who awaits one. */
    final void set(int index, long value) {
        if (value != values[index]) {
            values[index] = value;
            changed();
        }
    }

    /**
     * The newest value in the agent's own order of accesses, to compose what it stores next while nobody else writes; not an
     * access.
     */
    public abstract long seen(Agent agent, int index);

    /** Sets a value while the machine is being built, or where a whole table page is made or unmade at once. */
    public void poke(int index, long value) {
        values[index] = value;
        poked(index);
    }

    @Override
    public final void state(StateIo io) {
        length = io.i32(length);
        values = io.array(values, length);
    }
}
