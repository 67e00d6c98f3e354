package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.LatencyDistribution;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.Series;
import grusim.result.SeriesNames;
import grusim.result.stat.Figure;
import grusim.result.stat.Figures;
import grusim.workload.load.ResolvedSpec;
import grusim.workload.load.SpecLoader;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class BeginningTest {
    /** 64 pages are faulted in one by one, then loaded again and again without a fault. */
    private static final String COLD = RunRig.oneThread("{\"name\": \"r\", \"size\": \"256 KiB\"}", """
            {"op": "vload", "region": "r", "count": 4000, "pattern": {"kind": "sequential", "step": "4 KiB"}}""", "");

    private static LatencyDistribution loads(RunResult result) {
        return Objects.requireNonNull(result.latency().get("instruction.vload"));
    }

    @Test
    void measurement_beginsAtTheTime_andChangesNoEvent() {
        RunResult whole = RunRig.run(COLD);
        RunResult late = RunRig.run(COLD, "run.warmUp=1 ms");
        assertThat(late.eventHash()).isEqualTo(whole.eventHash());
        assertThat(late.simulatedPs()).isEqualTo(whole.simulatedPs());
        assertThat(late.counter(Figures.MEASURED_FROM)).isEqualTo(1_000_000_000);
        assertThat(whole.counters()).doesNotContainKey(Figures.MEASURED_FROM);
        // what ends later is what has not ended by then
        RunResult early = RunRig.run(COLD, "run.until=1 ms");
        assertThat(loads(early).count()).isBetween(65L, 3999L);
        assertThat(loads(late).count()).isEqualTo(4000 - loads(early).count());
        assertThat(loads(late).sumPs())
                .isEqualTo(loads(whole).sumPs() - loads(early).sumPs());
        assertThat(late.attribution().totalPs(late.attribution().kinds().indexOf("vload")))
                .isEqualTo(loads(late).sumPs());
        assertThat(late.counter("device.tlbMisses")).isEqualTo(whole.counter("device.tlbMisses"));
    }

    @Test
    void auto_leavesOutThePagesThatAreFaultedIn() {
        RunResult whole = RunRig.run(COLD);
        long fault = loads(whole).maxPs().orElseThrow();
        RunResult auto = RunRig.run(COLD, "run.warmUp=auto");
        long from = auto.counter(Figures.MEASURED_FROM);
        assertThat(from).isPositive().isLessThan(auto.simulatedPs() / 2);
        assertThat(auto.eventHash()).isEqualTo(whole.eventHash());
        assertThat(loads(whole).maxPs()).hasValue(fault);
        assertThat(loads(auto).maxPs().orElseThrow())
                .as("no page fault is left")
                .isLessThan(fault / 4);
        // with the time that auto has found, the same is measured
        RunResult again = RunRig.run(COLD, "run.warmUp=" + from + " ps");
        assertThat(again.latency().keySet()).isEqualTo(auto.latency().keySet());
        assertThat(loads(again).sumPs()).isEqualTo(loads(auto).sumPs());
    }

    @Test
    void auto_ofARunThatIsTheSameThroughout_leavesNothingOut() {
        String steady =
                RunRig.oneThread("{\"name\": \"r\", \"size\": \"4 KiB\"}", "{\"op\": \"nop\", \"count\": 3000}", "");
        RunResult result = RunRig.run(steady, "run.warmUp=auto");
        assertThat(result.counters()).containsKey(Figures.MEASURED_FROM);
        assertThat(result.counter(Figures.MEASURED_FROM)).isZero();
        assertThat(Objects.requireNonNull(result.latency().get("instruction.nop"))
                        .count())
                .isEqualTo(3000);
    }

    @Test
    void warmUpLongerThanTheRun_measuresNothing() {
        RunResult result = RunRig.run(COLD, "run.warmUp=1 s");
        assertThat(result.simulatedPs()).isLessThan(1_000_000_000_000L);
        assertThat(result.latency()).doesNotContainKey("instruction.vload");
        assertThat(result.counter("device.tlbMisses")).isPositive();
    }

    @Test
    void replications_areAllMeasuredFromTheTimeTheFirstHasFound() {
        ResolvedSpec spec = SpecLoader.resolveJson(
                COLD.replace("\"sequential\"", "\"uniform\""), "run.warmUp=auto", "run.replications=3");
        Replications runs = Replicate.run(
                spec, RunRig.STANDARD, ReplicationPlan.of(spec.spec().run()), 2, RunProgress.NONE);
        assertThat(runs.first().counter(Figures.MEASURED_FROM)).isPositive();
        assertThat(runs.runs())
                .allMatch(run ->
                        run.counter(Figures.MEASURED_FROM) == runs.first().counter(Figures.MEASURED_FROM));
    }

    @Test
    void throughput_isThatOfTheTimeMeasured() {
        RunResult late = RunRig.run(COLD, "run.warmUp=1 ms");
        Figure throughput = Figures.find(Replications.of(late), "throughput.instructionsPerSecond")
                .orElseThrow();
        double seconds = (late.simulatedPs() - 1_000_000_000L) / 1e12;
        assertThat(Objects.requireNonNull(throughput.value()).doubleValue() * seconds)
                .isBetween(loads(late).count() * 0.999, loads(late).count() * 1.001);
    }

    @Test
    void series_followTheInstructionsAndTheirTime() {
        RunResult result = RunRig.run(COLD);
        assertThat(total(result, SeriesNames.INSTRUCTIONS)).isEqualTo(4000);
        assertThat(total(result, SeriesNames.INSTRUCTION_TIME))
                .isEqualTo(loads(result).sumPs());
    }

    private static long total(RunResult result, String name) {
        Series series = Objects.requireNonNull(result.series(name));
        long sum = 0;
        for (int bucket = 0; bucket < series.buckets(); bucket++) {
            sum += series.total(bucket);
        }
        return sum;
    }
}
