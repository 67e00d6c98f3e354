package grusim.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EngineTest {
    private final List<String> log = new ArrayList<>();

    private Routine routine(Engine engine, String name, StepBody body) {
        return new Routine(engine, name, 4) {
            @Override
            public String stepName(int pc) {
                return "step " + pc;
            }

            @Override
            public void step(Agent agent, int pc) {
                log.add(agent.engine().nowPs() + " " + agent.name() + " " + pc);
                body.step(agent, pc);
            }
        };
    }

    private interface StepBody {
        void step(Agent agent, int pc);
    }

    private static Engine engine() {
        return Engine.timed(new SequentialMemory(), 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void steps_runInTimeThenScheduleOrder(boolean runAhead) {
        Engine engine = Engine.timed(new SequentialMemory(), 1, runAhead);
        // a: steps at 0, 100, 200; b: steps at 0, 150; at equal times the one scheduled first goes first.
        Routine a = routine(engine, "a", (agent, pc) -> {
            if (pc == 2) {
                agent.done(0);
            } else {
                agent.next(pc + 1, 100, Why.COMPUTE);
            }
        });
        Routine b = routine(engine, "b", (agent, pc) -> {
            if (pc == 1) {
                agent.done(0);
            } else {
                agent.next(1, 150, Why.COMPUTE);
            }
        });
        new Agent(engine, "A").start(a, 0);
        new Agent(engine, "B").start(b, 0);
        assertThat(engine.timed().run(Long.MAX_VALUE)).isFalse();
        assertThat(log).containsExactly("0 A 0", "0 B 0", "100 A 1", "150 B 1", "200 A 2");
        assertThat(engine.steps()).isEqualTo(5);
    }

    @Test
    void call_returnsToTheNamedStepWithTheResult() {
        Engine engine = engine();
        Routine callee = routine(engine, "callee", (agent, pc) -> agent.done(agent.local(0) * agent.local(1)));
        long[] seen = new long[1];
        Routine caller = routine(engine, "caller", (agent, pc) -> {
            if (pc == 0) {
                agent.call(callee, 7, 6, 7);
            } else {
                seen[0] = agent.result();
                agent.done(0);
            }
        });
        new Agent(engine, "A").start(caller, 5);
        engine.timed().run(Long.MAX_VALUE);
        assertThat(seen[0]).isEqualTo(42);
        assertThat(log).containsExactly("5 A 0", "5 A 0", "5 A 7");
    }

    @Test
    void await_looksAgainWhenTheCellChanges() {
        Engine engine = engine();
        Cell cell = engine.cell("flag", 0);
        Routine waiter = routine(engine, "waiter", (agent, pc) -> {
            if (cell.load(agent, Order.ACQUIRE) == 0) {
                agent.await(cell, 0, Why.POLL);
            } else {
                agent.done(0);
            }
        });
        Routine setter = routine(engine, "setter", (agent, pc) -> {
            if (pc == 0) {
                agent.next(1, 300, Why.COMPUTE);
            } else {
                cell.store(agent, 1, Order.RELEASE);
                agent.done(0);
            }
        });
        new Agent(engine, "W").start(waiter, 0);
        new Agent(engine, "S").start(setter, 0);
        engine.timed().run(Long.MAX_VALUE);
        assertThat(log).containsExactly("0 W 0", "0 S 0", "300 S 1", "300 W 0");
    }

    @Test
    void step_withTwoAccesses_isRefused() {
        Engine engine = engine();
        Cell first = engine.cell("first", 0);
        Cell second = engine.cell("second", 0);
        Routine greedy = routine(engine, "greedy", (agent, pc) -> {
            first.load(agent, Order.RELAXED);
            second.load(agent, Order.RELAXED);
            agent.done(0);
        });
        new Agent(engine, "A").start(greedy, 0);
        assertThatThrownBy(() -> engine.timed().run(Long.MAX_VALUE))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("touches second after first");
    }

    @Test
    void step_withoutAnEnd_isRefused() {
        Engine engine = engine();
        Routine endless = routine(engine, "endless", (agent, pc) -> {});
        new Agent(engine, "A").start(endless, 0);
        assertThatThrownBy(() -> engine.timed().run(Long.MAX_VALUE))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ended in none of");
    }

    @Test
    void interrupt_breaksAPauseAndThePauseGoesOnForItsRest() {
        Engine engine = engine();
        Routine handler = routine(engine, "handler", (agent, pc) -> {
            if (pc == 0) {
                agent.next(1, 50, Why.INTERRUPT_HANDLER);
            } else {
                agent.done(0);
            }
        });
        Cpu cpu = new Cpu(engine, "cpu");
        int line = cpu.connect(handler);
        Routine program = routine(engine, "program", (agent, pc) -> {
            if (pc == 0) {
                ((Cpu) agent).pause(9, 1000, Why.THINK);
            } else {
                agent.done(0);
            }
        });
        Routine device = routine(engine, "device", (agent, pc) -> {
            if (pc == 0) {
                agent.next(1, 100, Why.COMPUTE);
            } else {
                cpu.raise(line, 200);
                agent.done(0);
            }
        });
        cpu.start(program, 0);
        new Agent(engine, "dev").start(device, 0);
        engine.timed().run(Long.MAX_VALUE);
        // raised at 100, delivered at 300, handled until 350; 700 of the pause were left.
        assertThat(log).containsExactly("0 cpu 0", "0 dev 0", "100 dev 1", "300 cpu 0", "350 cpu 1", "1050 cpu 9");
    }

    @Test
    void interrupt_wakesAWaitingCpuWhichThenLooksAgain() {
        Engine engine = engine();
        Cell flag = engine.cell("flag", 0);
        Routine handler = routine(engine, "handler", (agent, pc) -> {
            flag.store(agent, 1, Order.RELEASE);
            agent.done(0);
        });
        Cpu cpu = new Cpu(engine, "cpu");
        int line = cpu.connect(handler);
        Routine program = routine(engine, "program", (agent, pc) -> {
            if (flag.load(agent, Order.ACQUIRE) == 0) {
                agent.await(flag, 3, Why.POLL);
            } else {
                agent.done(0);
            }
        });
        Routine device = routine(engine, "device", (agent, pc) -> {
            cpu.raise(line, 40);
            agent.done(0);
        });
        cpu.start(program, 0);
        new Agent(engine, "dev").start(device, 0);
        engine.timed().run(Long.MAX_VALUE);
        assertThat(log).containsExactly("0 cpu 0", "0 dev 0", "40 cpu 0", "40 cpu 3");
        assertThat(cpu.idle()).isTrue();
    }

    @Test
    void maskedInterrupt_waitsForTheUnmask() {
        Engine engine = engine();
        Routine handler = routine(engine, "handler", (agent, pc) -> agent.done(0));
        Cpu cpu = new Cpu(engine, "cpu");
        int line = cpu.connect(handler);
        Routine program = routine(engine, "program", (agent, pc) -> {
            switch (pc) {
                case 0 -> {
                    cpu.mask();
                    cpu.raise(line, 0);
                    agent.next(1, 10, Why.COMPUTE);
                }
                case 1 -> {
                    cpu.unmask();
                    agent.next(2, 10, Why.COMPUTE);
                }
                default -> agent.done(0);
            }
        });
        cpu.start(program, 0);
        engine.timed().run(Long.MAX_VALUE);
        assertThat(log).containsExactly("0 cpu 0", "10 cpu 1", "20 cpu 0", "20 cpu 2");
    }

    @Test
    void snapshot_resumesAsIfTheRunHadNotStopped() {
        Engine whole = engine();
        build(whole);
        whole.timed().run(Long.MAX_VALUE);

        Engine first = engine();
        build(first);
        first.timed().run(450);
        Snapshot saved = Snapshot.of(first, true);
        Engine second = engine();
        build(second);
        saved.into(second);
        assertThat(Snapshot.of(second, true)).isEqualTo(saved);
        second.timed().run(Long.MAX_VALUE);
        assertThat(second.eventHash()).isEqualTo(whole.eventHash());
        assertThat(second.nowPs()).isEqualTo(whole.nowPs());
    }

    /** Three agents that draw random delays, wait for each other through a cell, and take interrupts. */
    private void build(Engine engine) {
        Cell turn = engine.cell("turn", 0);
        Routine handler = routine(engine, "handler", (agent, pc) -> agent.done(0));
        Cpu cpu = new Cpu(engine, "cpu");
        int line = cpu.connect(handler);
        RandomStream random = engine.stream("delays");
        for (int i = 0; i < 3; i++) {
            Routine loop = routine(engine, "loop" + i, (agent, pc) -> {
                switch (pc) {
                    case 0 -> {
                        if (turn.load(agent, Order.ACQUIRE) % 3 == agent.local(0)) {
                            agent.next(1, 0, Why.COMPUTE);
                        } else {
                            agent.await(turn, 0, Why.LOCK);
                        }
                    }
                    case 1 -> {
                        agent.local(1, agent.local(1) + 1);
                        cpu.raise(line, 20);
                        agent.next(agent.local(1) == 20 ? 3 : 2, random.below(50), Why.COMPUTE);
                    }
                    case 2 -> {
                        turn.add(agent, 1, Order.FULL);
                        agent.next(0, 1, Why.COMPUTE);
                    }
                    default -> agent.done(0);
                }
            });
            (i == 0 ? cpu : new Agent(engine, "agent" + i)).start(loop, 0, i);
        }
    }
}
