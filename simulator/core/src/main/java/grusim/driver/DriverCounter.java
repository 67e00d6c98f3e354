package grusim.driver;

import java.util.Locale;

/** The driver's own counters, by the names of its statistics file. */
public enum DriverCounter {
    GTS_ALLOC("thread states allocated"),
    GTS_FREE("thread states freed"),
    GMS_ALLOC("address-space states allocated"),
    GMS_FREE("address-space states freed"),
    ASSIGN_CONTEXT("contexts assigned to a thread"),
    ASSIGN_CONTEXT_FAILED("assignments that found no free context, CBRs or data segment"),
    FREE_CONTEXT("contexts given back"),
    LOAD_USER_CONTEXT("loads of a user context tried"),
    LOAD_KERNEL_CONTEXT("loads of a kernel context"),
    LOCK_KERNEL_CONTEXT("uses of a kernel context begun"),
    UNLOCK_KERNEL_CONTEXT("uses of a kernel context ended"),
    NOPFN("page faults on a context segment"),
    ASID_NEW("asids given to an address space"),
    ASID_NEXT("searches for the next free block of asids"),
    ASID_WRAP("wraps of the asid space"),
    ASID_REUSE("loads that kept the address space's asid"),
    INTR("GRU interrupts"),
    INTR_CBR("instructions of kernel contexts that told their end by interrupt"),
    INTR_TFH("TLB fault interrupts, one per fault bit"),
    INTR_SPURIOUS("fault bits whose context has no thread state"),
    INTR_MM_LOCK_FAILED("misses handed to the user because mmap_sem was not free"),
    CALL_OS("calls to the OS for a miss"),
    CALL_OS_WAIT_QUEUE("repeats of a call's dropin"),
    USER_UNLOAD_CONTEXT("requests to unload a context"),
    SET_CONTEXT_OPTION("context options set"),
    TLB_DROPIN("dropins written and restarted"),
    TLB_PRELOAD_PAGE("entries loaded ahead of a block copy"),
    TLB_DROPIN_FAIL_NO_ASID("dropins refused: the miss names no asid"),
    TLB_DROPIN_FAIL_UPM("dropins handed to the user's call"),
    TLB_DROPIN_FAIL_INVALID("dropins refused: no valid mapping"),
    TLB_DROPIN_FAIL_RANGE_ACTIVE("dropins refused: an invalidate of the address space is active"),
    TLB_DROPIN_FAIL_IDLE("dropins refused: the miss is gone"),
    TLB_DROPIN_FAIL_FMM("dropins refused: the miss belongs to the interrupt"),
    TLB_DROPIN_FAIL_NO_EXCEPTION("dropins refused: the handle shows no exception"),
    TFH_STALE_ON_FAULT("handles whose first read was stale"),
    MMU_INVALIDATE_RANGE("range callouts"),
    MMU_INVALIDATE_PAGE("page callouts"),
    FLUSH_TLB("flushes of an address space"),
    FLUSH_TLB_GRU("flushes of one chiplet"),
    FLUSH_TLB_GRU_TGH("flushes by a TLB global handle"),
    FLUSH_TLB_GRU_ZERO_ASID("flushes by dropping the asid"),
    COPY_GPA("copies by physical address"),
    READ_GPA("reads by physical address");

    private final String description;

    DriverCounter(String description) {
        this.description = description;
    }

    /** The name in the driver's statistics file. */
    public String statistic() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What is counted. */
    public String description() {
        return description;
    }
}
