package grusim.engine;

/**
 * A model in which a load may return another value than the newest. Announces and reports accesses; what is read, and
 * when a write reaches memory, is up to the model.
 */
abstract class WeakMemory implements Memory {
    private long staleLoads;

    @Override
    public final Cell cell(Engine engine, String name, long initial) {
        return new WeakCell(engine, this, name, initial);
    }

    @Override
    public final Cells cells(Engine engine, String name, int length) {
        return new WeakCells(engine, this, name, length);
    }

    @Override
    public final long staleLoads() {
        return staleLoads;
    }

    /** The value that a load returns. */
    abstract long read(Agent agent, Words words, int index, Order order);

    /** The newest value, written to memory or on its way there. */
    abstract long newest(Agent agent, Words words, int index);

    /** Announces a plain write, and brings it to memory or on its way there. */
    abstract void store(Agent agent, Words words, int index, long stored, Order order);

    /** What orders an atomic read-modify-write against the agent's accesses before it. */
    abstract void before(Agent agent, Order order);

    /** An atomic read-modify-write reads the value in memory and, unless it failed, is about to write. */
    abstract void update(Agent agent, Words words, int index, Order order, boolean written);

    /** The newest value in the agent's own order. */
    abstract long seen(Agent agent, Words words, int index);

    /** Forgets all but the value in memory, which is about to be set from outside. */
    abstract void reset(Words words, int index);

    /** Whether the agent would miss nothing if it waited now; see {@link Shared#upToDate}. */
    abstract boolean upToDate(Agent agent, Words words, int index);

    final long load(Agent agent, Words words, int index, Order order) {
        words.shared().access(agent, index, Access.READ);
        long newest = newest(agent, words, index);
        long value = read(agent, words, index, order);
        if (value != newest) {
            staleLoads++;
        }
        words.shared().observe(agent, index, Access.READ, order, value, value, newest);
        return value;
    }

    /** Begins an atomic read-modify-write; the value in memory is the one it reads. */
    final void begin(Agent agent, Words words, int index, Order order) {
        words.shared().access(agent, index, Access.UPDATE);
        before(agent, order);
    }

    /** Ends an atomic read-modify-write by writing. */
    final void end(Agent agent, Words words, int index, long stored, Order order) {
        long old = words.word(index);
        words.shared().observe(agent, index, Access.UPDATE, order, old, stored, old);
        update(agent, words, index, order, true);
        words.word(index, stored);
    }

    final boolean compareAndSet(Agent agent, Words words, int index, long expected, long stored, Order order) {
        begin(agent, words, index, order);
        long found = words.word(index);
        if (found == expected) {
            end(agent, words, index, stored, order);
            return true;
        }
        words.shared().observe(agent, index, Access.UPDATE, order, found, found, found);
        update(agent, words, index, order, false);
        return false;
    }

    @Override
    public void state(StateIo io) {
        if (io.timed()) {
            staleLoads = io.i64(staleLoads);
        }
    }
}
