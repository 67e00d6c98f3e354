package grusim.workload;

/** A message queue of the kernel: a physically contiguous block of memory that messages are sent to. */
public record QueueSpec(
        @Knob(doc = "The queue's name, unique in the spec.", required = true)
        String name,

        @Knob(doc = "Blade whose memory holds it.", value = "0", max = "16383")
        int blade,

        @Knob(
                doc =
                        "Size, a multiple of 64 bytes. Two lines are the header's, two at the end stay unused, the rest holds"
                                + " messages in two halves. A contiguous block has 4 MiB at most, as in Linux.",
                value = "4 KiB",
                min = "512 B",
                max = "4 MiB")
        long sizeBytes,

        @Knob(doc = "Where it begins in its first page, a multiple of 64 bytes.", value = "0 B", max = "4 KiB")
        long offsetBytes,

        @Knob(
                doc =
                        "Whether a message interrupts the receiver; a sender whose message had to be stored again then sends a"
                                + " no-op message for the interrupt's sake.",
                value = "false")
        boolean interrupts) {
    /** Bytes of a line. */
    public static final int LINE_BYTES = 64;
}
