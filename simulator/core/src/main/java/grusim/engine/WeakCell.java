package grusim.engine;

/** A cell under a model in which agents may see different values. */
final class WeakCell extends Cell implements Words {
    private final WeakMemory memory;
    private long value;

    WeakCell(Engine engine, WeakMemory memory, String name, long initial) {
        super(engine, name);
        this.memory = memory;
        value = initial;
    }

    @Override
    public Shared shared() {
        return this;
    }

    @Override
    public long word(int index) {
        return value;
    }

    @Override
    public void word(int index, long stored) {
        if (stored != value) {
            value = stored;
            changed();
        }
    }

    @Override
    public long load(Agent agent, Order order) {
        return memory.load(agent, this, 0, order);
    }

    @Override
    public void store(Agent agent, long stored, Order order) {
        memory.store(agent, this, 0, stored, order);
    }

    @Override
    public long add(Agent agent, long delta, Order order) {
        memory.begin(agent, this, 0, order);
        long sum = value + delta;
        memory.end(agent, this, 0, sum, order);
        return sum;
    }

    @Override
    public long exchange(Agent agent, long stored, Order order) {
        memory.begin(agent, this, 0, order);
        long old = value;
        memory.end(agent, this, 0, stored, order);
        return old;
    }

    @Override
    public boolean compareAndSet(Agent agent, long expected, long stored, Order order) {
        return memory.compareAndSet(agent, this, 0, expected, stored, order);
    }

    @Override
    public long orBits(Agent agent, long bits, Order order) {
        memory.begin(agent, this, 0, order);
        long old = value;
        memory.end(agent, this, 0, old | bits, order);
        return old;
    }

    @Override
    public long peek() {
        return value;
    }

    @Override
    public long seen(Agent agent) {
        return memory.seen(agent, this, 0);
    }

    @Override
    public void poke(long stored) {
        memory.reset(this, 0);
        value = stored;
        poked(0);
    }

    @Override
    protected boolean upToDate(Agent agent, int cell) {
        return memory.upToDate(agent, this, 0);
    }

    @Override
    public void state(StateIo io) {
        value = io.i64(value);
    }
}
