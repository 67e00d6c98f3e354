package grusim.linux;

import static grusim.linux.VmRig.NS;
import static grusim.linux.VmRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.workload.KernelSpec.ReclaimNotifier;
import org.junit.jupiter.api.Test;

final class ReclaimTest {
    private static final long BASE = 0x10000;
    private static final int RW = Prot.READ | Prot.WRITE;

    private static VmRig rig(ReclaimNotifier notifier) {
        VmRig rig = new VmRig(VmRig.spec(notifier, false, 0, 0), 64);
        rig.notifier();
        rig.mm.map(BASE, 8 * PAGE, RW, Mm.FIRST_TOUCH, 0);
        return rig;
    }

    private static long reclaimFirst(VmRig rig, int pages) {
        return rig.call(rig.kernel.reclaimPages(), pages, 1, BASE, BASE + 8 * PAGE);
    }

    @Test
    void byPage_theClearComesBeforeTheCalloutAndTheFreeAfterIt() {
        VmRig rig = rig(ReclaimNotifier.PAGE);
        rig.fault(BASE, true);
        rig.memory.writeWord(0, 8, 8, 99);
        rig.log.clear();
        long start = rig.engine.nowPs();
        assertThat(reclaimFirst(rig, 1)).isEqualTo(1);
        assertThat(rig.log)
                .containsExactly("clear 10 frame 0 kept", "notifier page 10", "page invalidated 10", "free frame 0");
        // reverse map's lock 2 x 20, walk 4 x 25, page-table lock 2 x 20, clear and swap entry 2 x 20, flush 2700,
        // callout
        // 50 + 10, write 20,000, free 50
        assertThat(rig.engine.nowPs() - start).isEqualTo((40 + 100 + 40 + 40 + 2700 + 60 + 20_000 + 50) * NS);
        assertThat(Pte.swap(rig.mm.peekPte(BASE))).isTrue();
        assertThat(rig.kernel.userMemory().readWord(rig.mm, BASE + 8, 8)).isEqualTo(99);
        assertThat(rig.kernel.counters().value(VmCounter.PAGES_RECLAIMED)).isEqualTo(1);
    }

    @Test
    void byRange_theClearLiesBetweenStartAndEnd() {
        VmRig rig = rig(ReclaimNotifier.RANGE);
        rig.fault(BASE, true);
        rig.log.clear();
        assertThat(reclaimFirst(rig, 1)).isEqualTo(1);
        assertThat(rig.log)
                .containsExactly(
                        "range start 10-11",
                        "notifier start 10-11",
                        "clear 10 frame 0 kept",
                        "notifier end 10-11",
                        "range end 10-11",
                        "free frame 0");
    }

    @Test
    void calloutsUnderAndOutsideOfLocks_comeAroundClearFlushAndDrop() {
        VmRig rig = new VmRig(VmRig.spec(ReclaimNotifier.PAGE, false, 0, 0), 64);
        rig.curiousNotifier();
        rig.mm.map(BASE, 8 * PAGE, RW, Mm.FIRST_TOUCH, 0);
        rig.fault(BASE, true);
        rig.log.clear();
        long start = rig.engine.nowPs();
        assertThat(reclaimFirst(rig, 1)).isEqualTo(1);
        assertThat(rig.log)
                .containsExactly(
                        "notifier before 10",
                        "clear 10 frame 0 kept",
                        "notifier cleared 10-11",
                        "notifier flushed 10-11",
                        "notifier page 10",
                        "page invalidated 10",
                        "notifier after 10",
                        "range end 10-11",
                        "free frame 0");
        // As by page alone, and four callouts of 10, of which only that before the attempt is made apart from other
        // work
        assertThat(rig.engine.nowPs() - start)
                .isEqualTo((40 + 100 + 40 + 40 + 2700 + 60 + 20_000 + 50 + 4 * 10 + 50) * NS);
    }

    @Test
    void pageThatWasUsed_isAnnouncedBeforeAndAfterTheAttemptAllTheSame() {
        VmRig rig = new VmRig(VmRig.spec(ReclaimNotifier.PAGE, false, 0, 0), 64);
        rig.curiousNotifier();
        rig.mm.map(BASE, 8 * PAGE, RW, Mm.FIRST_TOUCH, 0);
        rig.fault(BASE, true);
        rig.log.clear();
        assertThat(rig.call(rig.kernel.reclaimPages(), 1, 0, 0, 0)).isEqualTo(1);
        assertThat(rig.log)
                .startsWith(
                        "notifier before 10",
                        "change 10 wda to wd-",
                        "notifier after 10",
                        "range end 10-11",
                        "notifier before 10",
                        "clear 10 frame 0 kept");
    }

    @Test
    void pinnedPage_isPassedOverUntilItIsUnpinned() {
        VmRig rig = rig(ReclaimNotifier.PAGE);
        rig.fault(BASE, true);
        long pte = rig.call(rig.kernel.userPages().pin(), 0, BASE, 1);
        assertThat(Pte.pfn(pte)).isZero();
        assertThat(reclaimFirst(rig, 1)).isZero();
        assertThat(rig.kernel.counters().value(VmCounter.RECLAIM_REFERENCED)).isEqualTo(1);
        assertThat(rig.call(rig.kernel.reclaimPages(), 1, 0, 0, 0)).isZero();
        assertThat(rig.kernel.counters().value(VmCounter.RECLAIM_REFERENCED)).isEqualTo(2);
        rig.cpu.start(
                new Routine(rig.engine, "unpin", 0) {
                    @Override
                    public String stepName(int pc) {
                        return "unpin";
                    }

                    @Override
                    public void step(Agent agent, int pc) {
                        rig.kernel.userPages().unpin(agent, 0);
                        agent.done(0);
                    }
                },
                0);
        rig.engine.timed().run(Long.MAX_VALUE);
        assertThat(reclaimFirst(rig, 1)).isEqualTo(1);
        assertThat(rig.kernel.counters().value(VmCounter.RECLAIM_SCANNED)).isEqualTo(1);
    }

    @Test
    void swapIn_bringsTheContentBackAndFreesTheSlot() {
        VmRig rig = rig(ReclaimNotifier.PAGE);
        rig.fault(BASE, true);
        rig.memory.writeWord(0, 8, 8, 99);
        reclaimFirst(rig, 1);
        long start = rig.engine.nowPs();
        assertThat(rig.fault(BASE, false)).isEqualTo(1);
        // a fault, 20 us for the page instead of 950 ns for zeroing it, and a release of the page-table lock that is
        // not the
        // last step
        assertThat(rig.engine.nowPs() - start).isEqualTo((750 + 20_000 + 20) * NS);
        assertThat(VmRig.rights(rig.mm.peekPte(BASE))).isEqualTo("--a");
        assertThat(rig.memory.readWord(Pte.pfn(rig.mm.peekPte(BASE)), 8, 8)).isEqualTo(99);
        assertThat(rig.kernel.swap().used()).isZero();
        assertThat(rig.fault(BASE, true)).isZero();
        assertThat(VmRig.rights(rig.mm.peekPte(BASE))).isEqualTo("wda");
        reclaimFirst(rig, 1);
        assertThat(rig.fault(BASE, true)).isEqualTo(1);
        assertThat(VmRig.rights(rig.mm.peekPte(BASE))).isEqualTo("wda");
    }

    @Test
    void unmappedSwapEntry_freesItsSlot() {
        VmRig rig = rig(ReclaimNotifier.PAGE);
        rig.fault(BASE, true);
        rig.fault(BASE + PAGE, true);
        assertThat(reclaimFirst(rig, 2)).isEqualTo(2);
        assertThat(rig.kernel.swap().used()).isEqualTo(2);
        rig.call(rig.kernel.calls().madviseDontneed(), 0, BASE, PAGE);
        assertThat(rig.kernel.swap().used()).isEqualTo(1);
        rig.call(rig.kernel.calls().munmap(), 0, BASE, 8 * PAGE);
        assertThat(rig.kernel.swap().used()).isZero();
    }

    @Test
    void movedSwapEntry_keepsItsContent() {
        VmRig rig = rig(ReclaimNotifier.PAGE);
        rig.fault(BASE, true);
        rig.memory.writeWord(0, 8, 8, 99);
        reclaimFirst(rig, 1);
        long to = rig.call(rig.kernel.calls().mremap(), 0, BASE, PAGE, 2 * PAGE, Prot.MREMAP_MAYMOVE);
        assertThat(rig.fault(to, false)).isEqualTo(1);
        assertThat(rig.kernel.userMemory().readWord(rig.mm, to + 8, 8)).isEqualTo(99);
    }

    @Test
    void pagesUsedLately_areSparedOnce() {
        VmRig rig = rig(ReclaimNotifier.PAGE);
        rig.fault(BASE, true);
        rig.fault(BASE + PAGE, true);
        // The clock's first round marks both pages, the second takes the first of them.
        assertThat(rig.call(rig.kernel.reclaimPages(), 1, 0, 0, 0)).isEqualTo(1);
        assertThat(rig.kernel.counters().value(VmCounter.RECLAIM_SECOND_CHANCES))
                .isEqualTo(2);
        assertThat(rig.kernel.counters().value(VmCounter.RECLAIM_SCANNED)).isEqualTo(3);
        assertThat(Pte.swap(rig.mm.peekPte(BASE))).isTrue();
        assertThat(VmRig.rights(rig.mm.peekPte(BASE + PAGE))).isEqualTo("wd-");
    }

    @Test
    void kswapd_keepsFreeMemoryBetweenTheWatermarks() {
        VmRig rig = new VmRig(VmRig.spec(ReclaimNotifier.PAGE, true, 4, 8), 32);
        rig.mm.map(BASE, 64 * PAGE, RW, Mm.FIRST_TOUCH, 0);
        new Cpu(rig.engine, "kswapd").start(rig.kernel.kswapd(), 0);
        for (int i = 0; i < 64; i++) {
            assertThat(rig.fault(BASE + i * PAGE, true)).isZero();
            rig.memory.writeWord(Pte.pfn(rig.mm.peekPte(BASE + i * PAGE)), 0, 8, i + 1);
            assertThat(rig.kernel.frames().freeFrames()).isBetween(4L, 32L);
        }
        assertThat(rig.kernel.counters().value(VmCounter.KSWAPD_WAKEUPS)).isPositive();
        assertThat(rig.kernel.counters().value(VmCounter.DIRECT_RECLAIMS)).isZero();
        for (int i = 0; i < 64; i++) {
            assertThat(rig.kernel.userMemory().readWord(rig.mm, BASE + i * PAGE, 8))
                    .isEqualTo(i + 1);
        }
    }

    @Test
    void faultWithoutAFreeFrame_reclaimsByItself() {
        VmRig rig = new VmRig(VmRig.spec(ReclaimNotifier.PAGE, true, 0, 0), 4);
        rig.mm.map(BASE, 16 * PAGE, RW, Mm.FIRST_TOUCH, 0);
        for (int i = 0; i < 16; i++) {
            assertThat(rig.fault(BASE + i * PAGE, true)).isZero();
        }
        assertThat(rig.kernel.counters().value(VmCounter.DIRECT_RECLAIMS)).isPositive();
    }

    @Test
    void faultOnAPageOnItsWayOut_waitsUntilItIsOut() {
        VmRig rig = rig(ReclaimNotifier.PAGE);
        rig.fault(BASE, true);
        rig.memory.writeWord(0, 8, 8, 99);
        Cpu other = new Cpu(rig.engine, "other");
        // Reclaim writes the page out from about 3 us to 23 us after its start; the fault comes in between.
        other.start(rig.kernel.handleFault(), 8000 * NS, 0, BASE, 1);
        assertThat(reclaimFirst(rig, 1)).isEqualTo(1);
        assertThat(other.idle()).isTrue();
        assertThat(rig.kernel.counters().value(VmCounter.FAULTS_MAJOR)).isEqualTo(1);
        assertThat(rig.kernel.userMemory().readWord(rig.mm, BASE + 8, 8)).isEqualTo(99);
    }

    @Test
    void reference_keepsAReclaimedFrameUntilItIsDropped() {
        VmRig rig = rig(ReclaimNotifier.PAGE);
        rig.fault(BASE, true);
        Routine hold = new Routine(rig.engine, "hold a page", 0) {
            @Override
            public String stepName(int pc) {
                return "hold";
            }

            @Override
            public void step(Agent agent, int pc) {
                if (pc == 0) {
                    rig.kernel.frames().reference(agent, 0);
                    agent.next(1, 50_000 * NS, Why.THINK);
                } else {
                    rig.kernel.frames().drop(agent, 0, 1);
                    agent.done(0);
                }
            }
        };
        // The reference is taken after reclaim has isolated the page, as get_user_pages may.
        new Cpu(rig.engine, "holder").start(hold, 100 * NS);
        rig.log.clear();
        assertThat(reclaimFirst(rig, 1)).isEqualTo(1);
        assertThat(rig.log).endsWith("page invalidated 10", "free frame 0");
        assertThat(rig.engine.nowPs()).isGreaterThanOrEqualTo(50_000 * NS);
    }
}
