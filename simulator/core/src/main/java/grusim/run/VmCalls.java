package grusim.run;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.linux.Kernel;
import grusim.linux.Prot;
import grusim.machine.PhysicalMemory;
import grusim.workload.ProgramStep;
import grusim.workload.Protection;
import grusim.workload.RegionSpec;
import grusim.workload.VmStep;
import grusim.workload.trace.VmCall;
import java.util.Map;
import java.util.TreeMap;

/** System calls on an address space, from programs and traces, and the error numbers that came back. */
final class VmCalls {
    private static final long PAGE_BYTES = 4096;

    private final Kernel kernel;
    private final int zeroPages;
    private final ForkedChild forkedChild;
    private final Map<Long, Long> refused = new TreeMap<>();

    VmCalls(Engine engine, Kernel kernel, int zeroPages) {
        this.kernel = kernel;
        this.forkedChild = new ForkedChild(engine, kernel, this);
        this.zeroPages = zeroPages;
    }

    /** Calls refused, by error number. */
    Map<Long, Long> refused() {
        return refused;
    }

    /** A call has returned a value or a negative error number. */
    void returned(long result) {
        if (result < 0) {
            refused.merge(-result, 1L, Long::sum);
        }
    }

    /** Ends the step with the call of a program's step. */
    void call(Agent a, ThreadRun thread, VmStep step, int returnPc) {
        ProcessRun process = thread.process;
        int mm = process.mm.id();
        if (step instanceof VmStep.Madvise madvise) {
            int region = process.region(madvise.region());
            long length = length(process, region, madvise.offsetBytes(), madvise.lengthBytes());
            a.call(advice(madvise.advice()), returnPc, mm, process.base(region) + madvise.offsetBytes(), length);
        } else if (step instanceof VmStep.Touch touch) {
            int region = process.region(touch.region());
            long start = process.base(region) + touch.offsetBytes();
            long end = start + length(process, region, touch.offsetBytes(), touch.lengthBytes());
            a.call(kernel.calls().touchPages(), returnPc, mm, start, end, touch.strideBytes());
            a.local(4, touch.write() ? 1 : 0);
        } else if (step instanceof VmStep.Fork fork) {
            long first = process.base(process.region(fork.region())) + fork.offsetBytes();
            fork(a, process, first, fork.writes(), fork.exec(), returnPc);
        } else if (step instanceof VmStep.Ksm ksm) {
            int region = process.region(ksm.region());
            long first = process.base(region) + ksm.offsetBytes();
            merge(a, process, first, length(process, region, ksm.offsetBytes(), ksm.lengthBytes()), returnPc);
        } else if (step instanceof VmStep.Munmap munmap) {
            int region = process.region(munmap.region());
            long length = length(process, region, munmap.offsetBytes(), munmap.lengthBytes());
            a.call(kernel.calls().munmap(), returnPc, mm, process.base(region) + munmap.offsetBytes(), length);
        } else if (step instanceof VmStep.Mprotect mprotect) {
            int region = process.region(mprotect.region());
            long length = length(process, region, mprotect.offsetBytes(), mprotect.lengthBytes());
            a.call(
                    kernel.calls().mprotect(),
                    returnPc,
                    mm,
                    process.base(region) + mprotect.offsetBytes(),
                    length,
                    bits(mprotect.protection()));
        } else if (step instanceof VmStep.Mremap mremap) {
            int region = process.region(mremap.region());
            long length = length(process, region, mremap.offsetBytes(), mremap.lengthBytes());
            thread.remapping(region, mremap.offsetBytes(), length, mremap.newLengthBytes());
            a.call(
                    kernel.calls().mremap(),
                    returnPc,
                    mm,
                    process.base(region) + mremap.offsetBytes(),
                    length,
                    mremap.newLengthBytes());
            a.local(4, Prot.MREMAP_MAYMOVE);
        } else if (step instanceof VmStep.Migrate migrate) {
            int region = process.region(migrate.region());
            long length = length(process, region, migrate.offsetBytes(), migrate.lengthBytes());
            long start = process.base(region) + migrate.offsetBytes();
            a.call(kernel.calls().movePages(), returnPc, mm, start, length, migrate.blade());
        } else if (step instanceof VmStep.Numascan scan) {
            int region = process.region(scan.region());
            long start = process.base(region) + scan.offsetBytes();
            long length = length(process, region, scan.offsetBytes(), scan.lengthBytes());
            a.call(kernel.calls().numaScan(), returnPc, mm, start & -PhysicalMemory.FRAME_BYTES, start + length);
        } else if (step instanceof VmStep.Mmap mmap) {
            mmap(a, process, process.region(mmap.region()), returnPc);
        } else if (step instanceof VmStep.Brk brk) {
            a.call(kernel.calls().brk(), returnPc, mm, process.mm.programBreak() + brk.lengthBytes());
        }
    }

    private Routine advice(VmStep.Advice advice) {
        return switch (advice) {
            case DONTNEED -> kernel.calls().madviseDontneed();
            case FREE -> kernel.calls().madviseFree();
            case PAGEOUT -> kernel.calls().madvisePageout();
            case HUGEPAGE -> kernel.calls().madviseHugepage();
            case NOHUGEPAGE -> kernel.calls().madviseNohugepage();
            case COLLAPSE -> kernel.calls().collapse();
        };
    }

    /** Ends the step with fork, and the child's life: it stores to pages from an address on and may call exec. */
    void fork(Agent a, ProcessRun process, long first, long pages, boolean exec, int returnPc) {
        a.call(forkedChild, returnPc, process.mm.id(), first & -PAGE_BYTES, pages, exec ? 1 : 0);
    }

    /** Ends the step with a pass of ksmd over the pages of a range. */
    void merge(Agent a, ProcessRun process, long first, long length, int returnPc) {
        long end = (first + length + PAGE_BYTES - 1) & -PAGE_BYTES;
        a.call(kernel.calls().ksmMerge(), returnPc, process.mm.id(), first & -PAGE_BYTES, end);
    }

    /** Ends the step with the mmap of a whole region at its place. */
    void mmap(Agent a, ProcessRun process, int region, int returnPc) {
        RegionSpec spec = process.spec.regions().get(region);
        a.call(
                kernel.calls().mmap(),
                returnPc,
                process.mm.id(),
                process.base(region),
                process.size(region),
                flags(spec));
        a.local(4, spec.blade() + 1);
        a.local(5, process.source(region));
    }

    /** Ends the step with an anonymous mmap of a part of a region at its place. */
    void mmapPart(Agent a, ProcessRun process, int region, long offset, long length, int returnPc) {
        RegionSpec spec = process.spec.regions().get(region);
        a.call(kernel.calls().mmap(), returnPc, process.mm.id(), process.base(region) + offset, length, flags(spec));
        a.local(4, spec.blade() + 1);
        a.local(5, zeroPages);
    }

    /** Ends the step with a call of a trace; one that had failed there goes on at {@code skipPc} without being made. */
    void call(Agent a, ProcessRun process, VmCall call, int returnPc, int skipPc) {
        int mm = process.mm.id();
        if (!call.succeeded()) {
            a.next(skipPc, 0, Why.VM);
        } else if (call instanceof VmCall.Mmap mmap) {
            int protection = mmap.protection() & Prot.MASK;
            a.call(kernel.calls().mmap(), returnPc, mm, mmap.result(), mmap.length(), protection | Prot.FIXED);
            a.local(4, 0);
            a.local(5, zeroPages);
        } else if (call instanceof VmCall.Munmap munmap) {
            a.call(kernel.calls().munmap(), returnPc, mm, munmap.address(), munmap.length());
        } else if (call instanceof VmCall.Mprotect mprotect) {
            a.call(
                    kernel.calls().mprotect(),
                    returnPc,
                    mm,
                    mprotect.address(),
                    mprotect.length(),
                    mprotect.protection() & Prot.MASK);
        } else if (call instanceof VmCall.Mremap mremap) {
            boolean moved = mremap.result() != mremap.address();
            a.call(kernel.calls().mremap(), returnPc, mm, mremap.address(), mremap.oldLength(), mremap.newLength());
            a.local(4, moved ? Prot.MREMAP_MAYMOVE | Prot.MREMAP_FIXED : 0);
            a.local(5, mremap.result());
        } else if (call instanceof VmCall.Brk brk) {
            a.call(kernel.calls().brk(), returnPc, mm, brk.result());
        } else if (call instanceof VmCall.Madvise madvise) {
            madvise(a, mm, madvise, returnPc, skipPc);
        } else {
            a.next(skipPc, 0, Why.VM);
        }
    }

    private void madvise(Agent a, int mm, VmCall.Madvise call, int returnPc, int skipPc) {
        Routine routine = switch (call.advice()) {
            case VmCall.Madvise.DONTNEED -> kernel.calls().madviseDontneed();
            case VmCall.Madvise.FREE -> kernel.calls().madviseFree();
            case VmCall.Madvise.PAGEOUT -> kernel.calls().madvisePageout();
            default -> null;
        };
        if (routine == null) {
            a.next(skipPc, 0, Why.VM);
        } else {
            a.call(routine, returnPc, mm, call.address(), call.length());
        }
    }

    /** Bytes of a call on a region, to the region's last page if the spec says "rest". */
    static long length(ProcessRun process, int region, long offset, long length) {
        return length == ProgramStep.REST ? process.size(region) - offset : length;
    }

    private static int flags(RegionSpec region) {
        return bits(region.protection()) | Prot.FIXED | (region.huge() ? Prot.HUGETLB : 0);
    }

    static int bits(Protection protection) {
        return switch (protection) {
            case NONE -> Prot.NONE;
            case R -> Prot.READ;
            case RW -> Prot.READ | Prot.WRITE;
        };
    }
}
