package grusim.linux;

/** What the virtual memory counts; the name in results is the key. */
public enum VmCounter {
    FAULTS_MINOR("faultsMinor", "events", "CPU and get_user_pages faults resolved without reading swap"),
    FAULTS_MAJOR("faultsMajor", "events", "faults that read a page from swap"),
    FAULTS_ZEROING("faultsZeroing", "events", "minor faults that filled a new page"),
    FAULTS_UPGRADE("faultsUpgrade", "events", "faults that only made a present page writable and dirty"),
    FAULTS_COW("faultsCow", "events", "writes to a shared page that copied its frame"),
    FAULTS_COW_REUSED(
            "faultsCowReused", "events", "writes to a page that had been shared and whose frame nobody shares"),
    FAULTS_RACED("faultsRaced", "events", "faults that found another CPU had changed the entry meanwhile"),
    FAULTS_SEGV("faultsSegv", "events", "faults outside every mapping or against its protection"),
    FAULTS_OUT_OF_MEMORY("faultsOutOfMemory", "events", "faults refused because no frame was free"),
    GET_USER_PAGES("getUserPages", "events", "calls of get_user_pages for one page"),
    ATOMIC_WALKS("atomicWalks", "events", "lockless walks of the page table"),
    ATOMIC_WALKS_REFUSED("atomicWalksRefused", "events", "lockless walks that found no usable entry"),
    FRAMES_ALLOCATED("framesAllocated", "frames", "frames handed out"),
    FRAMES_REUSED("framesReused", "frames", "frames handed out that had been in use before"),
    FRAMES_FREED("framesFreed", "frames", "frames given back"),
    FRAMES_OFF_BLADE("framesOffBlade", "frames", "frames taken from another blade because the wanted one was empty"),
    TABLES_ALLOCATED("tablesAllocated", "pages", "page-table pages handed out"),
    TABLES_FREED("tablesFreed", "pages", "page-table pages given back"),
    TABLES_READ_AFTER_FREE("tablesReadAfterFree", "events", "reads through a pointer to a freed page-table page"),
    PTES_CLEARED("ptesCleared", "entries", "present entries cleared by unmapping, reclaim or migration"),
    PTES_MOVED("ptesMoved", "entries", "entries moved by mremap"),
    PTES_PROTECTED("ptesProtected", "entries", "present entries changed by mprotect"),
    MMAPS("mmaps", "calls", "mmap calls that succeeded"),
    MUNMAPS("munmaps", "calls", "munmap calls that succeeded"),
    MREMAPS("mremaps", "calls", "mremap calls that succeeded"),
    MPROTECTS("mprotects", "calls", "mprotect calls that succeeded"),
    BRKS("brks", "calls", "brk calls, also those that only ask or are refused"),
    MADVISES("madvises", "calls", "madvise calls that succeeded"),
    FORKS("forks", "calls", "fork calls that succeeded"),
    PTES_COPIED("ptesCopied", "entries", "entries copied to a child by fork"),
    EXECS("execs", "calls", "exec calls that succeeded"),
    PAGES_MERGED("pagesMerged", "pages", "pages that ksmd gave the frame of another page of equal content"),
    CALLS_REFUSED("callsRefused", "calls", "memory system calls that returned an error"),
    FILLS_DISCARDED("fillsDiscarded", "events", "pages found for a secondary MMU that an invalidate took away again"),
    PAGES_PINNED("pagesPinned", "pages", "references that a secondary MMU took and kept"),
    PAGES_PINNED_AT_ONCE("pagesPinnedAtOnce", "pages", "most references kept for a secondary MMU at one time"),
    PAGES_UNPINNED("pagesUnpinned", "pages", "references that a secondary MMU gave back"),
    NOTIFIER_RANGES("notifierRanges", "events", "ranges announced to a secondary MMU"),
    NOTIFIER_PAGES("notifierPages", "events", "single pages announced to a secondary MMU"),
    NOTIFIER_CLEARS("notifierClears", "events", "clears announced to a secondary MMU under the page-table lock"),
    NOTIFIER_FLUSHES("notifierFlushes", "events", "flushes announced to a secondary MMU"),
    SHOOTDOWNS("shootdowns", "events", "flushes of the CPUs' TLBs"),
    IPIS_SENT("ipisSent", "events", "requests to flush its TLB sent to another CPU by interrupt"),
    IPI_WAITS("ipiWaits", "events", "flushes that had to wait for another CPU when their own work was done"),
    IPI_WAIT("ipiWait", "ps", "time that flushes waited so"),
    TLB_PAGES_FLUSHED("tlbPagesFlushed", "pages", "pages that CPUs flushed from their own TLBs one by one"),
    TLB_FULL_FLUSHES("tlbFullFlushes", "events", "times a CPU flushed its own whole TLB"),
    TLB_FLUSHES_SKIPPED("tlbFlushesSkipped", "events", "flushes that a CPU had done with a later one"),
    TLB_FLUSHES_UPGRADED(
            "tlbFlushesUpgraded", "events", "flushes of a range that became full, as an earlier one was missed"),
    TLB_FLUSHES_LATE("tlbFlushesLate", "events", "full flushes of a lazy CPU when it ran a thread again"),
    LAZY_CPUS_LEFT("lazyCpusLeft", "events", "lazy CPUs that left an address space when they were asked for a flush"),
    LAZY_CPUS_SKIPPED("lazyCpusSkipped", "events", "lazy CPUs that a flush passed over"),
    MM_SWITCHES("mmSwitches", "events", "address spaces loaded by CPUs"),
    GRACE_PERIODS("gracePeriods", "events", "RCU grace periods"),
    BAU_SENDS("bauSends", "events", "messages sent by broadcast assist units"),
    BAU_HUBS("bauHubs", "events", "hubs that these messages went to"),
    BAU_MESSAGES_HANDLED("bauMessagesHandled", "events", "messages handled by CPUs, each by all of its hub"),
    BAU_THROTTLED("bauThrottled", "events", "sends that had to wait for leave, as too many were under way"),
    BAU_PLUGGED("bauPlugged", "events", "times a hub had no acknowledgement resource or no room for a message"),
    BAU_TIMEOUTS("bauTimeouts", "events", "messages that a hub took too long to acknowledge"),
    BAU_RESETS("bauResets", "events", "hubs whose resources a sender reset"),
    BAU_GIVE_UPS("bauGiveUps", "events", "sends given up"),
    BAU_DISABLED("bauDisabled", "events", "times the units were disabled for the whole machine"),
    BAU_FALLBACKS("bauFallbacks", "events", "flushes by interrupts in place of a message"),
    PURGES_LOCAL("purgesLocal", "events", "purges by a CPU that alone used the address space"),
    PURGES_GLOBAL("purgesGlobal", "events", "purges through the hubs of an Altix"),
    PURGE_WRITES("purgeWrites", "events", "writes of purge registers, one per node and purge"),
    PURGE_WINDOW_WAIT("purgeWindowWait", "ps", "time that purges waited for outstanding writes before the next one"),
    RECLAIM_SCANNED("reclaimScanned", "pages", "pages looked at by reclaim"),
    RECLAIM_SECOND_CHANCES("reclaimSecondChances", "pages", "pages spared because they had been used lately"),
    RECLAIM_NOT_BLOCKED(
            "reclaimNotBlocked",
            "pages",
            "times reclaim passed over a page since a secondary MMU would have had to sleep"),
    RECLAIM_REFERENCED(
            "reclaimReferenced", "pages", "times reclaim passed over a page since somebody holds a reference to it"),
    PAGES_RECLAIMED("pagesReclaimed", "pages", "pages swapped out and freed"),
    PAGES_LAZILY_FREED("pagesLazilyFreed", "pages", "pages that reclaim gave up without writing them, after MADV_FREE"),
    SWAPPED_OUT("swappedOut", "pages", "pages written to swap"),
    SWAPPED_IN("swappedIn", "pages", "pages read from swap"),
    PAGES_MIGRATED("pagesMigrated", "pages", "pages moved to a frame of another blade"),
    MIGRATIONS_FAILED("migrationsFailed", "pages", "pages that were to be migrated and stayed where they were"),
    MIGRATIONS_PINNED("migrationsPinned", "pages", "of those, pages somebody else than their mapping referred to"),
    MIGRATION_WAITS("migrationWaits", "events", "faults that waited for the end of a migration"),
    MOVE_PAGES("movePages", "calls", "move_pages calls that succeeded"),
    NUMA_SCANS("numaScans", "events", "ranges made inaccessible by NUMA balancing to see who uses them"),
    PTES_HINTED("ptesHinted", "entries", "present entries made inaccessible by NUMA balancing"),
    FAULTS_HINTING("faultsHinting", "events", "faults on entries made inaccessible by NUMA balancing"),
    FAULTS_HINTING_LOCAL("faultsHintingLocal", "events", "of those, faults by a CPU of the blade that has the page"),
    FAULTS_HUGE("faultsHuge", "events", "minor faults that mapped a huge page, hugetlb or transparent"),
    FAULTS_HUGE_FALLBACK(
            "faultsHugeFallback", "events", "faults that found no run of frames for a transparent huge page"),
    HUGE_PAGES_SPLIT("hugePagesSplit", "pages", "transparent huge pages whose entry was made a table of ptes"),
    HUGE_PAGES_COLLAPSED("hugePagesCollapsed", "pages", "ranges of base pages that were made a huge page"),
    COLLAPSES_FAILED("collapsesFailed", "events", "attempts to collapse a range that left it as it was"),
    KSWAPD_WAKEUPS("kswapdWakeups", "events", "times the reclaim thread found memory low"),
    DIRECT_RECLAIMS("directReclaims", "events", "times a fault had to reclaim pages itself"),
    MMAP_SEM_READ_WAITS("mmapSemReadWaits", "events", "times a reader had to wait for mmap_sem"),
    MMAP_SEM_WRITE_WAITS("mmapSemWriteWaits", "events", "times a writer had to wait for mmap_sem"),
    SPINLOCK_WAITS("spinlockWaits", "events", "times a CPU had to spin for a kernel lock"),
    MUTEX_WAITS("mutexWaits", "events", "times a thread had to sleep for a mutex");

    private final String key;
    private final String unit;
    private final String description;

    VmCounter(String key, String unit, String description) {
        this.key = key;
        this.unit = unit;
        this.description = description;
    }

    /** Name in results, after {@code vm.}. */
    public String key() {
        return key;
    }

    /** What one step of the value is. */
    public String unit() {
        return unit;
    }

    /** What is counted and when. */
    public String description() {
        return description;
    }
}
