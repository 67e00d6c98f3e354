package grusim.workload;

/** What a device that shares the process's page tables through an IOMMU waits for; protocol {@code ats}. */
public record AtsSpec(
        @Knob(
                doc = "A translation request's way to the IOMMU and back, its walk not counted.",
                value = "500 ns",
                max = "1 ms",
                source = "assumed: a PCI Express round trip")
        long translationLatencyPs,

        @Knob(
                doc = "A page request's way into the OS, up to its fault handler.",
                value = "5 us",
                max = "1 s",
                source = "assumed: a message, an interrupt and a work queue")
        long pageRequestLatencyPs,

        @Knob(
                doc = "The way of the OS's answer to a page request back to the device.",
                value = "1 us",
                max = "1 s",
                source = Knob.ASSUMED)
        long pageResponseLatencyPs) {}
