package grusim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a replay may set in an exploring engine: the clock, and what steps begin with. */
final class ReplayClockTest {
    private final Engine engine = Engine.exploring(new SequentialMemory());

    /** Begun at 100 ps, a step of 30 ps is followed by one due at 130 ps, whoever else steps in between. */
    @Test
    void duePs_isWhenTheStepsCostHasPassed() {
        Agent agent = new Agent(engine, "a");
        Agent other = new Agent(engine, "b");
        ScriptedRoutine routine = new ScriptedRoutine(engine, "r", (a, pc) -> a.next(pc + 1, 30, Why.COMPUTE));
        agent.start(routine, 0);
        other.start(routine, 5);
        assertThat(engine.exploring().duePs(agent)).isZero();
        assertThat(engine.exploring().duePs(other)).isEqualTo(5);
        assertThat(engine.keepsTime()).isFalse();

        engine.exploring().clock(100);
        engine.exploring().step(agent);
        engine.exploring().clock(110);
        engine.exploring().step(other);
        assertThat(engine.keepsTime()).isTrue();
        assertThat(engine.nowPs()).isEqualTo(110);
        assertThat(engine.exploring().duePs(agent)).isEqualTo(130);
        assertThat(engine.exploring().duePs(other)).isEqualTo(140);
    }

    @Test
    void interrupt_isDueOnDelivery() {
        Cpu cpu = new Cpu(engine, "cpu");
        int line = cpu.connect(new ScriptedRoutine(engine, "handler", (a, pc) -> a.done(0)));
        engine.exploring().clock(1_000);
        cpu.raise(line, 50);
        assertThat(engine.exploring().duePs(cpu)).isEqualTo(1_050);
    }

    @Test
    void clock_isNoPartOfTheState() {
        Agent agent = new Agent(engine, "a");
        agent.start(new ScriptedRoutine(engine, "r", (a, pc) -> a.next(0, 7, Why.COMPUTE)), 0);
        long before = Snapshot.of(engine, false).fingerprint();
        engine.exploring().clock(12_345);
        engine.exploring().step(agent);
        assertThat(Snapshot.of(engine, false).fingerprint()).isEqualTo(before);
    }

    @Test
    void prelude_comesBeforeEveryStepAndWithinIt() {
        List<String> told = new ArrayList<>();
        Agent agent = new Agent(engine, "a");
        agent.start(
                new ScriptedRoutine(engine, "r", (a, pc) -> {
                    told.add("step " + pc);
                    a.next(pc + 1, 0, Why.COMPUTE);
                }),
                0);
        engine.prelude((a, routine, pc) -> told.add("before " + routine.name() + " " + pc + " of " + a.name()));
        engine.exploring().step(agent);
        engine.prelude(null);
        engine.exploring().step(agent);
        assertThat(told).containsExactly("before r 0 of a", "step 0", "step 1");
    }
}
