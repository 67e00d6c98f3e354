package grusim.workload;

import java.util.List;

/**
 * VM operations made at a rate or at given instants by a CPU that runs nothing else, until the threads have ended.
 *
 * <p>munmap-mmap unmaps a range and maps it again at the same place, mprotect takes write access away and gives it
 * back, mremap shrinks the range's mapping and grows it again; reclaim asks the kernel to swap out pages; migrate moves
 * pages to another blade; numa-scan has NUMA balancing look at the range. fork makes a
 * child that writes the range's pages and ends, fork-exec one that calls exec in between; ksm lets ksmd merge the range's
 * pages of equal content; khugepaged makes the range's pages transparent huge pages where kernel.transparentHugepages
 * allows them.
 */
public record DisturbanceSpec(
        @Knob(doc = "The disturbance's name, unique in the spec.", required = true)
        String name,

        @Knob(doc = "The operation.", required = true) DisturbanceOp op,

        @Knob(doc = "The process it is made on.", required = true)
        String process,

        @Knob(doc = "The region it is made on.", required = true)
        String region,

        @Knob(doc = "Bytes of each operation.", value = "4 KiB", min = "1 B")
        long lengthBytes,

        @Knob(doc = "How the range is chosen each time.", value = "uniform")
        RangePattern pattern,

        @Knob(
                doc = "How often, at exponential intervals, or \"none\" when instants are given.",
                value = "none",
                word = "none",
                min = "0.001/s",
                max = "1000000000/s",
                kind = Kind.RATE)
        long rateIntervalPs,

        @Knob(doc = "The instants, instead of a rate.", max = "100000 s")
        List<Long> atPs,

        @Knob(doc = "When the rate begins.", value = "0 ns", max = "100000 s")
        long startPs,

        @Knob(doc = "Operations at most, or \"unlimited\".", value = "unlimited", word = "unlimited")
        long count,

        @Knob(doc = "Blade of the CPU that makes them.", value = "0", max = "16383")
        int blade,

        @Knob(
                doc = "Blade that migrate moves pages to, or \"next\" for another one each time, in turn.",
                value = "next",
                word = "next",
                max = "16383")
        int target) {
    /** The value of {@code rateIntervalPs} when instants are given instead. */
    public static final long NO_RATE = -1;

    /** The value of {@code count} without a limit. */
    public static final long UNLIMITED = -1;

    /** The value of {@code target} for the next blade each time. */
    public static final int NEXT = -1;

    /** Operations a disturbance makes. */
    public enum DisturbanceOp {
        MADVISE_DONTNEED,
        MADVISE_FREE,
        MADVISE_PAGEOUT,
        MPROTECT,
        MUNMAP_MMAP,
        MREMAP,
        RECLAIM,
        MIGRATE,
        NUMA_SCAN,
        FORK,
        FORK_EXEC,
        KSM,
        KHUGEPAGED
    }

    /** How the range moves. */
    public enum RangePattern {
        SEQUENTIAL,
        UNIFORM
    }

    public DisturbanceSpec {
        atPs = List.copyOf(atPs);
    }
}
