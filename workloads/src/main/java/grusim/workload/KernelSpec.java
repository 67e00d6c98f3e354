package grusim.workload;

/**
 * A Linux-like kernel: how its virtual memory behaves and what its work costs.
 *
 * <p>Costs are CPU time of the routine that does the work; waiting for locks and memory comes on top.
 */
public record KernelSpec(
        @Knob(doc = "Memory model of the CPUs and device units.", value = "sc")
        MemoryModel memoryModel,

        @Knob(
                doc = "Whether reclaim notifies each page after its PTE is cleared, or a range around it.",
                value = "page",
                source = "Linux before 4.13: the invalidate_page callback (M)")
        ReclaimNotifier reclaimNotifier,

        @Knob(doc = "Entry into and exit from a system call.", value = "150 ns", max = "1 s", source = Knob.ASSUMED)
        long syscallCostPs,

        @Knob(
                doc = "A minor page fault without zeroing the page.",
                value = "750 ns",
                max = "1 s",
                source = "0.75 us, Linux 6.17: bpf_fault draft (V2)")
        long faultCostPs,

        @Knob(
                doc = "Zeroing one base page.",
                value = "950 ns",
                max = "1 s",
                source = "assumed; 1.7 us for a zeroing fault less 0.75 us (D)")
        long zeroPageCostPs,

        @Knob(
                doc = "Taking or releasing a lock nobody else holds.",
                value = "20 ns",
                max = "1 ms",
                source = Knob.ASSUMED)
        long lockCostPs,

        @Knob(doc = "Reading one level of the page table.", value = "25 ns", max = "1 ms", source = Knob.ASSUMED)
        long walkLevelLatencyPs,

        @Knob(doc = "Writing one page-table entry.", value = "20 ns", max = "1 ms", source = Knob.ASSUMED)
        long pteUpdateCostPs,

        @Knob(doc = "Giving one page back to the allocator.", value = "50 ns", max = "1 ms", source = Knob.ASSUMED)
        long pageFreeCostPs,

        @Knob(
                doc = "Flushing the other CPUs' TLBs once.",
                value = "2.7 us",
                max = "1 s",
                source = "IPI on 16 cores and 2 sockets: LATR, ASPLOS 2018 (V2)")
        long cpuShootdownCostPs,

        @Knob(doc = "Calling one mmu notifier.", value = "50 ns", max = "1 ms", source = Knob.ASSUMED)
        long notifierCallCostPs,

        @Knob(doc = "Writing one page to swap.", value = "20 us", max = "1 s", source = Knob.ASSUMED)
        long swapOutCostPs,

        @Knob(doc = "Reading one page from swap.", value = "20 us", max = "1 s", source = Knob.ASSUMED)
        long swapInCostPs,

        @Knob(doc = "The reclaim thread.") ReclaimSpec reclaim) {
    /** Memory models a run can use. */
    public enum MemoryModel {
        /** Sequential consistency: every load sees the latest store. */
        SC
    }

    /** How reclaim tells the mmu notifiers. */
    public enum ReclaimNotifier {
        PAGE,
        RANGE
    }
}
