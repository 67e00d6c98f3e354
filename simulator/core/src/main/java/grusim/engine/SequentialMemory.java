package grusim.engine;

/** Sequential consistency: one order of all accesses, every load returns the latest store. */
public final class SequentialMemory implements Memory {
    @Override
    public Cell cell(Engine engine, String name, long initial) {
        return new SequentialCell(engine, name, initial);
    }

    @Override
    public Cells cells(Engine engine, String name, int length) {
        return new SequentialCells(engine, name, length);
    }

    @Override
    public void fence(Agent agent, Fence fence) {
        agent.engine().fenced(agent, fence);
    }

    @Override
    public void command(Agent sender, Unit unit, long delayPs) {
        unit.commanded(delayPs);
    }

    @Override
    public void acquired(Agent agent, Shared lock) {}

    @Override
    public void releasing(Agent agent, Shared lock) {}

    @Override
    public void release(Agent agent, Shared lock) {
        lock.released(agent);
    }

    @Override
    public void attach(Cpu cpu) {}

    @Override
    public void settled() {}

    @Override
    public int discoveries() {
        return 0;
    }

    @Override
    public int known() {
        return 0;
    }

    @Override
    public void learn(Memory other) {}

    @Override
    public long staleLoads() {
        return 0;
    }

    @Override
    public void state(StateIo io) {}

    private static final class SequentialCell extends Cell {
        private long value;

        SequentialCell(Engine engine, String name, long initial) {
            super(engine, name);
            value = initial;
        }

        @Override
        public long load(Agent agent, Order order) {
            access(agent, 0, Access.READ);
            observe(agent, 0, Access.READ, order, value, value, value);
            return value;
        }

        @Override
        public void store(Agent agent, long stored, Order order) {
            access(agent, 0, Access.WRITE);
            observe(agent, 0, Access.WRITE, order, value, stored, value);
            set(stored);
        }

        @Override
        public long add(Agent agent, long delta, Order order) {
            access(agent, 0, Access.UPDATE);
            observe(agent, 0, Access.UPDATE, order, value, value + delta, value);
            set(value + delta);
            return value;
        }

        @Override
        public long exchange(Agent agent, long stored, Order order) {
            access(agent, 0, Access.UPDATE);
            observe(agent, 0, Access.UPDATE, order, value, stored, value);
            long old = value;
            set(stored);
            return old;
        }

        @Override
        public boolean compareAndSet(Agent agent, long expected, long stored, Order order) {
            access(agent, 0, Access.UPDATE);
            observe(agent, 0, Access.UPDATE, order, value, value == expected ? stored : value, value);
            if (value != expected) {
                return false;
            }
            set(stored);
            return true;
        }

        @Override
        public long orBits(Agent agent, long bits, Order order) {
            access(agent, 0, Access.UPDATE);
            observe(agent, 0, Access.UPDATE, order, value, value | bits, value);
            long old = value;
            set(old | bits);
            return old;
        }

        @Override
        public long peek() {
            return value;
        }

        @Override
        public long seen(Agent agent) {
            return value;
        }

        @Override
        public void poke(long stored) {
            value = stored;
            poked(0);
        }

        private void set(long stored) {
            if (stored != value) {
                value = stored;
                changed();
            }
        }

        @Override
        public void state(StateIo io) {
            value = io.i64(value);
        }
    }

    private static final class SequentialCells extends Cells {
        SequentialCells(Engine engine, String name, int length) {
            super(engine, name, length);
        }

        @Override
        public long load(Agent agent, int index, Order order) {
            access(agent, index, Access.READ);
            long value = peek(index);
            observe(agent, index, Access.READ, order, value, value, value);
            return value;
        }

        @Override
        public void store(Agent agent, int index, long stored, Order order) {
            access(agent, index, Access.WRITE);
            long old = peek(index);
            observe(agent, index, Access.WRITE, order, old, stored, old);
            set(index, stored);
        }

        @Override
        public long exchange(Agent agent, int index, long stored, Order order) {
            access(agent, index, Access.UPDATE);
            long old = peek(index);
            observe(agent, index, Access.UPDATE, order, old, stored, old);
            set(index, stored);
            return old;
        }

        @Override
        public boolean compareAndSet(Agent agent, int index, long expected, long stored, Order order) {
            access(agent, index, Access.UPDATE);
            long found = peek(index);
            observe(agent, index, Access.UPDATE, order, found, found == expected ? stored : found, found);
            if (found != expected) {
                return false;
            }
            set(index, stored);
            return true;
        }

        @Override
        public long seen(Agent agent, int index) {
            return peek(index);
        }
    }
}
