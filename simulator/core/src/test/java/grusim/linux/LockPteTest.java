package grusim.linux;

import static grusim.linux.VmRig.NS;
import static grusim.linux.VmRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Routine;
import grusim.engine.Why;
import org.junit.jupiter.api.Test;

final class LockPteTest {
    private static final long BASE = 0x10000;
    private static final long FAR = 1L << 40;

    private final VmRig rig = new VmRig();

    LockPteTest() {
        rig.mm.map(BASE, 2 * PAGE, Prot.READ | Prot.WRITE, Mm.FIRST_TOUCH, 0);
    }

    @Test
    void entry_isReadWithTheLockHeld() {
        rig.fault(BASE, true);
        long start = rig.engine.nowPs();
        assertThat(rig.call(rig.kernel.userPages().lockPte(), 0, BASE)).isEqualTo(rig.mm.peekPte(BASE));
        // three levels of 25 and the lock of 20; the read of the entry is the last step
        assertThat(rig.engine.nowPs() - start).isEqualTo((3 * 25 + 20) * NS);
        assertThat(rig.mm.pageTableLock().heldBy(rig.cpu)).isTrue();
    }

    @Test
    void noTable_leavesTheLockAlone() {
        rig.fault(BASE, true);
        assertThat(rig.call(rig.kernel.userPages().lockPte(), 0, FAR)).isEqualTo(AtomicWalk.NO_TABLE);
        assertThat(rig.mm.pageTableLock().heldBy(rig.cpu)).isFalse();
    }

    @Test
    void faultOnTheSameTables_waitsForTheLock() {
        rig.fault(BASE, true);
        Routine holder = new Routine(rig.engine, "holder", 0) {
            @Override
            public String stepName(int pc) {
                return "hold";
            }

            @Override
            public void step(Agent agent, int pc) {
                switch (pc) {
                    case 0 -> agent.call(rig.kernel.userPages().lockPte(), 1, 0, BASE);
                    case 1 -> agent.next(2, 50_000 * NS, Why.VM);
                    default -> {
                        rig.kernel.userPages().unlockPte(agent, 0);
                        agent.done(0);
                    }
                }
            }
        };
        new Cpu(rig.engine, "holder").start(holder, 0);
        rig.engine.timed().run(rig.engine.nowPs() + 1000 * NS);
        assertThat(rig.fault(BASE + PAGE, true)).isZero();
        assertThat(rig.engine.nowPs()).isGreaterThan(50_000 * NS);
    }
}
