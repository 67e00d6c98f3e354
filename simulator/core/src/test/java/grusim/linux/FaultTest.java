package grusim.linux;

import static grusim.linux.VmRig.NS;
import static grusim.linux.VmRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Engine;
import grusim.engine.SequentialMemory;
import grusim.machine.GeneratedContent;
import org.junit.jupiter.api.Test;

final class FaultTest {
    private static final long BASE = 0x10000;

    private final VmRig rig = new VmRig();

    @Test
    void minorFault_costsTheFaultAndTheZeroing() {
        rig.mm.map(BASE, 4 * PAGE, Prot.READ | Prot.WRITE, Mm.FIRST_TOUCH, 0);
        // The first fault also makes three table pages: each zeroes a page, takes the lock, reads the entry under it,
        // links
        // the page and releases the lock.
        assertThat(rig.fault(BASE, true)).isZero();
        long first = rig.engine.nowPs();
        assertThat(first).isEqualTo((750 + 950 + 3 * (950 + 20 + 25 + 20 + 20)) * NS);
        assertThat(rig.fault(BASE + PAGE, true)).isZero();
        assertThat(rig.engine.nowPs() - first).isEqualTo(1700 * NS);
        assertThat(rig.kernel.counters().value(VmCounter.FAULTS_MINOR)).isEqualTo(2);
        assertThat(rig.kernel.counters().value(VmCounter.TABLES_ALLOCATED)).isEqualTo(3);
        assertThat(rig.log).containsExactly("set 10 frame 0 fresh", "set 11 frame 1 fresh");
    }

    @Test
    void firstTouch_evenForARead_givesAWritableDirtyEntry() {
        rig.mm.map(BASE, PAGE, Prot.READ | Prot.WRITE, Mm.FIRST_TOUCH, 0);
        rig.fault(BASE, false);
        assertThat(VmRig.rights(rig.mm.peekPte(BASE))).isEqualTo("wda");
        rig.mm.map(BASE + PAGE, PAGE, Prot.READ, Mm.FIRST_TOUCH, 0);
        rig.fault(BASE + PAGE, false);
        assertThat(VmRig.rights(rig.mm.peekPte(BASE + PAGE))).isEqualTo("-da");
    }

    @Test
    void faults_againstTheMapping_areRefused() {
        rig.mm.map(BASE, PAGE, Prot.READ, Mm.FIRST_TOUCH, 0);
        rig.mm.map(BASE + PAGE, PAGE, Prot.NONE, Mm.FIRST_TOUCH, 0);
        assertThat(rig.fault(BASE - PAGE, false)).isEqualTo(-Errno.EFAULT);
        assertThat(rig.fault(BASE + 2 * PAGE, false)).isEqualTo(-Errno.EFAULT);
        assertThat(rig.fault(BASE, true)).isEqualTo(-Errno.EACCES);
        assertThat(rig.fault(BASE + PAGE, false)).isEqualTo(-Errno.EACCES);
        assertThat(rig.kernel.counters().value(VmCounter.FAULTS_SEGV)).isEqualTo(4);
        assertThat(rig.mm.mmapSem().readers()).isZero();
    }

    @Test
    void fault_withoutAFreeFrame_isOutOfMemory() {
        VmRig small = new VmRig(VmRig.SPEC, 2);
        small.mm.map(BASE, 4 * PAGE, Prot.READ | Prot.WRITE, Mm.FIRST_TOUCH, 0);
        assertThat(small.fault(BASE, true)).isZero();
        assertThat(small.fault(BASE + PAGE, true)).isZero();
        assertThat(small.fault(BASE + 2 * PAGE, true)).isEqualTo(-Errno.ENOMEM);
        assertThat(small.kernel.counters().value(VmCounter.FAULTS_OUT_OF_MEMORY))
                .isEqualTo(1);
    }

    @Test
    void firstContent_comesFromTheMappingsSource() {
        int seeded = rig.kernel.contents().register(PageSource.generated(7));
        rig.mm.map(BASE, 4 * PAGE, Prot.READ | Prot.WRITE, Mm.FIRST_TOUCH, seeded);
        long untouched = rig.kernel.userMemory().readWord(rig.mm, BASE + 2 * PAGE + 8, 8);
        rig.fault(BASE + 2 * PAGE, false);
        assertThat(rig.kernel.userMemory().readWord(rig.mm, BASE + 2 * PAGE + 8, 8))
                .isEqualTo(untouched);
        assertThat(rig.memory.readWord(0, 8, 8)).isEqualTo(GeneratedContent.word(7, 2 * 512 + 1));
    }

    @Test
    void frames_comeFromTheWantedBladeThenFromTheNext() {
        VmRig two = new VmRig(Engine.timed(new SequentialMemory(), 1), VmRig.SPEC, 2, 2, 9);
        two.mm.map(BASE, 4 * PAGE, Prot.READ | Prot.WRITE, 1, 0);
        for (int i = 0; i < 4; i++) {
            two.fault(BASE + i * PAGE, true);
        }
        assertThat(two.log)
                .containsExactly(
                        "set 10 frame 2 fresh", "set 11 frame 3 fresh", "set 12 frame 0 fresh", "set 13 frame 1 fresh");
        assertThat(two.kernel.counters().value(VmCounter.FRAMES_OFF_BLADE)).isEqualTo(2);
    }

    @Test
    void getUserPage_faultsThePageInAndKeepsNoReference() {
        rig.mm.map(BASE, 2 * PAGE, Prot.READ, Mm.FIRST_TOUCH, 0);
        long pte = rig.call(rig.kernel.userPages().get(), 0, BASE, 0);
        assertThat(pte).isEqualTo(rig.mm.peekPte(BASE));
        assertThat(rig.kernel.frames().references(Pte.pfn(pte))).isEqualTo(1);
        assertThat(rig.call(rig.kernel.userPages().get(), 0, BASE, 1)).isEqualTo(-Errno.EFAULT);
        assertThat(rig.call(rig.kernel.userPages().get(), 0, BASE + 2 * PAGE, 0))
                .isEqualTo(-Errno.EFAULT);
    }

    @Test
    void atomicWalk_tellsWhyItCannotServe() {
        rig.mm.map(BASE, 4 * PAGE, Prot.READ | Prot.WRITE, Mm.FIRST_TOUCH, 0);
        assertThat(rig.call(rig.kernel.userPages().atomicWalk(), 0, BASE, 0)).isEqualTo(AtomicWalk.NO_TABLE);
        rig.fault(BASE, true);
        long before = rig.engine.nowPs();
        assertThat(rig.call(rig.kernel.userPages().atomicWalk(), 0, BASE, 1)).isEqualTo(rig.mm.peekPte(BASE));
        // the three upper levels
        assertThat(rig.engine.nowPs() - before).isEqualTo(3 * 25 * NS);
        assertThat(rig.call(rig.kernel.userPages().atomicWalk(), 0, BASE + PAGE, 0))
                .isEqualTo(AtomicWalk.ABSENT);
        rig.call(rig.kernel.calls().mprotect(), 0, BASE, PAGE, Prot.READ);
        assertThat(rig.call(rig.kernel.userPages().atomicWalk(), 0, BASE, 1)).isEqualTo(AtomicWalk.NOT_WRITABLE);
        assertThat(rig.call(rig.kernel.userPages().atomicWalk(), 0, BASE, 0)).isEqualTo(rig.mm.peekPte(BASE));
        assertThat(rig.kernel.counters().value(VmCounter.ATOMIC_WALKS)).isEqualTo(5);
        assertThat(rig.kernel.counters().value(VmCounter.ATOMIC_WALKS_REFUSED)).isEqualTo(3);
    }

    @Test
    void writeAfterReprotection_givesTheRightBackByAFault() {
        rig.mm.map(BASE, PAGE, Prot.READ | Prot.WRITE, Mm.FIRST_TOUCH, 0);
        rig.fault(BASE, true);
        rig.call(rig.kernel.calls().mprotect(), 0, BASE, PAGE, Prot.READ);
        rig.call(rig.kernel.calls().mprotect(), 0, BASE, PAGE, Prot.READ | Prot.WRITE);
        assertThat(rig.call(rig.kernel.userPages().atomicWalk(), 0, BASE, 1)).isEqualTo(AtomicWalk.NOT_WRITABLE);
        rig.log.clear();
        long pte = rig.call(rig.kernel.userPages().get(), 0, BASE, 1);
        assertThat(VmRig.rights(pte)).isEqualTo("wda");
        assertThat(rig.log).containsExactly("change 10 -da to wda");
        assertThat(rig.kernel.counters().value(VmCounter.FAULTS_UPGRADE)).isEqualTo(1);
    }
}
