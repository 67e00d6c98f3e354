package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.result.RunResult;
import grusim.workload.SpecException;
import grusim.workload.load.SpecLoader;
import org.junit.jupiter.api.Test;

/** What results/DEVIATIONS.md says the simulator does otherwise: a test fails when a gap is closed. */
final class DeviationsTest {
    private static RunResult run(String json) {
        return Runs.simulate(SpecLoader.resolveJson(json), RunOptions.standard("test"), RunProgress.NONE, null);
    }

    @Test
    void aRunHasOneKernel() {
        assertThatThrownBy(() -> run("{\"name\": \"two\", \"machine\": {\"blades\": 2, \"partitions\": 2}}"))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("machine.partitions is 2")
                .hasMessageContaining("accepted: 1");
    }

    @Test
    void threadsDoNotShareCores() {
        // uv1000: 16 cores on the blade; 16 threads fill it, so a disturbance finds no core
        String spec = """
                {"name": "full", "processes": [{"name": "p", "regions": [{"name": "r", "size": "4 KiB"}],
                 "threads": [{"name": "t", "count": %d, "program": [{"op": "nop"}]}]}],
                 "disturbances": [{"name": "d", "op": "madvise-dontneed", "process": "p", "region": "r",
                  "at": ["1 us"]}]}""";
        assertThat(run(spec.formatted(15)).simulatedPs()).isPositive();
        assertThatThrownBy(() -> run(spec.formatted(16)))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("cores");
    }

    @Test
    void theUsersWaitForOlderInstructionsBelongsToTheYounger() {
        RunResult result = run("""
                {"name": "poll", "processes": [{"name": "p", "regions": [{"name": "r", "size": "64 KiB"}],
                 "threads": [{"name": "t", "context": {"cbrs": 4}, "program": [
                  {"op": "vload", "region": "r", "count": 16, "inFlight": 4, "pattern": {"step": "4 KiB"}}]}]}]}""");
        int older = result.attribution().reasons().indexOf("older ones first");
        int vload = result.attribution().kinds().indexOf("vload");
        int poll = result.attribution().reasons().indexOf("poll");
        assertThat(result.attribution().partPs(vload, older)).isPositive();
        assertThat(result.attribution().partPs(vload, poll)).isZero();
    }
}
