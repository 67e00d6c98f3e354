package grusim.engine;

import java.util.Arrays;

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
    public void fence(Agent agent, Fence fence) {}

    @Override
    public void command(Agent sender, Agent unit) {}

    private static final class SequentialCell extends Cell {
        private long value;

        SequentialCell(Engine engine, String name, long initial) {
            super(engine, name);
            value = initial;
        }

        @Override
        public long load(Agent agent, Order order) {
            access(agent, Access.READ);
            return value;
        }

        @Override
        public void store(Agent agent, long stored, Order order) {
            access(agent, Access.WRITE);
            set(stored);
        }

        @Override
        public long add(Agent agent, long delta, Order order) {
            access(agent, Access.UPDATE);
            set(value + delta);
            return value;
        }

        @Override
        public long exchange(Agent agent, long stored, Order order) {
            access(agent, Access.UPDATE);
            long old = value;
            set(stored);
            return old;
        }

        @Override
        public boolean compareAndSet(Agent agent, long expected, long stored, Order order) {
            access(agent, Access.UPDATE);
            if (value != expected) {
                return false;
            }
            set(stored);
            return true;
        }

        @Override
        public long orBits(Agent agent, long bits, Order order) {
            access(agent, Access.UPDATE);
            long old = value;
            set(old | bits);
            return old;
        }

        @Override
        public long peek() {
            return value;
        }

        @Override
        public void poke(long stored) {
            value = stored;
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
        private long[] values;
        private int length;

        SequentialCells(Engine engine, String name, int length) {
            super(engine, name);
            this.values = new long[length];
            this.length = length;
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
            access(agent, Access.READ);
            return values[index];
        }

        @Override
        public void store(Agent agent, int index, long stored, Order order) {
            access(agent, Access.WRITE);
            set(index, stored);
        }

        @Override
        public long exchange(Agent agent, int index, long stored, Order order) {
            access(agent, Access.UPDATE);
            long old = values[index];
            set(index, stored);
            return old;
        }

        @Override
        public boolean compareAndSet(Agent agent, int index, long expected, long stored, Order order) {
            access(agent, Access.UPDATE);
            if (values[index] != expected) {
                return false;
            }
            set(index, stored);
            return true;
        }

        @Override
        public long peek(int index) {
            return values[index];
        }

        @Override
        public void poke(int index, long stored) {
            values[index] = stored;
        }

        private void set(int index, long stored) {
            if (stored != values[index]) {
                values[index] = stored;
                changed();
            }
        }

        @Override
        public void state(StateIo io) {
            length = io.i32(length);
            values = io.array(values, length);
        }
    }
}
