package grusim.linux;

import static grusim.linux.VmRig.NS;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.engine.SequentialMemory;
import grusim.engine.Why;

/** CPUs on several blades, the n-th on blade n modulo their number, that flush one address space. */
final class FlushRig {
    final VmRig rig;
    final Cpu[] cpus;
    private final long[] endedNs;

    FlushRig(int blades, int cpus, String... settings) {
        rig = new VmRig(Engine.timed(new SequentialMemory(), 1), VmRig.ownFlushesFree(settings), blades, 16, 9);
        this.cpus = new Cpu[cpus];
        this.endedNs = new long[cpus];
        for (int i = 0; i < cpus; i++) {
            this.cpus[i] = i == 0 ? rig.cpu : new Cpu(rig.engine, "cpu" + i);
            assertThat(this.cpus[i].id()).isEqualTo(i);
            rig.kernel.mayFlush(this.cpus[i]);
        }
    }

    /** Puts CPUs into the mask. */
    FlushRig mask(int... members) {
        for (int member : members) {
            rig.mm.runsOn(cpus[member]);
        }
        return this;
    }

    /** Has a CPU flush the address space after a while. */
    FlushRig flush(int cpu, long afterNs) {
        cpus[cpu].start(flusher(cpu), afterNs * NS);
        return this;
    }

    private Routine flusher(int cpu) {
        return new Routine(rig.engine, "flusher" + cpu + " " + rig.engine.nowPs(), 0) {
            @Override
            public String stepName(int pc) {
                return "step " + pc;
            }

            @Override
            public void step(Agent agent, int pc) {
                if (pc == 0) {
                    agent.call(rig.kernel.flushCpus(), 1, rig.mm.id());
                } else {
                    endedNs[cpu] = rig.engine.nowPs() / NS;
                    agent.done(0);
                }
            }
        };
    }

    /** Has a CPU mask its interrupts from now until a time. */
    FlushRig deaf(int cpu, long untilNs) {
        cpus[cpu].start(
                new Routine(rig.engine, "masked" + cpu, 0) {
                    @Override
                    public String stepName(int pc) {
                        return "step " + pc;
                    }

                    @Override
                    public void step(Agent agent, int pc) {
                        if (pc == 0) {
                            ((Cpu) agent).mask();
                            agent.next(1, untilNs * NS - rig.engine.nowPs(), Why.THINK);
                        } else {
                            ((Cpu) agent).unmask();
                            agent.done(0);
                        }
                    }
                },
                0);
        return this;
    }

    /** Runs until nothing happens any more. */
    FlushRig run() {
        rig.engine.timed().run(Long.MAX_VALUE);
        assertThat(rig.engine.waitGraph()).isEmpty();
        return this;
    }

    /** Flushes on a CPU to the end; returns the nanoseconds it took. */
    long flushAlone(int cpu) {
        long start = rig.engine.nowPs() / NS;
        flush(cpu, 0).run();
        return endedNs[cpu] - start;
    }

    /** When the last flush of a CPU returned. */
    long endedNs(int cpu) {
        return endedNs[cpu];
    }

    long count(VmCounter counter) {
        return rig.kernel.counters().value(counter);
    }
}
