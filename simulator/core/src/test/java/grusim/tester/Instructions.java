package grusim.tester;

import grusim.isa.ExtendedOpcode;
import grusim.isa.Instruction;
import grusim.isa.Opcode;
import grusim.isa.Operand;
import grusim.isa.TransferType;

/** The instruction of a deed, and what it does to memory if all is well. */
final class Instructions {
    private static final int COUNTERS = 4;

    private Instructions() {}

    /** Number of the counter that a deed increments. */
    static int counter(Deed deed) {
        return (int) (deed.value() & (COUNTERS - 1));
    }

    /** The instruction, on a region that begins at a base. */
    static Instruction of(Deed deed, long base, Segment segment) {
        Instruction plain = plain(deed).with(deed.type()).with(Operand.ADDR, base + deed.offset());
        return switch (deed.kind()) {
            case LOAD, STORE ->
                plain.with(Operand.NELEM, deed.elements())
                        .with(Operand.STRIDE, deed.stride())
                        .with(Operand.TRI0, segment.first);
            case SET ->
                plain.with(Operand.NELEM, deed.elements())
                        .with(Operand.STRIDE, deed.stride())
                        .with(Operand.VALUE, deed.value());
            case FLUSH -> plain.with(Operand.NELEM, deed.elements()).with(Operand.STRIDE, deed.stride());
            case BLOCK_STORE ->
                plain.with(Operand.ADDR, segment.first)
                        .with(Operand.DEST, base + deed.offset())
                        .with(Operand.TRI0, segment.first)
                        .with(Operand.NELEM, deed.elements());
            case COPY ->
                plain.with(Operand.DEST, base + deed.to())
                        .with(Operand.NELEM, deed.elements())
                        .with(Operand.BUFSIZE, 1 + (deed.value() & (Segment.COPY_LINES - 1)))
                        .with(Operand.TRI0, segment.first + Segment.COPY);
            case GATHER, SCATTER ->
                plain.with(Operand.NELEM, deed.elements())
                        .with(Operand.TRI0, segment.first)
                        .with(Operand.TRI1, segment.first + Segment.VECTOR);
            case SCATTER_SET ->
                plain.with(Operand.NELEM, deed.elements())
                        .with(Operand.VALUE, deed.value())
                        .with(Operand.TRI1, segment.first + Segment.VECTOR);
            case ATOMIC ->
                plain.with(deed.operation())
                        .with(Operand.OPERAND1, deed.value())
                        .with(Operand.OPERAND2, deed.value() >>> 7);
            case COUNT -> plain.with(ExtendedOpcode.INCREMENT);
            default -> throw new IllegalArgumentException(deed.toString());
        };
    }

    private static Instruction plain(Deed deed) {
        return Instruction.of(
                switch (deed.kind()) {
                    case LOAD -> Opcode.VLOAD;
                    case STORE -> Opcode.VSTORE;
                    case SET -> Opcode.VSET;
                    case BLOCK_STORE -> Opcode.BSTORE;
                    case FLUSH -> Opcode.VFLUSH;
                    case COPY -> Opcode.BCOPY;
                    case GATHER -> Opcode.IVLOAD;
                    case SCATTER -> Opcode.IVSTORE;
                    case SCATTER_SET -> Opcode.IVSET;
                    case ATOMIC -> Opcode.GAMER;
                    case COUNT -> Opcode.GAMIR;
                    default -> throw new IllegalArgumentException(deed.toString());
                });
    }

    /** Does to the shadow, and to what the segment must hold, what the instruction has done; returns the old value of an AMO. */
    static long play(Deed deed, Shadow shadow, Segment segment) {
        int size = deed.type().bytes();
        switch (deed.kind()) {
            case LOAD, GATHER -> {
                for (int n = 0; n < deed.elements(); n++) {
                    segment.loaded(n * size, shadow.bytes, deed.at(n), size);
                }
            }
            case STORE, SCATTER, BLOCK_STORE -> {
                for (int n = 0; n < deed.bytes(); n++) {
                    shadow.bytes[deed.at(n / size) + n % size] = segment.stored(n);
                }
            }
            case SET, SCATTER_SET -> {
                for (int n = 0; n < deed.elements(); n++) {
                    shadow.word(deed.at(n), size, deed.value());
                }
            }
            case COPY -> System.arraycopy(shadow.bytes, deed.offset(), shadow.bytes, deed.to(), deed.bytes());
            case ATOMIC -> {
                long old = shadow.word(deed.offset(), size);
                shadow.word(deed.offset(), size, after(deed, old));
                return old;
            }
            default -> {}
        }
        return 0;
    }

    private static long after(Deed deed, long old) {
        long operand1 = deed.value();
        long mask = deed.type() == TransferType.WORD ? 0xffffffffL : -1;
        return switch (deed.operation()) {
            case SWAP -> operand1;
            case OR -> old | operand1;
            case AND -> old & operand1;
            case XOR -> old ^ operand1;
            case ADD -> old + operand1;
            case COMPARE_AND_SWAP -> old == ((deed.value() >>> 7) & mask) ? operand1 : old;
            default -> throw new IllegalArgumentException(deed.toString());
        };
    }
}
