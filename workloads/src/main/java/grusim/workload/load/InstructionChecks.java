package grusim.workload.load;

import grusim.isa.ChipletMap;
import grusim.isa.Legality;
import grusim.isa.TransferType;
import grusim.workload.ArrivalsSpec;
import grusim.workload.AtomicStep;
import grusim.workload.BlockStep;
import grusim.workload.ContentSpec;
import grusim.workload.IndexedStep;
import grusim.workload.InstructionStep;
import grusim.workload.PatternSpec;
import grusim.workload.ProgramStep;
import grusim.workload.RegionSpec;
import grusim.workload.ThreadSpec;
import java.util.Set;

/** Refuses instructions that a thread's regions or its GRU context cannot serve. */
record InstructionChecks(ThreadSpec thread, Document document, Ranges ranges) {
    /** Refuses an open loop whose thread computes between what comes due. */
    static void openLoop(ArrivalsSpec arrivals, long thinkPs, Document document, String at) {
        if (arrivals.open() && thinkPs > 0) {
            throw document.fail(
                    Paths.child(at, "think"),
                    "contradicts arrivals: the thread does not compute between instructions or messages that come due",
                    "0 ns, or no arrivals");
        }
    }

    /** Checks a step that stands at a path. */
    void check(InstructionStep step, String at) {
        if (step.inFlight() > thread.context().cbrs()) {
            throw document.fail(
                    Paths.child(at, "inFlight"),
                    step.inFlight() + " is more than the context's control blocks",
                    "1 .. " + thread.context().cbrs() + " (context.cbrs)");
        }
        openLoop(step.arrivals(), step.thinkPs(), document, at);
        if (step instanceof InstructionStep.Vload s) {
            vector(s.region(), s.offsetBytes(), s.lengthBytes(), s.xtype(), s.nelem(), s.stride(), at);
            dsr(s.nelem() * (long) s.xtype().bytes(), s.inFlight(), Paths.child(at, "nelem"));
            chase(s, at);
        } else if (step instanceof InstructionStep.Vstore s) {
            vector(s.region(), s.offsetBytes(), s.lengthBytes(), s.xtype(), s.nelem(), s.stride(), at);
            dsr(s.nelem() * (long) s.xtype().bytes(), s.inFlight(), Paths.child(at, "nelem"));
            noChase(s.pattern(), at);
        } else if (step instanceof InstructionStep.Vset s) {
            vector(s.region(), s.offsetBytes(), s.lengthBytes(), s.xtype(), s.nelem(), s.stride(), at);
            noChase(s.pattern(), at);
        } else if (step instanceof InstructionStep.Bcopy s) {
            dsr(s.bufsize() * (long) ChipletMap.LINE_BYTES, s.inFlight(), Paths.child(at, "bufsize"));
            copy(s, at);
        } else if (step instanceof IndexedStep s) {
            indexed(s, at);
        } else if (step instanceof BlockStep s) {
            block(s, at);
        } else if (step instanceof AtomicStep s) {
            atomic(s, at);
        }
    }

    private void indexed(IndexedStep s, String at) {
        vector(s.region(), s.offsetBytes(), s.lengthBytes(), s.xtype(), 1, 1, at);
        noChase(s.pattern(), at);
        aligned(s.pattern().stepBytes(), s.xtype(), Paths.child(Paths.child(at, "pattern"), "step"));
        boolean set = s instanceof IndexedStep.Ivset;
        dsr(dataAndIndexes(set ? 0 : s.nelem() * (long) s.xtype().bytes(), s.nelem()), s.inFlight(), at + ".nelem");
    }

    /** Bytes of data segment for elements and, behind them, their index vector. */
    private static long dataAndIndexes(long dataBytes, int nelem) {
        return (dataBytes + Long.BYTES - 1) / Long.BYTES * Long.BYTES + (long) nelem * Long.BYTES;
    }

    private void block(BlockStep step, String at) {
        if (step instanceof BlockStep.Bstore s) {
            vector(s.region(), s.offsetBytes(), s.lengthBytes(), s.xtype(), s.nelem(), 1, at);
            dsr(s.nelem() * (long) s.xtype().bytes(), s.inFlight(), Paths.child(at, "nelem"));
            noChase(s.pattern(), at);
        } else if (step instanceof BlockStep.Vflush s) {
            vector(s.region(), s.offsetBytes(), s.lengthBytes(), s.xtype(), s.nelem(), s.stride(), at);
            noChase(s.pattern(), at);
        } else if (step instanceof BlockStep.Mesq s) {
            String offset = Paths.child(at, "offset");
            ranges.range(
                    ranges.region(s.region(), Paths.child(at, "region")),
                    s.offsetBytes(),
                    ChipletMap.LINE_BYTES,
                    "offset",
                    "offset",
                    at);
            aligned(s.offsetBytes(), TransferType.CACHE_LINE, offset);
            dsr(s.lines() * (long) ChipletMap.LINE_BYTES, s.inFlight(), Paths.child(at, "lines"));
        }
    }

    private void vector(String name, long offset, long length, TransferType xtype, long nelem, long stride, String at) {
        RegionSpec region = ranges.region(name, Paths.child(at, "region"));
        long range = ranges.range(region, offset, length, "offset", "length", at);
        boolean fits = stride == 0 || nelem - 1 <= (range / xtype.bytes() - 1) / Math.abs(stride);
        if (!fits || range < xtype.bytes()) {
            throw document.fail(
                    at,
                    nelem + " elements of " + xtype.bytes() + " B, stride " + stride + ", do not fit the range of "
                            + CrossChecks.size(range),
                    "a longer range, fewer elements or a smaller stride");
        }
    }

    private void aligned(long bytes, TransferType xtype, String at) {
        if (bytes % xtype.bytes() != 0) {
            throw document.fail(
                    at,
                    CrossChecks.size(bytes) + " is not a multiple of the element",
                    "a multiple of " + xtype.bytes() + " B, or a smaller xtype");
        }
    }

    private void dsr(long bytes, int inFlight, String at) {
        long room = thread.context().dsrBytes();
        if (bytes * inFlight > room) {
            throw document.fail(
                    at,
                    "needs " + CrossChecks.size(bytes) + " of data segment for each of " + inFlight
                            + " in flight, the context has " + CrossChecks.size(room),
                    "a larger context.dsr, or less");
        }
    }

    private void chase(InstructionStep.Vload s, String at) {
        if (s.pattern().kind() != PatternSpec.PatternKind.CHASE) {
            return;
        }
        RegionSpec region = ranges.region(s.region(), Paths.child(at, "region"));
        if (!(region.content() instanceof ContentSpec.Permutation)) {
            throw document.fail(
                    Paths.child(at, "pattern"),
                    "chase follows pointers, region " + region.name() + " has none",
                    "a region with content {\"permutation\": N}");
        }
        boolean whole = s.offsetBytes() == 0 && (s.lengthBytes() == ProgramStep.REST);
        if (s.xtype() != TransferType.DOUBLEWORD || s.nelem() != 1 || s.inFlight() != 1 || !whole) {
            throw document.fail(
                    Paths.child(at, "pattern"),
                    "chase loads one pointer at a time from the whole region",
                    "xtype dw, nelem 1, inFlight 1, no offset, no length");
        }
    }

    private void noChase(PatternSpec pattern, String at) {
        if (pattern.kind() == PatternSpec.PatternKind.CHASE) {
            throw document.fail(
                    Paths.child(at, "pattern"), "chase needs what was loaded", "another pattern, or op vload");
        }
    }

    private void copy(InstructionStep.Bcopy s, String at) {
        RegionSpec from = ranges.region(s.from(), Paths.child(at, "from"));
        RegionSpec to = ranges.region(s.to(), Paths.child(at, "to"));
        long length = ranges.range(from, s.fromOffsetBytes(), s.lengthBytes(), "fromOffset", "length", at);
        ranges.range(to, s.toOffsetBytes(), length, "toOffset", "length", at);
        aligned(length, s.xtype(), Paths.child(at, "length"));
        boolean apart =
                s.fromOffsetBytes() + length <= s.toOffsetBytes() || s.toOffsetBytes() + length <= s.fromOffsetBytes();
        if (from.equals(to) && !apart) {
            throw document.fail(Paths.child(at, "to"), "overlaps what is read", "ranges that lie apart");
        }
        boolean sliced = s.slice() == InstructionStep.Slice.THREAD;
        if (sliced && length / ChipletMap.LINE_BYTES < thread.count()) {
            throw document.fail(
                    Paths.child(at, "slice"),
                    CrossChecks.size(length) + " has fewer lines than the group has threads",
                    "at least " + thread.count() + " lines of 64 B");
        }
    }

    private void atomic(AtomicStep s, String at) {
        Set<TransferType> accepted = Legality.transferTypes(s.opcode(), s.operation());
        if (!accepted.contains(s.xtype())) {
            throw document.fail(
                    Paths.child(at, "xtype"),
                    Paths.quoted(Shape.word(s.xtype())) + " has no such atomic operation",
                    String.join(", ", accepted.stream().map(Shape::word).toList()));
        }
        RegionSpec region = ranges.region(s.region(), Paths.child(at, "region"));
        ranges.range(region, s.offsetBytes(), s.xtype().bytes(), "offset", "offset", at);
        aligned(s.offsetBytes(), s.xtype(), Paths.child(at, "offset"));
        if (s instanceof AtomicStep.Gamxr && s.inFlight() > 1) {
            throw document.fail(
                    Paths.child(at, "inFlight"),
                    s.inFlight() + " would share the operands at the start of the data segment",
                    "1");
        }
    }
}
