package grusim.workload;

/** The broadcast assist unit of the UV hubs, by which shootdown {@code uv-bau} flushes the CPUs of other hubs. */
public record BauSpec(
        @Knob(
                doc = "Messages that the receive queue of a hub holds.",
                value = "20",
                min = "1",
                max = "1024",
                source = "Linux arch/x86/include/asm/uv/uv_bau.h (V)")
        int queueEntries,

        @Knob(
                doc = "Messages that a hub accepts before the first of them is acknowledged by software.",
                value = "8",
                min = "1",
                max = "1024",
                source = "Linux arch/x86/include/asm/uv/uv_bau.h (V)")
        int ackResources,

        @Knob(
                doc = "Messages that the CPUs of one hub may have under way at a time.",
                value = "3",
                min = "1",
                max = "1024",
                source = "UV1: Linux arch/x86/include/asm/uv/uv_bau.h (V)")
        int concurrentSends,

        @Knob(
                doc = "Successes in a row after which a hub that was throttled may have one message more under way.",
                value = "5",
                max = "1000000",
                source = "Linux arch/x86/kernel/tlb_uv.c (V)")
        int raiseAfter,

        @Knob(
                doc = "From the start of a message to its arrival at the hubs.",
                value = "1 us",
                max = "1 s",
                source = Knob.ASSUMED)
        long messageLatencyPs,

        @Knob(
                doc = "Handling one message on a CPU that receives it, besides the flush.",
                value = "500 ns",
                max = "1 s",
                source = Knob.ASSUMED)
        long handlerCostPs,

        @Knob(
                doc = "How often a sender looks whether all hubs have acknowledged.",
                value = "100 ns",
                min = "1 ns",
                max = "1 s",
                source = Knob.ASSUMED)
        long pollIntervalPs,

        @Knob(
                doc = "How long a sender waits that found a hub without a free acknowledgement resource.",
                value = "10 us",
                min = "1 ns",
                max = "1 s",
                source = "Linux arch/x86/include/asm/uv/uv_bau.h (V)")
        long pluggedDelayPs,

        @Knob(
                doc = "Such findings in a row after which the sender gives up and interrupts the CPUs instead.",
                value = "100",
                min = "1",
                max = "1000000",
                source = "Linux arch/x86/include/asm/uv/uv_bau.h (V)")
        int pluggedLimit,

        @Knob(
                doc =
                        "How long a hub may take to acknowledge; then its resources are reset, the sender's hub is throttled"
                                + " to one message at a time, and the CPUs are interrupted instead.",
                value = "560 us",
                min = "1 ns",
                max = "1000 s",
                source = "Linux arch/x86/include/asm/uv/uv_bau.h (V)")
        long destinationTimeoutPs,

        @Knob(
                doc = "Resetting the resources that a sender holds on one hub.",
                value = "2.7 us",
                max = "1 s",
                source = "an interrupt of that hub: LATR, ASPLOS 2018 (V2)")
        long resetCostPs,

        @Knob(
                doc = "Mean response of a CPU's messages above which the unit is disabled for the whole machine.",
                value = "1 ms",
                min = "1 ns",
                max = "1000 s",
                source = "Linux arch/x86/include/asm/uv/uv_bau.h (V)")
        long congestedResponsePs,

        @Knob(
                doc = "Messages of a CPU of which the mean is taken.",
                value = "10",
                min = "1",
                max = "1000000",
                source = "Linux arch/x86/include/asm/uv/uv_bau.h (V)")
        int congestedSends,

        @Knob(
                doc = "Sends given up after which the unit is disabled.",
                value = "100",
                min = "1",
                max = "1000000",
                source = "Linux arch/x86/include/asm/uv/uv_bau.h (V)")
        int giveUpLimit,

        @Knob(
                doc = "How long the unit stays disabled; the CPUs are interrupted meanwhile.",
                value = "10 s",
                max = "1000 s",
                source = "Linux arch/x86/include/asm/uv/uv_bau.h (V)")
        long disabledTimePs) {}
