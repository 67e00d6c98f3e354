package grusim.litmus;

import grusim.engine.Agent;
import grusim.engine.Cell;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Fence;
import grusim.engine.MemoryModels;
import grusim.engine.Order;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.explore.ExhaustiveWalk;
import grusim.explore.Outcome;
import grusim.explore.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tiny program for each of several CPUs, and all its final states under a memory model.
 *
 * <p>Instructions are separated by semicolons, one step each: {@code x=1} {@code r1=x} {@code x+=1} (a read-modify-write;
 * {@code r1=x+=1} keeps the new value), each with {@code .acq}, {@code .rel} or {@code .full} behind it or nothing; {@code
 * x=r1-1} (a plain store); {@code rmb} {@code wmb} {@code mb}; {@code need r1==0} ends the program unless it holds; {@code
 * wait x==1} polls; {@code lock a} and {@code unlock a}. Words begin at zero unless {@link #with} says otherwise; registers r0
 * to r9 belong to one program each and hold 0 to 15.
 */
class Litmus {
    private static final Pattern STORE = Pattern.compile("(\\w+)=(\\d+)(?:\\.(\\w+))?");
    private static final Pattern STORE_SUM = Pattern.compile("(\\w+)=(r\\d)([+-]\\d+)");
    private static final Pattern LOAD = Pattern.compile("(r\\d)=(\\w+)(?:\\.(\\w+))?");
    private static final Pattern ADD = Pattern.compile("(?:(r\\d)=)?(\\w+)\\+=(-?\\d+)(?:\\.(\\w+))?");
    private static final Pattern NEED = Pattern.compile("need (r\\d)==(\\d+)");
    private static final Pattern LOCK = Pattern.compile("(un)?lock ?(\\w*)");
    private static final Pattern WAIT = Pattern.compile("wait (\\w+)==(\\d+)");

    private static final int REGISTER_BITS = 4;
    private static final long REGISTER_MASK = (1 << REGISTER_BITS) - 1;
    private static final long MOST_STATES = 2_000_000;

    private final String[] programs;
    private final Map<String, Integer> initial = new TreeMap<>();

    /** One program for each CPU. */
    Litmus(String... programs) {
        this.programs = programs;
    }

    /** Sets the value a word begins with. */
    Litmus with(String word, int value) {
        initial.put(word, value);
        return this;
    }

    /** All final values of the named registers and words, in this order, separated by blanks. */
    SortedSet<String> outcomes(String model, String observed) {
        return outcomes(model, machine -> machine.values(observed));
    }

    /** All final states in whatever words the observer finds for them. */
    SortedSet<String> outcomes(String model, Observer observer) {
        Machine last = new Machine(model);
        while (true) {
            SortedSet<String> outcomes = new TreeSet<>();
            Machine machine = new Machine(model);
            machine.engine.memory().learn(last.engine.memory());
            machine.start();
            Verdict verdict = new ExhaustiveWalk(
                            machine.engine,
                            () -> {
                                if (machine.ended()) {
                                    outcomes.add(observer.describe(machine));
                                }
                                return null;
                            },
                            MOST_STATES)
                    .run();
            if (verdict.outcome() != Outcome.SAFE) {
                throw new AssertionError(verdict);
            }
            if (machine.engine.memory().discoveries() == 0) {
                return outcomes;
            }
            last = machine;
        }
    }

    /** Puts a final state into words. */
    @FunctionalInterface
    interface Observer {
        /** The final state in words. */
        String describe(Machine machine);
    }

    /** What a word of a program that is none of those above does; the step then goes on to the next instruction. */
    Instruction special(Machine machine, String text) {
        throw new IllegalArgumentException("no instruction: " + text);
    }

    /** Adds other agents to the CPUs. */
    void build(Machine machine) {}

    /** One instruction; returns whether it ended the step itself. */
    @FunctionalInterface
    interface Instruction {
        /** Performs it as step {@code pc}. */
        boolean step(Agent agent, int pc);
    }

    /** The CPUs and words of one exploration. */
    final class Machine {
        final Engine engine;
        private final Map<String, Cell> words = new TreeMap<>();
        private final List<Cpu> cpus = new ArrayList<>();
        private final List<Program> code = new ArrayList<>();
        private final Map<String, TestLock> locks = new TreeMap<>();

        Machine(String model) {
            engine = Engine.exploring(MemoryModels.of(model, 0));
            for (int i = 0; i < programs.length; i++) {
                cpus.add(new Cpu(engine, "cpu" + i));
            }
            build(this);
            for (String program : programs) {
                code.add(new Program(this, program));
            }
            initial.forEach((word, value) -> word(word).poke(value));
        }

        void start() {
            engine.memory().settled();
            for (int i = 0; i < programs.length; i++) {
                cpus.get(i).start(code.get(i), 0);
            }
        }

        boolean ended() {
            return engine.agents().stream().noneMatch(engine.exploring()::enabled);
        }

        TestLock lock(String name) {
            return locks.computeIfAbsent(name, l -> new TestLock(engine, "lock " + l));
        }

        Cell word(String name) {
            return words.computeIfAbsent(name, w -> engine.cell(w, 0));
        }

        String values(String observed) {
            List<String> values = new ArrayList<>();
            for (String name : observed.split(" ", -1)) {
                Cell word = words.get(name);
                values.add(Long.toString(word == null ? register(name) : word.peek()));
            }
            return String.join(" ", values);
        }

        /** What was left in a register at the end of its program, which returns all of them; zero if none has it. */
        private long register(String name) {
            if (!name.matches("r\\d")) {
                return 0;
            }
            long found = 0;
            for (Cpu cpu : cpus) {
                found |= cpu.result() >>> shift(name) & REGISTER_MASK;
            }
            return found;
        }
    }

    private static int shift(String register) {
        return REGISTER_BITS * (register.charAt(1) - '0');
    }

    static long register(Agent agent, String name) {
        return agent.local(0) >>> shift(name) & REGISTER_MASK;
    }

    private static void set(Agent agent, String name, long value) {
        long others = agent.local(0) & ~(REGISTER_MASK << shift(name));
        agent.local(0, others | (value & REGISTER_MASK) << shift(name));
    }

    private final class Program extends Routine {
        private final String[] text;
        private final Instruction[] instructions;

        Program(Machine machine, String program) {
            super(machine.engine, program, 1);
            text = program.split("; *", -1);
            instructions = new Instruction[text.length];
            for (int i = 0; i < text.length; i++) {
                instructions[i] = parse(machine, text[i]);
            }
        }

        @Override
        public String stepName(int pc) {
            return text[pc];
        }

        @Override
        public void step(Agent agent, int pc) {
            if (!instructions[pc].step(agent, pc)) {
                if (pc + 1 == instructions.length) {
                    agent.done(agent.local(0));
                } else {
                    agent.next(pc + 1, 0, Why.COMPUTE);
                }
            }
        }
    }

    private static Instruction plain(Consumer<Agent> action) {
        return (agent, pc) -> {
            action.accept(agent);
            return false;
        };
    }

    private Instruction parse(Machine machine, String text) {
        return switch (text) {
            case "rmb" -> plain(a -> machine.engine.memory().fence(a, Fence.READ));
            case "wmb" -> plain(a -> machine.engine.memory().fence(a, Fence.WRITE));
            case "mb" -> plain(a -> machine.engine.memory().fence(a, Fence.FULL));
            default -> access(machine, text);
        };
    }

    private Instruction access(Machine machine, String text) {
        Matcher m = ADD.matcher(text);
        if (m.matches()) {
            Cell cell = machine.word(m.group(2));
            String into = m.group(1);
            long delta = Long.parseLong(m.group(3));
            Order order = order(m.group(4));
            return plain(a -> {
                long sum = cell.add(a, delta, order);
                if (into != null) {
                    set(a, into, sum);
                }
            });
        }
        m = LOAD.matcher(text);
        if (m.matches()) {
            String into = m.group(1);
            Cell cell = machine.word(m.group(2));
            Order order = order(m.group(3));
            return plain(a -> set(a, into, cell.load(a, order)));
        }
        m = STORE.matcher(text);
        if (m.matches()) {
            Cell cell = machine.word(m.group(1));
            long value = Long.parseLong(m.group(2));
            Order order = order(m.group(3));
            return plain(a -> cell.store(a, value, order));
        }
        m = STORE_SUM.matcher(text);
        if (m.matches()) {
            Cell cell = machine.word(m.group(1));
            String from = m.group(2);
            long delta = Long.parseLong(m.group(3));
            return plain(a -> cell.store(a, register(a, from) + delta, Order.RELAXED));
        }
        return control(machine, text);
    }

    private Instruction control(Machine machine, String text) {
        Matcher m = NEED.matcher(text);
        if (m.matches()) {
            String register = m.group(1);
            long value = Long.parseLong(m.group(2));
            return (a, pc) -> {
                if (register(a, register) == value) {
                    return false;
                }
                a.done(a.local(0));
                return true;
            };
        }
        m = WAIT.matcher(text);
        if (m.matches()) {
            Cell cell = machine.word(m.group(1));
            long value = Long.parseLong(m.group(2));
            return (a, pc) -> {
                if (cell.load(a, Order.RELAXED) == value) {
                    return false;
                }
                a.await(cell, pc, Why.POLL);
                return true;
            };
        }
        m = LOCK.matcher(text);
        if (m.matches()) {
            TestLock lock = machine.lock(m.group(2));
            if (m.group(1) != null) {
                return plain(lock::unlock);
            }
            return (a, pc) -> {
                if (lock.lock(a)) {
                    return false;
                }
                a.await(lock, pc, Why.LOCK);
                return true;
            };
        }
        return special(machine, text);
    }

    private static Order order(@Nullable String suffix) {
        if (suffix == null) {
            return Order.RELAXED;
        }
        return switch (suffix) {
            case "acq" -> Order.ACQUIRE;
            case "rel" -> Order.RELEASE;
            case "full" -> Order.FULL;
            default -> throw new IllegalArgumentException("no order: " + suffix);
        };
    }
}
