package grusim.linux;

import static grusim.linux.VmRig.NS;
import static grusim.linux.VmRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.engine.SequentialMemory;
import grusim.engine.StateContract;
import grusim.engine.Why;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Grace periods of at least 10 us, and what waits for them. */
final class RcuTest {
    private static final long US = 1000 * NS;
    private static final long BASE = 0x10000;

    private VmRig rig = new VmRig();
    private Cpu reader = rig.cpu;
    private long endedPs;

    @BeforeEach
    void build() {
        rig = rig();
        reader = new Cpu(rig.engine, "reader");
        rig.kernel.mayFlush(reader);
    }

    private static VmRig rig() {
        VmRig rig = new VmRig(VmRig.spec("kernel.tableFree=rcu", "kernel.rcuGracePeriod=10 us"), 64);
        rig.kernel.mayFlush(rig.cpu);
        return rig;
    }

    /** Waits for a grace period and notes when it has. */
    private Routine synchronizer() {
        return new Routine(rig.engine, "synchronizer" + rig.engine.nowPs(), 0) {
            @Override
            public String stepName(int pc) {
                return "step " + pc;
            }

            @Override
            public void step(Agent agent, int pc) {
                if (pc == 0) {
                    agent.call(rig.kernel.rcu().synchronize(), 1);
                } else {
                    endedPs = rig.engine.nowPs();
                    agent.done(0);
                }
            }
        };
    }

    /** Is in a section, of one kind or the other, until the time in slot 0. */
    private Routine section(boolean masks) {
        return new Routine(rig.engine, "section", 1) {
            @Override
            public String stepName(int pc) {
                return "step " + pc;
            }

            @Override
            public void step(Agent agent, int pc) {
                switch (pc) {
                    case 0 -> {
                        if (masks) {
                            ((Cpu) agent).mask();
                            agent.next(1, 0, Why.THINK);
                        } else {
                            agent.call(rig.kernel.rcu().readLock(), 1);
                        }
                    }
                    case 1 -> ((Cpu) agent).pause(2, agent.local(0) - rig.engine.nowPs(), Why.THINK);
                    case 2 -> {
                        if (masks) {
                            ((Cpu) agent).unmask();
                            agent.next(3, 0, Why.THINK);
                        } else {
                            agent.call(rig.kernel.rcu().readUnlock(), 3);
                        }
                    }
                    default -> agent.done(0);
                }
            }
        };
    }

    @Test
    void withoutReaders_takesTheLeastTime() {
        rig.cpu.start(synchronizer(), 0);
        rig.engine.timed().run(Long.MAX_VALUE);
        assertThat(endedPs).isEqualTo(10 * US);
        assertThat(rig.kernel.counters().value(VmCounter.GRACE_PERIODS)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"true, 9, 10", "true, 35, 35", "false, 9, 10", "false, 35, 35"})
    void section_isWaitedFor(boolean masks, long untilUs, long endUs) {
        reader.start(section(masks), 0, untilUs * US);
        rig.cpu.start(synchronizer(), 1);
        rig.engine.timed().run(Long.MAX_VALUE);
        assertThat(endedPs).isEqualTo(endUs * US + (endUs == 10 ? 1 : 0));
    }

    @Test
    void gracePeriodThatHasBegun_isNotEnough() {
        rig.cpu.start(synchronizer(), 0);
        reader.start(synchronizer(), 4 * US);
        rig.engine.timed().run(Long.MAX_VALUE);
        assertThat(endedPs).isEqualTo(20 * US);
        assertThat(rig.kernel.counters().value(VmCounter.GRACE_PERIODS)).isEqualTo(2);
    }

    /**
     * The munmap is done long before. The first page begins a grace period, which the section's end ends, and is freed in 50
     * ns; the two that came too late for it are freed after the next.
     */
    @Test
    void pageTables_areFreedAfterAGracePeriod_evenOfACpuOutsideTheMask() {
        rig.mm.map(BASE, PAGE, Prot.READ | Prot.WRITE, Mm.FIRST_TOUCH, 0);
        rig.mm.runsOn(rig.cpu);
        rig.fault(BASE, true);
        long start = rig.engine.nowPs();
        reader.start(section(true), 0, start + 100 * US);
        assertThat(rig.kernel.counters().value(VmCounter.TABLES_FREED)).isZero();
        rig.cpu.start(rig.kernel.calls().munmap(), 0, 0, BASE, PAGE);
        rig.engine.timed().run(start + 99 * US);
        assertThat(rig.cpu.idle()).isTrue();
        assertThat(rig.kernel.counters().value(VmCounter.FRAMES_FREED)).isEqualTo(1);
        assertThat(rig.kernel.counters().value(VmCounter.TABLES_FREED)).isZero();
        rig.engine.timed().run(Long.MAX_VALUE);
        assertThat(rig.kernel.counters().value(VmCounter.TABLES_FREED)).isEqualTo(3);
        assertThat(rig.engine.nowPs() - start).isEqualTo(100 * US + 50 * NS + 10 * US + 2 * 50 * NS);
    }

    @Test
    void state_isComplete() {
        StateContract.assertResumes(RcuTest::busy, 200 * US, 3 * US, 9 * US, 12 * US, 31 * US, 77 * US);
    }

    private static Engine busy() {
        Engine engine = Engine.timed(new SequentialMemory(), 1);
        VmRig rig = new VmRig(engine, VmRig.spec("kernel.tableFree=rcu", "kernel.rcuGracePeriod=10 us"), 1, 64, 9);
        rig.kernel.mayFlush(rig.cpu);
        rig.mm.map(BASE, 4 * PAGE, Prot.READ | Prot.WRITE, Mm.FIRST_TOUCH, 0);
        Cpu other = new Cpu(engine, "other");
        rig.mm.runsOn(other);
        rig.cpu.start(
                new Routine(engine, "churn", 1) {
                    @Override
                    public String stepName(int pc) {
                        return "step " + pc;
                    }

                    @Override
                    public void step(Agent agent, int pc) {
                        switch (pc) {
                            case 0 -> agent.call(rig.kernel.handleFault(), 1, 0, BASE, 1);
                            case 1 -> agent.call(rig.kernel.calls().munmap(), 2, 0, BASE, PAGE);
                            case 2 -> agent.call(rig.kernel.calls().mmap(), 3, 0, BASE, PAGE, 3 | Prot.FIXED);
                            case 3 -> {
                                agent.local(0, agent.local(0) + 1);
                                agent.next(agent.local(0) % 8 == 0 ? 4 : 0, 0, Why.THINK);
                            }
                            default -> agent.call(rig.kernel.rcu().synchronize(), 0);
                        }
                    }
                },
                0);
        return engine;
    }
}
