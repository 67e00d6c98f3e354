package grusim.workload;

/** CPU time of the GRU driver's routines; locks, walks and device commands are charged where they happen. */
public record DriverSpec(
        @Knob(
                doc = "Entering the interrupt handler and reading the fault map.",
                value = "200 ns",
                max = "1 s",
                source = "assumed; part of a neutral 1 us for the handler")
        long interruptEntryCostPs,

        @Knob(
                doc = "Handling one fault bit, besides the dropin.",
                value = "600 ns",
                max = "1 s",
                source = "assumed; part of a neutral 1 us for the handler")
        long handlerCostPs,

        @Knob(
                doc = "Building and starting one dropin.",
                value = "200 ns",
                max = "1 s",
                source = "assumed; part of a neutral 1 us for the handler")
        long dropinCostPs,

        @Knob(
                doc = "Entering the driver by ioctl, as call_os does.",
                value = "1 us",
                max = "1 s",
                source = "assumed; neutral 1 us for an ioctl")
        long ioctlCostPs,

        @Knob(
                doc = "Copying or zeroing one 64-byte line of a context at load or unload.",
                value = "20 ns",
                max = "1 ms",
                source = Knob.ASSUMED)
        long contextCopyLatencyPerLinePs) {}
