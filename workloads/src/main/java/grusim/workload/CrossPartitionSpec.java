package grusim.workload;

/** What it costs to ask the CPU of another partition that serves the device; protocol {@code cross-partition-ipi}. */
public record CrossPartitionSpec(
        @Knob(
                doc = "A fault's request to the page's owner, and the owner's answer, each.",
                value = "2 us",
                max = "1 s",
                source = "assumed: an uncached message and its interrupt")
        long messageLatencyPs,

        @Knob(
                doc = "Writing a payload into another partition's memory, uncached.",
                value = "1 us",
                max = "1 s",
                source = "assumed: ten times what a coherent store costs")
        long depositCostPs,

        @Knob(doc = "The interrupt's way to the serving CPU.", value = "1 us", max = "1 s", source = Knob.ASSUMED)
        long interruptLatencyPs,

        @Knob(
                doc = "Taking one payload from the queue and finding its address space.",
                value = "500 ns",
                max = "1 s",
                source = Knob.ASSUMED)
        long handlerCostPs) {}
