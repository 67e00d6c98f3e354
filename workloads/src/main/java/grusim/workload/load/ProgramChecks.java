package grusim.workload.load;

import grusim.isa.ChipletMap;
import grusim.isa.TransferType;
import grusim.workload.ContentSpec;
import grusim.workload.InstructionStep;
import grusim.workload.PatternSpec;
import grusim.workload.ProcessSpec;
import grusim.workload.ProgramStep;
import grusim.workload.RegionSpec;
import grusim.workload.RequestStep;
import grusim.workload.ThreadSpec;
import grusim.workload.VmStep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Refuses steps of a thread's program that its regions or its GRU context cannot serve. */
final class ProgramChecks {
    private static final long PAGE_BYTES = 4096;

    private final ResolvedSpec resolved;
    private final ProcessSpec process;
    private final ThreadSpec thread;
    private final Document document;
    private final boolean findFiles;

    ProgramChecks(ResolvedSpec resolved, ProcessSpec process, ThreadSpec thread, Document document, boolean findFiles) {
        this.resolved = resolved;
        this.process = process;
        this.thread = thread;
        this.document = document;
        this.findFiles = findFiles;
    }

    /** Checks the whole program, which stands at a path. */
    void check(String path) {
        steps(thread.program(), path);
    }

    private void steps(List<ProgramStep> steps, String path) {
        for (int i = 0; i < steps.size(); i++) {
            step(steps.get(i), Paths.element(path, i));
        }
    }

    private void step(ProgramStep step, String at) {
        if (step instanceof InstructionStep instruction) {
            instruction(instruction, at);
        } else if (step instanceof VmStep call) {
            call(call, at);
        } else if (step instanceof ProgramStep.Raw raw) {
            raw(raw, at);
        } else if (step instanceof RequestStep.Flushtlb s) {
            range(region(s.region(), at + ".region"), s.offsetBytes(), s.lengthBytes(), "offset", "length", at);
        } else if (step instanceof ProgramStep.Setaffinity s) {
            CrossChecks.blade(document, resolved.spec().machine(), s.blade(), Paths.child(at, "blade"));
        } else if (step instanceof ProgramStep.Repeat repeat) {
            steps(repeat.body(), Paths.child(at, "body"));
        } else if (step instanceof ProgramStep.Trace trace && findFiles) {
            Path file = resolved.file(trace.file());
            if (Files.isDirectory(file) || !Files.isReadable(file)) {
                throw document.fail(
                        Paths.child(at, "file"), file + " cannot be read", "a Lackey trace, relative to the spec file");
            }
        }
    }

    private void raw(ProgramStep.Raw step, String at) {
        if (!step.region().isEmpty()) {
            range(
                    region(step.region(), Paths.child(at, "region")),
                    step.offsetBytes(),
                    ProgramStep.REST,
                    "offset",
                    "",
                    at);
        } else if (step.offsetBytes() != 0) {
            throw document.fail(Paths.child(at, "offset"), "is of no region", "a region too, or no offset");
        }
    }

    private void instruction(InstructionStep step, String at) {
        if (step.inFlight() > thread.context().cbrs()) {
            throw document.fail(
                    Paths.child(at, "inFlight"),
                    step.inFlight() + " is more than the context's control blocks",
                    "1 .. " + thread.context().cbrs() + " (context.cbrs)");
        }
        if (step instanceof InstructionStep.Vload s) {
            vector(s.region(), s.offsetBytes(), s.lengthBytes(), s.xtype(), s.nelem(), s.stride(), s.pattern(), at);
            dsr(s.nelem() * (long) s.xtype().bytes(), s.inFlight(), Paths.child(at, "nelem"));
            chase(s, at);
        } else if (step instanceof InstructionStep.Vstore s) {
            vector(s.region(), s.offsetBytes(), s.lengthBytes(), s.xtype(), s.nelem(), s.stride(), s.pattern(), at);
            dsr(s.nelem() * (long) s.xtype().bytes(), s.inFlight(), Paths.child(at, "nelem"));
            noChase(s.pattern(), at);
        } else if (step instanceof InstructionStep.Vset s) {
            vector(s.region(), s.offsetBytes(), s.lengthBytes(), s.xtype(), s.nelem(), s.stride(), s.pattern(), at);
            noChase(s.pattern(), at);
        } else if (step instanceof InstructionStep.Bcopy s) {
            dsr(s.bufsize() * (long) ChipletMap.LINE_BYTES, s.inFlight(), Paths.child(at, "bufsize"));
            copy(s, at);
        } else if (step instanceof InstructionStep.Gamir s) {
            atomic(s.region(), s.offsetBytes(), s.xtype(), at);
        } else if (step instanceof InstructionStep.Gamer s) {
            atomic(s.region(), s.offsetBytes(), s.xtype(), at);
        }
    }

    private void vector(
            String name,
            long offset,
            long length,
            TransferType xtype,
            long nelem,
            long stride,
            PatternSpec pattern,
            String at) {
        RegionSpec region = region(name, Paths.child(at, "region"));
        long range = range(region, offset, length, "offset", "length", at);
        aligned(offset, xtype, Paths.child(at, "offset"));
        if (pattern.kind() != PatternSpec.PatternKind.CHASE) {
            aligned(pattern.stepBytes(), xtype, Paths.child(Paths.child(at, "pattern"), "step"));
        }
        if (nelem - 1 > (range / xtype.bytes() - 1) / stride || range < xtype.bytes()) {
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
        RegionSpec region = region(s.region(), Paths.child(at, "region"));
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
        RegionSpec from = region(s.from(), Paths.child(at, "from"));
        RegionSpec to = region(s.to(), Paths.child(at, "to"));
        long length = range(from, s.fromOffsetBytes(), s.lengthBytes(), "fromOffset", "length", at);
        range(to, s.toOffsetBytes(), length, "toOffset", "length", at);
        aligned(s.fromOffsetBytes(), s.xtype(), Paths.child(at, "fromOffset"));
        aligned(s.toOffsetBytes(), s.xtype(), Paths.child(at, "toOffset"));
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

    private void atomic(String name, long offset, TransferType xtype, String at) {
        if (xtype != TransferType.WORD && xtype != TransferType.DOUBLEWORD) {
            throw document.fail(
                    Paths.child(at, "xtype"), Paths.quoted(Shape.word(xtype)) + " has no atomic operations", "w, dw");
        }
        range(region(name, Paths.child(at, "region")), offset, xtype.bytes(), "offset", "offset", at);
        aligned(offset, xtype, Paths.child(at, "offset"));
    }

    private void call(VmStep step, String at) {
        if (step instanceof VmStep.Madvise s) {
            range(region(s.region(), at + ".region"), s.offsetBytes(), s.lengthBytes(), "offset", "length", at);
        } else if (step instanceof VmStep.Touch s) {
            range(region(s.region(), at + ".region"), s.offsetBytes(), s.lengthBytes(), "offset", "length", at);
        } else if (step instanceof VmStep.Munmap s) {
            range(region(s.region(), at + ".region"), s.offsetBytes(), s.lengthBytes(), "offset", "length", at);
        } else if (step instanceof VmStep.Mprotect s) {
            range(region(s.region(), at + ".region"), s.offsetBytes(), s.lengthBytes(), "offset", "length", at);
        } else if (step instanceof VmStep.Mremap s) {
            range(region(s.region(), at + ".region"), s.offsetBytes(), s.lengthBytes(), "offset", "length", at);
        } else if (step instanceof VmStep.Migrate s) {
            range(region(s.region(), at + ".region"), s.offsetBytes(), s.lengthBytes(), "offset", "length", at);
        } else if (step instanceof VmStep.Numascan s) {
            range(region(s.region(), at + ".region"), s.offsetBytes(), s.lengthBytes(), "offset", "length", at);
        } else if (step instanceof VmStep.Ksm s) {
            range(region(s.region(), at + ".region"), s.offsetBytes(), s.lengthBytes(), "offset", "length", at);
        } else if (step instanceof VmStep.Fork s) {
            RegionSpec region = region(s.region(), at + ".region");
            long rest = range(region, s.offsetBytes(), ProgramStep.REST, "offset", "writes", at);
            long pages = (rest + PAGE_BYTES - 1) / PAGE_BYTES;
            if (s.writes() > pages) {
                throw document.fail(
                        Paths.child(at, "writes"),
                        s.writes() + " pages from offset " + CrossChecks.size(s.offsetBytes()) + " go beyond region "
                                + region.name(),
                        "at most " + pages);
            }
        } else if (step instanceof VmStep.Mmap s) {
            if (region(s.region(), at + ".region").mapped()) {
                throw document.fail(
                        Paths.child(at, "region"),
                        "region " + s.region() + " is mapped from the start",
                        "a region with \"mapped\": false");
            }
        }
    }

    private RegionSpec region(String name, String at) {
        return ProcessChecks.region(process, document, name, at);
    }

    private long range(RegionSpec region, long offset, long length, String offsetKey, String lengthKey, String at) {
        if (offset >= region.sizeBytes()) {
            throw document.fail(
                    Paths.child(at, offsetKey),
                    CrossChecks.size(offset) + " lies beyond region " + region.name(),
                    "less than " + CrossChecks.size(region.sizeBytes()));
        }
        long rest = region.sizeBytes() - offset;
        if (length > rest) {
            throw document.fail(
                    Paths.child(at, lengthKey),
                    CrossChecks.size(length) + " from offset " + CrossChecks.size(offset) + " goes beyond region "
                            + region.name(),
                    "at most " + CrossChecks.size(rest));
        }
        return length == ProgramStep.REST ? rest : length;
    }
}
