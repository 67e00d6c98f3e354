package grusim.gru;

import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.isa.InstructionLayout;
import grusim.isa.Opcode;
import grusim.isa.handle.Cbe;

/**
 * What a running instruction moves, as one or two streams of bytes cut into requests that stay within a line.
 *
 * <p>Stream 0 is the memory operand (of a BCOPY, the source; of a MESQ, the head of the queue); stream 1 is the
 * destination of a BCOPY and the lines a MESQ puts. Byte p of stream 0 is byte p mod element of element p / element.
 * Elements lie {@code stride} elements apart, or where the index vector says: doublewords in the data segment at tri1
 * that count elements from the base address (the unit is assumed). Byte p of a vector instruction is byte tri0 + p of
 * the context's data segment; of a BCOPY, byte tri0 + p mod buffer.
 */
final class Transfer implements Stateful {
    static final int LINE = 64;

    private final DataSegment segment;

    private Opcode opcode = Opcode.NOP;
    private long word0;
    private int segmentMap;
    private int elementShift;
    private boolean contiguous;
    private boolean indexed;
    private boolean atomic;
    private boolean writes;
    private long strideBytes;
    private int tri1;
    private long base0;
    private long base1;
    private long totalBytes;
    private long secondBytes;
    private int buffer;

    /** First byte of each stream that no request was made for. */
    private long issued0;

    private long issued1;

    Transfer(DataSegment segment) {
        this.segment = segment;
    }

    /** Forgets the instruction. */
    void clear() {
        opcode = Opcode.NOP;
        word0 = 0;
        segmentMap = 0;
        elementShift = 0;
        contiguous = false;
        indexed = false;
        atomic = false;
        writes = false;
        strideBytes = 0;
        tri1 = 0;
        nothing();
    }

    private void nothing() {
        base0 = 0;
        base1 = 0;
        totalBytes = 0;
        secondBytes = 0;
        buffer = 0;
        issued0 = 0;
        issued1 = 0;
    }

    /**
     * Takes the instruction of a control block; the counts must have been found legal.
     *
     * @param map units of data segment its context owns
     */
    void decode(ControlBlock cb, int map) {
        word0 = cb.word(0);
        segmentMap = map;
        opcode = Opcode.of(InstructionLayout.OPC.intIn(word0));
        elementShift = elementShift(word0);
        boolean store = opcode == Opcode.BSTORE;
        base0 = cb.word((store ? InstructionLayout.OPERAND_2 : InstructionLayout.BASE_ADDRESS_0).word());
        base1 = opcode == Opcode.BCOPY ? cb.word(InstructionLayout.OPERAND_2.word()) : 0;
        long stride = cb.word(InstructionLayout.OPERAND_1.word());
        indexed = indexed(opcode);
        atomic = opcode.atomic() || opcode == Opcode.MESQ;
        writes = writes(opcode);
        contiguous = atomic || store || opcode == Opcode.BCOPY || (stride == 1 && !indexed);
        strideBytes = stride << elementShift;
        tri1 = indexed ? (int) cb.word(InstructionLayout.TRI1_BUFSIZE.word()) : 0;
        long elements = cb.word(InstructionLayout.NELEM.word());
        totalBytes = switch (opcode) {
            case NOP -> 0;
            case GAMIR, GAMIRR, GAMER, GAMERR -> 1L << elementShift;
            case GAMXR, MESQ -> Long.BYTES;
            default -> elements << elementShift;
        };
        buffer = opcode == Opcode.BCOPY ? bufferBytes(cb) : 0;
        secondBytes = opcode == Opcode.BCOPY ? totalBytes : 0;
        issued0 = 0;
        issued1 = 0;
    }

    /**
     * Goes on where the words of an extended block say: the bases so far name the next byte of each stream, and in a vector
     * the elements left name its element, since a stride or an index may come back to where it was.
     */
    void resume(long[] extended) {
        long next = (opcode == Opcode.BSTORE ? Cbe.IDEF3UPD : Cbe.IDEF1UPD).get(extended);
        if (contiguous) {
            issued0 = next - base0;
            issued1 = secondBytes == 0 ? 0 : Cbe.IDEF3UPD.get(extended) - base1;
        } else {
            long whole = totalBytes - (Cbe.IDEF5UPD.get(extended) << elementShift);
            issued0 = whole + next - address(0, whole);
        }
    }

    /** Takes an instruction that is not executed: it moves nothing. */
    void refuse(ControlBlock cb) {
        word0 = cb.word(0);
        opcode = Opcode.NOP;
        indexed = false;
        atomic = false;
        writes = false;
        nothing();
    }

    private static boolean indexed(Opcode opcode) {
        return switch (opcode) {
            case IVLOAD, IVSTORE, IVSET -> true;
            default -> false;
        };
    }

    private static boolean writes(Opcode opcode) {
        return switch (opcode) {
            case VSTORE, IVSTORE, VSET, IVSET, BSTORE, MESQ, GAMXR, GAMIR, GAMIRR, GAMER, GAMERR -> true;
            default -> false;
        };
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

    /** Units of data segment the context owns. */
    int segmentMap() {
        return segmentMap;
    }

    int elementBytes() {
        return 1 << elementShift;
    }

    /** What the address of an atomic operation is a multiple of: its element, a queue's line. */
    int alignment() {
        return opcode == Opcode.MESQ ? LINE : elementBytes();
    }

    int tri0() {
        return InstructionLayout.TRI0.intIn(word0);
    }

    /** Bytes of stream 0. */
    long totalBytes() {
        return totalBytes;
    }

    /** Bytes of a stream. */
    long totalBytes(int stream) {
        return stream == 0 ? totalBytes : secondBytes;
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

    /** The request of an atomic operation is to be made again. */
    void again() {
        issued0 = 0;
    }

    /** The queue has room for the message: its lines are the second stream. */
    void putAt(long vaddr, long bytes) {
        base1 = vaddr;
        secondBytes = bytes;
    }

    /** Whether a stream is written (an AMO reads and writes, and counts as a write). */
    boolean writes(int stream) {
        return writes || stream == 1;
    }

    /** Whether the requests of a stream are atomic operations. */
    boolean atomic(int stream) {
        return atomic && stream == 0;
    }

    /** What the instruction says a stream's addresses are (iaa0 or iaa1). */
    int attribute(int stream) {
        boolean second = opcode == Opcode.BSTORE || (stream == 1 && opcode == Opcode.BCOPY);
        return (second ? InstructionLayout.IAA1 : InstructionLayout.IAA0).intIn(word0);
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
        long element = position >>> elementShift;
        return base0 + inElement + (indexed ? indexedBytes(element) : element * strideBytes);
    }

    /** How far from the base address an element of an indexed instruction lies. */
    private long indexedBytes(long element) {
        boolean ended = element == totalBytes >>> elementShift;
        return ended ? 0 : segment.word(segmentMap, tri1 + element * Long.BYTES) << elementShift;
    }

    /** Bytes of the index vector that requests were made for. */
    long indexBytes() {
        return indexed ? (issued0 >>> elementShift) * Long.BYTES : 0;
    }

    /** The most bytes from a position on that lie side by side within one line. */
    int chunk(int stream, long position) {
        long rest = contiguous
                ? totalBytes(stream) - position
                : (1L << elementShift) - (position & ((1L << elementShift) - 1));
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
        segmentMap = io.i32(segmentMap);
        elementShift = io.i32(elementShift);
        contiguous = io.bool(contiguous);
        strideBytes = io.i64(strideBytes);
        tri1 = io.i32(tri1);
        base0 = io.i64(base0);
        base1 = io.i64(base1);
        totalBytes = io.i64(totalBytes);
        secondBytes = io.i64(secondBytes);
        buffer = io.i32(buffer);
        issued0 = io.i64(issued0);
        issued1 = io.i64(issued1);
        indexed = indexed(opcode);
        atomic = opcode.atomic() || opcode == Opcode.MESQ;
        writes = writes(opcode);
    }
}
