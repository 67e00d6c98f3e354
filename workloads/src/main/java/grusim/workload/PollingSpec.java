package grusim.workload;

/** The OS thread that polls the fault maps of a blade's chiplets, for contexts whose misses are os-polling. */
public record PollingSpec(
        @Knob(
                doc = "Time from one scan of a fault map to the next; a fault bit waits for the next scan.",
                value = "10 us",
                min = "1 ns",
                max = "1 s",
                source = Knob.ASSUMED)
        long intervalPs,

        @Knob(
                doc = "Reading and clearing one fault map, in a scan that finds a bit.",
                value = "200 ns",
                max = "1 s",
                source = "assumed; as entering the interrupt handler")
        long scanCostPs) {}
