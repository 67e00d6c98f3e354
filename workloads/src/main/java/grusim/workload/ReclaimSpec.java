package grusim.workload;

/** A small reclaim thread per partition: it swaps out pages when free memory runs low. */
public record ReclaimSpec(
        @Knob(doc = "Whether the thread exists.", value = "false")
        boolean enabled,

        @Knob(doc = "Free memory below which reclaim starts.", value = "16 MiB", max = "1 TiB", source = Knob.ASSUMED)
        long lowWatermarkBytes,

        @Knob(doc = "Free memory at which reclaim stops.", value = "32 MiB", max = "1 TiB", source = Knob.ASSUMED)
        long highWatermarkBytes,

        @Knob(doc = "Pages reclaimed at a time.", value = "32", min = "1", max = "65536", source = Knob.ASSUMED)
        int batch,

        @Knob(
                doc = "How long the thread pauses after a batch that freed nothing.",
                value = "100 us",
                min = "1 ns",
                max = "1000 s",
                source = Knob.ASSUMED)
        long intervalPs) {}
