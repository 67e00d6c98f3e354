package grusim.linux;

import static grusim.linux.VmRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Cell;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Memory;
import grusim.engine.MemoryModels;
import grusim.engine.Order;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.explore.Outcome;
import grusim.explore.Verdict;
import java.util.function.ObjIntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A lockless walk of the page table races with a munmap, in every interleaving and memory model: what keeps the tables from being freed under
 * it is the lock it holds, or the interrupts it masks if the flush before the free interrupts its CPU.
 */
final class ShootdownExplorationTest {
    /** How the walker protects itself. */
    enum Walker {
        BARE,
        MASKED,
        LOCKED,
        READER
    }

    /** Walks once, to the first page. Slot 0: unused. */
    private static final class Walk extends Routine {
        private static final int BEGIN = 0;
        private static final int WALK = 1;
        private static final int WALKED = 2;
        private static final int ENDED = 3;
        private final Walker walker;
        private final VmRig rig;

        Walk(VmRig rig, Walker walker) {
            super(rig.engine, "walker", 1);
            this.rig = rig;
            this.walker = walker;
        }

        @Override
        public String stepName(int pc) {
            return switch (pc) {
                case BEGIN -> "protect";
                case WALK -> "walk";
                default -> "unprotect";
            };
        }

        @Override
        public void step(Agent agent, int pc) {
            switch (pc) {
                case BEGIN -> begin(agent);
                case ENDED -> agent.done(0);
                case WALK -> agent.call(rig.kernel.userPages().atomicWalk(), WALKED, 0, PAGE, 0);
                default -> {
                    if (walker == Walker.READER) {
                        agent.call(rig.kernel.rcu().readUnlock(), ENDED);
                        return;
                    } else if (walker == Walker.MASKED) {
                        ((Cpu) agent).unmask();
                    } else if (walker == Walker.LOCKED) {
                        rig.mm.mmapSem().upRead(agent);
                    }
                    agent.done(0);
                }
            }
        }

        private void begin(Agent agent) {
            if (walker == Walker.READER) {
                agent.call(rig.kernel.rcu().readLock(), WALK);
                return;
            } else if (walker == Walker.MASKED) {
                ((Cpu) agent).mask();
            } else if (walker == Walker.LOCKED && !rig.mm.mmapSem().tryDownRead(agent)) {
                agent.done(0);
                return;
            }
            agent.next(WALK, 0, Why.PAGE_WALK);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // a walk without protection meets freed tables in every case
        "BARE,   true,  ipi,   false, true",
        "BARE,   false, ipi,   false, true",
        // masked interrupts help only on a CPU that the flush interrupts
        "MASKED, true,  ipi,   false, false",
        "MASKED, true,  ipi,   true,  false",
        "MASKED, false, ipi,   false, true",
        "MASKED, true,  purge, false, true",
        "MASKED, true,  sn2,   false, true",
        "BARE,   true,  uv-bau, false, true",
        "MASKED, true,  uv-bau, false, false",
        "MASKED, false, uv-bau, false, true",
        // the trylock helps unless munmap goes on as a reader
        "LOCKED, false, ipi,   false, false",
        "LOCKED, false, ipi,   true,  true",
        "LOCKED, true,  ipi,   true,  true",
    })
    void walkAgainstMunmap(Walker walker, boolean inMask, String shootdown, boolean downgrade, boolean meetsFreed) {
        for (String model : MemoryModels.NAMES) {
            Verdict verdict = ModelWalk.run(model, memory -> machine(memory, walker, inMask, shootdown, downgrade));
            assertThat(verdict.outcome())
                    .as("%s: %s", model, verdict.explanation())
                    .isEqualTo(meetsFreed ? Outcome.VIOLATED : Outcome.SAFE);
        }
    }

    private static ModelWalk.Machine machine(
            Memory memory, Walker walker, boolean inMask, String shootdown, boolean downgrade, String... settings) {
        Engine engine = Engine.exploring(memory);
        VmRig rig = new VmRig(
                engine,
                VmRig.spec(Stream.concat(
                                Stream.of("kernel.shootdown=" + shootdown, "kernel.munmapDowngrade=" + downgrade),
                                Stream.of(settings))
                        .toArray(String[]::new)),
                shootdown.equals("ipi") || shootdown.equals("purge") ? 1 : 2,
                3,
                1);
        rig.mm.map(PAGE, PAGE, Prot.READ | Prot.WRITE, Mm.FIRST_TOUCH, 0);
        Cpu walkerCpu = new Cpu(engine, "walker");
        rig.mm.runsOn(rig.cpu);
        rig.kernel.mayFlush(walkerCpu);
        if (inMask) {
            rig.mm.runsOn(walkerCpu);
        }
        rig.cpu.start(rig.kernel.handleFault(), 0, 0, PAGE, 1);
        ModelWalk.settle(engine);
        rig.cpu.start(rig.kernel.calls().munmap(), 0, 0, PAGE, PAGE);
        walkerCpu.start(new Walk(rig, walker), 0);
        ModelWalk.Mark met = ModelWalk.tableReadAfterFree(rig);
        return new ModelWalk.Machine(engine, () -> met.isSet() ? "a freed table was read" : null);
    }

    @ParameterizedTest
    @CsvSource({
        // page tables that wait for a grace period are safe from every CPU that masks interrupts or says it reads
        "BARE,   true,  ipi,   true",
        "MASKED, false, ipi,   false",
        "MASKED, true,  purge, false",
        "READER, false, ipi,   false",
        "READER, false, purge, false",
    })
    void walkAgainstMunmap_whereTablesWaitForAGracePeriod(
            Walker walker, boolean inMask, String shootdown, boolean meetsFreed) {
        for (String model : MemoryModels.NAMES) {
            Verdict verdict = ModelWalk.run(
                    model, memory -> machine(memory, walker, inMask, shootdown, false, "kernel.tableFree=rcu"));
            assertThat(verdict.outcome())
                    .as("%s: %s", model, verdict.explanation())
                    .isEqualTo(meetsFreed ? Outcome.VIOLATED : Outcome.SAFE);
        }
    }

    /** The target stores with interrupts masked; whoever flushes it sees the store afterwards. */
    @Test
    void acknowledgement_showsWhatTheTargetDidBefore() {
        for (String model : MemoryModels.NAMES) {
            Verdict verdict = ModelWalk.run(model, ShootdownExplorationTest::storeBeforeTheAcknowledgement);
            assertThat(verdict.outcome())
                    .as("%s: %s", model, verdict.explanation())
                    .isEqualTo(Outcome.SAFE);
        }
    }

    private static ModelWalk.Machine storeBeforeTheAcknowledgement(Memory memory) {
        Engine engine = Engine.exploring(memory);
        VmRig rig = new VmRig(engine, VmRig.SPEC, 1, 3, 1);
        Cell word = engine.cell("word", 0);
        Cpu target = new Cpu(engine, "target");
        rig.mm.runsOn(target);
        target.mask();
        target.start(
                script(engine, "target", (agent, pc) -> {
                    if (pc == 0) {
                        word.store(agent, 1, Order.RELAXED);
                        agent.next(1, 0, Why.COMPUTE);
                    } else {
                        ((Cpu) agent).unmask();
                        agent.done(0);
                    }
                }),
                0);
        ModelWalk.Mark missed = new ModelWalk.Mark(engine);
        rig.cpu.start(
                script(engine, "sender", (agent, pc) -> {
                    if (pc == 0) {
                        rig.kernel.shootdown().flush(agent, rig.mm, 1);
                    } else {
                        if (word.load(agent, Order.RELAXED) == 0) {
                            missed.set();
                        }
                        agent.done(0);
                    }
                }),
                0);
        return new ModelWalk.Machine(engine, () -> missed.isSet() ? "the store was not seen" : null);
    }

    private static Routine script(Engine engine, String name, ObjIntConsumer<Agent> step) {
        return new Routine(engine, name, 0) {
            @Override
            public String stepName(int pc) {
                return "step " + pc;
            }

            @Override
            public void step(Agent agent, int pc) {
                step.accept(agent, pc);
            }
        };
    }
}
