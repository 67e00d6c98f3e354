package grusim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.isa.PageSize;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StaleTranslationsTest {
    private static final long PAGE = 0x7f00_0000_1000L;
    private static final long NEXT = PAGE + 0x1000;
    private static final int FRAME = 5;
    private static final int CB = 3;

    private final Scene scene = new Scene();
    private final Contract contract = scene.contract;

    @BeforeEach
    void mapOnePage() {
        scene.load(0);
        scene.map(scene.cpu0, 0, PAGE, FRAME);
    }

    private void assertFound(Invariant invariant, long count) {
        assertThat(contract.violations(invariant)).isEqualTo(count);
        assertThat(contract.violations()).isEqualTo(count);
    }

    // ---- accesses ----

    @Test
    void access_throughItsTranslation_isJudgedAndFine() {
        scene.dropin(scene.cpu0, CB, 0, PAGE, FRAME);
        long before = contract.checks();
        scene.load(CB, 0, PAGE + 8, FRAME, 0);
        assertThat(contract.checks()).isEqualTo(before + 2); // the context runs, the frame is the page's
        assertThat(contract.violations()).isZero();
    }

    @Test
    void access_afterTheFramesFree_violates() {
        scene.dropin(scene.cpu0, CB, 0, PAGE, FRAME);
        scene.clear(scene.cpu1, 0, PAGE, FRAME);
        scene.load(CB, 0, PAGE, FRAME, 0); // the clear is under way and the frame not free yet
        assertThat(contract.violations()).isZero();
        scene.vm.frameFreed(scene.cpu1, FRAME);
        scene.load(CB, 0, PAGE, FRAME, 0);
        assertFound(Invariant.FRAME_ACCESSED_AFTER_FREE, 1);
        Violation violation = contract.firstViolation().orElseThrow();
        assertThat(violation.first()).isEqualTo(new Deed(0, "cpu1", "freed frame 5 that held 0x7f0000001000"));
        assertThat(violation.second()).isEqualTo(new Deed(0, "gru0.cbr3", "read from it at 0x7f0000001000"));
        assertThat(violation.text())
                .isEqualTo("point 1, no access through a GRU translation to a frame after its free: cpu1 freed frame 5"
                        + " that held 0x7f0000001000 at 0 ps; then gru0.cbr3 read from it at 0x7f0000001000 at 0 ps");
    }

    @Test
    void access_afterTheFrameWentToAnotherPage_violates() {
        scene.dropin(scene.cpu0, CB, 0, PAGE, FRAME);
        scene.clear(scene.cpu1, 0, PAGE, FRAME);
        scene.vm.frameFreed(scene.cpu1, FRAME);
        scene.map(scene.cpu1, 0, NEXT, FRAME);
        scene.store(CB, 0, PAGE, FRAME, 1);
        assertFound(Invariant.FRAME_ACCESSED_AFTER_FREE, 1);
    }

    @Test
    void access_afterTheSamePageGotTheSameFrameAgain_violatesThroughTheOldEntryOnly() {
        scene.dropin(scene.cpu0, CB, 0, PAGE, FRAME);
        scene.clear(scene.cpu1, 0, PAGE, FRAME);
        scene.vm.frameFreed(scene.cpu1, FRAME);
        scene.map(scene.cpu1, 0, PAGE, FRAME);
        scene.load(CB, 0, PAGE, FRAME, 0);
        assertFound(Invariant.FRAME_ACCESSED_AFTER_FREE, 1);
        scene.remove(0, PAGE, FRAME);
        scene.dropin(scene.cpu0, CB, 0, PAGE, FRAME);
        scene.load(CB, 0, PAGE, FRAME, 0);
        assertFound(Invariant.FRAME_ACCESSED_AFTER_FREE, 1);
    }

    @Test
    void access_underWayWhileItsEntryIsEvicted_isJudgedByTheFrame() {
        scene.dropin(scene.cpu0, CB, 0, PAGE, FRAME);
        scene.remove(0, PAGE, FRAME);
        scene.load(CB, 0, PAGE, FRAME, 0);
        assertThat(contract.violations()).isZero();
        scene.unmap(scene.cpu1, 0, PAGE, FRAME);
        scene.load(CB, 0, PAGE, FRAME, 0);
        assertFound(Invariant.FRAME_ACCESSED_AFTER_FREE, 1);
    }

    @Test
    void access_toAPageWhoseFrameMoved_isFineUntilTheFrameIsFreed() {
        scene.dropin(scene.cpu0, CB, 0, PAGE, FRAME);
        scene.vm.pteCleared(scene.cpu1, 0, PAGE, Scene.pte(FRAME), true);
        scene.vm.pteSet(scene.cpu1, 0, NEXT, Scene.pte(FRAME), false);
        scene.load(CB, 0, PAGE, FRAME, 0); // the move's end is not announced yet
        assertThat(contract.violations()).isZero();
        scene.remove(0, PAGE, FRAME);
        scene.vm.rangeEnd(scene.cpu1, 0, PAGE, NEXT);
        scene.dropin(scene.cpu0, CB, 0, NEXT, FRAME);
        scene.load(CB, 0, NEXT, FRAME, 0);
        assertThat(contract.violations()).isZero();
        scene.clear(scene.cpu1, 0, NEXT, FRAME);
        scene.vm.frameFreed(scene.cpu1, FRAME);
        scene.load(CB, 0, NEXT, FRAME, 0);
        assertFound(Invariant.FRAME_ACCESSED_AFTER_FREE, 1);
    }

    @Test
    void access_insideALargePage_findsItsEntry() {
        long large = 0x4000_0000L;
        int code = PageSize.MIB_2.code();
        scene.map(scene.cpu0, 0, large, 1024);
        scene.map(scene.cpu0, 0, large + 0x3000, 1027);
        scene.read(scene.cpu0, 0, large, 1024);
        scene.command(scene.cpu0, CB, 0, large, 1024);
        scene.device.entryWritten(0, CB, Scene.asid(0), large, 1024, code, true);
        scene.load(CB, 0, large + 0x3010, 1027, 0);
        assertThat(contract.violations()).isZero();
        scene.clear(scene.cpu1, 0, large + 0x3000, 1027);
        scene.vm.frameFreed(scene.cpu1, 1027);
        scene.map(scene.cpu1, 0, large + 0x3000, 1027);
        scene.load(CB, 0, large + 0x3010, 1027, 0);
        assertFound(Invariant.FRAME_ACCESSED_AFTER_FREE, 1);
        scene.vm.rangeEnd(scene.cpu1, 0, large + 0x3000, large + 0x4000);
        assertThat(contract.violations(Invariant.STALE_ENTRY)).isEqualTo(1);
    }

    // ---- entries ----

    @Test
    void rangeEnd_whileAnEntryFromBeforeTheClearLives_violatesOnce() {
        scene.dropin(scene.cpu0, CB, 0, PAGE, FRAME);
        scene.vm.rangeStart(scene.cpu1, 0, PAGE, NEXT);
        scene.clear(scene.cpu1, 0, PAGE, FRAME);
        assertThat(contract.violations()).isZero();
        scene.vm.rangeEnd(scene.cpu1, 0, PAGE, NEXT);
        assertFound(Invariant.STALE_ENTRY, 1);
        Violation violation = contract.firstViolation().orElseThrow();
        assertThat(violation.first())
                .isEqualTo(new Deed(0, "cpu0", "read the PTE of 0x7f0000001000 (frame 5, cleared by cpu1 at 0 ps)"));
        assertThat(violation.second())
                .isEqualTo(new Deed(0, "cpu1", "announced the end of its clear while the entry lives on gru0"));
        scene.vm.rangeEnd(scene.cpu1, 0, PAGE, NEXT);
        assertFound(Invariant.STALE_ENTRY, 1);
    }

    @Test
    void rangeEnd_afterTheEntryWasInvalidated_isFine() {
        scene.dropin(scene.cpu0, CB, 0, PAGE, FRAME);
        scene.vm.rangeStart(scene.cpu1, 0, PAGE, NEXT);
        scene.remove(0, PAGE, FRAME);
        scene.clear(scene.cpu1, 0, PAGE, FRAME);
        scene.vm.rangeEnd(scene.cpu1, 0, PAGE, NEXT);
        scene.vm.frameFreed(scene.cpu1, FRAME);
        assertThat(contract.violations()).isZero();
    }

    @Test
    void rangeEnd_ofSomebodyElse_endsNoClear() {
        scene.dropin(scene.cpu0, CB, 0, PAGE, FRAME);
        scene.clear(scene.cpu1, 0, PAGE, FRAME);
        scene.vm.rangeEnd(scene.cpu2, 0, PAGE, NEXT);
        scene.vm.rangeEnd(scene.cpu1, 0, NEXT, NEXT + 0x1000); // nor does one of another range
        assertThat(contract.violations()).isZero();
    }

    @Test
    void pageInvalidated_whileTheEntryLives_violates() {
        scene.dropin(scene.cpu0, CB, 0, PAGE, FRAME);
        scene.vm.pteCleared(scene.cpu1, 0, PAGE, Scene.pte(FRAME), true);
        scene.vm.pageInvalidated(scene.cpu1, 0, PAGE);
        assertFound(Invariant.STALE_ENTRY, 1);
    }

    @Test
    void entry_writtenAfterTheEndFromAReadBeforeTheClear_violatesAtTheWrite() {
        scene.read(scene.cpu0, 0, PAGE, FRAME);
        scene.clear(scene.cpu1, 0, PAGE, FRAME);
        scene.command(scene.cpu0, CB, 0, PAGE, FRAME);
        scene.vm.rangeEnd(scene.cpu1, 0, PAGE, NEXT);
        assertThat(contract.violations()).isZero();
        scene.enter(CB, 0, PAGE, FRAME);
        assertFound(Invariant.STALE_ENTRY, 1);
        assertThat(contract.firstViolation().orElseThrow().second().what()).isEqualTo("wrote an entry with it on gru0");
    }

    @Test
    void entry_writtenBeforeTheEndFromAReadBeforeTheClear_violatesAtTheEnd() {
        scene.read(scene.cpu0, 0, PAGE, FRAME);
        scene.clear(scene.cpu1, 0, PAGE, FRAME);
        scene.command(scene.cpu0, CB, 0, PAGE, FRAME);
        scene.enter(CB, 0, PAGE, FRAME);
        assertThat(contract.violations()).isZero();
        scene.vm.rangeEnd(scene.cpu1, 0, PAGE, NEXT);
        assertFound(Invariant.STALE_ENTRY, 1);
    }

    @Test
    void dropin_ignoredForItsKillBit_isForgotten() {
        scene.read(scene.cpu0, 0, PAGE, FRAME);
        scene.command(scene.cpu0, CB, 0, PAGE, FRAME);
        scene.unmap(scene.cpu1, 0, PAGE, FRAME);
        scene.device.dropinKilled(0, 0, CB, Scene.asid(0), PAGE);
        scene.map(scene.cpu0, 0, PAGE, FRAME);
        scene.dropin(scene.cpu0, CB, 0, PAGE, FRAME);
        assertThat(contract.violations()).isZero();
    }

    @Test
    void read_ofAnInterrupt_doesNotRefreshTheReadBelow() {
        scene.read(scene.cpu0, 0, PAGE, FRAME); // the user's call
        scene.clear(scene.cpu1, 0, PAGE, FRAME);
        scene.vm.rangeEnd(scene.cpu1, 0, PAGE, NEXT);
        scene.map(scene.cpu1, 0, NEXT, 6);
        scene.dropin(scene.cpu0, CB + 1, 0, NEXT, 6); // an interrupt on the same CPU
        assertThat(contract.violations()).isZero();
        scene.command(scene.cpu0, CB, 0, PAGE, FRAME);
        scene.enter(CB, 0, PAGE, FRAME);
        assertFound(Invariant.STALE_ENTRY, 1);
    }

    @Test
    void read_ofAValueThePageTablesNoLongerHold_isStaleFromTheStart() {
        scene.clear(scene.cpu1, 0, PAGE, FRAME);
        scene.read(scene.cpu0, 0, PAGE, FRAME); // an old value, while the clear is under way
        scene.command(scene.cpu0, CB, 0, PAGE, FRAME);
        scene.enter(CB, 0, PAGE, FRAME);
        assertThat(contract.violations()).isZero();
        scene.remove(0, PAGE, FRAME);
        scene.vm.pageInvalidated(scene.cpu1, 0, PAGE);
        assertThat(contract.violations()).isZero();
        scene.dropin(scene.cpu0, CB, 0, PAGE, FRAME); // and another after its end
        assertFound(Invariant.STALE_ENTRY, 1);
    }

    @Test
    void entry_underADroppedAsid_isDead() {
        scene.dropin(scene.cpu0, CB, 0, PAGE, FRAME);
        scene.unload(0);
        scene.driver.asidRetired(0, Scene.asid(0), 0);
        scene.unmap(scene.cpu1, 0, PAGE, FRAME);
        assertThat(contract.violations()).isZero();
    }

    @Test
    void entry_staleWhileNoContextIsLoaded_violatesWhenOneIs() {
        scene.dropin(scene.cpu0, CB, 0, PAGE, FRAME);
        scene.unload(0);
        scene.unmap(scene.cpu1, 0, PAGE, FRAME);
        assertThat(contract.violations()).isZero();
        scene.bind(0);
        assertFound(Invariant.STALE_ENTRY, 1);
    }
}
