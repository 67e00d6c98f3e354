package grusim.linux;

import static grusim.linux.VmRig.NS;
import static grusim.linux.VmRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Routine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KsmTest {
    private static final long BASE = 0x10000;
    private static final int RW = Prot.READ | Prot.WRITE;

    private static VmRig rig(long... words) {
        VmRig rig = new VmRig();
        rig.notifier();
        rig.mm.map(BASE, 8 * PAGE, RW, Mm.FIRST_TOUCH, 0);
        for (int i = 0; i < words.length; i++) {
            store(rig, BASE + i * PAGE, words[i]);
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

    private static long merge(VmRig rig) {
        return rig.call(rig.kernel.calls().ksmMerge(), 0, BASE, BASE + 8 * PAGE);
    }

    @Test
    void equalPages_loseTheRightToWrite_thenShareTheEarlierOnesFrame() {
        VmRig rig = rig(5, 5);
        long start = rig.engine.nowPs();
        assertThat(merge(rig)).isEqualTo(1);
        assertThat(rig.log)
                .containsExactly(
                        "range start 10-11",
                        "notifier start 10-11",
                        "change 10 wda to -da",
                        "notifier end 10-11",
                        "range end 10-11",
                        "range start 11-12",
                        "notifier start 11-12",
                        "change 11 wda to -da",
                        "notifier end 11-12",
                        "range end 11-12",
                        "range start 11-12",
                        "notifier start 11-12",
                        "clear 11 frame 1 kept",
                        "set 11 frame 0 kept",
                        "notifier end 11-12",
                        "range end 11-12",
                        "free frame 1");
        // mmap_sem 2 x 20, two pages looked at 2 x 1000; three range operations of callouts 2 x (50 + 10), walk 4 x 25,
        // page-table lock 2 x 20, clear and set 2 x 20, flush 2700; the lock once more 2 x 20; free 50
        assertThat(rig.engine.nowPs() - start).isEqualTo((40 + 2000 + 3 * (120 + 100 + 40 + 40 + 2700) + 40 + 50) * NS);
        assertThat(rig.kernel.frames().references(0)).isEqualTo(2);
        assertThat(rig.kernel.frames().freeFrames()).isEqualTo(63);
    }

    @Test
    void writeToAMergedPage_copiesIt_andTheLastOneIsWrittenInPlace() {
        VmRig rig = rig(5, 6, 5, 5);
        assertThat(merge(rig)).isEqualTo(2);
        assertThat(rig.kernel.frames().references(0)).isEqualTo(3);
        store(rig, BASE + 2 * PAGE, 7);
        assertThat(word(rig, BASE)).isEqualTo(5);
        assertThat(word(rig, BASE + 2 * PAGE)).isEqualTo(7);
        assertThat(word(rig, BASE + 3 * PAGE)).isEqualTo(5);
        store(rig, BASE, 8);
        store(rig, BASE + 3 * PAGE, 9);
        assertThat(word(rig, BASE)).isEqualTo(8);
        assertThat(word(rig, BASE + 3 * PAGE)).isEqualTo(9);
        assertThat(rig.kernel.counters().value(VmCounter.FAULTS_COW)).isEqualTo(2);
        assertThat(rig.kernel.counters().value(VmCounter.FAULTS_COW_REUSED)).isEqualTo(1);
        assertThat(rig.kernel.frames().freeFrames()).isEqualTo(60);
        rig.call(rig.kernel.calls().munmap(), 0, BASE, 8 * PAGE);
        assertThat(rig.kernel.frames().freeFrames()).isEqualTo(64);
    }

    @Test
    void secondPass_mergesWhatBecameEqual_intoTheSameFrame() {
        VmRig rig = rig(5, 5, 6);
        merge(rig);
        store(rig, BASE + 2 * PAGE, 5);
        assertThat(merge(rig)).isEqualTo(1);
        assertThat(rig.kernel.frames().references(0)).isEqualTo(3);
        assertThat(merge(rig)).isZero();
        assertThat(rig.kernel.frames().references(0)).isEqualTo(3);
    }

    @Test
    void mergedFrame_isReclaimedFromBothPages() {
        VmRig rig = rig(5, 5);
        merge(rig);
        assertThat(rig.call(rig.kernel.reclaimPages(), 8, 1, BASE, BASE + 8 * PAGE))
                .isEqualTo(1);
        assertThat(rig.kernel.frames().freeFrames()).isEqualTo(64);
        assertThat(rig.kernel.swap().used()).isEqualTo(1);
        assertThat(word(rig, BASE)).isEqualTo(5);
        assertThat(word(rig, BASE + PAGE)).isEqualTo(5);
    }

    @Test
    void pinnedPage_keepsItsRightToWrite() {
        VmRig rig = rig(5, 5);
        rig.call(rig.pin(), 1);
        assertThat(merge(rig)).isZero();
        assertThat(VmRig.rights(rig.mm.peekPte(BASE + PAGE))).isEqualTo("wda");
        assertThat(rig.kernel.frames().references(0)).isEqualTo(1);
        assertThat(rig.kernel.frames().references(1)).isEqualTo(2);
    }

    /** A store that comes anywhere into a pass is never lost, and no frame is. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void storeIntoAPass_isNotLost(int page) {
        long merged = 0;
        for (long atNs = 0; atNs < 14_000; atNs += 37) {
            VmRig rig = rig(5, 5);
            Cpu other = new Cpu(rig.engine, "other");
            other.start(new StoreOnce(rig, BASE + page * PAGE, 9), atNs * NS);
            merged += merge(rig);
            rig.engine.timed().run(Long.MAX_VALUE);
            assertThat(word(rig, BASE + page * PAGE)).as("at %s ns", atNs).isEqualTo(9);
            assertThat(word(rig, BASE + (1 - page) * PAGE)).as("at %s ns", atNs).isEqualTo(5);
            rig.call(rig.kernel.calls().munmap(), 0, BASE, 8 * PAGE);
            assertThat(rig.kernel.frames().freeFrames()).as("at %s ns", atNs).isEqualTo(64);
        }
        // 379 passes: some find the pages different, some are disturbed while they merge
        assertThat(merged).as("passes that merged before the store").isBetween(50L, 300L);
    }

    private static final class StoreOnce extends Routine {
        private final VmRig rig;
        private final long vaddr;
        private final long value;

        StoreOnce(VmRig rig, long vaddr, long value) {
            super(rig.engine, "store once", 1);
            this.rig = rig;
            this.vaddr = vaddr;
            this.value = value;
        }

        @Override
        public String stepName(int pc) {
            return "store";
        }

        @Override
        public void step(Agent agent, int pc) {
            if (pc == 0) {
                agent.call(rig.kernel.processes().userStore(), 1, 0, vaddr, value);
            } else {
                agent.done(0);
            }
        }
    }
}
