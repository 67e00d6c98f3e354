package grusim.engine;

import java.util.Arrays;

/**
 * A CPU's stores on their way to memory, oldest first: plain stores, commands to device units, and locks given back by a
 * plain store. An agent of its own brings the oldest to memory: at any time when exploring, at its due time when timed.
 *
 * <p>Has no bound on its length and joins no stores of one line.
 */
final class StoreBuffer extends Shared {
    private static final int STORE = 0;
    private static final int COMMAND = 1;
    private static final int RELEASE = 2;

    /** Words of an entry: kind and what it is for, index of the cell, value or delay; then, when timed, when it is due. */
    private static final int ENTRY = 4;

    private final Cpu cpu;
    private final Agent drainer;
    private final Routine drain;
    private final long windowPs;
    private final int[] underWay;

    private long[] entries = new long[4 * ENTRY];
    private int head;
    private int count;

    StoreBuffer(Cpu cpu, long windowPs, int[] underWay) {
        super(cpu.engine(), cpu.name() + " store buffer");
        this.cpu = cpu;
        this.windowPs = windowPs;
        this.underWay = underWay;
        drainer = new Agent(cpu.engine(), name());
        drain = new Drain(cpu.engine());
    }

    boolean isEmpty() {
        touched();
        return count == 0;
    }

    /** Announces the step's access, which nobody but the CPU and the buffer itself can notice. */
    void announce(Agent agent) {
        agent.accesses(this, Footprint.WHOLE, Access.WRITE);
    }

    /** Where stores to a word are counted. */
    static int bucket(int state, int index, int buckets) {
        return (int) Hash.finish((long) state << Integer.SIZE | index) & (buckets - 1);
    }

    void store(Words words, int index, long value) {
        underWay[bucket(words.shared().id(), index, underWay.length)]++;
        push(STORE, words.shared().id(), index, value);
    }

    void command(Unit unit, long delayPs) {
        push(COMMAND, unit.id(), 0, delayPs);
    }

    void release(Shared lock) {
        push(RELEASE, lock.id(), 0, 0);
    }

    private void push(int kind, int target, int index, long value) {
        touched();
        long duePs = engine().nowPs();
        if (engine().isTimed()) {
            long lastPs = count == 0 ? 0 : entries[at(count - 1) + 3];
            duePs = Math.max(lastPs, engine().nowPs() + cpu.draws().below(windowPs + 1));
        }
        if ((count + 1) * ENTRY > entries.length) {
            enlarge();
        }
        int at = at(count++);
        entries[at] = (long) kind << Integer.SIZE | target;
        entries[at + 1] = index;
        entries[at + 2] = value;
        entries[at + 3] = duePs;
        if (drainer.idle()) {
            drainer.start(drain, duePs - engine().nowPs());
        } else if (count == 1) {
            engine().scheduler()
                    .ready(drainer, duePs - engine().nowPs()); // it was to come for what a fence has drained
        }
    }

    private int at(int entry) {
        return (head + entry) * ENTRY % entries.length;
    }

    private void enlarge() {
        long[] larger = new long[2 * entries.length];
        int from = head * ENTRY;
        System.arraycopy(entries, from, larger, 0, entries.length - from);
        System.arraycopy(entries, 0, larger, entries.length - from, from);
        entries = larger;
        head = 0;
    }

    /** Place of the newest store to a cell, or -1. */
    int find(Words words, int index) {
        long target = (long) STORE << Integer.SIZE | words.shared().id();
        for (int entry = count - 1; entry >= 0; entry--) {
            int at = at(entry);
            if (entries[at] == target && entries[at + 1] == index) {
                return at;
            }
        }
        return -1;
    }

    /** The value of the store at a place. */
    long value(int place) {
        return entries[place + 2];
    }

    /** Brings everything to memory at once, in the CPU's step. */
    void drain() {
        if (count == 0) {
            return;
        }
        touched();
        while (count != 0) {
            drainOldest();
        }
        if (engine().explores()) {
            drainer.halt();
        }
    }

    private void touched() {
        if (engine().explores()) {
            engine().footprint().add(id(), Footprint.WHOLE, true);
        }
    }

    /** Brings the oldest store to memory, and with it the commands that lie behind it: a command is a store. */
    private void drainOldest() {
        leave();
        while (count != 0 && (int) (entries[at(0)] >>> Integer.SIZE) == COMMAND) {
            leave();
        }
    }

    private void leave() {
        int at = at(0);
        int target = (int) entries[at];
        int kind = (int) (entries[at] >>> Integer.SIZE);
        int index = (int) entries[at + 1];
        long value = entries[at + 2];
        head = (head + 1) % (entries.length / ENTRY);
        count--;
        switch (kind) {
            case STORE -> {
                underWay[bucket(target, index, underWay.length)]--;
                Shared state = engine().shared(target);
                touch(state, index);
                Words words = (Words) state;
                long old = words.word(index);
                state.observe(drainer, index, Access.WRITE, Order.RELAXED, old, value, old);
                words.word(index, value);
            }
            case COMMAND -> ((Unit) engine().agent(target)).commanded(value);
            default -> {
                Shared lock = engine().shared(target);
                touch(lock, Footprint.WHOLE);
                lock.released(cpu);
            }
        }
    }

    private void touch(Shared state, int cell) {
        if (engine().explores()) {
            engine().footprint().add(state.id(), cell, true);
        }
    }

    @Override
    public void state(StateIo io) {
        int saved = io.i32(count);
        if (io.loading()) {
            head = 0;
            count = saved;
            if (count * ENTRY > entries.length) {
                entries = Arrays.copyOf(entries, 2 * count * ENTRY);
            }
        }
        for (int entry = 0; entry < saved; entry++) {
            int at = at(entry);
            entries[at] = io.i64(entries[at]);
            entries[at + 1] = io.i64(entries[at + 1]);
            entries[at + 2] = io.i64(entries[at + 2]);
            entries[at + 3] = io.timed() ? io.i64(entries[at + 3]) : 0;
            if (io.loading() && (int) (entries[at] >>> Integer.SIZE) == STORE) {
                underWay[bucket((int) entries[at], (int) entries[at + 1], underWay.length)]++;
            }
        }
    }

    private final class Drain extends Routine {
        Drain(Engine engine) {
            super(engine, "store buffer", 0);
        }

        @Override
        public String stepName(int pc) {
            return "a store reaches memory";
        }

        @Override
        public void step(Agent agent, int pc) {
            announce(agent);
            long nowPs = engine().nowPs();
            if (count != 0 && entries[at(0) + 3] <= nowPs) {
                drainOldest();
            }
            if (count == 0) {
                agent.done(0);
            } else {
                agent.next(0, Math.max(0, entries[at(0) + 3] - nowPs), Why.MEMORY);
            }
        }
    }
}
