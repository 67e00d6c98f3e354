package grusim.driver;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.linux.Mm;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The driver's views, character by character as it prints them. */
final class ProcViewsTest {
    private static final String IDLE_CHIPLET = "       0     0     0      16   128 32768";

    private final DriverRig rig = new DriverRig("machine.blades=2");
    private final Mm mm = rig.mm(4);

    private ThreadState loaded(int core, int cbrs, int dsrBytes, boolean polling) {
        ThreadState gts = rig.thread(mm, rig.cpu(core), cbrs, dsrBytes, polling);
        rig.call(rig.cpu(core), rig.driver.segmentFault(), gts.id);
        return gts;
    }

    private List<String> lines(String text) {
        assertThat(text).endsWith("\n");
        return text.lines().toList();
    }

    @Test
    void cchStatus_listsTheContexts_withTheDriversSlipInDsbytes() {
        loaded(0, 6, 8192, false);
        loaded(1, 3, 1024, true);
        // dsbytes is 1,024 for each pair of control blocks, whatever the data segment has
        assertThat(lines(rig.driver.procViews().cchStatus()))
                .containsExactly(
                        "#   gid   bid   ctx#   asid      pid  cbrs dsbytes    mode",
                        "     0    0     0      8        1     6    3072    INTR",
                        "     1    0     0      8        1     4    2048     UPM");
    }

    @Test
    void gruStatus_saysWhatIsBusyAndFree() {
        loaded(0, 6, 8192, false);
        loaded(1, 3, 1024, true);
        assertThat(lines(rig.driver.procViews().gruStatus()))
                .containsExactly(
                        "#  gid  nid    ctx   cbr   dsr     ctx   cbr   dsr",
                        "#             busy  busy  busy    free  free  free",
                        "     0     0       1     6  8192      15   122 24576",
                        "     1     0       1     4  1024      15   124 31744",
                        "     2     1" + IDLE_CHIPLET,
                        "     3     1" + IDLE_CHIPLET);
    }

    @Test
    void mcsStatistics_areNanoseconds() {
        ThreadState gts = loaded(0, 2, 1024, true);
        rig.call(rig.cpu(0), rig.driver.closeSegment(), gts.id);
        // a command takes 500 ns and 60 ns each way, INTERRUPT_SYNC 1,000 ns
        assertThat(lines(rig.driver.procViews().mcsStatistics()))
                .containsExactly(
                        "#id count aver-clks max-clks",
                        "cch_allocate                   1         620         620",
                        "cch_start                      1         620         620",
                        "cch_interrupt                  0           0           0",
                        "cch_interrupt_sync             1        1120        1120",
                        "cch_deallocate                 1         620         620",
                        "tfh_write_only                 0           0           0",
                        "tfh_write_restart              0           0           0",
                        "tgh_invalidate                 0           0           0");
    }

    @Test
    void statistics_areAllPrintedCountersInOrder() {
        loaded(0, 2, 1024, true);
        List<String> lines = lines(rig.driver.procViews().statistics());
        assertThat(lines).hasSize(DriverCounter.values().length - 1);
        assertThat(lines).contains("               1 gts_alloc", "               1 nopfn", "               0 intr");
        assertThat(lines.get(0)).endsWith(" vdata_alloc");
        assertThat(lines.get(lines.size() - 1)).endsWith(" mesq_noop_page_overflow");
        assertThat(lines).noneMatch(line -> line.endsWith(" mesq_page_overflow"));
    }

    @Test
    void statistics_ofADriverThatDoesNotWalk_haveNoFailedLock() {
        assertThat(new DriverRig("kernel.era=6.1.192").driver.procViews().statistics())
                .doesNotContain("intr_mm_lock_failed");
        assertThat(rig.driver.procViews().statistics()).contains("               0 intr_mm_lock_failed\n");
    }
}
