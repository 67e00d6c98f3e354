package grusim.engine;

/** An array of cells under a model in which agents may see different values. */
final class WeakCells extends Cells implements Words {
    private final WeakMemory memory;

    WeakCells(Engine engine, WeakMemory memory, String name, int length) {
        super(engine, name, length);
        this.memory = memory;
    }

    @Override
    public Shared shared() {
        return this;
    }

    @Override
    public long word(int index) {
        return peek(index);
    }

    @Override
    public void word(int index, long stored) {
        set(index, stored);
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
        long old = peek(index);
        memory.end(agent, this, index, stored, order);
        return old;
    }

    @Override
    public boolean compareAndSet(Agent agent, int index, long expected, long stored, Order order) {
        return memory.compareAndSet(agent, this, index, expected, stored, order);
    }

    @Override
    public long seen(Agent agent, int index) {
        return memory.seen(agent, this, index);
    }

    @Override
    public void poke(int index, long stored) {
        memory.reset(this, index);
        super.poke(index, stored);
    }

    @Override
    protected boolean upToDate(Agent agent, int cell) {
        return memory.upToDate(agent, this, cell);
    }
}
