package grusim.linux;

import static grusim.linux.VmRig.NS;
import static grusim.linux.VmRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The order of locks, callouts, entry changes and frees in each memory system call. */
final class VmCallsTest {
    private static final long BASE = 0x10000;
    private static final int RW = Prot.READ | Prot.WRITE;

    private final VmRig rig = new VmRig();

    @BeforeEach
    void mapFourPages() {
        rig.notifier();
        rig.mm.map(BASE, 4 * PAGE, RW, Mm.FIRST_TOUCH, 0);
    }

    private void touch(long... pages) {
        for (long page : pages) {
            assertThat(rig.fault(BASE + page * PAGE, true)).isZero();
        }
        rig.log.clear();
    }

    private String ranges() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rig.mm.vmas().count(); i++) {
            text.append(String.format(
                    "%x-%x:%d ",
                    rig.mm.vmas().start(i) >>> 12,
                    rig.mm.vmas().end(i) >>> 12,
                    rig.mm.vmas().protection(i)));
        }
        return text.toString().trim();
    }

    @Test
    void munmap_freesPagesAndTablesAfterTheRangesEnd() {
        touch(0, 2);
        long start = rig.engine.nowPs();
        assertThat(rig.call(rig.kernel.calls().munmap(), 0, BASE, 4 * PAGE)).isZero();
        assertThat(rig.log)
                .containsExactly(
                        "range start 10-14",
                        "notifier start 10-14",
                        "clear 10 frame 0 dropped",
                        "clear 12 frame 1 dropped",
                        "notifier end 10-14",
                        "range end 10-14",
                        "free frame 0",
                        "free frame 1",
                        "free table 3",
                        "free table 2",
                        "free table 1");
        assertThat(ranges()).isEmpty();
        assertThat(rig.kernel.frames().freeFrames()).isEqualTo(64);
        // syscall 150, mmap_sem 2 x 20, callouts 2 x (50 + 10), walk 3 x 25, page-table lock 2 x 20, clears 2 x 20,
        // reverse map's lock 2 x 20, reading 3 x 25 and clearing 3 x 20 table entries, flush 2700, frees 5 x 50
        assertThat(rig.engine.nowPs() - start)
                .isEqualTo((150 + 40 + 120 + 75 + 40 + 40 + 40 + 75 + 60 + 2700 + 250) * NS);
        assertThat(rig.kernel.counters().value(VmCounter.MUNMAPS)).isEqualTo(1);
    }

    @Test
    void munmap_ofTheMiddle_splitsAndKeepsSharedTables() {
        touch(0, 1, 2, 3);
        assertThat(rig.call(rig.kernel.calls().munmap(), 0, BASE + PAGE, 2 * PAGE))
                .isZero();
        assertThat(ranges()).isEqualTo("10-11:3 13-14:3");
        assertThat(rig.log)
                .containsExactly(
                        "range start 11-13",
                        "notifier start 11-13",
                        "clear 11 frame 1 dropped",
                        "clear 12 frame 2 dropped",
                        "notifier end 11-13",
                        "range end 11-13",
                        "free frame 1",
                        "free frame 2");
        assertThat(Pte.present(rig.mm.peekPte(BASE))).isTrue();
        assertThat(rig.mm.peekPte(BASE + PAGE)).isZero();
    }

    @Test
    void munmap_ofNothing_succeedsWithoutACallout() {
        assertThat(rig.call(rig.kernel.calls().munmap(), 0, BASE + 16 * PAGE, PAGE))
                .isZero();
        assertThat(rig.log).isEmpty();
    }

    @Test
    void frames_areReusedLastInFirstOutAndPoisonedBetween() {
        touch(0, 1);
        rig.memory.writeWord(1, 0, 8, 5);
        rig.call(rig.kernel.calls().munmap(), 0, BASE, 2 * PAGE);
        assertThat(rig.memory.readWord(1, 0, 8)).isEqualTo(0x6b6b6b6b6b6b6b6bL);
        rig.log.clear();
        rig.fault(BASE + 2 * PAGE, true);
        assertThat(rig.log).containsExactly("set 12 frame 1 fresh");
        assertThat(rig.memory.readWord(1, 0, 8)).isZero();
        assertThat(rig.kernel.counters().value(VmCounter.FRAMES_REUSED)).isEqualTo(1);
    }

    @Test
    void fullGathers_areFreedBeforeTheRangesEnd() {
        VmRig big = new VmRig(VmRig.SPEC, 1024);
        big.notifier();
        big.mm.map(0, 600 * PAGE, RW, Mm.FIRST_TOUCH, 0);
        for (int i = 0; i < 600; i++) {
            big.fault(i * PAGE, true);
        }
        big.log.clear();
        big.call(big.kernel.calls().munmap(), 0, 0, 600 * PAGE);
        int end = big.log.indexOf("notifier end 0-258");
        assertThat(big.log.indexOf("free frame 0")).isLessThan(end);
        assertThat(big.log.indexOf("free frame 511")).isLessThan(end);
        assertThat(big.log.indexOf("free frame 512")).isGreaterThan(end);
        assertThat(big.kernel.counters().value(VmCounter.SHOOTDOWNS)).isEqualTo(2);
        assertThat(big.kernel.frames().freeFrames()).isEqualTo(1024);
    }

    @Test
    void mmap_overAMapping_unmapsItFirst() {
        touch(1);
        assertThat(rig.call(rig.kernel.calls().mmap(), 0, BASE + PAGE, PAGE, Prot.READ | Prot.FIXED))
                .isEqualTo(BASE + PAGE);
        assertThat(ranges()).isEqualTo("10-11:3 11-12:1 12-14:3");
        assertThat(rig.log)
                .containsExactly(
                        "range start 11-12",
                        "notifier start 11-12",
                        "clear 11 frame 0 dropped",
                        "notifier end 11-12",
                        "range end 11-12",
                        "free frame 0");
    }

    @Test
    void mmap_withoutAnAddress_goesIntoTheHighestGap() {
        // Below the 128 MiB gap under the end of user addresses, 2^47.
        long base = (1L << 47) - (128L << 20);
        assertThat(rig.call(rig.kernel.calls().mmap(), 0, 0, 2 * PAGE, RW)).isEqualTo(base - 2 * PAGE);
        assertThat(rig.call(rig.kernel.calls().mmap(), 0, 0, 5000, Prot.READ)).isEqualTo(base - 4 * PAGE);
        rig.call(rig.kernel.calls().munmap(), 0, base - 2 * PAGE, PAGE);
        assertThat(rig.call(rig.kernel.calls().mmap(), 0, 0, PAGE, RW)).isEqualTo(base - 2 * PAGE);
        assertThat(rig.call(rig.kernel.calls().mmap(), 0, 0, PAGE, RW)).isEqualTo(base - 5 * PAGE);
        assertThat(rig.call(rig.kernel.calls().mmap(), 0, BASE + 4 * PAGE, PAGE, RW))
                .isEqualTo(BASE + 4 * PAGE);
        assertThat(ranges()).startsWith("10-15:3 ");
    }

    @Test
    void mprotect_announcesEachChangedVmaAndRemovesTheRightToWrite() {
        touch(0, 1);
        rig.mm.map(BASE + 4 * PAGE, PAGE, Prot.READ, Mm.FIRST_TOUCH, 0);
        assertThat(rig.call(rig.kernel.calls().mprotect(), 0, BASE + PAGE, 4 * PAGE, Prot.READ))
                .isZero();
        assertThat(ranges()).isEqualTo("10-11:3 11-15:1");
        assertThat(rig.log)
                .containsExactly(
                        "range start 11-14",
                        "notifier start 11-14",
                        "change 11 wda to -da",
                        "notifier end 11-14",
                        "range end 11-14");
        assertThat(rig.kernel.counters().value(VmCounter.SHOOTDOWNS)).isEqualTo(1);
    }

    @Test
    void protNone_keepsTheFramePresent() {
        touch(0);
        rig.call(rig.kernel.calls().mprotect(), 0, BASE, PAGE, Prot.NONE);
        long pte = rig.mm.peekPte(BASE);
        assertThat(Pte.present(pte)).isTrue();
        assertThat(rig.call(rig.kernel.userPages().atomicWalk(), 0, BASE, 0)).isEqualTo(pte);
        assertThat(rig.fault(BASE, false)).isEqualTo(-Errno.EACCES);
    }

    @Test
    void madviseDontneed_dropsPagesUnderTheReadLockAndKeepsTables() {
        touch(0, 1);
        assertThat(rig.call(rig.kernel.calls().madviseDontneed(), 0, BASE, 4 * PAGE))
                .isZero();
        assertThat(rig.log)
                .containsExactly(
                        "range start 10-14",
                        "notifier start 10-14",
                        "clear 10 frame 0 dropped",
                        "clear 11 frame 1 dropped",
                        "notifier end 10-14",
                        "range end 10-14",
                        "free frame 0",
                        "free frame 1");
        assertThat(ranges()).isEqualTo("10-14:3");
        assertThat(rig.kernel.userMemory().readWord(rig.mm, BASE, 8)).isZero();
    }

    @Test
    void mremap_growsInPlaceWhereThereIsRoom() {
        touch(0);
        assertThat(rig.call(rig.kernel.calls().mremap(), 0, BASE, 4 * PAGE, 6 * PAGE, 0))
                .isEqualTo(BASE);
        assertThat(ranges()).isEqualTo("10-16:3");
        assertThat(rig.log).isEmpty();
    }

    @Test
    void mremap_shrinksByUnmapping() {
        touch(0, 3);
        assertThat(rig.call(rig.kernel.calls().mremap(), 0, BASE, 4 * PAGE, 2 * PAGE, 0))
                .isEqualTo(BASE);
        assertThat(ranges()).isEqualTo("10-12:3");
        assertThat(rig.log)
                .containsExactly(
                        "range start 12-14",
                        "notifier start 12-14",
                        "clear 13 frame 1 dropped",
                        "notifier end 12-14",
                        "range end 12-14",
                        "free frame 1");
    }

    @Test
    void mremap_movesEntriesWithTheirFrames() {
        touch(0, 3);
        rig.memory.writeWord(1, 0, 8, 77);
        rig.mm.map(BASE + 4 * PAGE, PAGE, Prot.READ, Mm.FIRST_TOUCH, 0);
        long to = 0x200000 - 2 * PAGE;
        assertThat(rig.call(
                        rig.kernel.calls().mremap(),
                        0,
                        BASE,
                        4 * PAGE,
                        5 * PAGE,
                        Prot.MREMAP_MAYMOVE | Prot.MREMAP_FIXED,
                        to))
                .isEqualTo(to);
        // The new place crosses a page of ptes at 0x200, so there are two extents of two pages.
        assertThat(rig.log)
                .containsExactly(
                        "range start 10-12",
                        "notifier start 10-12",
                        "clear 10 frame 0 kept",
                        "set 1fe frame 0 kept",
                        "notifier end 10-12",
                        "range end 10-12",
                        "range start 12-14",
                        "notifier start 12-14",
                        "clear 13 frame 1 kept",
                        "set 201 frame 1 kept",
                        "notifier end 12-14",
                        "range end 12-14",
                        "range start 10-14",
                        "notifier start 10-14",
                        "notifier end 10-14",
                        "range end 10-14");
        assertThat(rig.kernel.userMemory().readWord(rig.mm, to + 3 * PAGE, 8)).isEqualTo(77);
        assertThat(rig.kernel.frames().vaddr(1, 0)).isEqualTo(to + 3 * PAGE);
        assertThat(ranges()).isEqualTo("14-15:1 1fe-203:3");
    }

    @Test
    void brk_movesTheHeapsEnd() {
        long heap = 0x40000;
        rig.mm.initialBreak(heap + 100);
        assertThat(rig.call(rig.kernel.calls().brk(), 0, 0)).isEqualTo(heap + 100);
        assertThat(rig.call(rig.kernel.calls().brk(), 0, heap + 3 * PAGE)).isEqualTo(heap + 3 * PAGE);
        assertThat(ranges()).isEqualTo("10-14:3 41-43:3");
        rig.fault(heap + 2 * PAGE, true);
        rig.log.clear();
        assertThat(rig.call(rig.kernel.calls().brk(), 0, heap + PAGE + 8)).isEqualTo(heap + PAGE + 8);
        assertThat(ranges()).isEqualTo("10-14:3 41-42:3");
        assertThat(rig.log).contains("range start 42-43", "clear 42 frame 0 dropped", "free frame 0");
        rig.mm.map(heap + 5 * PAGE, PAGE, RW, Mm.FIRST_TOUCH, 1);
        assertThat(rig.call(rig.kernel.calls().brk(), 0, heap + 5 * PAGE)).isEqualTo(heap + PAGE + 8);
        assertThat(rig.call(rig.kernel.calls().brk(), 0, heap + 4 * PAGE)).isEqualTo(heap + 4 * PAGE);
        assertThat(rig.call(rig.kernel.calls().brk(), 0, heap)).isEqualTo(heap + 4 * PAGE);
    }

    @Test
    void exit_releasesTheNotifierFirstAndTellsItNothingMore() {
        touch(0, 1);
        assertThat(rig.call(rig.kernel.exitMmap(), 0)).isZero();
        assertThat(rig.log)
                .containsExactly(
                        "notifier release",
                        "clear 10 frame 0 dropped",
                        "clear 11 frame 1 dropped",
                        "free frame 0",
                        "free frame 1",
                        "free table 3",
                        "free table 2",
                        "free table 1",
                        "mm gone");
        assertThat(rig.kernel.frames().freeFrames()).isEqualTo(64);
        assertThat(ranges()).isEmpty();
    }
}
