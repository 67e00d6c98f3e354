package grusim.result.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import grusim.result.AttributionShares;
import grusim.result.BusyRun;
import grusim.result.ChipletCounts;
import grusim.result.ExampleRun;
import grusim.result.LatencyDistribution;
import grusim.result.LatencyHistogram;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.RunResultBuilder;
import grusim.result.Series;
import grusim.result.StatDeclaration;
import grusim.result.TimeSeries;
import grusim.result.Waterfall;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RunChartsTest {
    private static final Graphics2D GRAPHICS = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();

    private static final RunResult NOTHING =
            RunResult.builder("nothing", "0.1.0", 1).build();

    @Test
    void latency_isARisingCurveFromZeroToAHundredPercent() {
        for (LatencyDistribution distribution : BusyRun.of().latency().values()) {
            List<Point2D> points = LatencyChart.curve(distribution, 1).points();
            assertThat(points.get(0).getY()).isZero();
            assertThat(points.get(points.size() - 1).getY()).isEqualTo(100.0);
            for (int n = 1; n < points.size(); n++) {
                assertThat(points.get(n).getX())
                        .isGreaterThanOrEqualTo(points.get(n - 1).getX());
                assertThat(points.get(n).getY())
                        .isGreaterThanOrEqualTo(points.get(n - 1).getY());
            }
        }
    }

    @Test
    void latency_ofTwoSamplesIsTwoSteps() {
        LatencyDistribution dropins = Optional.ofNullable(
                        ExampleRun.small().latency().get("dropin.interrupt"))
                .orElseThrow();
        // 0% at 1,500 ps, then up to 50%, on to 2,001 ps, then up to 100%.
        assertThat(LatencyChart.curve(dropins, 1).points())
                .containsExactly(
                        new Point2D.Double(1500, 0),
                        new Point2D.Double(1500, 0),
                        new Point2D.Double(1500, 50),
                        new Point2D.Double(2001, 50),
                        new Point2D.Double(2001, 100));
    }

    @Test
    void latencies_areTheMetricsWithMostSamplesInTheirOrder() {
        RunResultBuilder builder = RunResult.builder("many", "1", 1);
        for (int metric = 1; metric <= 14; metric++) {
            LatencyHistogram histogram = new LatencyHistogram();
            for (int i = 0; i < metric; i++) {
                histogram.record(1000L * metric);
            }
            builder.latency("metric" + metric, histogram);
        }
        Replications runs = Replications.of(builder.build());
        Latencies latencies = Latencies.of(runs, 10);
        assertThat(latencies.all()).isEqualTo(14);
        assertThat(latencies.shown()).hasSize(10);
        assertThat(latencies.shown().get(0).name()).isEqualTo("metric5");
        assertThat(latencies.choice()).isEqualTo("10 of 14 metrics, those with most samples");
        assertThat(Latencies.of(runs, 10, 14).shown())
                .extracting(Latencies.Metric::name)
                .containsExactly("metric14");
    }

    @Test
    void latency_zerosLieAtTheLeftEdgeOfAnAxisThatBeginsNearTheLeastThatMatters() {
        LatencyHistogram waits = new LatencyHistogram();
        waits.record(1);
        for (int i = 0; i < 250; i++) {
            waits.record(0);
        }
        for (int i = 0; i < 749; i++) {
            waits.record(200_000 + 1000L * i);
        }
        Replications runs = Replications.of(
                RunResult.builder("x", "1", 1).latency("wait", waits).build());
        // One in a hundred of the 750 samples above zero lies at 206 ns or below; the axis begins at the 100 ns before.
        DecadeAxis axis = Latencies.of(runs, 8).axis("time");
        assertThat(axis.getLowerBound()).isEqualTo(100_000);
        List<Point2D> points =
                LatencyChart.curve(waits.distribution(), axis.getLowerBound()).points();
        // 250 zeros and one sample of 1 ps of 1,000.
        assertThat(points.get(0).getX()).isEqualTo(100_000);
        assertThat(points.get(0).getY()).isCloseTo(25.1, offset(1e-9));
        assertThat(points.get(points.size() - 1).getY()).isCloseTo(100, offset(1e-9));
    }

    @Test
    void dropins_stackEveryOutcomeThatHappened() {
        Replications runs = Replications.of(BusyRun.of());
        Outcomes outcomes = Outcomes.of(runs);
        assertThat(outcomes.all()).hasSize(7);
        List<DropinChart.Stack> stacks = DropinChart.stacks(runs, outcomes, Designs.of(runs));
        double sum = 0;
        Timeline timeline = stacks.get(0).timeline();
        for (int step = 0; step < timeline.steps(); step++) {
            sum += timeline.middle(step);
        }
        Series interrupt =
                Optional.ofNullable(BusyRun.of().series("dropin.interrupt")).orElseThrow();
        assertThat(Math.round(sum)).isEqualTo(interrupt.total());
        assertThat(timeline.steps()).isBetween(32, 64);
    }

    @Test
    void dropins_haveTheColourOfTheirOutcomeInEveryRun() {
        RunResult without = RunResult.builder("x", "0", 1)
                .simulatedPs(4000)
                .series(outcome("first", 0))
                .series(outcome("second", 5))
                .build();
        assertThat(Outcomes.of(Replications.of(without)).all())
                .containsExactly(new Outcomes.Outcome(1, "dropin.second", "second", 5));
    }

    private static Series outcome(String name, long count) {
        TimeSeries series = TimeSeries.sum(new StatDeclaration("series.dropin." + name, "dropins", "x", "test"), 1000);
        if (count > 0) {
            series.add(500, count);
        }
        return series.snapshot(4000);
    }

    @Test
    void attribution_putsWhatNoLongerFitsTogether() {
        AttributionShares shares = BusyRun.of("", 18).attribution();
        List<AttributionChart.Part> parts = AttributionChart.parts(shares, List.of(0, 1, 2), 12);
        assertThat(parts).hasSize(12);
        assertThat(parts.get(11).name()).isEqualTo("7 smaller ones");
        long sumPs = parts.stream()
                .mapToLong(part -> part.ofPs(shares, List.of(0, 1, 2)))
                .sum();
        assertThat(sumPs).isEqualTo(shares.totalPs(0) + shares.totalPs(1) + shares.totalPs(2));
    }

    @Test
    void charts_ofARunWithoutDataSaySo() {
        for (RunChart chart : ChartSet.charts()) {
            JFreeChart drawn = chart.of(Replications.of(NOTHING), Theme.DARK, ChartSize.STANDARD);
            assertThat(drawn.getPlot().getNoDataMessage()).isNotBlank();
        }
    }

    @Test
    void tail_endsWhereTenSamplesLieAbove() {
        LatencyHistogram waits = new LatencyHistogram();
        for (int i = 1; i <= 1000; i++) {
            waits.record(i);
        }
        // 10 of 1,000 samples above: 99%, two steps of the axis to the right; the sample of that rank is 990 ps.
        assertThat(TailChart.end(waits.distribution())).isCloseTo(2, offset(1e-9));
        List<Point2D> points = TailChart.curve(waits.distribution(), 5).points();
        assertThat(points.get(0)).isEqualTo(new Point2D.Double(0, 5));
        Point2D last = points.get(points.size() - 1);
        assertThat(last.getX()).isCloseTo(2, offset(1e-9));
        assertThat(last.getY()).isCloseTo(990, offset(1.0));
        assertThat(TailAxis.position(0.9)).isCloseTo(1, offset(1e-9));
    }

    @Test
    void histogram_countsEverySampleInABinOfItsRatio() {
        LatencyHistogram waits = new LatencyHistogram();
        waits.record(0);
        waits.record(10);
        waits.record(1000);
        waits.record(1000);
        long[] bins = HistogramChart.bins(waits.distribution(), 10, 100_000);
        assertThat(bins).hasSize(HistogramChart.BINS);
        // 1,000 is half of the way from 10 to 100,000 by its logarithm; zero is in the first bin.
        assertThat(bins[0]).isEqualTo(2);
        assertThat(bins[HistogramChart.BINS / 2]).isEqualTo(2);
        assertThat(LongStream.of(bins).sum()).isEqualTo(4);
    }

    @Test
    void timeline_isTheMeanOfTheReplicationsBetweenTheirExtremes() {
        List<RunResult> runs = new ArrayList<>();
        for (int value : new int[] {2, 6}) {
            TimeSeries gauge = TimeSeries.of(ExampleRun.OCCUPANCY, TimeSeries.Kind.MEAN, 1000, 4);
            gauge.set(0, value);
            runs.add(RunResult.builder("x", "1", value)
                    .simulatedPs(1000L * value)
                    .series(gauge.snapshot(1000L * value))
                    .build());
        }
        String name = runs.get(0).series().keySet().iterator().next();
        Timeline timeline = Timeline.of(
                new Replications(runs), name, 8, (run, fromPs, toPs) -> Timeline.mean(run.series(name), fromPs, toPs));
        // The second run merged its four buckets of 1 ns into buckets of 2 ns; the first ended after the first of them.
        assertThat(timeline.stepPs()).isEqualTo(2000);
        assertThat(timeline.steps()).isEqualTo(3);
        assertThat(List.of(timeline.low(0), timeline.middle(0), timeline.high(0)))
                .containsExactly(2.0, 4.0, 6.0);
        assertThat(List.of(timeline.low(2), timeline.middle(2), timeline.high(2)))
                .containsExactly(6.0, 6.0, 6.0);
    }

    @Test
    void deviations_areInPercentOfTheMean() {
        assertThat(ReplicationsChart.deviations(List.of(90L, 110L))).containsExactly(-10.0, 10.0);
        assertThat(ReplicationsChart.deviations(List.of(90L))).isEmpty();
    }

    @Test
    void waterfall_saysWhatTookLongestInTheMeanAndInTheSlowCases() {
        Waterfall life = new Waterfall(
                "miss.user", List.of("walk", "lock"), List.of(6000L, 4000L), 10, 2500, List.of(600L, 1900L), 1);
        Replications runs =
                Replications.of(RunResult.builder("x", "1", 1).waterfall(life).build());
        assertThat(ChartSet.says("waterfall-user", runs))
                .isEqualTo("A miss that the user's call to the OS answers takes 1 ns on average, of which 60% walk; the"
                        + " slowest of 10 takes 2.5 ns, of which 76% lock.");
        assertThat(ChartSet.applies("waterfall-user", runs)).isTrue();
        assertThat(ChartSet.applies("waterfall-poller", runs)).isFalse();
    }

    @Test
    void waterfall_ofOneCaseHasNoMean() {
        Waterfall life = new Waterfall(
                "miss.user", List.of("walk", "lock"), List.of(6000L, 4000L), 1, 10_000, List.of(6000L, 4000L), 1);
        Replications runs =
                Replications.of(RunResult.builder("x", "1", 1).waterfall(life).build());
        assertThat(ChartSet.says("waterfall-user", runs))
                .isEqualTo("The only miss that the user's call to the OS answers took 10 ns, of which 60% walk.");
    }

    /** 19 samples have no median, 39 no middle half; the one that took longest can always be named. */
    @Test
    void latencies_sayNothingThatTakesMoreSamples() {
        Replications runs = Replications.of(RunResult.builder("x", "1", 1)
                .latency("rare", samples(1, 9_000))
                .latency("few", samples(19, 2_000))
                .build());
        assertThat(ChartSet.says("latency-cdf", runs))
                .isEqualTo("No metric has the 20 samples that a median needs; the slowest of all took 9 ns,"
                        + " a sample of rare.");
        assertThat(ChartSet.applies("latency-cdf", runs)).isFalse();
        Replications some = Replications.of(RunResult.builder("x", "1", 1)
                .latency("some", samples(39, 2_000))
                .build());
        assertThat(ChartSet.applies("latency-cdf", some)).isTrue();
        assertThat(ChartSet.says("latency-box", some)).startsWith("No metric has the 40 samples");
        assertThat(BoxChart.BOX_FROM).isEqualTo(40);
    }

    /** 1 to 3 ns are three times as much, but 100 to 110 ns are more time. */
    @Test
    void box_namesTheWidestInTime() {
        Replications runs = Replications.of(RunResult.builder("x", "1", 1)
                .latency("ratio", two(1_000, 3_000))
                .latency("time", two(100_000, 110_000))
                .build());
        assertThat(ChartSet.says("latency-box", runs))
                .startsWith("The middle half of time covers most time: from 100 ns to 110 ns");
    }

    @Test
    void processTime_ofOneProcessIsLeftOut() {
        AttributionShares one =
                AttributionShares.of(List.of("p"), List.of("memory"), List.of(new long[] {5000}), new long[] {1});
        AttributionShares two = AttributionShares.of(
                List.of("p", "q"), List.of("memory"), List.of(new long[] {5000}, new long[] {1}), new long[] {1, 1});
        Replications alone = Replications.of(RunResult.builder("x", "1", 1)
                .attribution(one)
                .view("process", one)
                .build());
        assertThat(ChartSet.applies("process-time", alone)).isFalse();
        assertThat(ChartSet.says("process-time", alone))
                .isEqualTo("All time is that of one process, p: the chart instruction-time shows it.");
        assertThat(ChartSet.applies("instruction-time", alone)).isTrue();
        Replications both = Replications.of(RunResult.builder("x", "1", 1)
                .attribution(one)
                .view("process", two)
                .build());
        assertThat(ChartSet.applies("process-time", both)).isTrue();
    }

    /** Of five rows there is room for two: the heaviest stay in their order, and what is said counts all of them. */
    @Test
    void rows_withoutRoomAreCounted() {
        List<RowsPlot.Row> rows = LongStream.of(3, 9, 1, 7, 2)
                .mapToObj(weight -> new RowsPlot.Row("row " + weight, List.of(), weight, (pen, lane) -> {}))
                .toList();
        RowsPlot.Choice choice = new RowsPlot.Choice(6, "least time", 0);
        assertThat(choice.of(rows, 2)).extracting(RowsPlot.Row::name).containsExactly("row 9", "row 7");
        assertThat(choice.words(2)).isEqualTo("not shown: 4 of 6 with least time");
    }

    /** Up to 99.5% of 1,000 samples: wide axes have ticks at the halves too, narrow ones at the tenths only. */
    @Test
    void tailAxis_hasAsManyTicksAsThereIsRoomFor() {
        TailAxis axis = new TailAxis("percentile", 2.35);
        assertThat(axis.refreshTicksHorizontal(GRAPHICS, new Rectangle2D.Double(0, 0, 1000, 20), RectangleEdge.BOTTOM))
                .extracting(NumberTick::getText)
                .containsExactly("0%", "50%", "90%", "95%", "99%", "99.5%");
        assertThat(axis.refreshTicksHorizontal(GRAPHICS, new Rectangle2D.Double(0, 0, 120, 20), RectangleEdge.BOTTOM))
                .extracting(NumberTick::getText)
                .containsExactly("0%", "90%", "99%");
    }

    /** Replications end at 2 and 3 ms: neither stands for both. */
    @Test
    void simulated_isThatOfAllReplications() {
        List<RunResult> runs = LongStream.of(3, 2)
                .mapToObj(ms -> RunResult.builder("x", "1", ms)
                        .simulatedPs(ms * 1_000_000_000)
                        .build())
                .toList();
        assertThat(Words.simulated(new Replications(runs))).isEqualTo("2 ms to 3 ms simulated each");
        assertThat(Words.simulated(Replications.of(runs.get(0)))).isEqualTo("3 ms simulated");
        assertThat(List.of(Words.count(1, "sample"), Words.count(2000, "sample")))
                .containsExactly("1 sample", "2,000 samples");
    }

    private static LatencyHistogram samples(int count, long ps) {
        LatencyHistogram histogram = new LatencyHistogram();
        for (int n = 0; n < count; n++) {
            histogram.record(ps);
        }
        return histogram;
    }

    private static LatencyHistogram two(long onePs, long otherPs) {
        LatencyHistogram histogram = samples(20, onePs);
        for (int n = 0; n < 20; n++) {
            histogram.record(otherPs);
        }
        return histogram;
    }

    @Test
    void waterfall_putsShortPhasesTogetherBehindTheOthers() {
        Waterfall life = new Waterfall(
                "miss.user",
                List.of("record", "walk", "issue", "fault"),
                List.of(3L, 6000L, 1L, 3996L),
                10,
                2500,
                List.of(0L, 600L, 0L, 1900L),
                1);
        // Less than 50 of 10,000 ps is short: the first and third. Each begins where the one above ended.
        assertThat(WaterfallChart.steps(life))
                .containsExactly(
                        new WaterfallChart.Step("walk", 0, 6000, 0, 600),
                        new WaterfallChart.Step("fault", 6000, 3996, 600, 1900),
                        new WaterfallChart.Step("2 short ones", 9996, 4, 2500, 0),
                        new WaterfallChart.Step("together", 0, 10_000, 0, 2500));
    }

    @Test
    void chiplets_areAddedUpOverReplications() {
        List<RunResult> runs = new ArrayList<>();
        for (long seed = 1; seed <= 2; seed++) {
            runs.add(RunResult.builder("x", "1", seed)
                    .chiplets(new ChipletCounts(ExampleRun.DROPIN, 2, List.of(0L, 0L, 5L * seed, 25L * seed)))
                    .build());
        }
        // Chiplets 2 and 3 are those of blade 1; 75 of the 90 are in the second of them.
        assertThat(ChartSet.says("chiplets", new Replications(runs)))
                .isEqualTo("2 of 4 chiplets have tlb_dropin; chiplet 1 of blade 1 has most, 83% of all.");
    }

    /** Valid entries are 10 and 20 in the one run, 30 and 20 in the other: 20 and 20 on average, not 40 and 40. */
    @Test
    void chiplets_haveTheMeanOccupancyOfReplications() {
        StatDeclaration occupancy = new StatDeclaration(ChipletCounts.OCCUPANCY, "entries", "Valid.", "test");
        List<RunResult> runs = new ArrayList<>();
        for (long seed = 1; seed <= 2; seed++) {
            runs.add(RunResult.builder("x", "1", seed)
                    .chiplets(new ChipletCounts(occupancy, 1, List.of(20 * seed - 10, 20L)))
                    .build());
        }
        JFreeChart drawn = new HeatChart().of(new Replications(runs), Theme.LIGHT, ChartSize.STANDARD);
        assertThat(TextBoxes.of(drawn, ChartSize.STANDARD))
                .extracting(TextBoxes.Box::text)
                .contains("occupancy: 20 everywhere");
    }

    /** Nine metrics, of which a chart of lines shows eight: the ninth is slower than all, but not in the chart. */
    @Test
    void sentences_areOnMetricsThatAreShown() {
        RunResultBuilder builder = RunResult.builder("many", "1", 1).latency("rarest", samples(40, 9_000_000));
        for (int metric = 1; metric <= 8; metric++) {
            builder.latency("metric" + metric, samples(1000 + metric, 1000L * metric));
        }
        Replications runs = Replications.of(builder.build());
        assertThat(ChartSet.says("latency-cdf", runs))
                .startsWith("Half of the 1,008 samples of metric8 took at most 8 ns")
                .doesNotContain("rarest");
        assertThat(ChartSet.says("latency-box", runs))
                .startsWith("Of the 8 metrics with most samples, the middle half of metric")
                .doesNotContain("rarest");
    }

    @Test
    void share_isRoundedToWhatMatters() {
        assertThat(List.of(Words.share(1, 3), Words.share(1, 30), Words.share(1, 100_000), Words.share(0, 3)))
                .containsExactly("33%", "3.3%", "<0.1%", "0%");
        assertThat(List.of(Words.share(9976, 10_000), Words.share(99_999, 100_000), Words.share(7, 7)))
                .containsExactly("99.8%", ">99.9%", "100%");
        assertThat(Words.times(32, 10)).isEqualTo("3.2 times");
        assertThat(Words.times(320, 10)).isEqualTo("32 times");
        assertThat(Words.times(1, 0)).isNull();
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void heat_growsOrFallsInLightnessOnly(Theme theme) {
        double last = luminance(theme.heat(0.001));
        for (double share = 0.05; share <= 1.0001; share += 0.05) {
            double next = luminance(theme.heat(share));
            assertThat(theme == Theme.LIGHT ? last - next : next - last)
                    .as("%s at %s", theme, share)
                    .isPositive();
            last = next;
        }
        assertThat(theme.heat(0)).isEqualTo(theme.grid());
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void colours_areDistinctAndStandOutFromTheBackground(Theme theme) {
        Set<Color> colours = new HashSet<>();
        for (int n = 0; n < theme.colours(); n++) {
            Color colour = theme.series(n);
            colours.add(colour);
            assertThat(contrast(colour, theme.background()))
                    .as("%s, colour %d", theme, n)
                    .isGreaterThan(n < theme.colours() / 2 ? 1.9 : 1.3);
        }
        assertThat(colours).hasSize(theme.colours());
        assertThat(contrast(theme.text(), theme.background())).isGreaterThan(12);
        assertThat(contrast(theme.faint(), theme.background())).isGreaterThan(4.5);
    }

    /** The contrast ratio of two colours as defined by WCAG 2. */
    private static double contrast(Color one, Color two) {
        double a = luminance(one) + 0.05;
        double b = luminance(two) + 0.05;
        return Math.max(a, b) / Math.min(a, b);
    }

    private static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed())
                + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(int channel) {
        double c = channel / 255.0;
        return c <= 0.03928 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
}
