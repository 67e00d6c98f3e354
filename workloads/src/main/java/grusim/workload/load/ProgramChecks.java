package grusim.workload.load;

import grusim.workload.InstructionStep;
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
    private final ThreadSpec thread;
    private final Document document;
    private final boolean findFiles;
    private final Ranges ranges;
    private final InstructionChecks instructions;

    ProgramChecks(ResolvedSpec resolved, ProcessSpec process, ThreadSpec thread, Document document, boolean findFiles) {
        this.resolved = resolved;
        this.thread = thread;
        this.document = document;
        this.findFiles = findFiles;
        ranges = new Ranges(process, document);
        instructions = new InstructionChecks(thread, document, ranges);
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
            instructions.check(instruction, at);
        } else if (step instanceof VmStep call) {
            call(call, at);
        } else if (step instanceof ProgramStep.Raw raw) {
            raw(raw, at);
        } else if (step instanceof RequestStep.Flushtlb s) {
            range(s.region(), s.offsetBytes(), s.lengthBytes(), at);
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
            ranges.range(
                    ranges.region(step.region(), Paths.child(at, "region")),
                    step.offsetBytes(),
                    ProgramStep.REST,
                    "offset",
                    "",
                    at);
        } else if (step.offsetBytes() != 0) {
            throw document.fail(Paths.child(at, "offset"), "is of no region", "a region too, or no offset");
        }
    }

    private void call(VmStep step, String at) {
        if (step instanceof VmStep.Madvise s) {
            range(s.region(), s.offsetBytes(), s.lengthBytes(), at);
        } else if (step instanceof VmStep.Touch s) {
            range(s.region(), s.offsetBytes(), s.lengthBytes(), at);
        } else if (step instanceof VmStep.Munmap s) {
            range(s.region(), s.offsetBytes(), s.lengthBytes(), at);
        } else if (step instanceof VmStep.Mprotect s) {
            range(s.region(), s.offsetBytes(), s.lengthBytes(), at);
        } else if (step instanceof VmStep.Mremap s) {
            range(s.region(), s.offsetBytes(), s.lengthBytes(), at);
        } else if (step instanceof VmStep.Migrate s) {
            range(s.region(), s.offsetBytes(), s.lengthBytes(), at);
        } else if (step instanceof VmStep.Numascan s) {
            range(s.region(), s.offsetBytes(), s.lengthBytes(), at);
        } else if (step instanceof VmStep.Ksm s) {
            range(s.region(), s.offsetBytes(), s.lengthBytes(), at);
        } else if (step instanceof VmStep.Fork s) {
            RegionSpec region = ranges.region(s.region(), at + ".region");
            long rest = ranges.range(region, s.offsetBytes(), ProgramStep.REST, "offset", "writes", at);
            long pages = (rest + PAGE_BYTES - 1) / PAGE_BYTES;
            if (s.writes() > pages) {
                throw document.fail(
                        Paths.child(at, "writes"),
                        s.writes() + " pages from offset " + CrossChecks.size(s.offsetBytes()) + " go beyond region "
                                + region.name(),
                        "at most " + pages);
            }
        } else if (step instanceof VmStep.Mmap s) {
            if (ranges.region(s.region(), at + ".region").mapped()) {
                throw document.fail(
                        Paths.child(at, "region"),
                        "region " + s.region() + " is mapped from the start",
                        "a region with \"mapped\": false");
            }
        }
    }

    private void range(String region, long offset, long length, String at) {
        ranges.range(ranges.region(region, at + ".region"), offset, length, "offset", "length", at);
    }
}
