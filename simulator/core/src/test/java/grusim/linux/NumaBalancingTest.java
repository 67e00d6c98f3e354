package grusim.linux;

import static grusim.linux.VmRig.NS;
import static grusim.linux.VmRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.SequentialMemory;
import grusim.workload.KernelSpec.ReclaimNotifier;
import org.junit.jupiter.api.Test;

/** Hints are made, are seen by faults and by no walk that asks the vma, and bring pages to who uses them. */
final class NumaBalancingTest {
    private static final long BASE = 0x10000;
    private static final int RW = Prot.READ | Prot.WRITE;

    private static VmRig rig(String... settings) {
        Engine engine = Engine.timed(new SequentialMemory(), 1);
        String[] all = VmRig.settings(ReclaimNotifier.RANGE, false, 0, 0, settings);
        VmRig rig = new VmRig(engine, VmRig.spec(all), 2, 8, Partition.X86_64_TABLE_BITS);
        rig.mm.runsOn(rig.cpu);
        rig.notifier();
        // two pages on blade 0, two on blade 1, one without access
        rig.mm.map(BASE, 2 * PAGE, RW, 0, 0);
        rig.mm.map(BASE + 2 * PAGE, 2 * PAGE, RW, 1, 0);
        rig.mm.map(BASE + 4 * PAGE, PAGE, RW, 0, 0);
        for (int i = 0; i < 5; i++) {
            rig.fault(BASE + i * PAGE, true);
            rig.memory.writeWord(Pte.pfn(rig.mm.peekPte(BASE + i * PAGE)), 8, 8, 50 + i);
        }
        rig.call(rig.kernel.calls().mprotect(), 0, BASE + 4 * PAGE, PAGE, Prot.NONE);
        rig.log.clear();
        return rig;
    }

    private static long scan(VmRig rig) {
        return rig.call(rig.kernel.calls().numaScan(), 0, BASE, BASE + 8 * PAGE);
    }

    @Test
    void scan_announcesEachMappingAroundItsHints() {
        VmRig rig = rig();
        long start = rig.engine.nowPs();
        assertThat(scan(rig)).isEqualTo(4);
        assertThat(rig.log)
                .containsExactly(
                        "range start 10-12",
                        "notifier start 10-12",
                        "change 10 wda to wda",
                        "change 11 wda to wda",
                        "notifier end 10-12",
                        "range end 10-12",
                        "range start 12-14",
                        "notifier start 12-14",
                        "change 12 wda to wda",
                        "change 13 wda to wda",
                        "notifier end 12-14",
                        "range end 12-14");
        // mmap_sem 20; for each of two mappings two callouts of 50 + 10, a walk of 75, a lock 2 x 20, two ptes of 2 x
        // 20,
        // a flush of 2700
        assertThat(rig.engine.nowPs() - start).isEqualTo((20 + 2 * (120 + 75 + 40 + 80 + 2700)) * NS);
        assertThat(scan(rig)).as("hints stay as they are").isZero();
        assertThat(rig.kernel.counters().value(VmCounter.PTES_HINTED)).isEqualTo(4);
        assertThat(rig.mm.mmapSem().readers()).isZero();
    }

    @Test
    void faultOnAHint_bringsThePageToTheFaultingBlade() {
        VmRig rig = rig();
        scan(rig);
        rig.log.clear();
        // The CPU is on blade 0: the first page stays, the third comes from blade 1.
        assertThat(rig.fault(BASE, false)).isZero();
        assertThat(rig.log).containsExactly("change 10 wda to wda");
        assertThat(Pte.protNone(rig.mm.peekPte(BASE))).isFalse();
        assertThat(rig.fault(BASE + 2 * PAGE, false)).isZero();
        assertThat(rig.memory.blade(Pte.pfn(rig.mm.peekPte(BASE + 2 * PAGE)))).isZero();
        assertThat(rig.kernel.userMemory().readWord(rig.mm, BASE + 2 * PAGE + 8, 8))
                .isEqualTo(52);
        assertThat(rig.kernel.counters().value(VmCounter.FAULTS_HINTING)).isEqualTo(2);
        assertThat(rig.kernel.counters().value(VmCounter.FAULTS_HINTING_LOCAL)).isEqualTo(1);
        assertThat(rig.kernel.counters().value(VmCounter.PAGES_MIGRATED)).isEqualTo(1);
        assertThat(rig.kernel.frames().freeFrames(1)).isEqualTo(7);
    }

    @Test
    void mappingWithoutAccess_isNoHint() {
        VmRig rig = rig();
        scan(rig);
        long guarded = BASE + 4 * PAGE;
        assertThat(Pte.protNone(rig.mm.peekPte(guarded))).isTrue();
        assertThat(rig.fault(guarded, false)).isEqualTo(-Errno.EACCES);
        assertThat(rig.call(rig.kernel.userPages().get(), 0, guarded, 0)).isEqualTo(-Errno.EFAULT);
        assertThat(rig.kernel.counters().value(VmCounter.FAULTS_HINTING)).isZero();
        // mprotect makes an ordinary entry of a hint
        rig.call(rig.kernel.calls().mprotect(), 0, BASE, PAGE, Prot.READ);
        assertThat(Pte.protNone(rig.mm.peekPte(BASE))).isFalse();
        assertThat(Pte.writable(rig.mm.peekPte(BASE))).isFalse();
    }

    @Test
    void getUserPages_faultsAHintIn() {
        VmRig rig = rig();
        scan(rig);
        long pte = rig.call(rig.kernel.userPages().get(), 0, BASE + 2 * PAGE, 1);
        assertThat(Pte.protNone(pte)).isFalse();
        assertThat(rig.memory.blade(Pte.pfn(pte))).isZero();
        assertThat(rig.kernel.counters().value(VmCounter.FAULTS_HINTING)).isEqualTo(1);
    }

    @Test
    void atomicWalk_takesAHintAsPresentOnlyByRule() {
        VmRig asTheDriver = rig();
        scan(asTheDriver);
        assertThat(asTheDriver.call(asTheDriver.kernel.userPages().atomicWalk(), 0, BASE, 1))
                .isEqualTo(asTheDriver.mm.peekPte(BASE));
        VmRig strict = rig("kernel.walkTakesProtNone=false");
        scan(strict);
        assertThat(strict.call(strict.kernel.userPages().atomicWalk(), 0, BASE, 0))
                .isEqualTo(AtomicWalk.ABSENT);
        assertThat(strict.call(strict.kernel.userPages().atomicWalk(), 0, BASE + 4 * PAGE, 0))
                .isEqualTo(AtomicWalk.ABSENT);
    }

    @Test
    void hintedPage_survivesSwapAndUnmapping() {
        VmRig rig = rig();
        scan(rig);
        assertThat(rig.call(rig.kernel.reclaimPages(), 1, 1, BASE, BASE + PAGE)).isEqualTo(1);
        assertThat(rig.fault(BASE, false)).isEqualTo(1);
        assertThat(rig.kernel.userMemory().readWord(rig.mm, BASE + 8, 8)).isEqualTo(50);
        rig.call(rig.kernel.calls().munmap(), 0, BASE, 8 * PAGE);
        assertThat(rig.kernel.frames().freeFrames()).isEqualTo(16);
    }

    @Test
    void twoCpusOnAHint_oneRestoresIt() {
        VmRig rig = rig();
        scan(rig);
        new Cpu(rig.engine, "other").start(rig.kernel.handleFault(), 0, 0, BASE, 0);
        rig.fault(BASE, false);
        assertThat(rig.kernel.counters().value(VmCounter.FAULTS_HINTING)).isEqualTo(1);
        assertThat(rig.kernel.counters().value(VmCounter.FAULTS_RACED)).isEqualTo(1);
    }
}
