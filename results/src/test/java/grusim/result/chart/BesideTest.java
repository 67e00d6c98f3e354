package grusim.result.chart;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.LatencyHistogram;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.StatDeclaration;
import grusim.result.TimeSeries;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItemCollection;
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
        List<Replications> both = List.of(one, Replications.of(run("b", 900, "c", 400)));
        for (String id : List.of("latency-cdf", "latency-tail")) {
            String svg = ChartSet.svg(id, one, both, Theme.LIGHT, ChartSize.SMALL);
            assertThat(svg).as(id).contains("c (0)").contains("b (200)");
        }
    }

    /** Together a has 300 samples, b 1,100 and c 400: b is the first colour everywhere, c the second, a the third. */
    @Test
    void metrics_haveOneColourAndLineInAllChartsOfBothDesigns() {
        Replications one = Replications.of(run("a", 300, "b", 200));
        Replications other = Replications.of(run("b", 900, "c", 400));
        List<Replications> both = List.of(one, other);
        for (Replications design : both) {
            for (String id : List.of("latency-cdf", "latency-tail")) {
                RunChart chart = ChartSet.charts().stream()
                        .filter(each -> each.id().equals(id))
                        .findFirst()
                        .orElseThrow();
                JFreeChart drawn = chart.beside(design, new Designs(both), Theme.LIGHT, ChartSize.SMALL);
                Map<String, Object> colours = new TreeMap<>();
                LegendItemCollection legend = drawn.getPlot().getLegendItems();
                for (int n = 0; n < legend.getItemCount(); n++) {
                    colours.put(
                            legend.get(n).getLabel().substring(0, 1),
                            legend.get(n).getLinePaint());
                }
                assertThat(colours)
                        .as(id)
                        .isEqualTo(Map.of(
                                "a", Theme.LIGHT.series(2), "b", Theme.LIGHT.series(0), "c", Theme.LIGHT.series(1)));
            }
        }
    }

    @Test
    void ranks_followTheSamples_alsoOfMetricsThatAChartLeavesOut() {
        Replications runs = Replications.of(run("a", 30, "b", 200));
        // The tail shows b only; as in the curve of both it has the first colour, and a keeps the second.
        assertThat(Latencies.of(runs, 8, 100).shown())
                .extracting(metric -> metric.name() + metric.rank())
                .containsExactly("b0");
        assertThat(Latencies.of(runs, 8, 1).shown())
                .extracting(metric -> metric.name() + metric.rank())
                .containsExactly("a1", "b0");
    }

    /** Both sentences are on b, which has most samples together, and on nothing that one of the designs lacks. */
    @Test
    void sentences_areAboutTheSameMetrics() {
        Replications one = Replications.of(run("a", 300, "b", 200));
        Replications other = Replications.of(run("b", 900, "c", 400));
        List<Replications> both = List.of(one, other);
        assertThat(ChartSet.says("latency-cdf", one)).startsWith("Half of the 300 samples of a ");
        assertThat(ChartSet.says("latency-cdf", one, both))
                .startsWith("Half of the 200 samples of b took at most 100 ns")
                .doesNotContain(" a ");
        assertThat(ChartSet.says("latency-cdf", other, both)).startsWith("Half of the 900 samples of b ");
    }

    /** One design tries 4 dropins in its first 10 us, the other 7 in 50 us: both have steps and heights for both. */
    @Test
    void dropins_haveCommonStepsTimeAndHeight() {
        Replications one = Replications.of(dropins(4, 10_000_000, 1000));
        Replications other = Replications.of(dropins(7, 50_000_000, 4000));
        Designs both = new Designs(List.of(one, other));
        Timeline first = DropinChart.stacks(one, Outcomes.of(both.pooled()).in(one), both)
                .get(0)
                .timeline();
        Timeline second = DropinChart.stacks(other, Outcomes.of(both.pooled()).in(other), both)
                .get(0)
                .timeline();
        assertThat(first.stepPs()).isEqualTo(second.stepPs());
        assertThat(first.steps()).isEqualTo(second.steps());
        assertThat(first.toPs(first.steps() - 1)).isEqualTo(50_000_000);
        assertThat(first.middle(0)).isEqualTo(4.0);
        assertThat(second.middle(0)).isEqualTo(7.0);
    }

    private static RunResult dropins(int tried, long endPs, long bucketPs) {
        TimeSeries series = TimeSeries.sum(
                new StatDeclaration("series.dropin.written", "dropins", "dropins that wrote", "test"), bucketPs);
        series.add(0, tried);
        return RunResult.builder("r", "0", 1)
                .simulatedPs(endPs)
                .series(series.snapshot(endPs))
                .build();
    }

    /** Reasons keep their look whatever else is there, and no two of 48 look alike. */
    @Test
    void reasons_haveALookOfTheirOwn() {
        List<String> all = new ArrayList<>(List.of("memory", "decode", "interrupt delivery"));
        for (int n = all.size(); n < 38; n++) {
            all.add("reason " + n);
        }
        assertThat(Reasons.of("memory", all)).isEqualTo(Reasons.of("memory", List.of("memory")));
        assertThat(Reasons.of("memory", all)).isEqualTo(new Reasons.Look(0, 0));
        // Of those without a plain colour, decode is the first: the first colour again, with the first stripes.
        assertThat(Reasons.of("decode", all)).isEqualTo(new Reasons.Look(0, 1));
        assertThat(all.stream().map(reason -> Reasons.of(reason, all)).toList())
                .doesNotHaveDuplicates()
                .doesNotContain(Reasons.rest());
    }

    /** Stripes leave gaps, but most of the area. */
    @Test
    void stripes_takeAPartOfTheArea() {
        Rectangle2D area = new Rectangle2D.Double(0, 0, 40, 20);
        for (int stripes = 1; stripes <= 4; stripes++) {
            Shape striped = Stripes.of(area, stripes);
            int inside = 0;
            for (int x = 0; x < 40; x++) {
                for (int y = 0; y < 20; y++) {
                    inside += striped.contains(x + 0.5, y + 0.5) ? 1 : 0;
                }
            }
            assertThat(inside).as("%d of 800", inside).isBetween(400, 720);
        }
        assertThat(Stripes.of(area, 0)).isEqualTo(area);
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
