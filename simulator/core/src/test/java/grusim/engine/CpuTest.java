package grusim.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every log line is: time, routine, step. Device steps are left out. */
final class CpuTest {
    private final List<String> log = new ArrayList<>();
    private final Engine engine = Engine.timed(new SequentialMemory(), 1);
    private final Cpu cpu = new Cpu(engine, "cpu");
    private final int line = cpu.connect(handler("handler", 50));
    private final int second = cpu.connect(handler("second", 30));
    private int devices;

    private Routine routine(String name, ScriptedRoutine.Script script) {
        return new ScriptedRoutine(engine, name, (agent, pc) -> {
            log.add(engine.nowPs() + " " + name + " " + pc);
            script.step(agent, pc);
        });
    }

    /** A handler that takes the given time, with interrupts off meanwhile. */
    private Routine handler(String name, long costPs) {
        return routine(name, (agent, pc) -> {
            if (pc == 0) {
                cpu.mask();
                agent.next(1, costPs, Why.INTERRUPT_HANDLER);
            } else {
                cpu.unmask();
                agent.done(0);
            }
        });
    }

    /** A device that does something once, at the given time. */
    private void at(long timePs, Runnable deed) {
        new Agent(engine, "device " + devices++)
                .start(
                        new ScriptedRoutine(engine, "device", (agent, pc) -> {
                            deed.run();
                            agent.done(0);
                        }),
                        timePs);
    }

    private List<String> run() {
        engine.timed().run(Long.MAX_VALUE);
        assertThat(cpu.idle()).isTrue();
        return log;
    }

    @Test
    void severalLines_areServedInOrderOfTheirNumberOnceDue() {
        at(10, () -> {
            cpu.raise(second, 5);
            cpu.raise(line, 5);
        });
        // Both reach the idle CPU at 15; line 0 first, though raised later; line 1 when the handler is through at 65.
        assertThat(run()).containsExactly("15 handler 0", "65 handler 1", "65 second 0", "95 second 1");
    }

    @Test
    void laterLine_isNotServedBeforeItIsDue() {
        at(10, () -> {
            cpu.raise(line, 500);
            cpu.raise(second, 5);
        });
        assertThat(run()).containsExactly("15 second 0", "45 second 1", "510 handler 0", "560 handler 1");
    }

    @Test
    void raise_ofAPendingLine_keepsTheEarlierDelivery() {
        at(10, () -> cpu.raise(line, 500));
        at(20, () -> cpu.raise(line, 100));
        at(30, () -> cpu.raise(line, 300));
        assertThat(run()).containsExactly("120 handler 0", "170 handler 1");
    }

    @Test
    void raise_whileTheHandlerRuns_isServedAgain() {
        at(10, () -> cpu.raise(line, 0));
        at(20, () -> cpu.raise(line, 0));
        assertThat(run()).containsExactly("10 handler 0", "60 handler 1", "60 handler 0", "110 handler 1");
    }

    /** A program of one step that says what it was started with. */
    private Routine argument() {
        return routine("program", (agent, pc) -> {
            log.add("argument " + agent.local(0));
            agent.done(0);
        });
    }

    @Test
    void startWhenIdle_ofACpuInInterrupts_startsWhenTheLastHasEnded() {
        Routine program = argument();
        at(10, () -> cpu.raise(line, 0));
        at(20, () -> cpu.raise(second, 0));
        at(30, () -> cpu.startWhenIdle(program, 7, 42));
        // the first handler ends at 60 and leaves the CPU idle; the second breaks the delay of 7 before it has begun
        assertThat(run())
                .containsExactly(
                        "10 handler 0", "60 handler 1", "60 second 0", "90 second 1", "97 program 0", "argument 42");
    }

    @Test
    void startWhenIdle_ofAnIdleCpu_startsAtOnce() {
        Routine program = argument();
        at(30, () -> cpu.startWhenIdle(program, 7, 42));
        assertThat(run()).containsExactly("37 program 0", "argument 42");
    }

    @Test
    void startWhenIdle_takesOneRoutineOnly() {
        Routine program = argument();
        at(10, () -> cpu.raise(line, 0));
        at(30, () -> cpu.startWhenIdle(program, 7, 42));
        at(
                40,
                () -> assertThatThrownBy(() -> cpu.startWhenIdle(program, 7, 43))
                        .hasMessage("cpu is to run program already"));
        assertThat(run()).endsWith("67 program 0", "argument 42");
    }

    @Test
    void interrupt_keepsWhatTheInterruptedRoutineWasReturned() {
        Routine callee = routine("callee", (agent, pc) -> {
            if (pc == 0) {
                agent.next(1, 10, Why.COMPUTE);
            } else {
                cpu.raise(line, 0);
                agent.done(42);
            }
        });
        cpu.start(
                routine("program", (agent, pc) -> {
                    if (pc == 0) {
                        agent.call(callee, 1);
                    } else {
                        log.add("returned " + agent.result());
                        agent.done(0);
                    }
                }),
                0);
        // The handler runs, and returns 0, between the callee's end and the step that looks at its result.
        assertThat(run())
                .containsExactly(
                        "0 program 0",
                        "0 callee 0",
                        "10 callee 1",
                        "10 handler 0",
                        "60 handler 1",
                        "60 program 1",
                        "returned 42");
    }

    @Test
    void nestedMasks_holdUntilTheLastIsUndone() {
        cpu.start(
                routine("program", (agent, pc) -> {
                    switch (pc) {
                        case 0 -> {
                            cpu.mask();
                            cpu.mask();
                            agent.next(1, 10, Why.COMPUTE);
                        }
                        case 1, 3 -> {
                            cpu.unmask();
                            agent.next(pc + 1, 10, Why.COMPUTE);
                        }
                        case 2 -> agent.next(3, 10, Why.COMPUTE);
                        default -> agent.done(0);
                    }
                }),
                0);
        at(5, () -> cpu.raise(line, 0));
        assertThat(run())
                .containsExactly(
                        "0 program 0",
                        "10 program 1",
                        "20 program 2",
                        "30 program 3",
                        "40 handler 0",
                        "90 handler 1",
                        "90 program 4");
    }

    @Test
    void unmask_withoutAMask_isRefused() {
        assertThatThrownBy(cpu::unmask).isInstanceOf(AssertionError.class);
    }

    @Test
    void busyStep_runsToItsEndFirst() {
        cpu.start(
                routine("program", (agent, pc) -> {
                    if (pc == 0) {
                        agent.next(1, 100, Why.COMPUTE);
                    } else {
                        agent.done(0);
                    }
                }),
                0);
        at(20, () -> cpu.raise(line, 0));
        assertThat(run()).containsExactly("0 program 0", "100 handler 0", "150 handler 1", "150 program 1");
    }

    @Test
    void pause_isBrokenAsOftenAsNeededAndLastsAsLongInSum() {
        cpu.start(
                routine("program", (agent, pc) -> {
                    if (pc == 0) {
                        cpu.pause(1, 1000, Why.THINK);
                    } else {
                        agent.done(0);
                    }
                }),
                0);
        at(0, () -> {
            cpu.raise(line, 100);
            cpu.raise(second, 120);
        });
        at(600, () -> cpu.raise(line, 0));
        // 100 of the pause, handlers until 150 and 180, 420 of the pause, handler until 650, the last 480 of it.
        assertThat(run())
                .containsExactly(
                        "0 program 0",
                        "100 handler 0",
                        "150 handler 1",
                        "150 second 0",
                        "180 second 1",
                        "600 handler 0",
                        "650 handler 1",
                        "1130 program 1");
    }

    @Test
    void pause_brokenAtItsVeryEnd_hasNothingLeft() {
        cpu.start(
                routine("program", (agent, pc) -> {
                    if (pc == 0) {
                        cpu.pause(1, 1000, Why.THINK);
                    } else {
                        agent.done(0);
                    }
                }),
                0);
        at(0, () -> cpu.raise(line, 1000));
        assertThat(run()).containsExactly("0 program 0", "1000 handler 0", "1050 handler 1", "1050 program 1");
    }

    @Test
    void resumedPause_keepsItsReason() {
        cpu.start(
                routine("program", (agent, pc) -> {
                    if (pc == 0) {
                        cpu.pause(1, 1000, Why.THINK);
                    } else {
                        agent.done(0);
                    }
                }),
                0);
        at(0, () -> cpu.raise(line, 100));
        at(120, () -> assertThat(cpu.why()).isEqualTo(Why.INTERRUPT_HANDLER));
        at(200, () -> assertThat(cpu.why()).isEqualTo(Why.THINK));
        assertThat(run()).last().isEqualTo("1050 program 1");
    }

    @Test
    void ownInterrupt_breaksThePauseOfTheSameStep() {
        cpu.start(
                routine("program", (agent, pc) -> {
                    if (pc == 0) {
                        cpu.raise(line, 40);
                        cpu.pause(1, 100, Why.THINK);
                    } else {
                        agent.done(0);
                    }
                }),
                0);
        assertThat(run()).containsExactly("0 program 0", "40 handler 0", "90 handler 1", "150 program 1");
    }

    @Test
    void waitingCpu_thatIsWokenBeforeDelivery_takesTheInterruptOnceItWaitsAgain() {
        Cell flag = engine.cell("flag", 0);
        cpu.start(
                routine("program", (agent, pc) -> {
                    if (flag.load(agent, Order.ACQUIRE) < 2) {
                        agent.await(flag, 0, Why.POLL);
                    } else {
                        agent.done(0);
                    }
                }),
                0);
        at(10, () -> cpu.raise(line, 90));
        setFlagAt(flag, 20, 1);
        setFlagAt(flag, 300, 2);
        assertThat(run())
                .containsExactly(
                        "0 program 0",
                        "20 program 0",
                        "100 handler 0",
                        "150 handler 1",
                        "150 program 0",
                        "300 program 0");
    }

    @Test
    void change_duringTheHandler_isSeenWhenTheWaitGoesOn() {
        Cell flag = engine.cell("flag", 0);
        cpu.start(
                routine("program", (agent, pc) -> {
                    if (flag.load(agent, Order.ACQUIRE) == 0) {
                        agent.await(flag, 0, Why.POLL);
                    } else {
                        agent.done(0);
                    }
                }),
                0);
        at(10, () -> cpu.raise(line, 0));
        setFlagAt(flag, 20, 1);
        assertThat(run()).containsExactly("0 program 0", "10 handler 0", "60 handler 1", "60 program 0");
    }

    @Test
    void maskedWait_isNotBrokenUntilTheUnmask() {
        Cell flag = engine.cell("flag", 0);
        cpu.start(
                routine("program", (agent, pc) -> {
                    switch (pc) {
                        case 0 -> {
                            cpu.mask();
                            agent.next(1, 0, Why.COMPUTE);
                        }
                        case 1 -> {
                            if (flag.load(agent, Order.ACQUIRE) == 0) {
                                agent.await(flag, 1, Why.POLL);
                            } else {
                                cpu.unmask();
                                cpu.pause(2, 500, Why.THINK);
                            }
                        }
                        default -> agent.done(0);
                    }
                }),
                0);
        at(10, () -> cpu.raise(line, 0));
        setFlagAt(flag, 200, 1);
        assertThat(run())
                .containsExactly(
                        "0 program 0",
                        "0 program 1",
                        "200 program 1",
                        "200 handler 0",
                        "250 handler 1",
                        "750 program 2");
    }

    @Test
    void delayedStart_isBrokenLikeAPause() {
        at(50, () -> cpu.raise(line, 50));
        Routine program = routine("program", (agent, pc) -> agent.done(0));
        at(60, () -> cpu.start(program, 1000));
        // The interrupt comes at 100 as if nothing were planned; the start is put off by the handler's 50.
        assertThat(run()).containsExactly("100 handler 0", "150 handler 1", "1110 program 0");
    }

    @Test
    void interruptedHandler_goesOnAfterTheOther() {
        Engine nesting = Engine.timed(new SequentialMemory(), 1);
        Cpu nested = new Cpu(nesting, "cpu");
        List<String> steps = new ArrayList<>();
        nesting.observer((agent, routine, pc) -> steps.add(nesting.nowPs() + " " + routine.name() + " " + pc));
        int outer = nested.connect(new ScriptedRoutine(nesting, "outer", (agent, pc) -> {
            if (pc == 0) {
                nested.pause(1, 100, Why.INTERRUPT_HANDLER);
            } else {
                agent.done(0);
            }
        }));
        int inner = nested.connect(new ScriptedRoutine(nesting, "inner", (agent, pc) -> agent.done(0)));
        nested.start(
                new ScriptedRoutine(nesting, "program", (agent, pc) -> {
                    if (pc == 0) {
                        nested.raise(outer, 10);
                        nested.raise(inner, 30);
                        nested.pause(1, 100, Why.THINK);
                    } else {
                        agent.done(0);
                    }
                }),
                0);
        nesting.timed().run(Long.MAX_VALUE);
        assertThat(steps).containsExactly("0 program 0", "10 outer 0", "30 inner 0", "110 outer 1", "200 program 1");
    }

    @Test
    void exploration_choosesWhetherAndWhichInterruptComes() {
        Engine exploring = Engine.exploring(new SequentialMemory());
        Cpu explored = new Cpu(exploring, "cpu");
        List<String> steps = new ArrayList<>();
        exploring.observer((agent, routine, pc) -> steps.add(routine.name() + " " + pc));
        ScriptedRoutine.Script once = (agent, pc) -> agent.done(0);
        explored.connect(new ScriptedRoutine(exploring, "a", once));
        explored.connect(new ScriptedRoutine(exploring, "b", once));
        explored.start(new ScriptedRoutine(exploring, "program", once), 0);
        explored.raise(0, 10);
        explored.raise(1, 10);
        int[] offered = new int[1];
        int[] picks = {0, 1, 0};
        int[] at = new int[1];
        exploring.choices((agent, alternatives) -> {
            offered[0] = alternatives;
            return picks[at[0]++];
        });
        assertThat(exploring.exploring().enabled(explored)).isTrue();
        exploring.exploring().step(explored); // 3 alternatives: go on, a, b
        assertThat(offered[0]).isEqualTo(3);
        exploring.exploring().step(explored); // idle now: a or b
        assertThat(offered[0]).isEqualTo(2);
        exploring.exploring().step(explored); // only a is left
        assertThat(steps).containsExactly("program 0", "b 0", "a 0");
        assertThat(exploring.exploring().enabled(explored)).isFalse();
    }

    private void setFlagAt(Cell flag, long timePs, long value) {
        new Agent(engine, "setter " + devices++)
                .start(
                        new ScriptedRoutine(engine, "setter", (agent, pc) -> {
                            flag.store(agent, value, Order.RELEASE);
                            agent.done(0);
                        }),
                        timePs);
    }

    /** Waits for the cell to be set, until 100 at most; it is set at the given time. */
    private void waitsUntil100(long setAtPs) {
        Cell cell = engine.cell("cell", 0);
        cpu.start(
                routine("program", (agent, pc) -> {
                    if (cell.load(agent, Order.RELAXED) == 1 || engine.nowPs() >= 100) {
                        agent.done(0);
                    } else {
                        cpu.awaitUntil(cell, 0, 100, Why.POLL);
                    }
                }),
                0);
        new Agent(engine, "setter")
                .start(
                        new ScriptedRoutine(engine, "setter", (agent, pc) -> {
                            cell.store(agent, 1, Order.RELAXED);
                            agent.done(0);
                        }),
                        setAtPs);
    }

    @Test
    void awaitUntil_goesOnAtTheTimeWithoutAChange() {
        waitsUntil100(200);
        assertThat(run()).containsExactly("0 program 0", "100 program 0");
    }

    @Test
    void awaitUntil_goesOnAtTheChange_andNotAgainAtTheTime() {
        waitsUntil100(40);
        assertThat(run()).containsExactly("0 program 0", "40 program 0");
    }

    @Test
    void awaitUntil_isBrokenByAnInterrupt_whateverTheOrderOfTheirTimes() {
        waitsUntil100(200);
        at(10, () -> cpu.raise(line, 20));
        at(15, () -> cpu.raise(second, 105));
        // the handler of the first breaks the wait at 30; the wait goes on at 80 until 100; the second comes too late
        // for it
        assertThat(run())
                .containsExactly(
                        "0 program 0",
                        "30 handler 0",
                        "80 handler 1",
                        "80 program 0",
                        "100 program 0",
                        "120 second 0",
                        "150 second 1");
    }

    @Test
    void awaitUntil_whoseTimePassesInAHandler_goesOnAfterIt() {
        waitsUntil100(200);
        at(10, () -> cpu.raise(line, 60));
        assertThat(run()).containsExactly("0 program 0", "70 handler 0", "120 handler 1", "120 program 0");
    }
}
