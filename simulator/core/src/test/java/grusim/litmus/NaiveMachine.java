package grusim.litmus;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The memory models once more, as plainly as their rules can be written down: every interleaving and every choice is gone
 * through, nothing is forgotten, shared or renumbered, and each step copies the whole machine. An oracle for the real ones
 * on programs of a few instructions.
 */
final class NaiveMachine {
    /** What an instruction does. */
    enum Kind {
        LOAD,
        STORE,
        ADD,
        READ_FENCE,
        WRITE_FENCE,
        FULL_FENCE
    }

    /** How an access is ordered. */
    enum Order {
        PLAIN(""),
        ACQUIRE(".acq"),
        RELEASE(".rel"),
        FULL(".full");

        private final String suffix;

        Order(String suffix) {
            this.suffix = suffix;
        }

        private boolean acquires() {
            return this == ACQUIRE || this == FULL;
        }

        private boolean releases() {
            return this == RELEASE || this == FULL;
        }
    }

    /** One instruction; the value is what a store writes or an update adds, the register is what a load or update sets. */
    record Op(Kind kind, int word, int value, int register, Order order) {
        /** As {@link Litmus} reads it. */
        String text() {
            String name = word == 0 ? "x" : "y";
            return switch (kind) {
                case LOAD -> "r" + register + "=" + name + order.suffix;
                case STORE -> name + "=" + value + order.suffix;
                case ADD -> "r" + register + "=" + name + "+=" + value + order.suffix;
                case READ_FENCE -> "rmb";
                case WRITE_FENCE -> "wmb";
                case FULL_FENCE -> "mb";
            };
        }
    }

    private static final int WORDS = 2;
    private static final int REGISTERS = 10;

    private static final class Cpu {
        private int pc;
        private int[] current = new int[WORDS];
        private int[] acquired = new int[WORDS];
        private int[] released = new int[WORDS];
        private final Deque<int[]> buffer = new ArrayDeque<>();

        private Cpu copy() {
            Cpu copy = new Cpu();
            copy.pc = pc;
            copy.current = current.clone();
            copy.acquired = acquired.clone();
            copy.released = released.clone();
            copy.buffer.addAll(buffer);
            return copy;
        }
    }

    private record Message(int value, List<Integer> view) {}

    private final String model;
    private final List<List<Op>> programs;
    private final List<Cpu> cpus = new ArrayList<>();
    private final List<List<Message>> words = new ArrayList<>();
    private int[] fenced = new int[WORDS];
    private int[] registers = new int[REGISTERS];

    private NaiveMachine(String model, List<List<Op>> programs) {
        this.model = model;
        this.programs = programs;
    }

    /** All final values of all registers and both words. */
    static SortedSet<String> outcomes(String model, List<List<Op>> programs) {
        NaiveMachine start = new NaiveMachine(model, programs);
        programs.forEach(program -> start.cpus.add(new Cpu()));
        for (int word = 0; word < WORDS; word++) {
            start.words.add(new ArrayList<>(List.of(new Message(0, List.of(0, 0)))));
        }
        SortedSet<String> outcomes = new TreeSet<>();
        start.explore(outcomes, new TreeSet<>());
        return outcomes;
    }

    private NaiveMachine copy() {
        NaiveMachine copy = new NaiveMachine(model, programs);
        cpus.forEach(cpu -> copy.cpus.add(cpu.copy()));
        words.forEach(word -> copy.words.add(new ArrayList<>(word)));
        copy.fenced = fenced.clone();
        copy.registers = registers.clone();
        return copy;
    }

    /** The whole machine in words: the same words, the same future. */
    private String described() {
        StringBuilder text = new StringBuilder();
        for (Cpu cpu : cpus) {
            text.append(cpu.pc)
                    .append(Arrays.toString(cpu.current))
                    .append(Arrays.toString(cpu.acquired))
                    .append(Arrays.toString(cpu.released));
            cpu.buffer.forEach(entry -> text.append(Arrays.toString(entry)));
        }
        return text.append(words)
                .append(Arrays.toString(fenced))
                .append(Arrays.toString(registers))
                .toString();
    }

    private void explore(SortedSet<String> outcomes, Set<String> seen) {
        if (!seen.add(described())) {
            return;
        }
        boolean ended = true;
        for (int i = 0; i < cpus.size(); i++) {
            Cpu cpu = cpus.get(i);
            if (!cpu.buffer.isEmpty()) {
                ended = false;
                NaiveMachine after = copy();
                after.drainOne(after.cpus.get(i));
                after.explore(outcomes, seen);
            }
            if (cpu.pc < programs.get(i).size()) {
                ended = false;
                Op op = programs.get(i).get(cpu.pc);
                int choices = op.kind() == Kind.LOAD && model.equals("relaxed")
                        ? words.get(op.word()).size() - cpu.current[op.word()]
                        : 1;
                for (int older = 0; older < choices; older++) {
                    NaiveMachine after = copy();
                    after.step(after.cpus.get(i), op, older);
                    after.explore(outcomes, seen);
                }
            }
        }
        if (ended) {
            StringBuilder outcome = new StringBuilder();
            for (int register : registers) {
                outcome.append(register).append(' ');
            }
            outcomes.add(outcome + "" + newest(0) + " " + newest(1));
        }
    }

    private int newest(int word) {
        List<Message> messages = words.get(word);
        return messages.get(messages.size() - 1).value();
    }

    private void append(int word, int value, int[] view) {
        words.get(word).add(new Message(value, Arrays.stream(view).boxed().toList()));
    }

    private void step(Cpu cpu, Op op, int older) {
        cpu.pc++;
        if (model.equals("relaxed")) {
            relaxed(cpu, op, older);
        } else {
            buffered(cpu, op);
        }
    }

    // ---- sc and tso ----

    private void buffered(Cpu cpu, Op op) {
        boolean buffers = model.equals("tso");
        switch (op.kind()) {
            case LOAD -> {
                int value = newest(op.word());
                for (int[] entry : cpu.buffer) {
                    value = entry[0] == op.word() ? entry[1] : value;
                }
                registers[op.register()] = value;
            }
            case STORE -> {
                cpu.buffer.add(new int[] {op.word(), op.value()});
                if (!buffers || op.order() == Order.FULL) {
                    drain(cpu);
                }
            }
            case ADD -> {
                drain(cpu);
                registers[op.register()] = newest(op.word()) + op.value();
                append(op.word(), registers[op.register()], new int[WORDS]);
            }
            case FULL_FENCE -> drain(cpu);
            case READ_FENCE, WRITE_FENCE -> {}
        }
    }

    private void drain(Cpu cpu) {
        while (!cpu.buffer.isEmpty()) {
            drainOne(cpu);
        }
    }

    private void drainOne(Cpu cpu) {
        int[] entry = cpu.buffer.remove();
        append(entry[0], entry[1], new int[WORDS]);
    }

    // ---- relaxed ----

    private static int[] join(int[] one, List<Integer> other) {
        return join(one, other.stream().mapToInt(Integer::intValue).toArray());
    }

    private static int[] join(int[] one, int[] other) {
        int[] joined = one.clone();
        for (int i = 0; i < WORDS; i++) {
            joined[i] = Math.max(joined[i], other[i]);
        }
        return joined;
    }

    private void fullFence(Cpu cpu) {
        fenced = join(fenced, cpu.acquired);
        cpu.current = fenced.clone();
        cpu.acquired = fenced.clone();
        cpu.released = fenced.clone();
    }

    private void relaxed(Cpu cpu, Op op, int older) {
        boolean full = op.order() == Order.FULL;
        int word = op.word();
        switch (op.kind()) {
            case LOAD ->
                registers[op.register()] =
                        read(cpu, op, words.get(word).size() - 1 - older).value();
            case STORE -> {
                if (full) {
                    fullFence(cpu);
                }
                write(cpu, op, op.value(), op.order().releases() ? cpu.current : cpu.released);
                if (full) {
                    fullFence(cpu);
                }
            }
            case ADD -> {
                if (full) {
                    fullFence(cpu);
                }
                Message old = read(cpu, op, words.get(word).size() - 1);
                registers[op.register()] = old.value() + op.value();
                int[] own = op.order().releases() ? cpu.current : cpu.released;
                write(cpu, op, registers[op.register()], join(own, old.view()));
                if (full) {
                    fullFence(cpu);
                }
            }
            case READ_FENCE -> cpu.current = cpu.acquired.clone();
            case WRITE_FENCE -> cpu.released = cpu.current.clone();
            case FULL_FENCE -> fullFence(cpu);
        }
    }

    private Message read(Cpu cpu, Op op, int stamp) {
        Message message = words.get(op.word()).get(stamp);
        cpu.current[op.word()] = Math.max(cpu.current[op.word()], stamp);
        cpu.acquired[op.word()] = Math.max(cpu.acquired[op.word()], stamp);
        cpu.acquired = join(cpu.acquired, message.view());
        if (op.order().acquires()) {
            cpu.current = join(cpu.current, message.view());
        }
        return message;
    }

    private void write(Cpu cpu, Op op, int value, int[] view) {
        int stamp = words.get(op.word()).size();
        int[] own = view.clone();
        own[op.word()] = stamp;
        append(op.word(), value, own);
        cpu.current[op.word()] = stamp;
        cpu.acquired[op.word()] = stamp;
    }
}
