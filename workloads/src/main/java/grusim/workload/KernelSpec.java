package grusim.workload;

/**
 * A Linux-like kernel: the rules its virtual memory follows and what its work costs.
 *
 * <p>Costs are CPU time of the routine that does the work; waiting for locks and memory comes on top.
 */
public record KernelSpec(
        @Knob(doc = "The version of Linux and its GRU driver whose rules are followed.", value = "2.6.28")
        Era era,

        @Knob(
                doc = "Memory model of the CPUs and device units: sequential consistency, store buffers (as x86), or"
                        + " loads and stores in any order that no fence forbids (as IA-64).",
                value = "sc")
        MemoryModel memoryModel,

        @Knob(
                doc = "In a run, how long a store may stay unseen by others; exhaustive checks need no bound.",
                value = "100 ns",
                max = "1 ms",
                source = Knob.ASSUMED)
        long memoryWindowPs,

        @Knob(
                doc = "Whether reclaim and migration notify each page after its PTE is cleared, or a range around it.",
                era = true)
        ReclaimNotifier reclaimNotifier,

        @Knob(
                doc =
                        "Whether a write to a shared page notifies the page between the clear of its PTE and the copy's, or a"
                                + " range around both.",
                era = true)
        CowNotifier cowNotifier,

        @Knob(
                doc = "Whether munmap(2), a shrinking mremap and brk take mmap_sem for read only once the vmas are"
                        + " detached, so that PTEs are cleared and page tables freed beside other readers.",
                era = true)
        boolean munmapDowngrade,

        @Knob(
                doc = "How the other CPUs' TLBs are flushed: an interrupt to the CPUs that run the address space, each"
                        + " of which acknowledges it (as on x86), a purge by hardware that interrupts nobody and takes"
                        + " cpuShootdownCost, messages of the UV hubs' broadcast assist units, or purges through the hubs"
                        + " of an Altix.",
                value = "ipi")
        Shootdown shootdown,

        @Knob(
                doc =
                        "How a CPU that interrupts others for a flush passes its request on, which is what each further CPU"
                                + " costs: in one word that all of them read and answer in, so that its line goes from CPU to CPU, or in"
                                + " a request of each, so that the sender fetches two lines to ask it and one to see its answer.",
                era = true)
        IpiRequests ipiRequests,

        @Knob(
                doc = "Which lock page-table entries are changed under: one of the address space, or one of the page of"
                        + " ptes or pmd entries that holds them.",
                value = "mm")
        PageTableLock pageTableLock,

        @Knob(
                doc =
                        "What unlinked page-table pages wait for before they are freed: the flush of the CPUs' TLBs, or an"
                                + " RCU grace period besides, which a CPU with interrupts off delays whatever it runs.",
                value = "flush")
        TableFree tableFree,

        @Knob(doc = "What an RCU grace period takes at least.", value = "10 ms", max = "1000 s", source = Knob.ASSUMED)
        long rcuGracePeriodPs,

        @Knob(
                doc =
                        "What mmu_notifier_register holds: mmap_sem for writing and the lock of the reverse map, so that no"
                                + " change of the address space is under way, or nothing.",
                value = "mm-locks",
                source = "Linux mm/mmu_notifier.c, do_mmu_notifier_register: mm_take_all_locks (V2)")
        Registration registration,

        @Knob(
                doc = "What exit_mmap holds: nothing, or mmap_sem for read while it unmaps and for write from the"
                        + " freeing of the page tables on.",
                era = true)
        ExitLock exitLock,

        @Knob(
                doc =
                        "Whether a driver's lockless walk takes an entry that allows no access (of a none mapping, or made so"
                                + " by NUMA balancing) as present, as pte_present of x86 does; if not, the miss goes to the"
                                + " user's call, which faults the page in.",
                value = "true")
        boolean walkTakesProtNone,

        @Knob(
                doc = "Whether a mapping may be larger than the memory for its pages; touching more than there is fails"
                        + " with ENOMEM.",
                value = "false")
        boolean overcommit,

        @Knob(
                doc = "From a thread's call that sends it to another core until it runs there.",
                value = "5 us",
                max = "1 s",
                source = "assumed: a context switch, an interrupt and a wake-up")
        long threadMoveCostPs,

        @Knob(
                doc = "Making a process by fork, without its vmas and page tables.",
                value = "50 us",
                max = "1 s",
                source = Knob.ASSUMED)
        long forkCostPs,

        @Knob(doc = "Copying one vma in fork.", value = "300 ns", max = "1 s", source = Knob.ASSUMED)
        long vmaCopyCostPs,

        @Knob(
                doc = "Loading a program by exec, without the end of the old address space.",
                value = "200 us",
                max = "1 s",
                source = Knob.ASSUMED)
        long execCostPs,

        @Knob(
                doc = "What ksmd needs to look for a page of equal content, and to compare two.",
                value = "1 us",
                max = "1 s",
                source = Knob.ASSUMED)
        long ksmCompareCostPs,

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
                doc = "Copying one base page.",
                value = "1.2 us",
                max = "1 s",
                source = "assumed: zeroing it, and reading as much from the cache")
        long copyPageCostPs,

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
                doc = "Pages a CPU gathers while it unmaps, before it flushes and frees them.",
                value = "512",
                min = "1",
                max = "65536",
                source = "Linux include/asm-generic/tlb.h, a page of pointers")
        int gatherPages,

        @Knob(
                doc =
                        "Round trip of the interrupt that asks one CPU for a flush, its lines included; a purge by hardware.",
                value = "2.7 us",
                max = "1 s",
                source = "IPI on 16 cores and 2 sockets: LATR, ASPLOS 2018 (V2)")
        long cpuShootdownCostPs,

        @Knob(
                doc = "Handling one TLB flush interrupt on the CPU that receives it.",
                value = "500 ns",
                max = "1 s",
                source = Knob.ASSUMED)
        long ipiHandlerCostPs,

        @Knob(doc = "Calling one mmu notifier.", value = "50 ns", max = "1 ms", source = Knob.ASSUMED)
        long notifierCallCostPs,

        @Knob(doc = "Writing one page to swap.", value = "20 us", max = "1 s", source = Knob.ASSUMED)
        long swapOutCostPs,

        @Knob(doc = "Reading one page from swap.", value = "20 us", max = "1 s", source = Knob.ASSUMED)
        long swapInCostPs,

        @Knob(doc = "The CPUs' own TLBs.") CpuTlbSpec cpuTlb,

        @Knob(doc = "The UV hubs' broadcast assist units.") BauSpec bau,

        @Knob(doc = "The hubs of an Altix.") Sn2Spec sn2,

        @Knob(
                doc = "Huge pages of 2 MiB that each blade keeps in a pool for regions with pageSize 2 MiB"
                        + " (vm.nr_hugepages per node).",
                value = "0",
                max = "1048576")
        int hugePages,

        @Knob(
                doc =
                        "Where a first touch maps a transparent huge page: nowhere, in ranges advised so by madvise, or in"
                                + " all mappings that have room for it.",
                value = "never")
        HugePolicy transparentHugepages,

        @Knob(doc = "The reclaim thread.") ReclaimSpec reclaim) {
    /** Memory models. */
    public enum MemoryModel {
        /** Sequential consistency: every load sees the latest store. */
        SC,
        /** Total store order: a CPU's stores wait in order in its buffer, where only it sees them. */
        TSO,
        /** A load may return any store not older than what fences and messages made the reader see. */
        RELAXED
    }

    /** How reclaim tells the mmu notifiers. */
    public enum ReclaimNotifier {
        PAGE,
        RANGE
    }

    /** How a write to a shared page tells the mmu notifiers. */
    public enum CowNotifier {
        PAGE,
        RANGE
    }

    /** Where transparent huge pages are faulted in. */
    public enum HugePolicy {
        NEVER,
        MADVISE,
        ALWAYS
    }

    /** How the TLBs of other CPUs are flushed. */
    public enum Shootdown {
        /** The CPUs of the address space's mask are interrupted and acknowledge; one with interrupts off delays it. */
        IPI,
        /** The hardware purges them, whatever their CPUs do. */
        PURGE,
        /** The broadcast assist units of the UV hubs interrupt the CPUs of other hubs. */
        UV_BAU,
        /** The hubs of an Altix purge them, one write per node. */
        SN2
    }

    /** Where a request for a flush stands that goes out by interrupt. */
    public enum IpiRequests {
        /** In one word per sender, which every CPU that is asked clears its bit of. */
        SHARED_WORD,
        /** In a request to each CPU, on its own queue, which it marks as done. */
        PER_CPU
    }

    /** What a page-table lock guards. */
    public enum PageTableLock {
        /** All tables of an address space. */
        MM,
        /** One page of ptes or pmd entries; those above are guarded by the address space's. */
        SPLIT
    }

    /** What page-table pages wait for before they are freed. */
    public enum TableFree {
        /** The flush alone, which interrupts the CPUs of the address space if the kernel flushes so. */
        FLUSH,
        /** A grace period of read-copy-update after the flush. */
        RCU
    }

    /** What registering a notifier locks. */
    public enum Registration {
        MM_LOCKS,
        NONE
    }

    /** What the end of an address space locks. */
    public enum ExitLock {
        NONE,
        MMAP_LOCK
    }
}
