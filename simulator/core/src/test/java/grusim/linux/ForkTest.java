package grusim.linux;

import static grusim.linux.VmRig.NS;
import static grusim.linux.VmRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ForkTest {
    private static final long BASE = 0x10000;
    private static final int RW = Prot.READ | Prot.WRITE;

    private static VmRig rig(String... settings) {
        VmRig rig = new VmRig(VmRig.spec(settings), 64);
        rig.notifier();
        rig.mm.map(BASE, 4 * PAGE, RW, Mm.FIRST_TOUCH, 0);
        rig.kernel.processes().allow(rig.cpu, 2);
        return rig;
    }

    private static Mm fork(VmRig rig) {
        return rig.kernel.mm((int) rig.call(rig.kernel.processes().fork(), rig.mm.id()));
    }

    private static void store(VmRig rig, Mm mm, long vaddr, long value) {
        assertThat(rig.call(rig.kernel.processes().userStore(), mm.id(), vaddr, value))
                .isZero();
    }

    private static long word(VmRig rig, Mm mm, long vaddr) {
        return rig.kernel.userMemory().readWord(mm, vaddr, 8);
    }

    /** The number of frames in use. */
    private static long used(VmRig rig) {
        return 64 - rig.kernel.frames().freeFrames();
    }

    @Test
    void fork_takesTheRightToWriteBetweenTheRangesStartAndEnd_andFlushesAfterIt() {
        VmRig rig = rig();
        store(rig, rig.mm, BASE, 11);
        store(rig, rig.mm, BASE + 2 * PAGE, 12);
        rig.log.clear();
        String[] before = {"--"};
        rig.engine.observer((agent, routine, pc) -> {
            String now = (rig.mm.mmapSem().writeLocked() ? "P" : "-")
                    + (rig.kernel.mm(1).mmapSem().writeLocked() ? "C" : "-");
            if (!now.equals(before[0])) {
                rig.log.add(now);
                before[0] = now;
            }
            if (routine.stepName(pc).equals("flush the CPUs' TLBs of the parent")) {
                rig.log.add("flush");
            }
        });
        long start = rig.engine.nowPs();
        assertThat(fork(rig).id()).isEqualTo(1);
        assertThat(rig.log)
                .containsExactly(
                        "P-",
                        "PC",
                        "range start 10-14",
                        "notifier start 10-14",
                        "change 10 wda to -da",
                        "set 10 frame 0 kept",
                        "change 12 wda to -da",
                        "set 12 frame 1 kept",
                        "notifier end 10-14",
                        "range end 10-14",
                        "P-",
                        "flush",
                        "--");
        // fork 50,000, mmap_sem 4 x 20, vma 300, callouts 2 x (50 + 10), walk 3 x 25; of the child's tables read 1 + 2
        // + 3
        // levels up to the missing one and make 3 at 950 + 2 x 20 + 25 + 20, then the last read; ...
        assertThat(rig.engine.nowPs() - start)
                .isEqualTo((50_000 + 80 + 300 + 120 + 75 + tables() + locks() + 2700) * NS);
    }

    private static long tables() {
        return 3 * (950 + 2 * 20 + 25 + 20) + 2 * 25;
    }

    /** Page-table locks of child and parent 4 x 20, and of two pages the parent's entry and the child's, 20 each. */
    private static long locks() {
        return 4 * 20 + 2 * 2 * 20;
    }

    @Test
    void forkedPages_areSharedUntilOneSideWrites_thenEachHasItsOwn() {
        VmRig rig = rig();
        store(rig, rig.mm, BASE + 8, 11);
        Mm child = fork(rig);
        assertThat(used(rig)).isEqualTo(1);
        assertThat(rig.kernel.frames().references(0)).isEqualTo(2);
        assertThat(word(rig, child, BASE + 8)).isEqualTo(11);
        store(rig, child, BASE + 8, 22);
        assertThat(word(rig, rig.mm, BASE + 8)).isEqualTo(11);
        assertThat(word(rig, child, BASE + 8)).isEqualTo(22);
        assertThat(used(rig)).isEqualTo(2);
        assertThat(rig.kernel.frames().references(0)).isEqualTo(1);
        store(rig, rig.mm, BASE + 8, 33);
        assertThat(Pte.pfn(rig.mm.peekPte(BASE))).isZero();
        assertThat(word(rig, rig.mm, BASE + 8)).isEqualTo(33);
        assertThat(word(rig, child, BASE + 8)).isEqualTo(22);
        assertThat(rig.kernel.counters().value(VmCounter.FAULTS_COW)).isEqualTo(1);
        assertThat(rig.kernel.counters().value(VmCounter.FAULTS_COW_REUSED)).isEqualTo(1);
        assertThat(rig.call(rig.kernel.exitMmap(), child.id())).isZero();
        assertThat(used(rig)).isEqualTo(1);
        rig.call(rig.kernel.calls().munmap(), 0, BASE, 4 * PAGE);
        assertThat(used(rig)).isZero();
    }

    @Test
    void writeByPage_announcesBetweenClearAndSet_underThePageTableLock() {
        VmRig rig = rig();
        store(rig, rig.mm, BASE, 11);
        fork(rig);
        rig.log.clear();
        boolean[] locked = {false};
        rig.engine.observer((agent, routine, pc) -> {
            if (routine.name().equals("page") && pc == 0) {
                locked[0] = rig.mm.pageTableLock().heldBy(rig.cpu);
            }
        });
        long start = rig.engine.nowPs();
        rig.fault(BASE, true);
        assertThat(rig.log)
                .containsExactly(
                        "clear 10 frame 0 kept", "notifier page 10", "page invalidated 10", "set 10 frame 1 kept");
        assertThat(locked[0]).isTrue();
        // a plain fault 750 has two lock steps and one update of 20; here are the page-table lock's other three, two
        // updates
        // instead of one, the copy 1200, the flush 2700, the callout 50 + 10 and the free 50
        assertThat(rig.engine.nowPs() - start).isEqualTo((750 + 3 * 20 + 20 + 1200 + 2700 + 60 + 50) * NS);
    }

    @Test
    void writeByRange_changesTheEntryBetweenStartAndEnd() {
        VmRig rig = rig("kernel.cowNotifier=range");
        store(rig, rig.mm, BASE, 11);
        fork(rig);
        rig.log.clear();
        rig.fault(BASE + 8, true);
        assertThat(rig.log)
                .containsExactly(
                        "range start 10-11",
                        "notifier start 10-11",
                        "clear 10 frame 0 kept",
                        "set 10 frame 1 kept",
                        "notifier end 10-11",
                        "range end 10-11");
    }

    @Test
    void getUserPageForWrite_breaksTheSharing() {
        VmRig rig = rig();
        store(rig, rig.mm, BASE, 11);
        Mm child = fork(rig);
        long pte = rig.call(rig.kernel.userPages().get(), rig.mm.id(), BASE, 1);
        assertThat(Pte.pfn(pte)).isEqualTo(1);
        assertThat(Pte.writable(pte)).isTrue();
        assertThat(Pte.pfn(rig.call(rig.kernel.userPages().get(), child.id(), BASE, 0)))
                .isZero();
    }

    @Test
    void swappedPages_areReadByEachSideForItself() {
        VmRig rig = rig();
        store(rig, rig.mm, BASE, 11);
        rig.call(rig.kernel.reclaimPages(), 1, 1, BASE, BASE + PAGE);
        Mm child = fork(rig);
        assertThat(rig.kernel.swap().used()).isEqualTo(1);
        store(rig, child, BASE, 22);
        assertThat(rig.kernel.swap().used()).isEqualTo(1);
        assertThat(word(rig, rig.mm, BASE)).isEqualTo(11);
        assertThat(rig.fault(BASE, false)).isEqualTo(1);
        assertThat(rig.kernel.swap().used()).isZero();
        assertThat(word(rig, rig.mm, BASE)).isEqualTo(11);
        assertThat(word(rig, child, BASE)).isEqualTo(22);
    }

    @Test
    void sharedFrame_isReclaimedFromAllItsPages_withOneSlot() {
        VmRig rig = rig();
        store(rig, rig.mm, BASE, 11);
        Mm child = fork(rig);
        rig.log.clear();
        assertThat(rig.call(rig.kernel.reclaimPages(), 1, 1, BASE, BASE + PAGE)).isEqualTo(1);
        assertThat(rig.log)
                .containsExactly(
                        "clear 10 frame 0 kept",
                        "notifier page 10",
                        "page invalidated 10",
                        "clear 10 frame 0 kept",
                        "free frame 0");
        assertThat(rig.kernel.swap().used()).isEqualTo(1);
        assertThat(used(rig)).isZero();
        assertThat(word(rig, rig.mm, BASE)).isEqualTo(11);
        assertThat(word(rig, child, BASE)).isEqualTo(11);
        rig.call(rig.kernel.exitMmap(), child.id());
        assertThat(rig.kernel.swap().used()).isEqualTo(1);
        rig.call(rig.kernel.exitMmap(), rig.mm.id());
        assertThat(rig.kernel.swap().used()).isZero();
    }

    @Test
    void sharedFrame_usedByOneOfItsPages_isSparedOnce() {
        VmRig rig = rig();
        store(rig, rig.mm, BASE, 11);
        Mm child = fork(rig);
        // The first look takes the mark off the parent's entry (the child's is made without), the second takes the
        // frame.
        assertThat(rig.call(rig.kernel.reclaimPages(), 1, 0, 0, 0)).isEqualTo(1);
        assertThat(rig.kernel.counters().value(VmCounter.RECLAIM_SCANNED)).isEqualTo(2);
        assertThat(Pte.swap(rig.mm.peekPte(BASE))).isTrue();
        assertThat(Pte.swap(child.peekPte(BASE))).isTrue();
    }

    @Test
    void fork_beyondTheLimit_isRefused_andAnEndedChildMakesRoom() {
        VmRig rig = rig();
        Mm first = fork(rig);
        fork(rig);
        assertThat(rig.call(rig.kernel.processes().fork(), 0)).isEqualTo(-Errno.EAGAIN);
        assertThat(rig.kernel.counters().value(VmCounter.CALLS_REFUSED)).isEqualTo(1);
        rig.call(rig.kernel.exitMmap(), first.id());
        store(rig, rig.mm, BASE, 11);
        assertThat(fork(rig)).isSameAs(first);
        assertThat(word(rig, first, BASE)).isEqualTo(11);
        assertThat(rig.call(rig.kernel.reclaimPages(), 1, first.id() + 1, BASE, BASE + PAGE))
                .isEqualTo(1);
    }

    @Test
    void exec_endsTheOldAddressSpaceAndBeginsAnEmptyOne() {
        VmRig rig = rig();
        store(rig, rig.mm, BASE, 11);
        Mm child = fork(rig);
        rig.log.clear();
        Mm fresh = rig.kernel.mm((int) rig.call(rig.kernel.processes().exec(), child.id()));
        assertThat(rig.log).startsWith("clear 10 frame 0 dropped").endsWith("mm gone");
        assertThat(fresh).isNotSameAs(child);
        assertThat(fresh.vmas().count()).isZero();
        assertThat(rig.kernel.frames().references(0)).isEqualTo(1);
        fork(rig);
        assertThat(rig.call(rig.kernel.processes().exec(), fresh.id())).isEqualTo(-Errno.ENOMEM);
    }

    @Test
    void protectionOfSharedPages_doesNotUnshareThem() {
        VmRig rig = rig();
        store(rig, rig.mm, BASE, 11);
        Mm child = fork(rig);
        rig.call(rig.kernel.calls().mprotect(), 0, BASE, PAGE, Prot.READ);
        assertThat(rig.fault(BASE, true)).isEqualTo(-Errno.EACCES);
        rig.call(rig.kernel.calls().mprotect(), 0, BASE, PAGE, RW);
        store(rig, rig.mm, BASE, 33);
        assertThat(word(rig, child, BASE)).isEqualTo(11);
    }

    @Test
    void movedSharedPage_isFoundByReclaim() {
        VmRig rig = rig();
        store(rig, rig.mm, BASE, 11);
        Mm child = fork(rig);
        long to = rig.call(rig.kernel.calls().mremap(), 0, BASE, PAGE, 8 * PAGE, Prot.MREMAP_MAYMOVE);
        assertThat(rig.call(rig.kernel.reclaimPages(), 1, child.id() + 1, BASE, BASE + PAGE))
                .isEqualTo(1);
        assertThat(Pte.swap(rig.mm.peekPte(to))).isTrue();
        assertThat(used(rig)).isZero();
        assertThat(word(rig, rig.mm, to)).isEqualTo(11);
    }

    @Test
    void outOfMemory_leavesThePageShared() {
        VmRig rig = new VmRig(VmRig.SPEC, 1);
        rig.mm.map(BASE, PAGE, RW, Mm.FIRST_TOUCH, 0);
        rig.kernel.processes().allow(rig.cpu, 1);
        store(rig, rig.mm, BASE, 11);
        Mm child = fork(rig);
        assertThat(rig.call(rig.kernel.processes().userStore(), child.id(), BASE, 22))
                .isEqualTo(-Errno.ENOMEM);
        assertThat(rig.kernel.frames().references(0)).isEqualTo(2);
        assertThat(word(rig, child, BASE)).isEqualTo(11);
    }
}
