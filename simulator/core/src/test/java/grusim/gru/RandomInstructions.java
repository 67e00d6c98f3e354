package grusim.gru;

import grusim.isa.ExtendedOpcode;
import grusim.isa.Instruction;
import grusim.isa.InstructionLayout;
import grusim.isa.MessageQueueSubstatus;
import grusim.isa.Opcode;
import grusim.isa.Operand;
import grusim.isa.TransferType;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws legal instructions of every opcode over one region and one part of a data segment, and does to plain byte arrays
 * what each must do to memory and segment: a second, simple reading of the instruction set.
 */
final class RandomInstructions {
    /** Bytes of data segment for vectors, from the part's start; as many again follow for buffers and operands. */
    static final int VECTOR = 1024;

    private static final int PAGE = 4096;
    private static final List<TransferType> TYPES = List.of(TransferType.values());
    private static final List<Opcode> ATOMICS = List.of(Opcode.GAMIR, Opcode.GAMIRR, Opcode.GAMER, Opcode.GAMERR);
    private static final int MOST_INDEXES = 40;

    /** Puts what an instruction needs into the data segment before it starts. */
    interface Segment {
        void put(int offset, long doubleword);
    }

    private final SplittableRandom random;
    private final byte[] memory;
    private final byte[] segment = new byte[VECTOR];
    private final long base;
    private final int part;
    private final Segment device;

    /** Place of a queue that the next instruction sends to, or -1. */
    private int queue = -1;

    long avalue;
    int substatus;

    RandomInstructions(SplittableRandom random, byte[] memory, long base, int part, Segment device) {
        this.random = random;
        this.memory = memory;
        this.base = base;
        this.part = part;
        this.device = device;
    }

    byte[] segment() {
        return segment;
    }

    Instruction draw() {
        avalue = 0;
        substatus = 0;
        if (queue >= 0) {
            return message();
        }
        return switch (random.nextInt(12)) {
            case 0, 1 -> vector();
            case 2 -> set();
            case 3, 4 -> copy();
            case 5, 6 -> indexed();
            case 7 -> block();
            case 8 -> random.nextInt(2) == 0 ? flush() : queue();
            case 9 -> exchange();
            default -> atomic();
        };
    }

    private TransferType type() {
        return TYPES.get(random.nextInt(TYPES.size()));
    }

    private void load(int at, int tri, int bytes) {
        System.arraycopy(memory, at, segment, tri, bytes);
    }

    private void store(int at, int tri, int bytes) {
        System.arraycopy(segment, tri, memory, at, bytes);
    }

    private void fill(int at, int bytes, long value) {
        for (int b = 0; b < bytes; b++) {
            memory[at + b] = (byte) (value >>> (b % 8 * 8));
        }
    }

    private long word(int at, int bytes) {
        long word = 0;
        for (int b = bytes - 1; b >= 0; b--) {
            word = (word << 8) | (memory[at + b] & 0xff);
        }
        return word;
    }

    /** Where the first of elements at a stride may lie, so that all stay in the region. */
    private int first(int elements, int stride, int bytes) {
        int reach = Math.max(0, elements - 1) * Math.abs(stride) * bytes;
        return random.nextInt(memory.length - reach - bytes + 1) + (stride < 0 ? reach : 0);
    }

    private int stride() {
        return random.nextInt(3) == 0 ? random.nextInt(-70, 70) : 1;
    }

    private Instruction vector() {
        boolean load = random.nextInt(2) == 0;
        TransferType type = type();
        int bytes = type.bytes();
        int stride = stride();
        int most = Math.min(VECTOR, memory.length / 2 / Math.max(1, Math.abs(stride))) / bytes;
        int elements = 1 + random.nextInt(most);
        int first = first(elements, stride, bytes);
        int tri = random.nextInt(VECTOR - elements * bytes + 1);
        for (int i = 0; i < elements; i++) {
            int at = first + i * stride * bytes;
            if (load) {
                load(at, tri + i * bytes, bytes);
            } else {
                store(at, tri + i * bytes, bytes);
            }
        }
        return Instruction.of(load ? Opcode.VLOAD : Opcode.VSTORE)
                .with(type)
                .with(Operand.ADDR, base + first)
                .with(Operand.NELEM, elements)
                .with(Operand.STRIDE, stride)
                .with(Operand.TRI0, part + tri);
    }

    private Instruction set() {
        TransferType type = type();
        long value = random.nextLong();
        int stride = stride();
        int elements = random.nextInt(memory.length / 2 / Math.max(1, Math.abs(stride)) / type.bytes());
        int first = first(elements, stride, type.bytes());
        for (int i = 0; i < elements; i++) {
            fill(first + i * stride * type.bytes(), type.bytes(), value);
        }
        return Instruction.of(Opcode.VSET)
                .with(type)
                .with(Operand.ADDR, base + first)
                .with(Operand.NELEM, elements)
                .with(Operand.STRIDE, stride)
                .with(Operand.VALUE, value);
    }

    private Instruction indexed() {
        TransferType type = type();
        int bytes = type.bytes();
        int elements = random.nextInt(1 + Math.min(MOST_INDEXES, VECTOR / bytes));
        int origin = random.nextInt(memory.length - bytes + 1);
        int tri = random.nextInt(VECTOR - elements * bytes + 1);
        int tri1 = VECTOR + random.nextInt(64);
        long value = random.nextLong();
        Opcode opcode = List.of(Opcode.IVLOAD, Opcode.IVSTORE, Opcode.IVSET).get(random.nextInt(3));
        boolean[] stored = new boolean[memory.length];
        for (int i = 0; i < elements; i++) {
            int at = place(origin, bytes, opcode == Opcode.IVSTORE ? stored : new boolean[memory.length]);
            device.put(part + tri1 + 8 * i, (at - origin) / bytes);
            switch (opcode) {
                case IVLOAD -> load(at, tri + i * bytes, bytes);
                case IVSTORE -> store(at, tri + i * bytes, bytes);
                default -> fill(at, bytes, value);
            }
        }
        Instruction instruction = Instruction.of(opcode)
                .with(type)
                .with(Operand.ADDR, base + origin)
                .with(Operand.NELEM, elements)
                .with(Operand.TRI1, part + tri1);
        return opcode == Opcode.IVSET
                ? instruction.with(Operand.VALUE, value)
                : instruction.with(Operand.TRI0, part + tri);
    }

    /** A place whole elements from the origin that is not taken; requests of one instruction may end in any order. */
    private int place(int origin, int bytes, boolean[] taken) {
        int below = origin / bytes;
        int above = (memory.length - origin) / bytes;
        int index = random.nextInt(-below, above);
        while (taken[origin + index * bytes]) {
            index = index + 1 < above ? index + 1 : -below;
        }
        taken[origin + index * bytes] = true;
        return origin + index * bytes;
    }

    private Instruction copy() {
        TransferType type = type();
        int half = memory.length / 2;
        int elements = random.nextInt(half / type.bytes());
        int bytes = elements * type.bytes();
        int low = random.nextInt(half - bytes + 1);
        int high = half + random.nextInt(half - bytes + 1);
        boolean up = random.nextInt(2) == 0;
        System.arraycopy(memory, up ? low : high, memory, up ? high : low, bytes);
        return Instruction.of(Opcode.BCOPY)
                .with(type)
                .with(Operand.ADDR, base + (up ? low : high))
                .with(Operand.DEST, base + (up ? high : low))
                .with(Operand.NELEM, elements)
                .with(Operand.BUFSIZE, 1 + random.nextInt(15))
                .with(Operand.TRI0, part + VECTOR + random.nextInt(64));
    }

    private Instruction block() {
        TransferType type = type();
        int elements = random.nextInt(1 + VECTOR / type.bytes());
        int bytes = elements * type.bytes();
        int to = random.nextInt(memory.length - bytes + 1);
        int tri = random.nextInt(VECTOR - bytes + 1);
        store(to, tri, bytes);
        return Instruction.of(Opcode.BSTORE)
                .with(type)
                .with(Operand.ADDR, random.nextLong())
                .with(Operand.DEST, base + to)
                .with(Operand.NELEM, elements)
                .with(Operand.TRI0, part + tri);
    }

    private Instruction flush() {
        TransferType type = type();
        int elements = random.nextInt(20);
        return Instruction.of(Opcode.VFLUSH)
                .with(type)
                .with(Operand.ADDR, base + first(elements, -3, type.bytes()))
                .with(Operand.NELEM, elements)
                .with(Operand.STRIDE, -3);
    }

    /** Makes a queue of some line, which the next message goes to. */
    private Instruction queue() {
        queue = random.nextInt(memory.length / 64) * 64;
        long head = random.nextInt(20);
        long limit = random.nextInt(20);
        avalue = word(queue, 8);
        fill(queue, 8, limit << 32 | head);
        return Instruction.of(Opcode.GAMER)
                .with(ExtendedOpcode.SWAP)
                .with(TransferType.DOUBLEWORD)
                .with(Operand.ADDR, base + queue)
                .with(Operand.OPERAND1, limit << 32 | head);
    }

    private Instruction message() {
        int lines = 1 + random.nextInt(2);
        int tri = random.nextInt(VECTOR - 128 + 1);
        long old = word(queue, 8);
        long head = old & 0xffff_ffffL;
        avalue = old;
        if (head + lines > old >>> 32) {
            substatus = MessageQueueSubstatus.QLIMIT_REACHED.code();
        } else {
            fill(queue, 8, old + lines);
            int to = queue + (int) head * 64;
            if (to / PAGE == queue / PAGE && (to + lines * 64 - 1) / PAGE == queue / PAGE) {
                store(to, tri, lines * 64);
            } else {
                substatus = MessageQueueSubstatus.PAGE_OVERFLOW.code();
            }
        }
        Instruction send = Instruction.of(Opcode.MESQ)
                .with(Operand.ADDR, base + queue)
                .with(Operand.NELEM, lines)
                .with(Operand.TRI0, part + tri);
        queue = random.nextInt(3) == 0 ? -1 : queue;
        return send;
    }

    private Instruction exchange() {
        int at = random.nextInt(memory.length / 8) * 8;
        long old = word(at, 8);
        long mask = random.nextLong();
        mask &= random.nextLong();
        long compare = random.nextInt(2) == 0 ? old ^ (random.nextLong() & ~mask) : random.nextLong();
        long value = random.nextLong();
        long replaced = random.nextLong();
        int tri = VECTOR + random.nextInt(100);
        device.put(part + tri, compare);
        device.put(part + tri + 8, mask);
        device.put(part + tri + 16, value);
        device.put(part + tri + 24, replaced);
        if ((old & mask) == (compare & mask)) {
            fill(at, 8, (old & ~replaced) | (value & replaced));
        }
        avalue = old;
        return Instruction.of(Opcode.GAMXR).with(Operand.ADDR, base + at).with(InstructionLayout.TRI0, part + tri);
    }

    private Instruction atomic() {
        Opcode opcode = ATOMICS.get(random.nextInt(ATOMICS.size()));
        List<ExtendedOpcode> operations = opcode.extendedOpcodes();
        ExtendedOpcode operation = operations.get(random.nextInt(operations.size()));
        boolean check = List.of("cadd", "qcheck64", "qcheck128").contains(operation.mnemonic());
        TransferType type = check ? TransferType.DOUBLEWORD : TYPES.get(random.nextInt(4));
        int bytes = type.bytes();
        int at = random.nextInt(memory.length / bytes) * bytes;
        long mask = bytes == 8 ? -1 : (1L << (8 * bytes)) - 1;
        long old = word(at, bytes);
        long operand1 = check ? random.nextInt(1 << 30) : random.nextLong();
        boolean equal = operation == ExtendedOpcode.POLL_EQUAL || random.nextInt(2) == 0;
        long other = old ^ (1L << random.nextInt(8 * bytes));
        long above = random.nextLong() & ~mask;
        // a poll must be satisfied: nobody else writes here
        long operand2 = (equal && operation != ExtendedOpcode.POLL_NOT_EQUAL ? old : other) | above;
        fill(at, bytes, after(operation, old, operand1, operand2 & mask));
        avalue = old;
        Instruction instruction =
                Instruction.of(opcode).with(operation).with(type).with(Operand.ADDR, base + at);
        return opcode == Opcode.GAMIR || opcode == Opcode.GAMIRR
                ? instruction
                : instruction.with(Operand.OPERAND1, operand1).with(Operand.OPERAND2, operand2);
    }

    private static long after(ExtendedOpcode operation, long old, long operand1, long operand2) {
        long head = old & 0xffff_ffffL;
        long limit = old >>> 32;
        return switch (operation.mnemonic()) {
            case "fetch", "polleq", "pollne" -> old;
            case "clear" -> 0;
            case "inc" -> old + 1;
            case "dec", "decz" -> old - 1;
            case "swap" -> operand1;
            case "or" -> old | operand1;
            case "and" -> old & operand1;
            case "xor" -> old ^ operand1;
            case "add" -> old + operand1;
            case "cas" -> old == operand2 ? operand1 : old;
            case "qcheck64" -> head + 1 <= limit ? old + 1 : old;
            case "qcheck128" -> head + 2 <= limit ? old + 2 : old;
            case "cadd" -> head + operand1 <= limit ? old + operand1 : old;
            default -> throw new AssertionError(operation);
        };
    }
}
