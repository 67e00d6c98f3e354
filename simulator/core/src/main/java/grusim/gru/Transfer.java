package grusim.gru;

import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.isa.InstructionLayout;
import grusim.isa.Opcode;

/**
 * What a running instruction moves, as one or two streams of bytes cut into requests that stay within a line.
 *
 * <p>Stream 0 is the memory operand (of a BCOPY, the source); stream 1 is the destination of a BCOPY. Byte p of stream 0
 * is byte p mod element of element p / element; elements lie {@code stride} elements apart. Byte p of a vector
 * instruction is byte tri0 + p of the context's data segment; of a BCOPY, byte tri0 + p mod buffer.
 */
final class Transfer implements Stateful {
    static final int LINE = 64;

    private Opcode opcode = Opcode.NOP;
    private long word0;
    private int elementShift;
    private boolean contiguous;
    private long strideBytes;
    private long base0;
    private long base1;
    private long totalBytes;
    private int buffer;

    /** First byte of each stream that no request was made for. */
    private long issued0;

    private long issued1;

    /** Forgets the instruction. */
    void clear() {
        opcode = Opcode.NOP;
        word0 = 0;
        elementShift = 0;
        contiguous = false;
        strideBytes = 0;
        base0 = 0;
        base1 = 0;
        totalBytes = 0;
        buffer = 0;
        issued0 = 0;
        issued1 = 0;
    }

    /** Takes the instruction of a control block; the counts must have been found legal. */
    void decode(ControlBlock cb) {
        word0 = cb.word(0);
        opcode = Opcode.of(InstructionLayout.OPC.intIn(word0));
        elementShift = elementShift(word0);
        base0 = cb.word(InstructionLayout.BASE_ADDRESS_0.word());
        base1 = opcode == Opcode.BCOPY ? cb.word(InstructionLayout.OPERAND_2.word()) : 0;
        long stride = cb.word(InstructionLayout.OPERAND_1.word());
        contiguous = opcode.atomic() || opcode == Opcode.BCOPY || stride == 1;
        strideBytes = stride << elementShift;
        totalBytes = switch (opcode) {
            case NOP -> 0;
            case GAMIR, GAMER -> 1L << elementShift;
            default -> cb.word(InstructionLayout.NELEM.word()) << elementShift;
        };
        buffer = opcode == Opcode.BCOPY ? bufferBytes(cb) : 0;
        issued0 = 0;
        issued1 = 0;
    }

    /** Takes an instruction that is not executed: it moves nothing. */
    void refuse(ControlBlock cb) {
        word0 = cb.word(0);
        opcode = Opcode.NOP;
        base0 = 0;
        base1 = 0;
        totalBytes = 0;
        buffer = 0;
        issued0 = 0;
        issued1 = 0;
    }

    /** Logarithm of the element size in an instruction's word 0 with a legal transfer type. */
    static int elementShift(long word0) {
        return InstructionLayout.XTYPE.intIn(word0);
    }

    /** Bytes of a BCOPY's buffer, as many as a data segment can hold at most. */
    static int bufferBytes(ControlBlock cb) {
        long lines = InstructionLayout.TRI1_BUFSIZE.in(cb.word(InstructionLayout.TRI1_BUFSIZE.word()));
        return (int) Math.min(lines, Integer.MAX_VALUE / LINE) * LINE;
    }

    Opcode opcode() {
        return opcode;
    }

    long word0() {
        return word0;
    }

    int elementBytes() {
        return 1 << elementShift;
    }

    int tri0() {
        return InstructionLayout.TRI0.intIn(word0);
    }

    long totalBytes() {
        return totalBytes;
    }

    int buffer() {
        return buffer;
    }

    long base0() {
        return base0;
    }

    long base1() {
        return base1;
    }

    long issued(int stream) {
        return stream == 0 ? issued0 : issued1;
    }

    /** A request was made for the next {@code bytes} of a stream. */
    void advance(int stream, int bytes) {
        if (stream == 0) {
            issued0 += bytes;
        } else {
            issued1 += bytes;
        }
    }

    /** Whether stream 0 is written (BCOPY reads it; an AMO does both and counts as a write). */
    boolean writes(int stream) {
        return switch (opcode) {
            case VSTORE, VSET, GAMIR, GAMER -> true;
            default -> stream == 1;
        };
    }

    /** The address of a byte of a stream. */
    long address(int stream, long position) {
        if (stream == 1) {
            return base1 + position;
        }
        if (contiguous) {
            return base0 + position;
        }
        long inElement = position & ((1L << elementShift) - 1);
        return base0 + (position >>> elementShift) * strideBytes + inElement;
    }

    /** The most bytes from a position on that lie side by side within one line. */
    int chunk(int stream, long position) {
        long rest = contiguous ? totalBytes - position : (1L << elementShift) - (position & ((1L << elementShift) - 1));
        int inLine = LINE - ((int) address(stream, position) & (LINE - 1));
        return (int) Math.min(rest, inLine);
    }

    /** Number of elements not completed when {@code bytes} are. */
    long elementsLeft(long bytes) {
        return (totalBytes >>> elementShift) - (bytes >>> elementShift);
    }

    @Override
    public void state(StateIo io) {
        opcode = Opcode.of(io.i32(opcode.code()));
        word0 = io.i64(word0);
        elementShift = io.i32(elementShift);
        contiguous = io.bool(contiguous);
        strideBytes = io.i64(strideBytes);
        base0 = io.i64(base0);
        base1 = io.i64(base1);
        totalBytes = io.i64(totalBytes);
        buffer = io.i32(buffer);
        issued0 = io.i64(issued0);
        issued1 = io.i64(issued1);
    }
}
