package grusim.linux;

import static grusim.linux.VmRig.NS;
import static grusim.linux.VmRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.linux.lock.RwSemaphore;
import org.junit.jupiter.api.Test;

/** Which part of a call runs under mmap_sem held for writing (W), for reading (R), or not held (-), in each era. */
final class LockOrderTest {
    private static final long BASE = 0x10000;
    private static final int RW = Prot.READ | Prot.WRITE;

    private static VmRig rig(String... settings) {
        VmRig rig = new VmRig(VmRig.spec(settings), 64);
        rig.notifier();
        rig.mm.map(BASE, 4 * PAGE, RW, Mm.FIRST_TOUCH, 0);
        rig.mm.initialBreak(0x40000);
        for (int page = 0; page < 4; page += 2) {
            rig.fault(BASE + page * PAGE, true);
        }
        return rig;
    }

    /** Writes each change of the lock into the log, at the first step that follows it. */
    private static void watch(VmRig rig) {
        rig.log.clear();
        String[] before = {"-"};
        rig.engine.observer((agent, routine, pc) -> {
            RwSemaphore lock = rig.mm.mmapSem();
            String held = lock.readers() > 0 ? "R" : "-";
            String now = lock.writeLocked() ? "W" : held;
            if (!now.equals(before[0])) {
                rig.log.add(now);
                before[0] = now;
            }
        });
    }

    @Test
    void munmap_holdsTheWriteLockThroughout() {
        VmRig rig = rig();
        watch(rig);
        rig.call(rig.kernel.calls().munmap(), 0, BASE, 4 * PAGE);
        assertThat(rig.log)
                .containsExactly(
                        "W",
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
                        "free table 1",
                        "-");
    }

    @Test
    void downgradingMunmap_clearsAndFreesUnderTheReadLock_tablesAfterTheRangesEnd() {
        VmRig rig = rig("kernel.munmapDowngrade=true");
        watch(rig);
        long start = rig.engine.nowPs();
        assertThat(rig.call(rig.kernel.calls().munmap(), 0, BASE, 4 * PAGE)).isZero();
        assertThat(rig.log)
                .containsExactly(
                        "W",
                        "R",
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
                        "free table 1",
                        "-");
        // as without: syscall 150, mmap_sem 2 x 20, callouts 2 x (50 + 10), walk 3 x 25, page-table lock 2 x 20,
        // clears 2 x 20, reverse map's lock 2 x 20, reading 3 x 25 and clearing 3 x 20 table entries, flush 2700,
        // frees 5 x 50; and the downgrade 20
        assertThat(rig.engine.nowPs() - start)
                .isEqualTo((150 + 40 + 120 + 75 + 40 + 40 + 40 + 75 + 60 + 2700 + 250 + 20) * NS);
    }

    @Test
    void downgradingMunmap_ofNothing_staysAWriter() {
        VmRig rig = rig("kernel.munmapDowngrade=true");
        watch(rig);
        assertThat(rig.call(rig.kernel.calls().munmap(), 0, BASE + 16 * PAGE, PAGE))
                .isZero();
        assertThat(rig.log).containsExactly("W", "-");
    }

    @Test
    void shrinkingMremap_downgrades() {
        VmRig rig = rig("kernel.munmapDowngrade=true");
        watch(rig);
        assertThat(rig.call(rig.kernel.calls().mremap(), 0, BASE, 4 * PAGE, 2 * PAGE, 0))
                .isEqualTo(BASE);
        assertThat(rig.log)
                .containsExactly(
                        "W",
                        "R",
                        "range start 12-14",
                        "notifier start 12-14",
                        "clear 12 frame 1 dropped",
                        "notifier end 12-14",
                        "range end 12-14",
                        "free frame 1",
                        "-");
    }

    @Test
    void movingMremap_thatShrinks_staysAWriter() {
        VmRig rig = rig("kernel.munmapDowngrade=true");
        rig.mm.map(0x200000, 2 * PAGE, RW, Mm.FIRST_TOUCH, 0);
        watch(rig);
        int flags = Prot.MREMAP_MAYMOVE | Prot.MREMAP_FIXED;
        assertThat(rig.call(rig.kernel.calls().mremap(), 0, BASE, 4 * PAGE, 2 * PAGE, flags, 0x200000))
                .isEqualTo(0x200000);
        assertThat(rig.log).contains("clear 12 frame 1 dropped", "set 200 frame 0 kept");
        assertThat(rig.log).startsWith("W").endsWith("-").doesNotContain("R");
    }

    @Test
    void mmapOverAMapping_staysAWriter() {
        VmRig rig = rig("kernel.munmapDowngrade=true");
        watch(rig);
        assertThat(rig.call(rig.kernel.calls().mmap(), 0, BASE, PAGE, RW | Prot.FIXED))
                .isEqualTo(BASE);
        assertThat(rig.log).contains("clear 10 frame 0 dropped");
        assertThat(rig.log).startsWith("W").endsWith("-").doesNotContain("R");
    }

    @Test
    void shrinkingBrk_setsTheBreakBeforeItDowngrades() {
        VmRig rig = rig("kernel.munmapDowngrade=true");
        rig.call(rig.kernel.calls().brk(), 0, 0x40000 + 2 * PAGE);
        rig.fault(0x40000 + PAGE, true);
        watch(rig);
        long[] breakSeen = new long[1];
        rig.engine.observer((agent, routine, pc) -> {
            if (routine.stepName(pc).equals("downgrade mmap_sem to reading")) {
                breakSeen[0] = rig.mm.programBreak();
            }
        });
        assertThat(rig.call(rig.kernel.calls().brk(), 0, 0x40000 + PAGE)).isEqualTo(0x40000 + PAGE);
        assertThat(breakSeen[0]).isEqualTo(0x40000 + PAGE);
        assertThat(rig.log).contains("clear 41 frame 2 dropped", "free frame 2");
        assertThat(rig.mm.mmapSem().readers()).isZero();
        assertThat(rig.mm.mmapSem().writeLocked()).isFalse();
    }

    @Test
    void exit_locksNothing() {
        VmRig rig = rig();
        watch(rig);
        rig.call(rig.kernel.exitMmap(), 0);
        assertThat(rig.log)
                .startsWith("notifier release", "clear 10 frame 0 dropped")
                .doesNotContain("W", "R");
    }

    @Test
    void lockingExit_unmapsAsAReaderAndFreesAsAWriter() {
        VmRig rig = rig("kernel.exitLock=mmap-lock");
        watch(rig);
        assertThat(rig.call(rig.kernel.exitMmap(), 0)).isZero();
        assertThat(rig.log)
                .containsExactly(
                        "notifier release",
                        "R",
                        "clear 10 frame 0 dropped",
                        "clear 12 frame 1 dropped",
                        "-",
                        "W",
                        "free frame 0",
                        "free frame 1",
                        "free table 3",
                        "free table 2",
                        "free table 1",
                        "-",
                        "mm gone");
    }

    @Test
    void lockingExit_ofAnEmptyAddressSpace_releasesTheReadLock() {
        VmRig rig = new VmRig(VmRig.spec("kernel.exitLock=mmap-lock"), 64);
        watch(rig);
        rig.call(rig.kernel.exitMmap(), 0);
        assertThat(rig.log).containsExactly("R", "-", "mm gone");
    }
}
