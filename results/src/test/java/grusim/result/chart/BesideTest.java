package grusim.result.chart;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.LatencyHistogram;
import grusim.result.Replications;
import grusim.result.RunResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Charts that stand beside each other show the same metrics in the same order, so in the same colours. */
final class BesideTest {
    @Test
    void in_keepsTheMetricsOfAllRuns_withTheOwnSamples() {
        RunResult one = run("a", 300, "b", 200);
        RunResult other = run("b", 900, "c", 400);
        Latencies chosen = Latencies.of(new Replications(List.of(one, other)), 2);
        assertThat(chosen.shown()).extracting(Latencies.Metric::name).containsExactly("b", "c");

        Latencies own = chosen.in(Replications.of(one));
        assertThat(own.shown()).extracting(Latencies.Metric::name).containsExactly("b", "c");
        assertThat(own.shown())
                .extracting(metric -> metric.distribution().count())
                .containsExactly(200L, 0L);
        assertThat(own.choice()).isEqualTo("2 of 3 metrics, those with most samples");
    }

    @Test
    void beside_drawsWhatOnlyTheOtherRunsHave_asAnEmptyLine() {
        Replications one = Replications.of(run("a", 300, "b", 200));
        Replications both = new Replications(List.of(one.first(), run("b", 900, "c", 400)));
        for (String id : List.of("latency-cdf", "latency-tail")) {
            String svg = ChartSet.svg(id, one, both, Theme.LIGHT, ChartSize.SMALL);
            assertThat(svg).as(id).contains("c (0)").contains("b (200)");
        }
    }

    private static RunResult run(String first, int samplesOfFirst, String second, int samplesOfSecond) {
        return RunResult.builder("r", "0", 1)
                .latency(first, samples(samplesOfFirst))
                .latency(second, samples(samplesOfSecond))
                .build();
    }

    private static LatencyHistogram samples(int count) {
        LatencyHistogram histogram = new LatencyHistogram();
        for (int i = 1; i <= count; i++) {
            histogram.record(1000L * i);
        }
        return histogram;
    }
}
