package grusim.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DriverCounterTest {
    /** The driver's statistics file in its order (Linux drivers/misc/sgi-gru, gruprocfs.c). */
    private static final List<String> FILE = List.of(
            "vdata_alloc",
            "vdata_free",
            "gts_alloc",
            "gts_free",
            "gms_alloc",
            "gms_free",
            "gts_double_allocate",
            "assign_context",
            "assign_context_failed",
            "free_context",
            "load_user_context",
            "load_kernel_context",
            "lock_kernel_context",
            "unlock_kernel_context",
            "steal_user_context",
            "steal_kernel_context",
            "steal_context_failed",
            "nopfn",
            "asid_new",
            "asid_next",
            "asid_wrap",
            "asid_reuse",
            "intr",
            "intr_cbr",
            "intr_tfh",
            "intr_spurious",
            "intr_mm_lock_failed",
            "call_os",
            "call_os_wait_queue",
            "user_flush_tlb",
            "user_unload_context",
            "user_exception",
            "set_context_option",
            "check_context_retarget_intr",
            "check_context_unload",
            "tlb_dropin",
            "tlb_preload_page",
            "tlb_dropin_fail_no_asid",
            "tlb_dropin_fail_upm",
            "tlb_dropin_fail_invalid",
            "tlb_dropin_fail_range_active",
            "tlb_dropin_fail_idle",
            "tlb_dropin_fail_fmm",
            "tlb_dropin_fail_no_exception",
            "tfh_stale_on_fault",
            "mmu_invalidate_range",
            "mmu_invalidate_page",
            "flush_tlb",
            "flush_tlb_gru",
            "flush_tlb_gru_tgh",
            "flush_tlb_gru_zero_asid",
            "copy_gpa",
            "read_gpa",
            "mesq_receive",
            "mesq_receive_none",
            "mesq_send",
            "mesq_send_failed",
            "mesq_noop",
            "mesq_send_unexpected_error",
            "mesq_send_lb_overflow",
            "mesq_send_qlimit_reached",
            "mesq_send_amo_nacked",
            "mesq_send_put_nacked",
            "mesq_qf_locked",
            "mesq_qf_noop_not_full",
            "mesq_qf_switch_head_failed",
            "mesq_qf_unexpected_error",
            "mesq_noop_unexpected_error",
            "mesq_noop_lb_overflow",
            "mesq_noop_qlimit_reached",
            "mesq_noop_amo_nacked",
            "mesq_noop_put_nacked",
            "mesq_noop_page_overflow");

    @Test
    void names_areTheDriversInItsOrder() {
        assertThat(Arrays.stream(DriverCounter.values())
                        .filter(DriverCounter::printed)
                        .map(DriverCounter::statistic))
                .containsExactlyElementsOf(FILE);
    }

    @Test
    void commands_areTheDriversInItsOrder() {
        assertThat(Arrays.stream(McsOperation.values()).map(McsOperation::statistic))
                .containsExactly(
                        "cch_allocate",
                        "cch_start",
                        "cch_interrupt",
                        "cch_interrupt_sync",
                        "cch_deallocate",
                        "tfh_write_only",
                        "tfh_write_restart",
                        "tgh_invalidate");
    }
}
