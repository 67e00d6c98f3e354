package grusim.linux.rcu;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.engine.SequentialMemory;
import grusim.engine.Why;
import org.junit.jupiter.api.Test;

final class RcuCpuTest {
    private final Engine engine = Engine.timed(new SequentialMemory(), 1);

    @Test
    void nestedSections_endWithTheOutermost() {
        RcuCpu cpu = new RcuCpu(engine, "nested");
        boolean[] reported = new boolean[4];
        new Cpu(engine, "reader")
                .start(
                        new Routine(engine, "nest", 0) {
                            @Override
                            public String stepName(int pc) {
                                return "step " + pc;
                            }

                            @Override
                            public void step(Agent by, int pc) {
                                switch (pc) {
                                    case 0, 1 -> cpu.lock(by);
                                    case 2 -> cpu.ask(by);
                                    case 3 -> reported[0] = cpu.unlock(by);
                                    case 4 -> reported[1] = cpu.mayReport(by);
                                    case 5 -> reported[2] = cpu.unlock(by);
                                    default -> reported[3] = cpu.mayReport(by);
                                }
                                if (pc == 6) {
                                    by.done(0);
                                } else {
                                    by.next(pc + 1, 0, Why.THINK);
                                }
                            }
                        },
                        0);
        engine.timed().run(Long.MAX_VALUE);
        assertThat(reported).containsExactly(false, false, true, false);
    }
}
