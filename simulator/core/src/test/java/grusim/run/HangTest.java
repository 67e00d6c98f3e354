package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.ScriptedRoutine;
import grusim.engine.Why;
import grusim.linux.lock.Mutex;
import grusim.linux.lock.RwSemaphore;
import grusim.result.RunResult;
import grusim.result.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that can no longer go on, and runs that only look like it. */
final class HangTest {
    private static final String BUSY_ELSEWHERE = """
            , {"name": "q", "regions": [{"name": "s", "size": "64 KiB"}],
               "threads": [{"name": "u", "context": {"cbrs": 2, "dsr": "1 KiB"}, "program": [{"op": "think", "time": "1 us"}]}]}],
            "disturbances": [
              {"name": "d", "op": "madvise-dontneed", "process": "q", "region": "s", "length": "16 KiB", "rate": "100000/s"}""";

    private static String spec(String more) {
        return """
                {"name": "test", "kernel": {%s}, "processes": [
                  {"name": "p", "regions": [{"name": "r", "size": "4 KiB"}],
                   "threads": [{"name": "t", "context": {"cbrs": 2, "dsr": "1 KiB"},
                                "program": [{"op": "think", "time": "5 us"}, {"op": "munmap", "region": "r"}]}]}
                %s]}""".formatted(
                        more.equals("kswapd")
                                ? "\"reclaim\": {\"enabled\": true, \"lowWatermark\": \"1 GiB\", \"highWatermark\": \"2 GiB\", \"interval\": \"10 us\"}"
                                : "",
                        more.equals("disturbance") ? BUSY_ELSEWHERE : "");
    }

    /** Takes the first process's mmap_sem for good. */
    private static void neverUnlocks(Simulation simulation) {
        new Agent(simulation.engine(), "culprit")
                .start(
                        new ScriptedRoutine(simulation.engine(), "never unlocks", (a, pc) -> {
                            simulation.processes().get(0).mm.mmapSem().downWrite(a);
                            a.done(0);
                        }),
                        0);
    }

    private static Verdict play(Simulation simulation) {
        RunResult result = Runs.play(simulation, RunRig.STANDARD, HangTest::limit);
        return result.contract();
    }

    private static void limit(long simulatedPs, long steps, long instructions, long expected) {
        assertThat(simulatedPs).as("simulated time in ps").isLessThan(10_000_000_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "disturbance", "kswapd"})
    void whoeverNobodyWakes_isAViolation(String more) {
        Simulation simulation = RunRig.build(spec(more));
        neverUnlocks(simulation);
        Verdict verdict = play(simulation);
        assertThat(verdict.failures()).isEqualTo(1);
        assertThat(verdict.texts().get(0))
                .contains("point 5, whoever sleeps is woken: blade0.cpu0 began to wait for")
                .contains("mmap_sem, held by culprit, in \"munmap")
                .contains("at 5150000 ps")
                .containsPattern("; replay t1\\.[0-9a-f]{16}\\.\\d+\\.\\d+$");
    }

    /** Takes one mmap_sem for writing at once and the other one 10 us later. */
    private static void crossing(Simulation simulation, String name, int first, int second) {
        Cpu cpu = new Cpu(simulation.engine(), name);
        RwSemaphore[] locks = {
            simulation.processes().get(first).mm.mmapSem(),
            simulation.processes().get(second).mm.mmapSem()
        };
        cpu.start(
                new ScriptedRoutine(simulation.engine(), "takes both " + name, (a, pc) -> {
                    if (pc == 2) {
                        a.done(0);
                    } else if (locks[pc].downWrite(a)) {
                        a.next(pc + 1, 10_000_000, Why.THINK);
                    } else {
                        a.await(locks[pc], pc, Why.LOCK);
                    }
                }),
                0);
    }

    @Test
    void twoLocksOfOneKindInOppositeOrders_areACycleWithNames() {
        Simulation simulation = RunRig.build(spec("disturbance"));
        crossing(simulation, "left", 0, 1);
        crossing(simulation, "right", 1, 0);
        Verdict verdict = play(simulation);
        assertThat(verdict.texts())
                .anySatisfy(text -> assertThat(text)
                        .startsWith(
                                "point 5, no agents wait for each other in a circle: left began to wait for linux.mm1.mmap_sem, held by right,")
                        .contains("; then right waits for linux.mm0.mmap_sem, held by left,")
                        .contains("at 10000000 ps"));
    }

    @Test
    void withoutTheContract_aHangIsAnException() {
        Simulation simulation = RunRig.build(spec(""));
        neverUnlocks(simulation);
        assertThatThrownBy(() -> Runs.play(simulation, new RunOptions("test", false, true), RunProgress.NONE))
                .isInstanceOf(HangException.class)
                .hasMessageContaining("blade0.cpu0")
                .hasMessageContaining("munmap")
                .hasMessageContaining("mmap_sem");
    }

    /** Others step as often as the run is looked at, or far more rarely. */
    @ParameterizedTest
    @ValueSource(longs = {1_000_000, 100_000_000})
    void whoWaitForEachOther_areFound_whileOthersNeverRest(long periodPs) {
        Simulation simulation = RunRig.build(spec("disturbance"));
        new Agent(simulation.engine(), "restless")
                .start(
                        new ScriptedRoutine(simulation.engine(), "restless", (a, pc) -> a.next(0, periodPs, Why.THINK)),
                        0);
        Mutex[] locks = new Mutex[2];
        for (int i = 0; i < 2; i++) {
            locks[i] = new Mutex(
                    simulation.engine(), "lock" + i, simulation.kernel().counters());
        }
        for (int i = 0; i < 2; i++) {
            int first = i;
            new Agent(simulation.engine(), "philosopher" + i)
                    .start(
                            new ScriptedRoutine(simulation.engine(), "eat " + i, (a, pc) -> {
                                Mutex lock = locks[first ^ pc];
                                if (lock.lock(a)) {
                                    a.next(1, 1000, Why.COMPUTE);
                                } else {
                                    a.await(lock, pc, Why.LOCK);
                                }
                            }),
                            0);
        }
        neverUnlocks(simulation);
        Verdict verdict = play(simulation);
        assertThat(verdict.texts())
                .anySatisfy(text -> assertThat(text)
                        .startsWith(
                                "point 5, no agents wait for each other in a circle: philosopher0 began to wait for lock1, held by"
                                        + " philosopher1,"));
    }

    /** A thread sleeps at a barrier for 2 ms while nothing but a disturbance stirs: the other one only thinks. */
    @Test
    void aLongThought_isNoHang() {
        Verdict verdict = play(RunRig.build("""
                {"name": "test", "processes": [
                  {"name": "p", "regions": [{"name": "r", "size": "64 KiB"}],
                   "threads": [
                     {"name": "t", "context": {"cbrs": 2, "dsr": "1 KiB"}, "program": [{"op": "barrier"}]},
                     {"name": "u", "context": {"cbrs": 2, "dsr": "1 KiB"}, "program": [
                       {"op": "think", "time": "2 ms"}, {"op": "barrier"}]}]}],
                 "kernel": {"reclaim": {"enabled": true, "lowWatermark": "1 GiB", "highWatermark": "2 GiB", "interval": "10 us"}},
                 "disturbances": [
                  {"name": "d", "op": "madvise-dontneed", "process": "p", "region": "r", "length": "4 KiB", "rate": "100000/s"}]}"""));
        assertThat(verdict.texts()).isEmpty();
        assertThat(verdict.failures()).isZero();
    }

    /** A CPU that belongs to the background, holds mmap_sem and rests, again and again. */
    private static Cpu daemon(Simulation simulation) {
        Cpu daemon = new Cpu(simulation.engine(), "daemon");
        simulation.addBackground(daemon);
        daemon.start(
                new ScriptedRoutine(simulation.engine(), "rest", (a, pc) -> {
                    if (pc == 0) {
                        simulation.processes().get(0).mm.mmapSem().downWrite(a);
                    }
                    daemon.pause(1, 10_000_000, Why.IDLE);
                }),
                0);
        return daemon;
    }

    @Test
    void whoeverSleepsWhileADaemonRests_isAViolation() {
        Simulation simulation = RunRig.build(spec(""));
        daemon(simulation);
        assertThat(play(simulation).texts().get(0)).contains("mmap_sem, held by daemon,");
    }

    @Test
    void anInterruptUnderWay_mayStillWakeASleeper() {
        Simulation simulation = RunRig.build(spec(""));
        Cpu daemon = daemon(simulation);
        int line = daemon.connect(new ScriptedRoutine(simulation.engine(), "unlock", (a, pc) -> {
            simulation.processes().get(0).mm.mmapSem().upWrite(a);
            a.done(0);
        }));
        daemon.raise(line, 3_000_000_000L);
        assertThat(play(simulation).failures()).isZero();
    }

    @Test
    void aRunThatIsCutOff_isNoHang() {
        Simulation simulation = RunRig.build(spec(""), "run.until=4 us");
        neverUnlocks(simulation);
        assertThat(play(simulation).failures()).isZero();
    }
}
