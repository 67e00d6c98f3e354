package grusim.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

final class RunResultTest {
    @Test
    void eventHash_hasSixteenDigits() {
        assertThat(ExampleRun.small().eventHash()).isEqualTo("000000000000cafe");
        assertThat(RunResult.builder("x", "1", 1).eventHash(-1).build().eventHash())
                .isEqualTo("ffffffffffffffff");
    }

    @Test
    void builder_refusesNamesGivenTwice() {
        RunResultBuilder builder = RunResult.builder("x", "1", 1);
        builder.counter(ExampleRun.DROPIN, 1);
        builder.latency("invalidate", new LatencyHistogram());
        builder.mcs(new McsTiming("cch_start", 0, 0, 0));
        assertThatThrownBy(() -> builder.counter(ExampleRun.DROPIN, 1)).hasMessage("driver.tlb_dropin is given twice");
        assertThatThrownBy(() -> builder.latency("invalidate", new LatencyHistogram()))
                .hasMessage("latency.invalidate is given twice");
        assertThatThrownBy(() -> builder.mcs(new McsTiming("cch_start", 0, 0, 0)))
                .hasMessage("mcs.cch_start is given twice");
    }

    @Test
    void spec_isNotTouchedByLaterChanges() {
        ObjectNode spec = JsonNodeFactory.instance.objectNode().put("seed", 1);
        RunResult result = RunResult.builder("x", "1", 1).spec(spec).build();
        spec.put("seed", 2);
        assertThat(result.spec().get("seed").intValue()).isEqualTo(1);
    }

    @Test
    void counter_isZeroWhenNotCounted() {
        assertThat(ExampleRun.small().counter("driver.tlb_dropin")).isEqualTo(2);
        assertThat(ExampleRun.small().counter("driver.asid_wrap")).isZero();
    }

    @Test
    void find_followsThePathsOfResultJson() {
        RunResult result = ExampleRun.small();
        assertThat(find(result, "simulatedPs")).isEqualTo("2500");
        assertThat(find(result, "counters.vm.minor_faults")).isEqualTo("0");
        assertThat(find(result, "counters.mcs.tgh_invalidate.averageNs")).isEqualTo("2000.001");
        assertThat(find(result, "latency.dropin.interrupt.meanNs")).isEqualTo("1.751");
        assertThat(find(result, "contract.violations")).isEqualTo("1");
        assertThat(Metrics.find(result, "latency.nothing.meanNs")).isEmpty();
    }

    private static String find(RunResult result, String path) {
        Metric metric = Metrics.find(result, path).orElseThrow();
        return String.valueOf(metric.value());
    }

    @Test
    void verdict_refusesMoreFailuresThanChecks() {
        assertThatThrownBy(() -> new Verdict(1, 2, List.of())).hasMessage("2 failures of 1 checks");
        assertThatThrownBy(() -> new Verdict(2, 1, List.of("a", "b"))).hasMessage("2 texts for 1 failures");
    }

    @Test
    void timing_refusesAMaximumAboveTheTotal() {
        assertThatThrownBy(() -> new McsTiming("cch_start", 1, 5, 6)).hasMessageContaining("exceeds the total");
    }
}
