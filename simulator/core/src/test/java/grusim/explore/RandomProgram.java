package grusim.explore;

import grusim.engine.Agent;
import grusim.engine.Cell;
import grusim.engine.Cells;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Fence;
import grusim.engine.MemoryModels;
import grusim.engine.Order;
import grusim.engine.Routine;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.engine.Unit;
import grusim.engine.Why;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A few CPUs and a device unit that run short programs made from a seed: loads, stores and updates of shared and private
 * words, locks, waits, calls, choices, interrupts, masks, fences, commands to the unit, and news for an invariant that keeps
 * an account. The same seed makes the same programs.
 */
final class RandomProgram implements Subject {
    private enum Op {
        LOAD,
        STORE,
        ADD,
        STORE_CELL,
        LOAD_CELL,
        PRIVATE,
        LOCAL,
        CHOOSE,
        LOCK,
        UNLOCK,
        AWAIT,
        CALL,
        RAISE,
        MASK,
        UNMASK,
        FENCE,
        COMMAND,
        INFORM
    }

    /** What handlers and the device leave alone, so that every program comes to an end. */
    private static final Set<Op> LONG =
            EnumSet.of(Op.LOCK, Op.AWAIT, Op.CALL, Op.MASK, Op.UNMASK, Op.RAISE, Op.COMMAND);

    private record Step(Op op, int operand, int value) {}

    private static final int WORDS = 2;
    private static final int TOPICS = 2;
    private static final Order[] ORDERS = Order.values();

    private final Engine engine;
    private final Cell[] words = new Cell[WORDS];
    private final Cells cells;
    private final Cell lock;
    private final List<Cell> privates = new ArrayList<>();
    private final List<Cpu> cpus = new ArrayList<>();
    private final List<Cpu> interruptible = new ArrayList<>();
    private final Device device;
    private final Routine leaf;
    private final Account account = new Account();
    private final long forbidden;
    private final boolean forgets;

    RandomProgram(long seed, String model) {
        SplittableRandom random = new SplittableRandom(seed);
        engine = Engine.exploring(MemoryModels.of(model, 0));
        forgets = model.equals("relaxed");
        for (int i = 0; i < WORDS; i++) {
            words[i] = engine.cell("word " + i, 0);
        }
        cells = engine.cells("cells", 3);
        lock = engine.cell("lock", 0);
        engine.component(account);
        leaf = new Program("leaf", List.of(new Step(Op.LOCAL, 0, 1), new Step(Op.LOCAL, 0, 2)));
        device = new Device(new Program("device", program(random, 2, true)));
        int count = 2 + random.nextInt(2);
        Routine handler = new Program("handler", program(random, 2, true));
        for (int i = 0; i < count; i++) {
            Cpu cpu = new Cpu(engine, "cpu " + i);
            privates.add(engine.cell("private " + i, 0));
            if (random.nextInt(2) == 0) {
                cpu.connect(handler);
                cpu.connect(handler);
                interruptible.add(cpu);
            }
            cpus.add(cpu);
        }
        privates.add(engine.cell("device's", 0));
        for (int i = 0; i < count; i++) {
            int steps = 2 + random.nextInt(count == 2 ? 4 : 2);
            cpus.get(i).start(new Program("program " + i, program(random, steps, false)), 0);
        }
        forbidden = random.nextInt(3) == 0 ? random.nextInt(1, 6) : -1;
    }

    private static List<Step> program(SplittableRandom random, int steps, boolean quick) {
        List<Step> program = new ArrayList<>();
        while (program.size() < steps) {
            Op op = Op.values()[random.nextInt(Op.values().length)];
            if (!quick || !LONG.contains(op)) {
                program.add(new Step(op, random.nextInt(6), 1 + random.nextInt(3)));
            }
        }
        return program;
    }

    @Override
    public Engine engine() {
        return engine;
    }

    @Override
    public @Nullable String violation() {
        return account.value == forbidden ? "the account says " + forbidden : null;
    }

    @Override
    public long observed() {
        long informed = account.informed;
        account.informed = 0;
        return informed;
    }

    /** What an invariant was told: the order matters within a topic. */
    private static final class Account implements Stateful {
        private final long[] topics = new long[TOPICS];
        private long value;
        private long informed;

        void inform(int topic, int news) {
            topics[topic] = (topics[topic] * 3 + news) % 7;
            value = topics[0];
            informed |= 1L << topic;
        }

        @Override
        public void state(StateIo io) {
            io.array(topics);
            value = io.i64(value);
        }
    }

    private static final class Device extends Unit {
        private final Routine routine;

        Device(Routine routine) {
            super(((Program) routine).subject().engine, "device");
            this.routine = routine;
        }

        @Override
        protected void begin(long delayPs) {
            if (idle()) {
                start(routine, delayPs);
            }
        }
    }

    /** One step an operation. Slot 0: the value read last. */
    private final class Program extends Routine {
        private final List<Step> steps;

        Program(String name, List<Step> steps) {
            super(engine, name, 1);
            this.steps = steps;
        }

        RandomProgram subject() {
            return RandomProgram.this;
        }

        @Override
        public String stepName(int pc) {
            return pc < steps.size() ? pc + " " + steps.get(pc) : "end";
        }

        @Override
        public void step(Agent agent, int pc) {
            if (pc == steps.size()) {
                if (agent instanceof Cpu cpu) {
                    while (cpu.masked() && !name().equals("handler") && !name().equals("leaf")) {
                        cpu.unmask();
                    }
                }
                agent.done(0);
                return;
            }
            Step step = steps.get(pc);
            Cell word = words[step.operand() % WORDS];
            Order order = ORDERS[step.value()];
            switch (step.op()) {
                case LOAD -> agent.local(0, word.load(agent, order));
                case STORE -> word.store(agent, agent.local(0) + step.value(), order);
                case ADD -> agent.local(0, word.add(agent, step.value(), order));
                case STORE_CELL -> cells.store(agent, step.operand() % 3, agent.local(0) + 1, order);
                case LOAD_CELL -> agent.local(0, cells.load(agent, step.operand() % 3, order));
                case PRIVATE -> {
                    Cell own = privates.get(agent instanceof Cpu cpu ? cpus.indexOf(cpu) : cpus.size());
                    if (step.operand() % 2 == 0) {
                        own.store(agent, own.seen(agent) * 2 + step.value(), order);
                    } else {
                        agent.local(0, own.load(agent, order));
                    }
                }
                case LOCAL -> agent.local(0, agent.local(0) + step.value());
                case CHOOSE -> agent.local(0, engine.choose(agent, step.value()));
                case LOCK -> {
                    if (!lock.compareAndSet(agent, 0, 1, Order.ACQUIRE)) {
                        agent.await(lock, pc, Why.LOCK);
                        return;
                    }
                }
                case UNLOCK -> lock.store(agent, 0, Order.RELEASE);
                case AWAIT -> {
                    if (step.operand() == 0 && !forgets) {
                        // Without looking at it. Who never does may not learn that a word changes where that is
                        // forgotten.
                        agent.await(word, pc + 1, Why.POLL);
                        return;
                    }
                    if (word.load(agent, order) % 2 == step.value() % 2) {
                        agent.await(word, pc, Why.POLL);
                        return;
                    }
                }
                case CALL -> {
                    agent.call(leaf, pc + 1);
                    return;
                }
                case RAISE -> {
                    Cpu cpu = cpus.get(step.operand() % cpus.size());
                    if (interruptible.contains(cpu)) {
                        cpu.raise(step.value() % 2, 0);
                    }
                }
                case MASK -> {
                    if (agent instanceof Cpu cpu) {
                        cpu.mask();
                    }
                }
                case UNMASK -> {
                    if (agent instanceof Cpu cpu && cpu.masked() && !name().equals("handler")) {
                        cpu.unmask();
                    }
                }
                case FENCE -> engine.memory().fence(agent, Fence.values()[step.operand() % 3]);
                case COMMAND -> {
                    if (agent instanceof Cpu) {
                        engine.memory().command(agent, device, 0);
                    }
                }
                case INFORM -> account.inform(step.operand() % TOPICS, step.value());
            }
            agent.next(pc + 1, 0, Why.COMPUTE);
        }
    }
}
