package grusim.workload;

/** How the device's translations are kept true to the page tables. */
public record InvalidationSpec(
        @Knob(doc = "The protocol between the kernel's VM and the device's driver.", value = "range-kill-bits")
        Protocol protocol,

        @Knob(
                doc = "A rule of the protocol that is left out, to see what it is for; each protocol has its own.",
                value = "none")
        Protocol.Rule without,

        @Knob(
                doc =
                        "Length of the intervals of address space that fills look after, a power of two; protocol interval.",
                value = "2 MiB",
                min = "4 KiB",
                max = "1 TiB",
                source = Knob.ASSUMED)
        long intervalBytes,

        @Knob(
                doc =
                        "Whether the hook where entries are cleared is called for each page, as in its first versions, and not"
                                + " for each page of entries; protocol clear-flush.",
                value = "false")
        boolean hookPerPage,

        @Knob(doc = "The latencies of translation and page requests.")
        AtsSpec ats,

        @Knob(doc = "The costs of asking the CPU that serves the device.")
        CrossPartitionSpec crossPartition) {}
