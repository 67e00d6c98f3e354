package grusim.workload;

/**
 * The GRU chiplets: structure that is published nowhere, and latencies.
 *
 * <p>The fixed structure (16 contexts, 128 control blocks, 32 KiB of data segment per chiplet) is not a knob. No GRU
 * clock is published, so every latency is a time of its own.
 */
public record GruSpec(
        @Knob(
                doc = "Whether an invalidate marks outstanding misses and dropins in flight, so that a marked dropin"
                        + " is ignored.",
                value = "true",
                source = "Steiner, linux-mm, 19 Feb 2008 (V)")
        boolean killBits,

        @Knob(
                doc =
                        "Which outstanding misses an invalidate marks: all of the chiplet, those of the contexts it names,"
                                + " of its asid, or of its address range.",
                value = "all",
                source = "Steiner, linux-mm, 19 Feb 2008: all outstanding misses (V)")
        KillScope killScope,

        @Knob(
                doc = "Whether a pending fault keeps its context from being unloaded.",
                value = "true",
                source = "Holt and Piggin, 30 Jul 2008 (V)")
        boolean faultLocksContext,

        @Knob(doc = "The TLB shared by the contexts of a chiplet.")
        TlbSpec tlb,

        @Knob(
                doc = "Line requests one control block may have outstanding.",
                value = "32",
                min = "1",
                max = "4096",
                source = Knob.ASSUMED)
        int linesInFlightPerCbr,

        @Knob(
                doc = "Line requests all control blocks of a chiplet together may have outstanding.",
                value = "64",
                min = "1",
                max = "65536",
                source = Knob.ASSUMED)
        int linesInFlightPerChiplet,

        @Knob(
                doc = "TLB entry writes the chiplet accepts at once; further dropins wait for the port.",
                value = "1",
                min = "1",
                max = "128",
                source = Knob.ASSUMED)
        int dropinPortWidth,

        @Knob(doc = "One TLB lookup.", value = "4 ns", max = "1 ms", source = Knob.ASSUMED)
        long tlbLookupLatencyPs,

        @Knob(
                doc = "From the start of a control block to its first TLB lookup.",
                value = "20 ns",
                max = "1 ms",
                source = Knob.ASSUMED)
        long decodeLatencyPs,

        @Knob(
                doc = "Time between two line requests issued by a chiplet.",
                value = "2 ns",
                max = "1 ms",
                source = Knob.ASSUMED)
        long issueIntervalPs,

        @Knob(
                doc = "From a TFH command to the TLB write.",
                value = "150 ns",
                max = "1 ms",
                source = "assumed; half of a neutral 0.3 us for the TFH")
        long tfhStartLatencyPs,

        @Knob(
                doc = "From the TLB write to the restart of the control block.",
                value = "150 ns",
                max = "1 ms",
                source = "assumed; half of a neutral 0.3 us for the TFH")
        long tfhRestartLatencyPs,

        @Knob(
                doc = "From a lookup that missed to the miss recorded in the TFH.",
                value = "20 ns",
                max = "1 ms",
                source = Knob.ASSUMED)
        long missRecordLatencyPs,

        @Knob(
                doc = "From a bit in the fault map to the CPU's interrupt handler.",
                value = "1.5 us",
                max = "1 s",
                source = "assumed; unicast IPI delivery 1.45 us in a KVM guest, Intel IPIv cover letter 2021 (D)")
        long interruptLatencyPs,

        @Knob(
                doc = "Fixed part of a TLB invalidate through a TGH.",
                value = "2 us",
                max = "1 s",
                source = "assumed; \"normally a few usec\", Linux driver sgi-gru, grutlbpurge.c (V)")
        long tghFixedLatencyPs,

        @Knob(
                doc = "Part of a TLB invalidate for each page it names.",
                value = "2 ns",
                max = "1 ms",
                source = "assumed; a range invalidate is much faster than single ones, Steiner, 3 Mar 2008 (V)")
        long tghPerPageLatencyPs,

        @Knob(doc = "CCH ALLOCATE command.", value = "500 ns", max = "1 s", source = Knob.ASSUMED)
        long cchAllocateLatencyPs,

        @Knob(doc = "CCH START command.", value = "500 ns", max = "1 s", source = Knob.ASSUMED)
        long cchStartLatencyPs,

        @Knob(
                doc = "CCH INTERRUPT and INTERRUPT_SYNC commands, besides waiting for traffic.",
                value = "1 us",
                max = "1 s",
                source = Knob.ASSUMED)
        long cchInterruptLatencyPs,

        @Knob(doc = "CCH DEALLOCATE command.", value = "500 ns", max = "1 s", source = Knob.ASSUMED)
        long cchDeallocateLatencyPs,

        @Knob(
                doc = "From the end of an instruction to its status visible to a polling CPU.",
                value = "100 ns",
                max = "1 ms",
                source = Knob.ASSUMED)
        long statusWriteLatencyPs,

        @Knob(
                doc = "The atomic operation at the memory's hub, besides the trip.",
                value = "50 ns",
                max = "1 ms",
                source = Knob.ASSUMED)
        long amoLatencyPs,

        @Knob(doc = "Errors of the hardware that strike.") ErrorsSpec errors) {}
