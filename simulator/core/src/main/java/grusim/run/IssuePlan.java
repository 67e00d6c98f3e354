package grusim.run;

import grusim.engine.RandomStream;
import grusim.isa.ChipletMap;
import grusim.isa.Opcode;
import grusim.isa.Operand;
import grusim.isa.TransferType;
import grusim.workload.ArrivalsSpec;
import grusim.workload.AtomicStep;
import grusim.workload.BlockStep.MessageEnd;
import grusim.workload.InstructionStep;
import grusim.workload.InstructionStep.Expect;
import grusim.workload.InstructionStep.Slice;
import grusim.workload.PatternSpec.PatternKind;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An instruction step made ready to issue: its words with everything but the addresses filled in, and how the addresses
 * follow each other.
 */
final class IssuePlan {
    /** Where a context's data segment begins for its user. */
    private static final long SEGMENT = 0x20000;

    final Opcode opcode;
    final long count;
    final long thinkPs;
    final int inFlight;
    final ArrivalsSpec arrivals;
    final TransferType type;
    final boolean sequence;
    final long value;
    final boolean expectContent;
    final OptionalLong expectOld;
    /** How message sends must end. */
    final MessageEnd end;
    /** The masked compare-exchange, or null. */
    final AtomicStep.@Nullable Gamxr exchange;

    final long elements;
    final long stride;

    /** Bytes of the data segment each control block in flight has for itself. */
    final int dsrSlice;

    private final long[] words;
    private final boolean usesDsr;
    private final boolean indexed;
    private final int region;
    private final int toRegion;
    private final long offset;
    private final long toOffset;
    private final long length;
    private final PatternKind pattern;
    private final long patternStep;
    /** How far a negative stride's first element lies above its last. */
    private final long backwards;

    private final long slots;
    private final @Nullable Zipf zipf;
    private final boolean sliced;
    private final int threads;

    IssuePlan(InstructionStep step, ProcessRun process, int threads, int dsrBytes) {
        this.count = step.count();
        this.thinkPs = step.thinkPs();
        this.inFlight = step.inFlight();
        this.arrivals = step.arrivals();
        this.threads = threads;
        this.dsrSlice = dsrBytes / step.inFlight() / ChipletMap.LINE_BYTES * ChipletMap.LINE_BYTES;
        IssueShape shape = IssueShape.of(step, process);
        this.opcode = shape.opcode;
        this.usesDsr = opcode.operands().contains(Operand.TRI0);
        this.indexed = opcode.operands().contains(Operand.TRI1);
        this.type = shape.type;
        this.region = shape.region;
        this.toRegion = shape.toRegion;
        this.offset = shape.offset;
        this.toOffset = shape.toOffset;
        this.length = shape.length;
        this.elements = shape.elements;
        this.stride = shape.stride;
        this.value = shape.value;
        this.sequence = shape.sequence;
        this.expectContent = shape.expect == Expect.CONTENT;
        this.expectOld = shape.expectOld;
        this.end = shape.end;
        this.exchange = step instanceof AtomicStep.Gamxr masked ? masked : null;
        this.sliced = step instanceof InstructionStep.Bcopy copy && copy.slice() == Slice.THREAD;
        this.pattern = shape.pattern.kind();
        this.patternStep = shape.pattern.stepBytes();
        long reach = indexed ? 0 : (Math.max(1, elements) - 1) * Math.abs(stride) * type.bytes();
        this.backwards = stride < 0 ? reach : 0;
        long span = opcode == Opcode.BCOPY ? length : reach + type.bytes();
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

    /** Whether the instruction takes elements from the data segment that its user puts there. */
    boolean stores() {
        return switch (opcode) {
            case VSTORE, IVSTORE, BSTORE, MESQ -> true;
            default -> false;
        };
    }

    /** Whether an index vector in the data segment says where the elements are. */
    boolean indexed() {
        return indexed;
    }

    /** Where in the data segment a control block's index vector begins: behind its elements. */
    int indexes(int cbr) {
        int data = opcode == Opcode.IVSET ? 0 : (int) elements * type.bytes();
        return cbr * dsrSlice + (data + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
    }

    /** The index of element k of the i-th instruction, in elements from the start of the range. */
    long index(long i, long k, RandomStream random) {
        return slot(i * elements + k, random) * patternStep / type.bytes();
    }

    /** Offset in the region at which the i-th instruction of the thread begins. */
    long start(long i, RandomStream random) {
        return offset + (indexed ? 0 : slot(i, random) * patternStep + backwards);
    }

    private long slot(long i, RandomStream random) {
        return switch (pattern) {
            case SEQUENTIAL, STRIDED, CHASE -> i % slots;
            case UNIFORM -> random.below(slots);
            case ZIPF -> {
                Zipf ranks = zipf;
                assert ranks != null;
                yield ranks.draw(random);
            }
        };
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
        if (indexed) {
            Operand.TRI1.field().set(into, indexes(cbr));
        }
        if (opcode == Opcode.BSTORE) {
            into[2] = SEGMENT + (long) cbr * dsrSlice;
            into[5] = at;
        } else if (opcode != Opcode.NOP) {
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
}
