package grusim.driver;

import java.util.Locale;

/**
 * The driver's own counters, by the names and in the order of its statistics file. Source: Linux driver
 * drivers/misc/sgi-gru, grutables.h and gruprocfs.c.
 */
public enum DriverCounter {
    VDATA_ALLOC("context segments mapped"),
    VDATA_FREE("context segments unmapped"),
    GTS_ALLOC("thread states allocated"),
    GTS_FREE("thread states freed"),
    GMS_ALLOC("address-space states allocated"),
    GMS_FREE("address-space states freed"),
    GTS_DOUBLE_ALLOCATE("thread states allocated twice at once, of which one was dropped"),
    ASSIGN_CONTEXT("contexts assigned to a thread"),
    ASSIGN_CONTEXT_FAILED("assignments that found no free context, CBRs or data segment"),
    FREE_CONTEXT("contexts given back"),
    LOAD_USER_CONTEXT("loads of a user context tried"),
    LOAD_KERNEL_CONTEXT("loads of a kernel context"),
    LOCK_KERNEL_CONTEXT("uses of a kernel context begun"),
    UNLOCK_KERNEL_CONTEXT("uses of a kernel context ended"),
    STEAL_USER_CONTEXT("user contexts stolen"),
    STEAL_KERNEL_CONTEXT("kernel contexts stolen"),
    STEAL_CONTEXT_FAILED("searches for a context to steal that found none"),
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
    USER_FLUSH_TLB("requests to flush a range"),
    USER_UNLOAD_CONTEXT("requests to unload a context"),
    USER_EXCEPTION("requests for the detail of an exception"),
    SET_CONTEXT_OPTION("context options set"),
    CHECK_CONTEXT_RETARGET_INTR("contexts whose interrupts were directed to another core"),
    CHECK_CONTEXT_UNLOAD("contexts unloaded because they lay on the wrong blade or chiplet"),
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
    READ_GPA("reads by physical address"),
    MESQ_RECEIVE("messages received"),
    MESQ_RECEIVE_NONE("looks that found no message"),
    MESQ_SEND("messages sent"),
    MESQ_SEND_FAILED("sends whose instruction did not end idle"),
    MESQ_NOOP("no-op messages sent to pad a half or to interrupt"),
    MESQ_SEND_UNEXPECTED_ERROR("sends that ended in an unexpected way"),
    MESQ_SEND_LB_OVERFLOW("sends that found the hub's buffers full"),
    MESQ_SEND_QLIMIT_REACHED("sends that found the half full"),
    MESQ_SEND_AMO_NACKED("sends whose queue check was refused"),
    MESQ_SEND_PUT_NACKED("sends whose lines were refused"),
    MESQ_PAGE_OVERFLOW("sends that would have left the page"),
    MESQ_QF_LOCKED("full queues whose half another sender was switching"),
    MESQ_QF_NOOP_NOT_FULL("full halves that a no-op message found with room"),
    MESQ_QF_SWITCH_HEAD_FAILED("switches to the other half that another sender had made"),
    MESQ_QF_UNEXPECTED_ERROR("switches that ended in an unexpected way"),
    MESQ_NOOP_UNEXPECTED_ERROR("no-op messages that ended in an unexpected way"),
    MESQ_NOOP_LB_OVERFLOW("no-op messages that found the hub's buffers full"),
    MESQ_NOOP_QLIMIT_REACHED("no-op messages that found the half full"),
    MESQ_NOOP_AMO_NACKED("no-op messages whose queue check was refused"),
    MESQ_NOOP_PUT_NACKED("no-op messages whose line was refused"),
    MESQ_NOOP_PAGE_OVERFLOW("no-op messages that would have left the page");

    private final String description;

    DriverCounter(String description) {
        this.description = description;
    }

    /** The name in the driver's statistics file. */
    public String statistic() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the statistics file has a line for it: a send that leaves its page is counted but not printed. */
    public boolean printed() {
        return this != MESQ_PAGE_OVERFLOW;
    }

    /** What is counted. */
    public String description() {
        return description;
    }
}
