package grusim.driver;

import static grusim.driver.DriverRig.NS;
import static grusim.driver.DriverRig.PAGE;
import static grusim.driver.DriverRig.address;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.gru.DeviceStat;
import grusim.linux.Mm;
import org.junit.jupiter.api.Test;

final class FlushTest {
    private final DriverRig rig = new DriverRig();
    private final Mm mm = rig.mm(8);
    private final Notifier notifier = rig.notifiers.get(0);

    private void flush(long pages) {
        rig.call(rig.cpu(0), rig.driver.flushTlb(), mm.id(), address(0), address(pages));
    }

    @Test
    void onePageOnAnIdleChiplet_takesTheDevicesLatencies() {
        rig.loaded(mm, true);
        long startPs = rig.engine.nowPs();
        flush(1);
        // hub 60, fixed 2,000, one page 2, hub 60
        DriverStatistics statistics = rig.driver.statistics();
        assertThat(statistics.commands(McsOperation.TGH_INVALIDATE)).isOne();
        assertThat(statistics.totalPs(McsOperation.TGH_INVALIDATE)).isEqualTo(2_122_000);
        // asid lock and TGH lock taken, TGH released
        assertThat(rig.engine.nowPs() - startPs).isEqualTo(2_122_000 + 3 * 20 * NS);
        assertThat(rig.count(DriverCounter.FLUSH_TLB)).isOne();
        assertThat(rig.count(DriverCounter.FLUSH_TLB_GRU)).isOne();
        assertThat(rig.count(DriverCounter.FLUSH_TLB_GRU_TGH)).isOne();
        assertThat(rig.count(DriverCounter.FLUSH_TLB_GRU_ZERO_ASID)).isZero();
    }

    @Test
    void manyPages_areCappedAt1024() {
        rig.loaded(mm, true);
        flush(1000);
        assertThat(rig.driver.statistics().totalPs(McsOperation.TGH_INVALIDATE)).isEqualTo((2120 + 2000) * NS);
        flush(1L << 40);
        assertThat(rig.driver.statistics().maximumPs(McsOperation.TGH_INVALIDATE))
                .isEqualTo((2120 + 2048) * NS);
    }

    @Test
    void rangeOfMoreThan1024Pages_purgesTheAddressSpace() {
        ThreadState gts = rig.loaded(mm, true);
        rig.start(rig.cpu(0), rig.loadByUser(rig.play(), gts, 0, address(0)));
        rig.run();
        rig.call(rig.cpu(0), rig.driver.flushTlb(), mm.id(), address(1), address(1 + 1023));
        assertThat(rig.chiplets[0].tlbOccupancy()).as("1,023 pages beside it").isOne();
        rig.call(rig.cpu(0), rig.driver.flushTlb(), mm.id(), address(1), address(1 + 1025));
        assertThat(rig.chiplets[0].tlbOccupancy()).as("1,025 pages beside it").isZero();
        assertThat(rig.count(DriverCounter.FLUSH_TLB_GRU_TGH))
                .as("no more than one command each")
                .isEqualTo(2);
    }

    @Test
    void partOfAPage_isFlushedAsAWholeOne() {
        rig.loaded(mm, true);
        rig.call(rig.cpu(0), rig.driver.flushTlb(), mm.id(), address(0), address(1) + 1);
        assertThat(rig.driver.statistics().totalPs(McsOperation.TGH_INVALIDATE)).isEqualTo(2_124_000);
    }

    @Test
    void unknownAddressSpace_isNotFlushedAnywhere() {
        flush(1);
        assertThat(rig.count(DriverCounter.FLUSH_TLB)).isOne();
        assertThat(rig.count(DriverCounter.FLUSH_TLB_GRU)).isZero();
    }

    @Test
    void noLoadedContext_dropsTheAsid() {
        ThreadState gts = rig.loaded(mm, true);
        rig.call(rig.cpu(0), rig.driver.closeSegment(), gts.id);
        flush(1);
        assertThat(rig.count(DriverCounter.FLUSH_TLB_GRU_ZERO_ASID)).isOne();
        assertThat(rig.count(DriverCounter.FLUSH_TLB_GRU_TGH)).isZero();
        assertThat(rig.device(DeviceStat.INVALIDATES)).isZero();
        assertThat(rig.driver.addressSpace(mm.id()).asid(0)).isZero();
        flush(1);
        assertThat(rig.count(DriverCounter.FLUSH_TLB_GRU))
                .as("nothing left to flush")
                .isOne();
        rig.loaded(mm, true);
        assertThat(rig.driver.addressSpace(mm.id()).asid(0)).isEqualTo(16);
        assertThat(rig.count(DriverCounter.ASID_REUSE)).isZero();
    }

    @Test
    void bothChiplets_areFlushedOneAfterTheOther() {
        rig.loaded(mm, true);
        rig.call(rig.cpu(1), rig.driver.segmentFault(), rig.thread(mm, rig.cpu(1), 2, 1024, true).id);
        long startPs = rig.engine.nowPs();
        flush(1);
        assertThat(rig.count(DriverCounter.FLUSH_TLB)).isOne();
        assertThat(rig.count(DriverCounter.FLUSH_TLB_GRU_TGH)).isEqualTo(2);
        assertThat(rig.engine.nowPs() - startPs).isEqualTo(20 * NS + 2 * (2_122_000 + 2 * 20 * NS));
    }

    @Test
    void flush_removesThePagesEntriesOnly() {
        ThreadState gts = rig.loaded(mm, true);
        for (long page = 0; page < 3; page++) {
            rig.start(rig.cpu(0), rig.loadByUser(rig.play(), gts, 0, address(page)));
            rig.run();
        }
        assertThat(rig.chiplets[0].tlbOccupancy()).isEqualTo(3);
        rig.call(rig.cpu(0), rig.driver.flushTlb(), mm.id(), address(1), address(2));
        assertThat(rig.device(DeviceStat.ENTRIES_INVALIDATED)).isOne();
        assertThat(rig.chiplets[0].tlbOccupancy()).isEqualTo(2);
    }

    @Test
    void flushesOfTwoCpusSharingAHandle_waitForIt() {
        DriverRig pairs = new DriverRig("machine.socketsPerBlade=1", "machine.coresPerSocket=32");
        Mm one = pairs.mm(1);
        Mm two = pairs.mm(1);
        pairs.loaded(one, true);
        ThreadState other = pairs.thread(two, pairs.cpu(2), 2, 1024, true);
        pairs.start(
                pairs.cpu(2),
                pairs.play().then(a -> pairs.driver.chipletState(0).reserve(a, other)));
        pairs.run();
        pairs.call(pairs.cpu(2), pairs.driver.contextSwitch().load(), other.id);
        long startPs = pairs.engine.nowPs();
        Play first =
                pairs.start(pairs.cpu(0), pairs.play().call(pairs.driver.flushTlb(), one.id(), address(0), address(1)));
        Play second =
                pairs.start(pairs.cpu(1), pairs.play().call(pairs.driver.flushTlb(), two.id(), address(0), address(1)));
        pairs.run();
        assertThat(first.endPs() - startPs).isEqualTo(2_122_000 + 60 * NS);
        // gets the handle when the first one releases it
        assertThat(second.endPs() - startPs)
                .isEqualTo(20 * NS + (20 * NS + 2_122_000) + (20 * NS + 2_122_000) + 20 * NS);
    }

    @Test
    void rangeStart_countsBeforeItFlushes_andEndLowersTheCount() {
        rig.loaded(mm, true);
        var active = rig.driver.addressSpace(mm.id()).rangeActive;
        Play start = rig.start(rig.cpu(0), rig.play().call(notifier.rangeStart(), mm.id(), address(0), address(1)));
        rig.runFor(0);
        assertThat(active.peek()).isOne();
        assertThat(rig.count(DriverCounter.FLUSH_TLB)).isZero();
        rig.run();
        assertThat(start.endPs()).isPositive();
        assertThat(active.peek()).isOne();
        assertThat(rig.count(DriverCounter.MMU_INVALIDATE_RANGE)).isOne();
        rig.call(rig.cpu(0), notifier.rangeEnd(), mm.id(), address(0), address(1));
        assertThat(active.peek()).isZero();
    }

    @Test
    void pageCallout_flushesOnePageAndCountsNoRange() {
        rig.loaded(mm, true);
        rig.call(rig.cpu(0), notifier.invalidatePage(), mm.id(), address(2));
        assertThat(rig.count(DriverCounter.MMU_INVALIDATE_PAGE)).isOne();
        assertThat(rig.count(DriverCounter.FLUSH_TLB_GRU_TGH)).isOne();
        assertThat(rig.driver.statistics().totalPs(McsOperation.TGH_INVALIDATE)).isEqualTo(2_122_000);
        assertThat(rig.driver.addressSpace(mm.id()).rangeActive.peek()).isZero();
    }

    @Test
    void release_onlyNotesThatTheAddressSpaceIsGone() {
        rig.loaded(mm, true);
        rig.call(rig.cpu(0), rig.kernel.exitMmap(), mm.id());
        assertThat(rig.count(DriverCounter.GMS_FREE)).isOne();
        assertThat(rig.driver.addressSpace(mm.id()).released()).isTrue();
        assertThat(rig.count(DriverCounter.FLUSH_TLB))
                .as("no range call reaches the driver")
                .isZero();
        assertThat(rig.driver.threads().use(0).loaded()).isTrue();
    }

    @Test
    void madviseOfTouchedPages_reachesTheDeviceThroughTheKernel() {
        ThreadState gts = rig.loaded(mm, true);
        rig.start(rig.cpu(0), rig.loadByUser(rig.play(), gts, 0, address(0)));
        rig.run();
        rig.call(rig.cpu(1), rig.kernel.calls().madviseDontneed(), mm.id(), address(0), 8 * PAGE);
        assertThat(rig.count(DriverCounter.MMU_INVALIDATE_RANGE)).isOne();
        assertThat(rig.device(DeviceStat.ENTRIES_INVALIDATED)).isOne();
        assertThat(rig.driver.addressSpace(mm.id()).rangeActive.peek()).isZero();
    }
}
