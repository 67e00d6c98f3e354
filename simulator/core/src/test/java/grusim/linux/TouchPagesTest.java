package grusim.linux;

import static grusim.linux.VmRig.NS;
import static grusim.linux.VmRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TouchPagesTest {
    private static final long BASE = 0x10000;

    private final VmRig rig = new VmRig();

    @Test
    void touch_faultsOncePerAbsentPage() {
        rig.mm.map(BASE, 8 * PAGE, Prot.READ | Prot.WRITE, Mm.FIRST_TOUCH, 0);
        rig.fault(BASE + 2 * PAGE, true);
        long before = rig.engine.nowPs();
        assertThat(rig.call(rig.kernel.calls().touchPages(), rig.mm.id(), BASE, BASE + 4 * PAGE, 512, 1))
                .isEqualTo(3);
        assertThat(rig.engine.nowPs() - before).isEqualTo(3 * 1700 * NS);
        assertThat(rig.call(rig.kernel.calls().touchPages(), rig.mm.id(), BASE, BASE + 4 * PAGE, PAGE, 1))
                .isZero();
        assertThat(rig.kernel.counters().value(VmCounter.FAULTS_MINOR)).isEqualTo(4);
    }

    @Test
    void stride_skipsPages() {
        rig.mm.map(BASE, 8 * PAGE, Prot.READ | Prot.WRITE, Mm.FIRST_TOUCH, 0);
        assertThat(rig.call(rig.kernel.calls().touchPages(), rig.mm.id(), BASE, BASE + 8 * PAGE, 3 * PAGE, 0))
                .isEqualTo(3);
        assertThat(Pte.present(rig.mm.peekPte(BASE + PAGE))).isFalse();
        assertThat(Pte.present(rig.mm.peekPte(BASE + 6 * PAGE))).isTrue();
    }

    @Test
    void refusedFault_endsTheTouch() {
        rig.mm.map(BASE, PAGE, Prot.READ | Prot.WRITE, Mm.FIRST_TOUCH, 0);
        assertThat(rig.call(rig.kernel.calls().touchPages(), rig.mm.id(), BASE, BASE + 4 * PAGE, PAGE, 1))
                .isEqualTo(-Errno.EFAULT);
    }
}
