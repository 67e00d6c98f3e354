package grusim.engine;

import java.util.Arrays;

/** An array of cells under a model in which agents may see different values. */
final class WeakCells extends Cells implements Words {
    private final WeakMemory memory;
    private long[] values;
    private int length;

    WeakCells(Engine engine, WeakMemory memory, String name, int length) {
        super(engine, name);
        this.memory = memory;
        this.values = new long[length];
        this.length = length;
    }

    @Override
    public Shared shared() {
        return this;
    }

    @Override
    public long word(int index) {
        return values[index];
    }

    @Override
    public void word(int index, long stored) {
        if (stored != values[index]) {
            values[index] = stored;
            changed();
        }
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public void grow(int newLength) {
        if (newLength > values.length) {
            values = Arrays.copyOf(values, Math.max(newLength, values.length + (values.length >> 1)));
        }
        Arrays.fill(values, length, newLength, 0);
        length = newLength;
    }

    @Override
    public long load(Agent agent, int index, Order order) {
        return memory.load(agent, this, index, order);
    }

    @Override
    public void store(Agent agent, int index, long stored, Order order) {
        memory.store(agent, this, index, stored, order);
    }

    @Override
    public long exchange(Agent agent, int index, long stored, Order order) {
        memory.begin(agent, this, index, order);
        long old = values[index];
        memory.end(agent, this, index, stored, order);
        return old;
    }

    @Override
    public boolean compareAndSet(Agent agent, int index, long expected, long stored, Order order) {
        return memory.compareAndSet(agent, this, index, expected, stored, order);
    }

    @Override
    public long peek(int index) {
        return values[index];
    }

    @Override
    public long seen(Agent agent, int index) {
        return memory.seen(agent, this, index);
    }

    @Override
    public void poke(int index, long stored) {
        memory.reset(this, index);
        values[index] = stored;
        poked(index);
    }

    @Override
    protected boolean upToDate(Agent agent, int cell) {
        return memory.upToDate(agent, this, cell);
    }

    @Override
    public void state(StateIo io) {
        length = io.i32(length);
        values = io.array(values, length);
    }
}
