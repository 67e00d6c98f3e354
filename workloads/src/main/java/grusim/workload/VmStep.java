package grusim.workload;

/**
 * A system call made by the thread on its own address space.
 *
 * <p>Offsets and lengths are rounded as the kernel does; a refused call's error code is counted in the result and the
 * program goes on.
 */
public sealed interface VmStep extends ProgramStep {
    /** The region the call works on. */
    record Madvise(
            @Knob(doc = "What is advised.", value = "dontneed")
            Advice advice,

            @Knob(doc = StepDoc.VM_REGION, required = true) String region,
            @Knob(doc = StepDoc.VM_OFFSET, value = "0 B") long offsetBytes,

            @Knob(doc = StepDoc.VM_LENGTH, value = "rest", word = "rest", min = "1 B")
            long lengthBytes)
            implements VmStep {}

    /** The CPU itself accesses pages of a range, and takes a page fault where one is absent. */
    record Touch(
            @Knob(doc = StepDoc.VM_REGION, required = true) String region,
            @Knob(doc = StepDoc.VM_OFFSET, value = "0 B") long offsetBytes,

            @Knob(doc = StepDoc.VM_LENGTH, value = "rest", word = "rest", min = "1 B")
            long lengthBytes,

            @Knob(doc = "Distance between the accesses.", value = "4 KiB", min = "1 B")
            long strideBytes,

            @Knob(doc = "Whether the accesses are stores.", value = "true")
            boolean write)
            implements VmStep {}

    /**
     * Makes a child process that shares all pages until either side writes one. It runs on the thread's CPU until it has
     * ended; the thread goes on after that.
     */
    record Fork(
            @Knob(doc = "Region of which the child writes pages.", required = true)
            String region,

            @Knob(doc = StepDoc.VM_OFFSET, value = "0 B") long offsetBytes,

            @Knob(doc = "Pages the child writes, one after the other.", value = "0", max = StepDoc.MOST)
            long writes,

            @Knob(doc = "Whether the child then calls exec.", value = "false")
            boolean exec)
            implements VmStep {}

    /** Lets the kernel's merging thread (ksmd) look once for pages of equal content in a range. */
    record Ksm(
            @Knob(doc = StepDoc.VM_REGION, required = true) String region,
            @Knob(doc = StepDoc.VM_OFFSET, value = "0 B") long offsetBytes,

            @Knob(doc = StepDoc.VM_LENGTH, value = "rest", word = "rest", min = "1 B")
            long lengthBytes)
            implements VmStep {}

    /** Unmaps a range. */
    record Munmap(
            @Knob(doc = StepDoc.VM_REGION, required = true) String region,
            @Knob(doc = StepDoc.VM_OFFSET, value = "0 B") long offsetBytes,

            @Knob(doc = StepDoc.VM_LENGTH, value = "rest", word = "rest", min = "1 B")
            long lengthBytes)
            implements VmStep {}

    /** Changes what a range allows. */
    record Mprotect(
            @Knob(doc = StepDoc.VM_REGION, required = true) String region,
            @Knob(doc = StepDoc.VM_OFFSET, value = "0 B") long offsetBytes,

            @Knob(doc = StepDoc.VM_LENGTH, value = "rest", word = "rest", min = "1 B")
            long lengthBytes,

            @Knob(doc = "What the range allows from now on.", required = true)
            Protection protection)
            implements VmStep {}

    /** Resizes a mapping, moving it if it has no room; the region's name follows it. */
    record Mremap(
            @Knob(doc = StepDoc.VM_REGION, required = true) String region,
            @Knob(doc = StepDoc.VM_OFFSET, value = "0 B") long offsetBytes,

            @Knob(doc = StepDoc.VM_LENGTH, value = "rest", word = "rest", min = "1 B")
            long lengthBytes,

            @Knob(doc = "Length afterwards.", required = true, min = "1 B")
            long newLengthBytes)
            implements VmStep {}

    /** Maps a region declared with {@code "mapped": false}. */
    record Mmap(
            @Knob(doc = StepDoc.VM_REGION, required = true) String region) implements VmStep {}

    /** Grows or shrinks the heap. */
    record Brk(
            @Knob(
                    doc = "By how much the end of the heap moves.",
                    required = true,
                    kind = Kind.SIZE_CHANGE,
                    min = "-1 TiB",
                    max = "1 TiB")
            long lengthBytes)
            implements VmStep {}

    /** Moves the pages of a range to a blade: move_pages(2). */
    record Migrate(
            @Knob(doc = StepDoc.VM_REGION, required = true) String region,
            @Knob(doc = StepDoc.VM_OFFSET, value = "0 B") long offsetBytes,

            @Knob(doc = StepDoc.VM_LENGTH, value = "rest", word = "rest", min = "1 B")
            long lengthBytes,

            @Knob(
                    doc = "Blade the pages move to; one the machine does not have is refused by the kernel.",
                    required = true,
                    max = "16383")
            int blade)
            implements VmStep {}

    /** NUMA balancing looks at a range now: the next access to each page faults. */
    record Numascan(
            @Knob(doc = StepDoc.VM_REGION, required = true) String region,
            @Knob(doc = StepDoc.VM_OFFSET, value = "0 B") long offsetBytes,

            @Knob(doc = StepDoc.VM_LENGTH, value = "rest", word = "rest", min = "1 B")
            long lengthBytes)
            implements VmStep {}

    /** What madvise can advise. */
    enum Advice {
        /** The pages' content is given up now. */
        DONTNEED,
        /** The pages' content may be given up until they are written again. */
        FREE,
        /** The pages are to be swapped out now. */
        PAGEOUT,
        /** The range is to have transparent huge pages where it can. */
        HUGEPAGE,
        /** The range is to have none. */
        NOHUGEPAGE,
        /** The range's pages are to be made transparent huge pages now. */
        COLLAPSE
    }
}
