package grusim.workload;

/**
 * A request of the thread to the GRU driver (ioctl, mmap). A refused request's error number is counted in the result, with
 * those of system calls, and the program goes on.
 *
 * <p>A request about a context names its segment: the thread's own, or an address at which there is none.
 */
public sealed interface RequestStep extends ProgramStep {
    /** The segment a request names. */
    enum Segment {
        OWN,
        NONE
    }

    /** The contexts a request to unload names. */
    enum Target {
        OWN,
        NONE,
        /** Address 0: those of the whole machine. */
        ALL
    }

    /** What is set of a context. */
    enum Option {
        /** The caller's process becomes the owner, for whom the context is placed. */
        OWNER,
        /** Priority among the chiplet's contexts, which is not modelled. */
        SLICE,
        /** Blade and chiplet. */
        BLADE_CHIPLET,
        /** None that the driver knows. */
        UNKNOWN
    }

    /** Says how large a context the segment is to get: it counts for a thread state that is made later. */
    record Createcontext(
            @Knob(doc = StepDoc.SEGMENT, value = "own") Segment segment,

            @Knob(doc = "Control blocks asked for.", value = "2", max = "1000000")
            int cbrs,

            @Knob(doc = "Data segment asked for.", value = "1 KiB", max = "1 GiB")
            long dsrBytes,

            @Knob(doc = "Threads that are to have a context of their own.", value = "1", max = "1000000")
            int threads,

            @Knob(doc = StepDoc.BAD_POINTER, value = "false")
            boolean badPointer)
            implements RequestStep {}

    /** Maps a further context segment, which stays unused: mmap(2) of the driver's file. */
    record Mapsegment(
            @Knob(doc = "Whether the mapping is shared.", value = "true")
            boolean shared,

            @Knob(doc = "Whether it may be written.", value = "true")
            boolean writable,

            @Knob(doc = "Distance of its start from a multiple of 256 KiB.", value = "0 B", max = "255 KiB")
            long misalignmentBytes,

            @Knob(doc = "Its length.", value = "256 KiB", min = "4 KiB", max = "1 GiB")
            long lengthBytes)
            implements RequestStep {}

    /** Sets an option of the context. */
    record Setoption(
            @Knob(doc = StepDoc.SEGMENT, value = "own") Segment segment,
            @Knob(doc = "What is set.", required = true) Option option,

            @Knob(
                    doc = "Blade for option blade-chiplet, or \"any\": the one the thread runs on.",
                    value = "any",
                    word = "any",
                    max = "1000000")
            int blade,

            @Knob(
                    doc = "Chiplet of the blade for option blade-chiplet, or \"any\".",
                    value = "any",
                    word = "any",
                    max = "1000000")
            int chiplet,

            @Knob(doc = StepDoc.BAD_POINTER, value = "false")
            boolean badPointer)
            implements RequestStep {}

    /** Has contexts unloaded; the next touch loads them again. */
    record Unload(
            @Knob(
                    doc = "Whose context: the thread's own, that of an address without segment, or all there are.",
                    value = "own")
            Target context,

            @Knob(doc = "Whether the caller has CAP_SYS_ADMIN, which unloading all needs.", value = "false")
            boolean privileged,

            @Knob(doc = StepDoc.BAD_POINTER, value = "false")
            boolean badPointer)
            implements RequestStep {}

    /** Has the GRU's translations of a range flushed. */
    record Flushtlb(
            @Knob(doc = StepDoc.SEGMENT, value = "own") Segment segment,

            @Knob(doc = "Region whose translations go.", required = true)
            String region,

            @Knob(doc = StepDoc.VM_OFFSET, value = "0 B") long offsetBytes,

            @Knob(doc = StepDoc.VM_LENGTH, value = "rest", word = "rest", min = "1 B")
            long lengthBytes,

            @Knob(doc = StepDoc.BAD_POINTER, value = "false")
            boolean badPointer)
            implements RequestStep {}

    /** Reads the context's own statistics; zeros if nothing is known of it. */
    record Statistics(
            @Knob(doc = StepDoc.SEGMENT, value = "own") Segment segment,

            @Knob(doc = StepDoc.BAD_POINTER, value = "false")
            boolean badPointer)
            implements RequestStep {}

    /** Copies the state of a chiplet's handles and contexts out. */
    record Dumpchiplet(
            @Knob(doc = "Number of the chiplet, counted through the machine.", value = "0", max = "1000000")
            int chiplet,

            @Knob(doc = "The context dumped, or \"all\".", value = "all", word = "all", max = "15")
            int context,

            @Knob(doc = "Whether data segments are dumped too.", value = "true")
            boolean data,

            @Knob(doc = "Room there is for the dump.", value = "128 KiB", max = "1 GiB")
            long bufferBytes,

            @Knob(doc = StepDoc.BAD_POINTER, value = "false")
            boolean badPointer)
            implements RequestStep {}

    /** A request that the driver does not know. */
    record Ioctl() implements RequestStep {}
}
