package grusim.linux;

import static grusim.linux.VmRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.workload.KernelSpec.ReclaimNotifier;
import org.junit.jupiter.api.Test;

final class RightsLostTest {
    private static final long BASE = 0x10000;

    @Test
    void mprotect_tellsWhoHearsOfFlushes() {
        VmRig rig = new VmRig(VmRig.spec(ReclaimNotifier.PAGE, false, 0, 0), 64);
        rig.curiousNotifier();
        rig.mm.map(BASE, 4 * PAGE, Prot.READ | Prot.WRITE, Mm.FIRST_TOUCH, 0);
        rig.fault(BASE + PAGE, true);
        rig.log.clear();
        assertThat(rig.call(rig.kernel.calls().mprotect(), rig.mm.id(), BASE, 4 * PAGE, Prot.READ))
                .isZero();
        assertThat(rig.log)
                .filteredOn(line -> line.startsWith("notifier cleared"))
                .containsExactly("notifier cleared 10-14");
        rig.log.clear();
        assertThat(rig.call(rig.kernel.calls().mprotect(), rig.mm.id(), BASE + 2 * PAGE, PAGE, Prot.NONE))
                .isZero();
        assertThat(rig.log).noneMatch(line -> line.startsWith("notifier cleared"));
    }
}
