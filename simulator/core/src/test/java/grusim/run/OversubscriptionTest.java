package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.driver.DriverCounter;
import grusim.result.RunResult;
import java.util.LongSummaryStatistics;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More threads than contexts: all get on, and about equally far. */
@Tag("vm")
final class OversubscriptionTest {
    private static final long TIMES = 1_000_000;

    /** Threads that increment a counter now and then, on a chiplet with room for 16 of their contexts. */
    private static String spec(int threads, long times, String until) {
        return """
                {"name": "crowd", "machine": {"chipletsPerBlade": 1, "coresPerSocket": 32}, "run": {"until": "%s"},
                 "processes": [{"name": "p", "regions": [{"name": "counter", "size": "4 KiB"}],
                  "threads": [{"name": "t", "count": %d, "context": {"cbrs": 8, "dsr": "2 KiB"}, "program": [
                    {"op": "repeat", "times": %d, "body": [
                      {"op": "gamir", "exopc": "inc", "region": "counter"}, {"op": "think", "time": "3 ms"}]}]}],
                  "checks": [{"region": "counter", "equals": %d}]}]}
                """.formatted(until, threads, times, threads * times);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 17, 33, 64})
    void everyThread_getsToItsEnd(int threads) {
        Simulation simulation = RunRig.build(spec(threads, 60, "none"));
        RunResult result = Runs.play(simulation, RunRig.STANDARD, (ps, steps, instructions, expected) -> {});
        assertThat(simulation.ended()).isTrue();
        assertThat(result.contract().failures()).isZero();
        assertThat(result.dataChecks().failures()).isZero();
        long stolen = simulation.driver().statistics().value(DriverCounter.STEAL_USER_CONTEXT);
        assertThat(stolen > 0).isEqualTo(threads > 16);
        long taken = simulation.threads().stream()
                .mapToLong(thread -> thread.gts.contextStolen())
                .sum();
        assertThat(taken).isEqualTo(stolen);
    }

    @Test
    void threads_getAboutEquallyFar() {
        Simulation simulation = RunRig.build(spec(64, TIMES, "8 s"));
        RunResult result = Runs.play(simulation, RunRig.STANDARD, (ps, steps, instructions, expected) -> {});
        assertThat(result.contract().failures()).isZero();
        LongSummaryStatistics done = simulation.threads().stream()
                .mapToLong(thread -> TIMES - thread.loopsLeft(0))
                .summaryStatistics();
        // 8 s of 16 contexts are 2 s for each of 64 threads, 666 rounds of 3 ms; a robbed thread ends its think time
        // all the
        // same, and a free context may wait for a retry
        assertThat(done.getAverage()).as("%s", done).isBetween(640.0, 690.0);
        assertThat(done.getMin()).as("%s", done).isGreaterThan((long) (0.9 * done.getAverage()));
        assertThat(done.getMax()).as("%s", done).isLessThan((long) (1.1 * done.getAverage()));
    }
}
