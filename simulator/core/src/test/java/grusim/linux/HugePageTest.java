package grusim.linux;

import static grusim.linux.VmRig.NS;
import static grusim.linux.VmRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.engine.SequentialMemory;
import grusim.engine.Snapshot;
import grusim.engine.Why;
import grusim.workload.KernelSpec.ReclaimNotifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Huge pages of four base pages: collapse, split, first touch, and mappings from the pool. */
final class HugePageTest {
    private static final long BASE = 0x10000;
    private static final int PAGES = 4;
    private static final long HUGE = PAGES * PAGE;
    private static final int FRAMES = 32;
    private static final int RW = Prot.READ | Prot.WRITE;

    private static VmRig rig(String... settings) {
        String[] all = VmRig.settings(ReclaimNotifier.RANGE, false, 0, 0, settings);
        VmRig rig = new VmRig(Engine.timed(new SequentialMemory(), 1), VmRig.spec(all), 1, FRAMES, 2);
        rig.mm.runsOn(rig.cpu);
        rig.notifier();
        // Source 1 keeps mappings from being merged with those of zeros.
        rig.kernel.contents().register(PageSource.generated(3));
        return rig;
    }

    private static VmRig mapped(String... settings) {
        VmRig rig = rig(settings);
        rig.mm.map(BASE, 2 * HUGE, RW, Mm.FIRST_TOUCH, 0);
        return rig;
    }

    private static void touch(VmRig rig, int... pages) {
        for (int page : pages) {
            rig.fault(BASE + page * PAGE, true);
            rig.memory.writeWord(frame(rig, page), 8, 8, 70 + page);
        }
    }

    private static long frame(VmRig rig, int page) {
        return Pte.pfn(rig.mm.peekPte(BASE + page * PAGE));
    }

    private static long word(VmRig rig, int page) {
        return rig.kernel.userMemory().readWord(rig.mm, BASE + page * PAGE + 8, 8);
    }

    private static long collapse(VmRig rig) {
        return rig.call(rig.kernel.calls().collapse(), 0, BASE, HUGE, 0);
    }

    private static VmRig collapsed(String... settings) {
        VmRig rig = mapped(settings);
        touch(rig, 0, 1, 2, 3);
        assertThat(collapse(rig)).isZero();
        rig.log.clear();
        return rig;
    }

    private static boolean huge(VmRig rig) {
        return rig.mm.entryCell(BASE, PageTables.PMD) >= 0 && rig.mm.entryCell(BASE, PageTables.PTE) < 0;
    }

    private static void assertNothingLeaks(VmRig rig) {
        rig.call(rig.kernel.calls().munmap(), 0, BASE, 2 * HUGE);
        assertThat(rig.kernel.frames().freeFrames()).isEqualTo(FRAMES);
        VmCounters counters = rig.kernel.counters();
        assertThat(counters.value(VmCounter.TABLES_ALLOCATED)).isEqualTo(counters.value(VmCounter.TABLES_FREED));
    }

    // ---- collapse ----

    @Test
    void collapse_clearsUnderTheRangeAndFreesWhenTheHugeEntryIsSet() {
        VmRig rig = mapped();
        touch(rig, 0, 1, 3);
        rig.log.clear();
        long start = rig.engine.nowPs();
        assertThat(collapse(rig)).isZero();
        // Frames 0 to 2 are in use; the first aligned run of four begins at 4. Page 12 had not been touched.
        assertThat(rig.log)
                .containsExactly(
                        "range start 10-14",
                        "notifier start 10-14",
                        "clear 10 frame 0 kept",
                        "clear 11 frame 1 kept",
                        "clear 13 frame 2 kept",
                        "notifier end 10-14",
                        "range end 10-14",
                        "set 10 frame 4 kept",
                        "set 11 frame 5 kept",
                        "set 12 frame 6 fresh",
                        "set 13 frame 7 kept",
                        "free frame 0",
                        "free frame 1",
                        "free frame 2",
                        "free table 3");
        // The call 150; mmap_sem 2 x 20; three levels 75; the scan's lock 40 and 4 x 25; callouts 2 x 60; the reverse
        // map's
        // lock 40; lock 40, clear 20, flush 2700; three copies 3600, a zeroing 950; lock 40, entry 20; three frames and
        // a
        // table 4 x 50
        assertThat(rig.engine.nowPs() - start)
                .isEqualTo((150 + 40 + 75 + 140 + 120 + 40 + 2760 + 4550 + 60 + 200) * NS);
        assertThat(huge(rig)).isTrue();
        assertThat(VmRig.rights(rig.mm.peekPte(BASE + 2 * PAGE))).isEqualTo("wda");
        for (int page : new int[] {0, 1, 3}) {
            assertThat(word(rig, page)).isEqualTo(70 + page);
        }
        assertThat(word(rig, 2)).isZero();
        assertThat(rig.kernel.frames().freeFrames()).isEqualTo(FRAMES - PAGES);
        assertThat(collapse(rig)).as("it has its huge page").isZero();
        assertThat(rig.kernel.counters().value(VmCounter.HUGE_PAGES_COLLAPSED)).isEqualTo(1);
        assertNothingLeaks(rig);
    }

    @Test
    void collapse_isRefusedWhereThereCanBeNoHugePage() {
        VmRig rig = mapped();
        assertThat(collapse(rig)).as("nothing touched").isEqualTo(-Errno.EINVAL);
        rig.mm.map(BASE + 2 * HUGE, PAGE, RW, Mm.FIRST_TOUCH, 1);
        long half = BASE + 2 * HUGE;
        assertThat(rig.call(rig.kernel.calls().collapse(), 0, half, HUGE, 0)).isEqualTo(-Errno.EINVAL);
        assertThat(rig.call(rig.kernel.calls().collapse(), 0, BASE + 1, HUGE, 0))
                .isEqualTo(-Errno.EINVAL);
        touch(rig, 0);
        assertThat(rig.call(rig.kernel.calls().collapse(), 0, BASE, HUGE, 1))
                .as("khugepaged, transparent huge pages are off")
                .isEqualTo(-Errno.EINVAL);
        assertThat(rig.mm.mmapSem().writeLocked()).isFalse();
    }

    @Test
    void collapseWithoutARun_leavesThePages() {
        VmRig rig = mapped();
        rig.mm.map(BASE + 2 * HUGE, 8 * HUGE, RW, Mm.FIRST_TOUCH, 1);
        for (int i = 0; i < FRAMES - 2; i++) {
            rig.fault(BASE + 2 * HUGE + i * PAGE, true);
        }
        touch(rig, 0);
        rig.log.clear();
        assertThat(collapse(rig)).isEqualTo(-Errno.ENOMEM);
        assertThat(rig.log).isEmpty();
        // Frames 1 and 3 of an aligned run are free: no run. With 0 and 2 there is one.
        for (int i = 0; i < 4; i++) {
            rig.call(rig.kernel.calls().madviseDontneed(), 0, BASE + 2 * HUGE + i * PAGE, PAGE);
        }
        assertThat(collapse(rig)).isZero();
        assertThat(frame(rig, 0)).isZero();
        assertThat(word(rig, 0)).isEqualTo(70);
    }

    @Test
    void collapseWithAPinnedPage_putsEverythingBack() {
        VmRig rig = mapped();
        touch(rig, 0, 1, 2, 3);
        Routine pin = new Routine(rig.engine, "pin", 0) {
            @Override
            public String stepName(int pc) {
                return "pin";
            }

            @Override
            public void step(Agent agent, int pc) {
                if (pc == 0) {
                    rig.kernel.frames().reference(agent, 2);
                    agent.next(1, 0, Why.VM);
                } else {
                    agent.done(0);
                }
            }
        };
        rig.call(pin);
        rig.log.clear();
        assertThat(collapse(rig)).isEqualTo(-Errno.EBUSY);
        assertThat(rig.log).contains("set 12 frame 2 kept", "free frame 7").doesNotContain("free frame 0");
        assertThat(huge(rig)).isFalse();
        for (int page = 0; page < PAGES; page++) {
            assertThat(frame(rig, page)).isEqualTo(page);
            assertThat(word(rig, page)).isEqualTo(70 + page);
            assertThat(rig.kernel.frames().references(page)).isEqualTo(page == 2 ? 2 : 1);
        }
        assertThat(rig.kernel.frames().freeFrames()).isEqualTo(FRAMES - PAGES);
        assertThat(rig.kernel.counters().value(VmCounter.COLLAPSES_FAILED)).isEqualTo(1);
        assertThat(rig.call(rig.kernel.reclaimPages(), 1, 1, BASE, BASE + PAGE)).isEqualTo(1);
        assertThat(collapse(rig)).as("a page is in swap").isEqualTo(-Errno.EBUSY);
    }

    // ---- split ----

    @Test
    void split_happensInsideItsOwnRangeAndKeepsTheFrames() {
        VmRig rig = collapsed();
        long first = frame(rig, 0);
        long start = rig.engine.nowPs();
        rig.call(rig.kernel.calls().munmap(), 0, BASE + PAGE, PAGE);
        assertThat(rig.log)
                .containsExactly(
                        "range start 11-12",
                        "notifier start 11-12",
                        "range start 10-14",
                        "notifier start 10-14",
                        "notifier end 10-14",
                        "range end 10-14",
                        "clear 11 frame " + (first + 1) + " dropped",
                        "notifier end 11-12",
                        "range end 11-12",
                        "free frame " + (first + 1));
        // munmap: the call 150, mmap_sem 40, callouts 120, the reverse map's lock 40; two walks of the tables, 75 and
        // 75 in
        // the range walk, of which the last level is read twice; split: a walk of 50 before the huge entry, a table
        // 950,
        // callouts 120, lock 40, 25 to look, 20, flush 2700, 4 x 20; clear: lock 40, pte 20; flush 2700, frame 50; the
        // tables that stay are read once more, 75, the last of them is not freed
        long split = 50 + 950 + 120 + 40 + 25 + 20 + 2700 + 80;
        assertThat(rig.engine.nowPs() - start).isEqualTo((150 + 40 + 120 + 40 + 75 + split + 60 + 2750 + 75) * NS);
        assertThat(huge(rig)).isFalse();
        for (int page : new int[] {0, 2, 3}) {
            assertThat(word(rig, page)).isEqualTo(70 + page);
            assertThat(frame(rig, page)).isEqualTo(first + page);
        }
        assertThat(rig.kernel.counters().value(VmCounter.HUGE_PAGES_SPLIT)).isEqualTo(1);
        assertNothingLeaks(rig);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mprotect", "madvise", "reclaim", "mremap", "numa"})
    void whatWorksOnBasePages_splitsFirst(String what) {
        VmRig rig = collapsed();
        Kernel kernel = rig.kernel;
        long at = BASE + PAGE;
        long result = switch (what) {
            case "mprotect" -> rig.call(kernel.calls().mprotect(), 0, at, PAGE, Prot.READ);
            case "madvise" -> rig.call(kernel.calls().madviseDontneed(), 0, at, PAGE);
            case "reclaim" -> rig.call(kernel.reclaimPages(), 1, 1, at, at + PAGE);
            case "mremap" -> rig.call(kernel.calls().mremap(), 0, at, PAGE, 2 * PAGE, Prot.MREMAP_MAYMOVE) > 0 ? 0 : -1;
            default -> rig.call(kernel.calls().numaScan(), 0, BASE, BASE + HUGE);
        };
        assertThat(result).isGreaterThanOrEqualTo(0);
        assertThat(huge(rig)).isFalse();
        assertThat(kernel.counters().value(VmCounter.HUGE_PAGES_SPLIT)).isEqualTo(1);
        for (int page : new int[] {0, 2, 3}) {
            assertThat(word(rig, page)).isEqualTo(70 + page);
        }
        if (!what.equals("mremap")) {
            assertThat(word(rig, 1)).isEqualTo(what.equals("madvise") ? 0 : 71);
            assertThat(rig.fault(at, false)).isBetween(0L, 1L);
            assertNothingLeaks(rig);
        }
    }

    @Test
    void wholeHugePage_isUnmappedAndProtectedWithoutASplit() {
        VmRig rig = collapsed();
        long first = frame(rig, 0);
        assertThat(rig.call(rig.kernel.calls().mprotect(), 0, BASE, HUGE, Prot.READ))
                .isZero();
        assertThat(VmRig.rights(rig.mm.peekPte(BASE + PAGE))).isEqualTo("-da");
        assertThat(rig.fault(BASE + PAGE, true)).isEqualTo(-Errno.EACCES);
        assertThat(rig.call(rig.kernel.calls().mprotect(), 0, BASE, HUGE, RW)).isZero();
        assertThat(rig.fault(BASE + PAGE, true)).isZero();
        assertThat(VmRig.rights(rig.mm.peekPte(BASE + 3 * PAGE))).isEqualTo("wda");
        rig.log.clear();
        assertThat(rig.call(rig.kernel.calls().madviseDontneed(), 0, BASE, HUGE))
                .isZero();
        assertThat(rig.log)
                .containsExactly(
                        "range start 10-14",
                        "notifier start 10-14",
                        "clear 10 frame " + first + " dropped",
                        "clear 11 frame " + (first + 1) + " dropped",
                        "clear 12 frame " + (first + 2) + " dropped",
                        "clear 13 frame " + (first + 3) + " dropped",
                        "notifier end 10-14",
                        "range end 10-14",
                        "free frame " + first,
                        "free frame " + (first + 1),
                        "free frame " + (first + 2),
                        "free frame " + (first + 3));
        assertThat(rig.kernel.counters().value(VmCounter.HUGE_PAGES_SPLIT)).isZero();
        assertNothingLeaks(rig);
    }

    // ---- first touch ----

    @Test
    void firstTouch_mapsAHugePageWherePolicyAndRoomAllow() {
        VmRig rig = mapped("kernel.transparentHugepages=always");
        long start = rig.engine.nowPs();
        assertThat(rig.fault(BASE + PAGE, false)).isZero();
        assertThat(huge(rig)).isTrue();
        assertThat(rig.kernel.frames().freeFrames()).isEqualTo(FRAMES - PAGES);
        assertThat(rig.kernel.counters().value(VmCounter.FAULTS_HUGE)).isEqualTo(1);
        // a fault 750 and four pages of 950; what the two tables above took is their 2 x 950, locks, entries and levels
        assertThat(rig.engine.nowPs() - start).isGreaterThan((750 + 4 * 950) * NS);
        rig.mm.map(BASE + 2 * HUGE, HUGE - PAGE, RW, Mm.FIRST_TOUCH, 1);
        assertThat(rig.fault(BASE + 2 * HUGE, true)).isZero();
        assertThat(rig.kernel.counters().value(VmCounter.FAULTS_HUGE))
                .as("no room")
                .isEqualTo(1);
        assertNothingLeaks0(rig);
    }

    private static void assertNothingLeaks0(VmRig rig) {
        rig.call(rig.kernel.calls().munmap(), 0, BASE, 3 * HUGE);
        assertThat(rig.kernel.frames().freeFrames()).isEqualTo(FRAMES);
    }

    @Test
    void firstTouchWithoutARun_fallsBackToABasePage() {
        VmRig rig = mapped("kernel.transparentHugepages=always");
        rig.mm.map(BASE + 2 * HUGE, 8 * HUGE, RW, Mm.FIRST_TOUCH, 1);
        for (int i = 0; i < 7; i++) {
            rig.fault(BASE + 2 * HUGE + i * HUGE, true);
        }
        // 28 frames in use. A single frame of the last run taken away leaves no run.
        rig.mm.map(BASE + 11 * HUGE, PAGE, RW, Mm.FIRST_TOUCH, 1);
        rig.fault(BASE + 11 * HUGE, true);
        assertThat(rig.fault(BASE, true)).isZero();
        assertThat(huge(rig)).isFalse();
        assertThat(rig.kernel.counters().value(VmCounter.FAULTS_HUGE_FALLBACK)).isEqualTo(1);
        assertThat(rig.kernel.frames().freeFrames()).isEqualTo(2);
    }

    @Test
    void advice_marksMappingsForHugePagesOrAgainst() {
        VmRig rig = mapped("kernel.transparentHugepages=madvise");
        Kernel kernel = rig.kernel;
        assertThat(rig.call(kernel.calls().madviseHugepage(), 0, BASE + HUGE, HUGE))
                .isZero();
        rig.fault(BASE, true);
        assertThat(kernel.counters().value(VmCounter.FAULTS_HUGE)).isZero();
        rig.fault(BASE + HUGE, true);
        assertThat(kernel.counters().value(VmCounter.FAULTS_HUGE)).isEqualTo(1);
        assertThat(rig.mm.vmas().count()).isEqualTo(2);
        assertThat(rig.call(kernel.calls().collapse(), 0, BASE, HUGE, 1))
                .as("khugepaged, not advised")
                .isEqualTo(-Errno.EINVAL);
        assertThat(rig.call(kernel.calls().madviseHugepage(), 0, BASE, HUGE)).isZero();
        assertThat(rig.mm.vmas().count()).as("one mapping again").isEqualTo(1);
        assertThat(rig.call(kernel.calls().collapse(), 0, BASE, HUGE, 1)).isZero();
        assertThat(rig.call(kernel.calls().madviseNohugepage(), 0, BASE, 2 * HUGE))
                .isZero();
        rig.call(kernel.calls().madviseDontneed(), 0, BASE, HUGE);
        rig.fault(BASE, true);
        assertThat(rig.call(kernel.calls().collapse(), 0, BASE, HUGE))
                .as("the owner asks, against its own advice")
                .isEqualTo(-Errno.EINVAL);
        assertThat(rig.call(kernel.calls().madviseHugepage(), 0, BASE + 1, HUGE))
                .isEqualTo(-Errno.EINVAL);
        assertThat(rig.call(kernel.calls().madviseHugepage(), 0, BASE, 3 * HUGE))
                .isEqualTo(-Errno.ENOMEM);
        VmRig pooled = pooled();
        assertThat(pooled.call(pooled.kernel.calls().madviseHugepage(), 0, BASE, HUGE))
                .isEqualTo(-Errno.EINVAL);
        assertThat(pooled.call(pooled.kernel.calls().madviseDontneed(), 0, BASE, HUGE))
                .isEqualTo(-Errno.EINVAL);
    }

    @Test
    void fork_splitsTransparentHugePagesAndKeepsHugetlbMappingsFromTheChild() {
        VmRig rig = pooled();
        rig.kernel.processes().allow(rig.cpu, 1);
        rig.mm.map(BASE + 8 * HUGE, HUGE, RW, Mm.FIRST_TOUCH, 0);
        rig.fault(BASE, true);
        for (int i = 0; i < PAGES; i++) {
            rig.fault(BASE + 8 * HUGE + i * PAGE, true);
        }
        assertThat(rig.call(rig.kernel.calls().collapse(), 0, BASE + 8 * HUGE, HUGE))
                .isZero();
        long child = rig.call(rig.kernel.processes().fork(), 0);
        assertThat(rig.kernel.counters().value(VmCounter.HUGE_PAGES_SPLIT)).isEqualTo(1);
        assertThat(rig.kernel.mm((int) child).vmas().count()).isEqualTo(1);
        long pfn = Pte.pfn(rig.mm.peekPte(BASE + 8 * HUGE));
        assertThat(rig.kernel.frames().references(pfn)).isEqualTo(2);
        assertThat(rig.call(rig.kernel.calls().collapse(), 0, BASE + 8 * HUGE, HUGE))
                .as("the pages are shared")
                .isEqualTo(-Errno.EBUSY);
    }

    // ---- walks ----

    @Test
    void walks_ofTheDriverFindTheHead_thoseOfTheKernelTheBasePage() {
        VmRig rig = collapsed();
        long first = frame(rig, 0);
        long third = BASE + 2 * PAGE;
        assertThat(Pte.pfn(rig.call(rig.kernel.userPages().atomicWalk(), 0, third, 1)))
                .isEqualTo(first);
        long pte = rig.call(rig.kernel.userPages().get(), 0, third, 1);
        assertThat(Pte.pfn(pte)).isEqualTo(first + 2);
        assertThat(Pte.huge(pte)).isFalse();
        assertThat(rig.kernel.frames().references(first + 2)).isEqualTo(1);
        assertThat(huge(rig)).as("a walk splits nothing").isTrue();
    }

    // ---- hugetlb ----

    private static VmRig pooled(String... settings) {
        String[] all = new String[settings.length + 1];
        System.arraycopy(settings, 0, all, 0, settings.length);
        all[settings.length] = "kernel.hugePages=2";
        VmRig rig = rig(all);
        rig.mm.mapHugetlb(BASE, 3 * HUGE, RW, Mm.FIRST_TOUCH, 0);
        return rig;
    }

    @Test
    void hugetlbFault_takesAHugePageFromThePool() {
        VmRig rig = pooled();
        assertThat(rig.kernel.frames().freeFrames()).isEqualTo(FRAMES - 2 * PAGES);
        assertThat(rig.fault(BASE + PAGE, true)).isZero();
        // The pool is the blade's highest frames.
        assertThat(frame(rig, 0)).isEqualTo(FRAMES - 2 * PAGES);
        assertThat(rig.kernel.frames().runs().freePooled()).isEqualTo(1);
        assertThat(rig.kernel.frames().freeFrames()).isEqualTo(FRAMES - 2 * PAGES);
        assertThat(rig.fault(BASE + HUGE, true)).isZero();
        assertThat(rig.fault(BASE + 2 * HUGE, true)).as("the pool is empty").isEqualTo(-Errno.ENOMEM);
        assertThat(rig.call(rig.kernel.reclaimPages(), 8, 1, BASE, BASE + 3 * HUGE))
                .isZero();
        assertThat(rig.call(rig.kernel.calls().movePages(), 0, BASE, HUGE, 0)).isZero();
        assertThat(rig.kernel.counters().value(VmCounter.HUGE_PAGES_SPLIT)).isZero();
        assertThat(rig.call(rig.kernel.calls().munmap(), 0, BASE, HUGE)).isZero();
        assertThat(rig.kernel.frames().runs().freePooled()).isEqualTo(1);
        assertThat(rig.fault(BASE + 2 * HUGE, true)).isZero();
        assertThat(frame(rig, 8)).as("last in, first out").isEqualTo(FRAMES - 2 * PAGES);
    }

    @Test
    void twoFirstTouches_ofOneHugePage_takeOneFromThePool() {
        VmRig rig = pooled();
        rig.fault(BASE + 2 * HUGE, true);
        Cpu other = new Cpu(rig.engine, "other");
        rig.cpu.start(rig.kernel.handleFault(), 0, rig.mm.id(), BASE, 1);
        other.start(rig.kernel.handleFault(), 0, rig.mm.id(), BASE + PAGE, 1);
        rig.engine.timed().run(Long.MAX_VALUE);
        assertThat(huge(rig)).isTrue();
        assertThat(rig.kernel.frames().runs().freePooled()).isZero();
        assertThat(rig.kernel.counters().value(VmCounter.FAULTS_OUT_OF_MEMORY)).isZero();
        assertThat(rig.kernel.counters().value(VmCounter.FAULTS_HUGE)).isEqualTo(2);
    }

    @Test
    void hugetlbMapping_isCutAtHugePagesOnly() {
        VmRig rig = pooled();
        rig.fault(BASE, true);
        rig.memory.writeWord(frame(rig, 1), 8, 8, 71);
        Kernel kernel = rig.kernel;
        assertThat(rig.call(kernel.calls().munmap(), 0, BASE, PAGE)).isEqualTo(-Errno.EINVAL);
        assertThat(rig.call(kernel.calls().munmap(), 0, BASE + PAGE, 2 * HUGE)).isEqualTo(-Errno.EINVAL);
        assertThat(rig.call(kernel.calls().mprotect(), 0, BASE, PAGE, Prot.READ))
                .isEqualTo(-Errno.EINVAL);
        assertThat(rig.call(kernel.calls().mmap(), 0, BASE + PAGE, PAGE, RW | Prot.FIXED))
                .isEqualTo(-Errno.EINVAL);
        assertThat(rig.call(kernel.calls().mremap(), 0, BASE, HUGE, 2 * HUGE, Prot.MREMAP_MAYMOVE))
                .isEqualTo(-Errno.EINVAL);
        assertThat(rig.call(kernel.calls().collapse(), 0, BASE, HUGE, 0)).isEqualTo(-Errno.EINVAL);
        assertThat(word(rig, 1)).isEqualTo(71);
        assertThat(rig.call(kernel.calls().mprotect(), 0, BASE, HUGE, Prot.READ))
                .isZero();
        assertThat(rig.fault(BASE, true)).isEqualTo(-Errno.EACCES);
        assertThat(rig.call(kernel.calls().munmap(), 0, BASE, 3 * HUGE)).isZero();
        assertThat(kernel.frames().runs().freePooled()).isEqualTo(2);
        VmCounters counters = kernel.counters();
        assertThat(counters.value(VmCounter.TABLES_ALLOCATED)).isEqualTo(counters.value(VmCounter.TABLES_FREED));
    }

    @Test
    void hugetlbMmap_wantsWholeHugePages() {
        VmRig rig = pooled();
        Kernel kernel = rig.kernel;
        int flags = RW | Prot.FIXED | Prot.HUGETLB;
        long at = BASE + 4 * HUGE;
        assertThat(rig.call(kernel.calls().mmap(), 0, at + PAGE, HUGE, flags)).isEqualTo(-Errno.EINVAL);
        assertThat(rig.call(kernel.calls().mmap(), 0, at, PAGE, flags)).isEqualTo(at);
        assertThat(rig.fault(at + 3 * PAGE, true))
                .as("the length is rounded up")
                .isZero();
        assertThatThrownBy(() -> rig.mm.mapHugetlb(at + PAGE, HUGE, RW, Mm.FIRST_TOUCH, 0))
                .hasMessage("hugetlb mapping at 0x21000 of 16384 bytes: multiples of 16384, below 0x80000");
    }

    @Test
    void state_holdsThePoolAndTheHugeEntries() {
        VmRig rig = pooled("kernel.copyPageCost=50 us");
        rig.mm.map(BASE + 8 * HUGE, HUGE, RW, Mm.FIRST_TOUCH, 0);
        rig.fault(BASE, true);
        rig.fault(BASE + 8 * HUGE, true);
        rig.cpu.start(rig.kernel.calls().collapse(), 0, 0, BASE + 8 * HUGE, HUGE);
        rig.engine.timed().run(rig.engine.nowPs() + 40_000 * NS);
        Snapshot middle = Snapshot.of(rig.engine, true);
        rig.engine.timed().run(Long.MAX_VALUE);
        long hash = rig.engine.eventHash();
        Snapshot end = Snapshot.of(rig.engine, true);
        rig.call(rig.kernel.calls().munmap(), 0, BASE, 9 * HUGE);
        middle.into(rig.engine);
        assertThat(Snapshot.of(rig.engine, true)).isEqualTo(middle);
        rig.engine.timed().run(Long.MAX_VALUE);
        assertThat(rig.engine.eventHash()).isEqualTo(hash);
        assertThat(Snapshot.of(rig.engine, true)).isEqualTo(end);
        assertThat(rig.kernel.frames().runs().freePooled()).isEqualTo(1);
    }

    @Test
    void ksmd_passesOverHugePages() {
        VmRig rig = collapsed();
        rig.fault(BASE + HUGE, true);
        rig.memory.writeWord(frame(rig, PAGES), 8, 8, 71);
        assertThat(rig.call(rig.kernel.calls().ksmMerge(), 0, BASE, BASE + 2 * HUGE))
                .isZero();
        assertThat(huge(rig)).isTrue();
        assertNothingLeaks(rig);
    }

    @Test
    void freedLazily_aHugePageIsSplit() {
        VmRig rig = collapsed();
        assertThat(rig.call(rig.kernel.calls().madviseFree(), 0, BASE, 2 * HUGE))
                .isZero();
        assertThat(huge(rig)).isFalse();
        assertThat(rig.call(rig.kernel.reclaimPages(), 4, 1, BASE, BASE + 2 * HUGE))
                .isEqualTo(4);
        assertThat(rig.kernel.counters().value(VmCounter.PAGES_LAZILY_FREED)).isEqualTo(4);
        assertNothingLeaks(rig);
    }
}
