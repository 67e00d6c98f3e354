package grusim.gru;

import static grusim.gru.Rig.ASID;
import static grusim.gru.Rig.CB;
import static grusim.gru.Rig.CONTEXT;
import static grusim.gru.Rig.NS;
import static grusim.gru.Rig.US;
import static grusim.gru.Rig.vload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.isa.TransferType;
import grusim.isa.handle.Tgh;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLB invalidates through a TGH: what goes, what stays, and how long it takes. */
@Tag("protocol")
final class InvalidateTest {
    private static final long PAGE = 4096;
    private static final int THIS_CONTEXT = 1 << CONTEXT;

    @ParameterizedTest
    @CsvSource({"1, 2122", "64, 2248", "1023, 4166", "1024, 4168"})
    void time_isAFixedPartAndAPartForEachPage(int pages, long expectedNs) {
        // 60 to the hub + 2,000 + 2 a page + 60 back
        Rig rig = new Rig().loaded(Rig.Mode.MAP_ONLY);
        long startPs = rig.engine.nowPs();
        Script vm = rig.play("vm", rig.invalidate(rig.script(), 0, PAGE, pages, THIS_CONTEXT));
        rig.run();
        assertThat(vm.endPs() - startPs).isEqualTo(expectedNs * NS);
    }

    @Test
    void range_removesItsPagesOnly() {
        Rig rig = new Rig().loaded(Rig.Mode.MAP_ONLY);
        for (int page = 1; page <= 5; page++) {
            rig.mapped(page, page, true);
        }
        rig.play("vm", rig.invalidate(rig.script(), 0, 2 * PAGE, 3, THIS_CONTEXT));
        rig.run();
        TlbArray tlb = rig.chiplet.tlbPort().tlb();
        for (int page = 1; page <= 5; page++) {
            boolean stays = page == 1 || page == 5;
            assertThat(tlb.find(ASID, page * PAGE, Rig.SIZE_4K) != TlbArray.NONE)
                    .isEqualTo(stays);
        }
        assertThat(rig.count(DeviceStat.ENTRIES_INVALIDATED)).isEqualTo(3);
        assertThat(rig.chiplet.tlbOccupancy()).isEqualTo(2);
    }

    @Test
    void range_leavesOtherSizesAndAsids_purgeTakesAllOfTheAsid() {
        Rig rig = new Rig("gru.tlb.sets=4", "gru.tlb.ways=2")
                .loaded(Rig.Mode.MAP_ONLY)
                .mapped(1, 1, true);
        Agent nobody = new Agent(rig.engine, "nobody");
        TlbArray tlb = rig.chiplet.tlbPort().tlb();
        tlb.write(tlb.place(nobody, ASID, 0, 5), ASID, 0, 5, 512, true, 0);
        tlb.write(tlb.place(nobody, 16, PAGE, 0), 16, PAGE, 0, 9, true, 0);
        rig.play("vm", rig.invalidate(rig.script(), 0, 0, 4, THIS_CONTEXT));
        rig.run();
        assertThat(rig.chiplet.tlbOccupancy()).isEqualTo(2);
        rig.play("vm2", rig.invalidate(rig.script(), 0, 77 * PAGE, Tgh.PURGE_PAGES, THIS_CONTEXT));
        rig.run();
        assertThat(tlb.find(ASID, 0, 5)).isEqualTo(TlbArray.NONE);
        assertThat(tlb.find(16, PAGE, 0)).isNotEqualTo(TlbArray.NONE);
    }

    @Test
    void global_emptiesTheTlb() {
        Rig rig = new Rig("gru.tlb.sets=4", "gru.tlb.ways=2")
                .loaded(Rig.Mode.MAP_ONLY)
                .mapped(1, 1, true);
        Agent nobody = new Agent(rig.engine, "nobody");
        TlbArray tlb = rig.chiplet.tlbPort().tlb();
        tlb.write(tlb.place(nobody, 16, PAGE, 0), 16, PAGE, 0, 9, true, 0);
        TlbGlobalHandle tgh = rig.chiplet.tgh(1);
        rig.play(
                "vm",
                rig.script()
                        .then(a -> tgh.invalidate(a, 0, 0, 1, Tgh.PURGE_PAGES, 0xffff, true))
                        .until(tgh.awaitable(), a -> !tgh.active(a)));
        rig.run();
        assertThat(rig.chiplet.tlbOccupancy()).isZero();
    }

    @Test
    void invalidate_waitsForLinesUnderWay() {
        // The line is looked up at 80 ns and takes 10 us; the invalidate is done with the entry at 2.062 us.
        Rig rig = new Rig("machine.localLineLatency=10 us")
                .loaded(Rig.Mode.MAP_ONLY)
                .mapped(1, 1, false);
        long startPs = rig.engine.nowPs();
        rig.play("user", rig.execute(rig.script(), CB, vload(PAGE, 1, TransferType.CACHE_LINE)));
        Script vm = rig.play("vm", rig.invalidate(rig.script(), 0, PAGE, 1, THIS_CONTEXT));
        rig.run();
        assertThat(vm.endPs() - startPs).isEqualTo((80 + 4 + 60) * NS + 10 * US);
    }

    @Test
    void invalidate_doesNotWaitForOtherContexts() {
        Rig rig = new Rig("machine.localLineLatency=10 us")
                .loaded(Rig.Mode.MAP_ONLY)
                .mapped(1, 1, false);
        long startPs = rig.engine.nowPs();
        rig.play("user", rig.execute(rig.script(), CB, vload(PAGE, 1, TransferType.CACHE_LINE)));
        Script vm = rig.play("vm", rig.invalidate(rig.script(), 0, PAGE, 1, THIS_CONTEXT << 1));
        rig.run();
        assertThat(vm.endPs() - startPs).isEqualTo(2122 * NS);
    }

    @Test
    void disturbedContext_issuesNothingWhileItsLinesDrain() {
        // One line of 10 us at a time: the second one would issue at 10.084 us. From 2.062 us on the context is
        // stopped;
        // its first line ends at 10.084 us, and so does the stop.
        Rig rig = new Rig("machine.localLineLatency=10 us")
                .loaded(Rig.Mode.MAP_ONLY)
                .mapped(1, 1, false)
                .mapped(2, 2, false);
        long startPs = rig.engine.nowPs();
        rig.play("user", rig.execute(rig.script(), CB, vload(PAGE, 1, TransferType.CACHE_LINE)));
        Script late = rig.play(
                "late", rig.execute(rig.script().pause(3 * US), CB + 1, vload(2 * PAGE, 1, TransferType.CACHE_LINE)));
        rig.play("vm", rig.invalidate(rig.script(), 0, PAGE, 1, THIS_CONTEXT));
        rig.run();
        // decode at 3.06 us is held until 10.084 us; then decode, lookup, line, status
        assertThat(late.endPs() - startPs).isEqualTo(10_084 * NS + (20 + 4) * NS + 10 * US + 100 * NS);
        assertThat(rig.chiplet.cb(CB + 1).ledger().spentPs(Why.INVALIDATE_PAUSE))
                .isEqualTo((10_084 - 3_060) * NS);
        rig.chiplet.cb(CB + 1).ledger().check();
    }

    @Test
    void lockBit_isTakenByOneAtATime() {
        Rig rig = new Rig();
        TlbGlobalHandle tgh = rig.chiplet.tgh(0);
        Script first =
                rig.script().until(tgh.awaitable(), tgh::tryLock).pause(5 * NS).then(tgh::unlock);
        Script second = rig.script().until(tgh.awaitable(), tgh::tryLock).then(tgh::unlock);
        rig.play("first", first);
        rig.play("second", second);
        rig.run();
        assertThat(first.endPs()).isEqualTo(5 * NS);
        assertThat(second.endPs()).isEqualTo(5 * NS);
    }

    @Test
    void tooManyPages_areRefused() {
        Rig rig = new Rig();
        rig.play("vm", rig.script().then(a -> rig.chiplet.tgh(0).invalidate(a, 0, ASID, 0, 1025, 1, false)));
        assertThatThrownBy(rig::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pages: 1025; accepted: 1 .. 1024");
    }
}
