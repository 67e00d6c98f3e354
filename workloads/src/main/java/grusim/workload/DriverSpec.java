package grusim.workload;

/**
 * The GRU driver: the CPU time of its routines and the rules it follows. Locks, walks and device commands are charged
 * where they happen.
 */
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
        long contextCopyLatencyPerLinePs,

        @Knob(
                doc = "Order of the range-start callout: count the range active and then flush, or the reverse.",
                value = "count-then-flush",
                source = "Linux driver sgi-gru, grutlbpurge.c (V)")
        RangeStart rangeStart,

        @Knob(
                doc = "Whether a fence, the handle's own start barrier included, orders the count before the flush"
                        + " command.",
                value = "true",
                source = "Linux driver sgi-gru, grutlbpurge.c and gruhandles.c (V)")
        boolean rangeStartFence,

        @Knob(
                doc = "Whether the driver's own fill is refused while a range invalidate of its address space is"
                        + " active.",
                value = "true",
                source = "Linux driver sgi-gru, grufault.c: gru_try_dropin (V)")
        boolean rangeActiveRefuses,

        @Knob(
                doc = "How the range-end callout lowers the count: an atomic operation that is a full barrier, one"
                        + " without ordering, one that only acquires, or a load and a plain store.",
                era = true)
        RangeEnd rangeEnd,

        @Knob(
                doc = "Whether a read barrier stands between reading the miss (TFH) and the count of active ranges.",
                era = true)
        boolean barrierTfhToCount,

        @Knob(
                doc = "Whether a read barrier stands between the count of active ranges and the page-table walk.",
                era = true)
        boolean barrierCountToPte,

        @Knob(
                doc = "Whether a fill that waits for the end of the active ranges has a full barrier between queueing"
                        + " itself and reading the count.",
                value = "true",
                source = "Linux wait_event: set_current_state (M)")
        boolean waitBarrier,

        @Knob(
                doc = "Whether the driver refuses the vma that find_vma returned when it does not contain the address.",
                value = "false",
                source = "Linux driver sgi-gru, grufault.c: no check (V)")
        boolean findVmaChecksContainment,

        @Knob(
                doc =
                        "Whether a flush names the 2 MiB pages of its range too; if not, an entry for one outlives a flush of"
                                + " fewer than 1,024 base pages.",
                value = "false",
                source = "Linux driver sgi-gru, grutlbpurge.c: base pages only (V)")
        boolean flushHugePages,

        @Knob(
                doc = "Whether the fault interrupt walks the page table; if not, it leaves every miss to the user.",
                era = true)
        boolean interruptWalk,

        @Knob(doc = "Whether a user's call walks the page table before it resorts to get_user_pages.", era = true)
        boolean userWalk,

        @Knob(
                doc = "The notifier's release callout: it unloads the address space's contexts, only notes that the"
                        + " address space is gone, or does not exist.",
                era = true)
        Release release,

        @Knob(
                doc = "What protects the interrupt's walk: mmap_sem taken for read if it is free, or waited for, which"
                        + " the driver must not do there, or only that interrupts are off on its CPU.",
                value = "mmap-sem",
                source = "Linux driver sgi-gru, grufault.c: read trylock (V)")
        WalkProtection walkProtection,

        @Knob(doc = "The OS thread that polls for misses.") PollingSpec polling,

        @Knob(doc = "How contexts are given out and taken away.")
        ContextsSpec contexts,

        @Knob(
                doc =
                        "Whether the check that a context lies where its thread runs may drop the last reference to the thread"
                                + " state by unloading the context, though its caller goes on to use it (CVE-2022-3424).",
                era = true)
        boolean placementDropsLastReference,

        @Knob(
                doc = "Whether the handler of a fault map answers a miss of a context that was directed to another map"
                        + " after the miss; one that takes it for spurious shows what that is for.",
                value = "true",
                source = "Linux driver sgi-gru, grufault.c: gru_intr asks for the context only (V)")
        boolean oldMapServed,

        @Knob(doc = "The numbers of address spaces.") AsidSpec asids,

        @Knob(doc = "Message queues: costs and rules.") MessagesSpec messages) {
    /** The two orders of a range start. */
    public enum RangeStart {
        COUNT_THEN_FLUSH,
        FLUSH_THEN_COUNT
    }

    /** How a range end lowers the count of active ranges. */
    public enum RangeEnd {
        /** An atomic decrement with a full barrier. */
        FULL_BARRIER,
        /** An atomic decrement without ordering, which under tso is a locked instruction all the same. */
        PLAIN_DECREMENT,
        /** An atomic decrement that acquires only, as IA-64's fetchadd.acq. */
        ACQUIRE_DECREMENT,
        /** A load and a plain store; correct only while nothing else changes the count. */
        STORE_DECREMENT
    }

    /** What the driver does when its notifier is released. */
    public enum Release {
        /** Unloads the contexts of the address space. */
        TEARDOWN,
        /** Notes it. */
        FLAG,
        /** There is no such callout. */
        NONE
    }

    /** What keeps page tables from being freed under the interrupt's walk. */
    public enum WalkProtection {
        MMAP_SEM,
        /** The interrupt waits; the lock's holder may wait for that CPU to flush its TLB. */
        MMAP_SEM_WAIT,
        IRQ_OFF
    }
}
