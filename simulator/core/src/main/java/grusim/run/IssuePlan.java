package grusim.run;

import grusim.engine.RandomStream;
import grusim.isa.ChipletMap;
import grusim.isa.ExtendedOpcode;
import grusim.isa.Instruction;
import grusim.isa.Opcode;
import grusim.isa.Operand;
import grusim.isa.TransferType;
import grusim.workload.InstructionStep;
import grusim.workload.InstructionStep.Expect;
import grusim.workload.InstructionStep.Slice;
import grusim.workload.PatternSpec;
import grusim.workload.PatternSpec.PatternKind;
import grusim.workload.ProgramStep;
import java.math.BigDecimal;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An instruction step made ready to issue: its words with everything but the addresses filled in, and how the addresses
 * follow each other.
 */
final class IssuePlan {
    private static final PatternSpec NO_PATTERN = new PatternSpec(PatternKind.SEQUENTIAL, 1, BigDecimal.ONE);

    final Opcode opcode;
    final long count;
    final long thinkPs;
    final int inFlight;
    final TransferType type;
    final boolean sequence;
    final long value;
    final boolean expectContent;
    final OptionalLong expectOld;
    final long elements;
    final long stride;

    /** Bytes of the data segment each control block in flight has for itself. */
    final int dsrSlice;

    private final long[] words;
    private final boolean usesDsr;
    private final int region;
    private final int toRegion;
    private final long offset;
    private final long toOffset;
    private final long length;
    private final PatternKind pattern;
    private final long patternStep;
    private final long slots;
    private final @Nullable Zipf zipf;
    private final boolean sliced;
    private final int threads;

    IssuePlan(InstructionStep step, ProcessRun process, int threads, int dsrBytes) {
        this.count = step.count();
        this.thinkPs = step.thinkPs();
        this.inFlight = step.inFlight();
        this.threads = threads;
        this.dsrSlice = dsrBytes / step.inFlight() / ChipletMap.LINE_BYTES * ChipletMap.LINE_BYTES;
        Shape shape = Shape.of(step, process);
        this.opcode = shape.opcode;
        this.usesDsr = opcode.operands().contains(Operand.TRI0);
        this.type = shape.type;
        this.region = shape.region;
        this.toRegion = shape.toRegion;
        this.offset = shape.offset;
        this.toOffset = shape.toOffset;
        this.length = shape.length;
        this.elements = shape.elements;
        this.stride = shape.stride;
        this.value = shape.value;
        this.sequence = step instanceof InstructionStep.Vstore store && store.sequence();
        this.expectContent = step instanceof InstructionStep.Vload load && load.expect() == Expect.CONTENT;
        this.expectOld = shape.expectOld;
        this.sliced = step instanceof InstructionStep.Bcopy copy && copy.slice() == Slice.THREAD;
        this.pattern = shape.pattern.kind();
        this.patternStep = shape.pattern.stepBytes();
        long span = opcode == Opcode.BCOPY ? length : ((Math.max(1, elements) - 1) * stride + 1) * type.bytes();
        this.slots = Math.max(1, (length - span) / patternStep + 1);
        this.zipf = pattern == PatternKind.ZIPF
                ? new Zipf(slots, shape.pattern.exponent().doubleValue())
                : null;
        this.words = shape.words();
    }

    /** Whether the program's next address is what the last load read. */
    boolean chases() {
        return pattern == PatternKind.CHASE;
    }

    /** Region read or operated on. */
    int region() {
        return region;
    }

    /** Offset in the region at which the i-th instruction of the thread begins. */
    long start(long i, RandomStream random) {
        long slot = switch (pattern) {
            case SEQUENTIAL, STRIDED, CHASE -> i % slots;
            case UNIFORM -> random.below(slots);
            case ZIPF -> {
                Zipf ranks = zipf;
                assert ranks != null;
                yield ranks.draw(random);
            }
        };
        return offset + slot * patternStep;
    }

    /**
     * Fills the words of one instruction.
     *
     * @param into eight words
     * @param at address of the operation
     * @param cbr which of the control blocks in flight, for its part of the data segment
     */
    void fill(long[] into, long at, int cbr) {
        System.arraycopy(words, 0, into, 0, into.length);
        if (usesDsr) {
            Operand.TRI0.field().set(into, (long) cbr * dsrSlice);
        }
        if (opcode != Opcode.NOP) {
            into[2] = at;
        }
    }

    /** Fills the words of a copy by one of the group's threads; the loader has made sure that each has a line. */
    void fillCopy(long[] into, ProcessRun process, int member, int cbr) {
        long units = (length + ChipletMap.LINE_BYTES - 1) / ChipletMap.LINE_BYTES;
        long from = sliced ? units * member / threads * ChipletMap.LINE_BYTES : 0;
        long to = sliced ? Math.min(length, units * (member + 1) / threads * ChipletMap.LINE_BYTES) : length;
        fill(into, process.base(region) + offset + from, cbr);
        into[3] = (to - from) / type.bytes();
        into[5] = process.base(toRegion) + toOffset + from;
    }

    /** What the steps' records have in common, by opcode. */
    private static final class Shape {
        Opcode opcode = Opcode.NOP;
        TransferType type = TransferType.CACHE_LINE;
        int region = -1;
        int toRegion = -1;
        long offset;
        long toOffset;
        long length = ChipletMap.LINE_BYTES;
        long elements = 1;
        long stride = 1;
        long value;
        long operand2;
        int bufferLines;
        PatternSpec pattern = NO_PATTERN;
        OptionalLong expectOld = OptionalLong.empty();

        @Nullable
        ExtendedOpcode extended;

        static Shape of(InstructionStep step, ProcessRun process) {
            Shape s = new Shape();
            if (step instanceof InstructionStep.Vload v) {
                s.memory(Opcode.VLOAD, process, v.region(), v.offsetBytes(), v.lengthBytes(), v.xtype());
                s.vector(v.nelem(), v.stride(), v.pattern());
            } else if (step instanceof InstructionStep.Vstore v) {
                s.memory(Opcode.VSTORE, process, v.region(), v.offsetBytes(), v.lengthBytes(), v.xtype());
                s.vector(v.nelem(), v.stride(), v.pattern());
                s.value = v.value();
            } else if (step instanceof InstructionStep.Vset v) {
                s.memory(Opcode.VSET, process, v.region(), v.offsetBytes(), v.lengthBytes(), v.xtype());
                s.vector(v.nelem(), v.stride(), v.pattern());
                s.value = v.value();
            } else if (step instanceof InstructionStep.Bcopy c) {
                s.memory(Opcode.BCOPY, process, c.from(), c.fromOffsetBytes(), c.lengthBytes(), c.xtype());
                s.toRegion = process.region(c.to());
                s.toOffset = c.toOffsetBytes();
                s.bufferLines = c.bufsize();
            } else if (step instanceof InstructionStep.Gamir g) {
                s.memory(
                        Opcode.GAMIR,
                        process,
                        g.region(),
                        g.offsetBytes(),
                        g.xtype().bytes(),
                        g.xtype());
                s.extended = g.exopc().opcode();
                s.expectOld = g.expect();
            } else if (step instanceof InstructionStep.Gamer g) {
                s.memory(
                        Opcode.GAMER,
                        process,
                        g.region(),
                        g.offsetBytes(),
                        g.xtype().bytes(),
                        g.xtype());
                s.extended = g.exopc().opcode();
                s.value = g.operand1();
                s.operand2 = g.operand2();
                s.expectOld = g.expect();
            }
            return s;
        }

        private void memory(Opcode op, ProcessRun process, String name, long at, long bytes, TransferType element) {
            opcode = op;
            region = process.region(name);
            offset = at;
            length = bytes == ProgramStep.REST ? process.size(region) - at : bytes;
            type = element;
        }

        private void vector(long nelem, long strideElements, PatternSpec addresses) {
            elements = nelem;
            stride = strideElements;
            pattern = addresses;
        }

        long[] words() {
            Instruction instruction = Instruction.of(opcode);
            if (opcode == Opcode.NOP) {
                return instruction.words();
            }
            instruction = instruction.with(type);
            if (extended != null) {
                instruction = instruction.with(extended);
            }
            return (switch (opcode) {
                        case BCOPY -> instruction.with(Operand.BUFSIZE, bufferLines);
                        case VLOAD, VSTORE ->
                            instruction.with(Operand.NELEM, elements).with(Operand.STRIDE, stride);
                        case VSET ->
                            instruction
                                    .with(Operand.NELEM, elements)
                                    .with(Operand.STRIDE, stride)
                                    .with(Operand.VALUE, value);
                        case GAMER -> instruction.with(Operand.OPERAND1, value).with(Operand.OPERAND2, operand2);
                        default -> instruction;
                    })
                    .words();
        }
    }
}
