package grusim.linux;

import static grusim.linux.VmRig.NS;
import static grusim.linux.VmRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Cpu;
import org.junit.jupiter.api.Test;

/** madvise(FREE) and madvise(PAGEOUT). */
final class LazyFreeTest {
    private static final long BASE = 0x10000;
    private static final int RW = Prot.READ | Prot.WRITE;

    private static VmRig rig(int pages) {
        VmRig rig = new VmRig();
        rig.notifier();
        rig.mm.map(BASE, 8 * PAGE, RW, Mm.FIRST_TOUCH, 0);
        rig.kernel.processes().allow(rig.cpu, 1);
        for (int i = 0; i < pages; i++) {
            store(rig, BASE + i * PAGE, 11 + i);
        }
        rig.log.clear();
        return rig;
    }

    private static void store(VmRig rig, long vaddr, long value) {
        assertThat(rig.call(rig.kernel.processes().userStore(), 0, vaddr, value))
                .isZero();
    }

    private static long word(VmRig rig, long vaddr) {
        return rig.kernel.userMemory().readWord(rig.mm, vaddr, 8);
    }

    private static long free(VmRig rig, long vaddr, long bytes) {
        return rig.call(rig.kernel.calls().madviseFree(), 0, vaddr, bytes);
    }

    private static long reclaim(VmRig rig) {
        return rig.call(rig.kernel.reclaimPages(), 8, 1, BASE, BASE + 8 * PAGE);
    }

    @Test
    void free_cleansTheEntriesBetweenTheRangesStartAndEnd_andFlushesAfterIt() {
        VmRig rig = rig(2);
        long start = rig.engine.nowPs();
        assertThat(free(rig, BASE, 4 * PAGE)).isZero();
        assertThat(rig.log)
                .containsExactly(
                        "range start 10-14",
                        "notifier start 10-14",
                        "change 10 wda to w--",
                        "change 11 wda to w--",
                        "notifier end 10-14",
                        "range end 10-14");
        // system call 150, mmap_sem 2 x 20, callouts 2 x (50 + 10), walk 3 x 25, page-table lock 2 x 20, clear and set
        // 2 x
        // 40, flush 2700
        assertThat(rig.engine.nowPs() - start).isEqualTo((150 + 40 + 120 + 75 + 40 + 80 + 2700) * NS);
    }

    @Test
    void freedPages_areGivenUpByReclaim_withoutSwap() {
        VmRig rig = rig(2);
        free(rig, BASE, PAGE);
        rig.log.clear();
        assertThat(word(rig, BASE)).isEqualTo(11);
        assertThat(reclaim(rig)).isEqualTo(2);
        assertThat(rig.log)
                .containsExactly(
                        "clear 10 frame 0 kept",
                        "notifier page 10",
                        "page invalidated 10",
                        "free frame 0",
                        "clear 11 frame 1 kept",
                        "notifier page 11",
                        "page invalidated 11",
                        "free frame 1");
        assertThat(rig.kernel.swap().used()).isEqualTo(1);
        assertThat(rig.mm.peekPte(BASE)).isEqualTo(Pte.NONE);
        assertThat(word(rig, BASE)).isZero();
        assertThat(word(rig, BASE + PAGE)).isEqualTo(12);
        assertThat(rig.kernel.counters().value(VmCounter.PAGES_LAZILY_FREED)).isEqualTo(1);
        assertThat(rig.kernel.counters().value(VmCounter.SWAPPED_OUT)).isEqualTo(1);
    }

    @Test
    void pageWrittenAfterTheAdvice_isKept() {
        VmRig rig = rig(1);
        free(rig, BASE, PAGE);
        store(rig, BASE + 8, 99);
        assertThat(reclaim(rig)).isZero();
        assertThat(word(rig, BASE)).isEqualTo(11);
        // It is an ordinary page again.
        assertThat(reclaim(rig)).isEqualTo(1);
        assertThat(Pte.swap(rig.mm.peekPte(BASE))).isTrue();
        assertThat(word(rig, BASE)).isEqualTo(11);
        assertThat(word(rig, BASE + 8)).isEqualTo(99);
    }

    @Test
    void pageTakenForADevicesWrite_isKept() {
        VmRig rig = rig(1);
        free(rig, BASE, PAGE);
        assertThat(Pte.pfn(rig.call(rig.kernel.userPages().get(), 0, BASE, 1))).isZero();
        assertThat(reclaim(rig)).isEqualTo(1);
        assertThat(Pte.swap(rig.mm.peekPte(BASE))).isTrue();
        assertThat(word(rig, BASE)).isEqualTo(11);
    }

    @Test
    void pageSomebodyRefersTo_getsItsEntryBack() {
        VmRig rig = rig(1);
        free(rig, BASE, PAGE);
        long pte = rig.mm.peekPte(BASE);
        // Reclaim flushes from about 0.2 to 2.9 us after its start.
        new Cpu(rig.engine, "pin").start(rig.pin(), 1500 * NS, 0);
        rig.log.clear();
        assertThat(reclaim(rig)).isZero();
        assertThat(rig.log).containsExactly("clear 10 frame 0 kept", "set 10 frame 0 kept");
        assertThat(rig.mm.peekPte(BASE)).isEqualTo(pte);
        assertThat(word(rig, BASE)).isEqualTo(11);
    }

    @Test
    void sharedAndSwappedPages() {
        VmRig rig = rig(2);
        rig.call(rig.kernel.reclaimPages(), 1, 1, BASE + PAGE, BASE + 2 * PAGE);
        long child = rig.call(rig.kernel.processes().fork(), 0);
        assertThat(rig.kernel.swap().used()).isEqualTo(1);
        assertThat(free(rig, BASE, 2 * PAGE)).isZero();
        assertThat(VmRig.rights(rig.mm.peekPte(BASE))).isEqualTo("-da");
        assertThat(rig.mm.peekPte(BASE + PAGE)).isEqualTo(Pte.NONE);
        assertThat(word(rig, BASE + PAGE)).isZero();
        assertThat(rig.kernel.userMemory().readWord(rig.kernel.mm((int) child), BASE + PAGE, 8))
                .isEqualTo(12);
        assertThat(rig.kernel.swap().used()).isEqualTo(1);
    }

    @Test
    void pageout_reclaimsWhatNobodyShares_underTheReadLock() {
        VmRig rig = rig(3);
        rig.call(rig.kernel.processes().fork(), 0);
        store(rig, BASE + PAGE, 22);
        rig.log.clear();
        boolean[] read = {true};
        rig.engine.observer((agent, routine, pc) -> {
            if (routine.name().equals("try_to_unmap")) {
                read[0] &= rig.mm.mmapSem().readers() == 1;
            }
        });
        assertThat(rig.call(rig.kernel.calls().madvisePageout(), 0, BASE, 8 * PAGE))
                .isZero();
        assertThat(rig.log)
                .containsExactly("clear 11 frame 3 kept", "notifier page 11", "page invalidated 11", "free frame 3");
        assertThat(read[0]).isTrue();
        assertThat(word(rig, BASE + PAGE)).isEqualTo(22);
    }

    @Test
    void pageout_ofAnUntouchedTebibyte_costsNoMoreThanOfAPage() {
        VmRig rig = rig(0);
        rig.mm.map(0x10000000000L, 1L << 40, RW, Mm.FIRST_TOUCH, 0);
        long start = rig.engine.nowPs();
        assertThat(rig.call(rig.kernel.calls().madvisePageout(), 0, 0x10000000000L, 1L << 40))
                .isZero();
        long whole = rig.engine.nowPs() - start;
        assertThat(rig.call(rig.kernel.calls().madvisePageout(), 0, 0x10000000000L, PAGE))
                .isZero();
        assertThat(rig.engine.nowPs() - start - whole).isEqualTo(whole);
    }
}
