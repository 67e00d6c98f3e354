package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.engine.Cpu;
import grusim.engine.ScriptedRoutine;
import grusim.engine.StateContract;
import grusim.engine.Why;
import grusim.result.RunResult;
import grusim.workload.SpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads that go to other cores and blades, and what becomes of their contexts. */
@Timeout(60)
final class ThreadMovesRunTest {
    private static String spec(String context, String program) {
        return """
                {
                  "name": "test",
                  "machine": {"blades": 2},
                  "processes": [
                    {
                      "name": "p",
                      "regions": [{"name": "r", "size": "64 KiB", "content": {"seed": 4}}],
                      "threads": [{"name": "t", "context": {%s}, "program": [%s]}]
                    }
                  ]
                }
                """.formatted(context, program);
    }

    /** Loads before and after a move; the second part misses on pages of its own. */
    private static String moved(String move) {
        return """
                {"op": "vload", "region": "r", "length": "16 KiB", "count": 4, "pattern": {"kind": "strided", "step": "4 KiB"}, "expect": "content"},
                %s,
                {"op": "vload", "region": "r", "offset": "16 KiB", "length": "16 KiB", "count": 4, "pattern": {"kind": "strided", "step": "4 KiB"}, "expect": "content"}""".formatted(move);
    }

    private static RunResult run(String context, String move) {
        RunResult result = RunRig.run(spec(context, moved(move)));
        assertThat(result.contract().failures()).isZero();
        assertThat(result.dataChecks().failures()).isZero();
        assertThat(result.counter("driver.tlb_dropin")).isGreaterThanOrEqualTo(8);
        return result;
    }

    @Test
    void callAfterAMoveToAnotherBlade_unloadsTheContextAndTheNextTouchLoadsItThere() {
        RunResult result = run("\"miss\": \"user-polling\"", "{\"op\": \"setaffinity\", \"blade\": 1}");
        assertThat(result.counter("driver.check_context_unload")).isOne();
        assertThat(result.counter("driver.check_context_retarget_intr")).isZero();
        assertThat(result.counter("driver.assign_context")).isEqualTo(2);
        assertThat(result.counter("driver.asid_new"))
                .as("a chiplet of each blade")
                .isEqualTo(2);
        assertThat(result.counter("driver.free_context")).isEqualTo(2);
    }

    @Test
    void interruptsAfterAMove_goToTheOldCoreUntilTheUserCalls() {
        RunResult result = run("\"miss\": \"interrupt\"", "{\"op\": \"setaffinity\", \"core\": 1}");
        // The interrupt finds no page of an untouched region and leaves the miss to the user, whose call retargets.
        assertThat(result.counter("driver.check_context_retarget_intr")).isOne();
        assertThat(result.counter("driver.check_context_unload")).isZero();
        assertThat(result.counter("driver.assign_context")).isOne();
    }

    @Test
    void pollingUser_needsNoRetarget() {
        RunResult result = run("\"miss\": \"user-polling\"", "{\"op\": \"setaffinity\", \"core\": 1}");
        assertThat(result.counter("driver.check_context_retarget_intr")).isZero();
        assertThat(result.counter("driver.check_context_unload")).isZero();
    }

    @Test
    void contextWithoutOwner_staysWhereItIs() {
        for (String move :
                new String[] {"{\"op\": \"setaffinity\", \"blade\": 1}", "{\"op\": \"setaffinity\", \"core\": 1}"}) {
            RunResult result = run("\"miss\": \"interrupt\", \"owner\": false", move);
            assertThat(result.counter("driver.check_context_unload")).isZero();
            assertThat(result.counter("driver.check_context_retarget_intr")).isZero();
            assertThat(result.counter("driver.assign_context")).isOne();
        }
        RunResult registered = run(
                "\"miss\": \"user-polling\", \"owner\": false",
                "{\"op\": \"setaffinity\", \"blade\": 1}, {\"op\": \"setoption\", \"option\": \"owner\"}");
        assertThat(registered.counter("driver.check_context_unload")).isOne();
    }

    @Test
    void bladeChosen_keepsTheContextWhereverTheThreadGoes() {
        RunResult result = run(
                "\"miss\": \"user-polling\"",
                "{\"op\": \"setoption\", \"option\": \"blade-chiplet\", \"blade\": 1, \"chiplet\": 1},"
                        + "{\"op\": \"vload\", \"region\": \"r\", \"offset\": \"48 KiB\"},"
                        + "{\"op\": \"setaffinity\", \"blade\": 1}");
        assertThat(result.counter("driver.check_context_unload"))
                .as("by the option itself")
                .isOne();
        assertThat(result.counter("driver.assign_context")).isEqualTo(2);
    }

    @Test
    void bladeChosenWithInterrupts_isServedByACoreOfThatBlade() {
        RunResult result = run(
                "\"miss\": \"interrupt\"",
                "{\"op\": \"setoption\", \"option\": \"blade-chiplet\", \"blade\": 1},"
                        + "{\"op\": \"touch\", \"region\": \"r\"}");
        assertThat(result.counter("driver.check_context_unload")).isOne();
        assertThat(result.counter("driver.intr_tfh")).isGreaterThanOrEqualTo(4);
        assertThat(result.counter("driver.tlb_dropin")).isGreaterThanOrEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"interrupt", "user-polling"})
    void threadsThatWanderAllTheTime_loseNothing(String miss) {
        String program = """
                {"op": "repeat", "times": 40, "body": [
                  {"op": "vload", "region": "r", "count": 8, "inFlight": 2, "pattern": {"kind": "uniform"}, "expect": "content"},
                  {"op": "setaffinity", "blade": 1, "core": 1},
                  {"op": "madvise", "region": "r", "length": "32 KiB"},
                  {"op": "vload", "region": "r", "count": 8, "inFlight": 2, "pattern": {"kind": "uniform"}, "expect": "content"},
                  {"op": "setaffinity", "blade": 1},
                  {"op": "vload", "region": "r", "count": 8, "inFlight": 2, "pattern": {"kind": "uniform"}, "expect": "content"},
                  {"op": "setaffinity"},
                  {"op": "madvise", "region": "r", "length": "64 KiB"}
                ]}""";
        String spec =
                spec("\"miss\": \"" + miss + "\", \"cbrs\": 2", program).replace("\"t\",", "\"t\", \"count\": 3,");
        for (String lazy : new String[] {"interrupt", "skip"}) {
            RunResult result = RunRig.run(spec, "kernel.cpuTlb.lazy=" + lazy);
            assertThat(result.contract().failures()).isZero();
            assertThat(result.dataChecks().failures()).isZero();
            assertThat(result.counter("driver.check_context_unload")).isGreaterThan(100);
            assertThat(result.counter("driver.assign_context")).isEqualTo(result.counter("driver.free_context"));
        }
    }

    /** Runs a thread that goes to another core, which is in an interrupt from 0 to the given time. */
    private static Simulation intoAnInterrupt(long interruptPs) {
        Simulation simulation = RunRig.build(spec("\"cbrs\": 2", "{\"op\": \"setaffinity\", \"core\": 1}"));
        Cpu core = simulation.thread(0).cores.on(0).get(1);
        int line = core.connect(new ScriptedRoutine(simulation.engine(), "handler", (agent, pc) -> {
            if (pc == 0) {
                agent.next(1, interruptPs, Why.INTERRUPT_HANDLER);
            } else {
                agent.done(0);
            }
        }));
        core.raise(line, 0);
        return simulation;
    }

    private static long endOfMoveInto(long interruptPs) {
        Simulation simulation = intoAnInterrupt(interruptPs);
        simulation.runUntil(1_000_000_000);
        assertThat(simulation.ended()).isTrue();
        return simulation.engine().nowPs();
    }

    @Test
    void threadThatComesIntoAnInterrupt_startsAtItsEnd() {
        long lastsPs = 300_000_000;
        long endPs = endOfMoveInto(lastsPs);
        assertThat(endPs).isGreaterThan(lastsPs + 5_000_000);
        assertThat(endOfMoveInto(lastsPs + 1) - endPs).isOne();
    }

    @Test
    void threadThatWaitsForTheEndOfAnInterrupt_isSavedAndRestored() {
        long endPs = endOfMoveInto(300_000_000);
        StateContract.assertResumes(() -> intoAnInterrupt(300_000_000).engine(), endPs, 150_000_000, 299_000_000);
    }

    @Test
    void threadUnderWay_isSavedAndRestored() {
        String spec = spec("\"miss\": \"user-polling\"", moved("{\"op\": \"setaffinity\", \"blade\": 1}"));
        long endPs = RunRig.run(spec).simulatedPs();
        StateContract.assertResumes(
                () -> RunRig.build(spec).engine(), endPs, endPs / 4, endPs / 2, endPs / 2 + 2_000_000, endPs * 3 / 4);
    }

    @Test
    void move_takesWhatTheKernelNeedsForIt() {
        String program = moved("{\"op\": \"setaffinity\", \"core\": 1}");
        String stays = moved("{\"op\": \"setaffinity\"}");
        // syscall 150 ns both; then 5 us to the other core
        assertThat(end(program) - end(stays)).isBetween(5_000_000L, 12_000_000L);
        long slower = RunRig.run(spec("\"miss\": \"user-polling\"", program), "kernel.threadMoveCost=25 us")
                .simulatedPs();
        assertThat(slower - end(program)).isEqualTo(20_000_000L);
    }

    @Test
    void eachMove_takesItsCostToThePicosecond() {
        String there = "{\"op\": \"setaffinity\", \"core\": 1}";
        String program = there + ", {\"op\": \"setaffinity\"}, " + there;
        long basePs = end(program, "kernel.threadMoveCost=10 ns");
        assertThat(end(program, "kernel.threadMoveCost=11 ns") - basePs).isEqualTo(3000);
        assertThat(basePs - end(program, "kernel.threadMoveCost=9 ns")).isEqualTo(3000);
    }

    private static long end(String program, String... settings) {
        return RunRig.run(spec("\"miss\": \"user-polling\"", program), settings).simulatedPs();
    }

    @Test
    void moves_needCoresOfTheirOwn() {
        String program = "{\"op\": \"setaffinity\", \"blade\": 1, \"core\": 3}";
        assertThatThrownBy(() -> RunRig.run(spec("\"cbrs\": 2", program).replace("\"t\",", "\"t\", \"count\": 5,")))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining(
                        "blade 1 has a core for 16 threads only, counting each core that setaffinity names");
        assertThatThrownBy(() -> RunRig.run(spec("\"cbrs\": 2", program.replace("1,", "2,"))))
                .hasMessageContaining("program[0].blade: blade 2 does not exist; accepted: 0 .. 1 (machine.blades)");
    }
}
