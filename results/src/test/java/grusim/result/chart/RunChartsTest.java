package grusim.result.chart;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.BusyRun;
import grusim.result.ExampleRun;
import grusim.result.LatencyHistogram;
import grusim.result.RunResult;
import grusim.result.RunResultBuilder;
import grusim.result.Series;
import java.awt.Color;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.XYDataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RunChartsTest {
    private static final RunResult NOTHING =
            RunResult.builder("nothing", "0.1.0", 1).build();

    @Test
    void latency_isOneRisingCurvePerMetricOnALogAxis() {
        XYPlot plot = (XYPlot) new LatencyChart().of(BusyRun.of(), Theme.LIGHT).getPlot();
        XYDataset data = plot.getDataset();
        assertThat(plot.getDomainAxis()).isInstanceOf(LogAxis.class);
        assertThat(data.getSeriesCount()).isEqualTo(7);
        for (int metric = 0; metric < data.getSeriesCount(); metric++) {
            int last = data.getItemCount(metric) - 1;
            assertThat(data.getYValue(metric, 0)).isZero();
            assertThat(data.getYValue(metric, last)).isEqualTo(100.0);
            for (int item = 1; item <= last; item++) {
                assertThat(data.getXValue(metric, item)).isGreaterThanOrEqualTo(data.getXValue(metric, item - 1));
                assertThat(data.getYValue(metric, item)).isGreaterThanOrEqualTo(data.getYValue(metric, item - 1));
            }
        }
        assertThat(plot.getDomainAxis().getRange().contains(data.getXValue(0, 0)))
                .isTrue();
    }

    @Test
    void latency_ofTwoSamplesIsTwoSteps() {
        XYPlot plot =
                (XYPlot) new LatencyChart().of(ExampleRun.small(), Theme.LIGHT).getPlot();
        XYDataset data = plot.getDataset();
        // 0% at 1,500 ps, then up to 50%, on to 2,001 ps, then up to 100%; the metric without samples is left out.
        assertThat(data.getSeriesCount()).isEqualTo(2);
        double[][] steps = {{1500, 0}, {1500, 0}, {1500, 50}, {2001, 50}, {2001, 100}};
        assertThat(data.getItemCount(1)).isEqualTo(steps.length);
        for (int item = 0; item < steps.length; item++) {
            assertThat(data.getXValue(1, item)).isEqualTo(steps[item][0]);
            assertThat(data.getYValue(1, item)).isEqualTo(steps[item][1]);
        }
    }

    @Test
    void latency_keepsTheTenMetricsWithMostSamples() {
        RunResultBuilder builder = RunResult.builder("many", "1", 1);
        for (int metric = 1; metric <= 14; metric++) {
            LatencyHistogram histogram = new LatencyHistogram();
            for (int i = 0; i < metric; i++) {
                histogram.record(1000L * metric);
            }
            builder.latency("metric" + metric, histogram);
        }
        XYPlot plot =
                (XYPlot) new LatencyChart().of(builder.build(), Theme.DARK).getPlot();
        assertThat(plot.getDataset().getSeriesCount()).isEqualTo(10);
        assertThat(plot.getDataset().getSeriesKey(0).toString()).isEqualTo("metric5");
    }

    @Test
    void dropins_stackEveryOutcomeThatHappened() {
        XYPlot plot = (XYPlot) new DropinChart().of(BusyRun.of(), Theme.LIGHT).getPlot();
        XYDataset data = plot.getDataset();
        assertThat(data.getSeriesCount()).isEqualTo(7);
        double sum = 0;
        for (int item = 0; item < data.getItemCount(0); item++) {
            sum += data.getYValue(0, item);
        }
        Series interrupt =
                Optional.ofNullable(BusyRun.of().series("dropin.interrupt")).orElseThrow();
        assertThat((long) sum).isEqualTo(interrupt.total());
        assertThat(data.getItemCount(0)).isBetween(32, 64);
    }

    @Test
    void tlb_hasTwoPanelsOnOneTimeAxis() {
        CombinedDomainXYPlot panels = (CombinedDomainXYPlot)
                new TlbChart().of(BusyRun.of(), Theme.LIGHT).getPlot();
        assertThat(panels.getSubplots()).hasSize(2);
        assertThat(panels.getDomainAxis().getUpperBound()).isEqualTo(1250);
        for (XYPlot panel : panels.getSubplots()) {
            assertThat(panel.getDataset().getItemCount(0)).isGreaterThan(100);
        }
        // The entries come near the 8,192 there are, so the limit is drawn.
        XYPlot entries = panels.getSubplots().get(1);
        assertThat(entries.getRangeMarkers(org.jfree.chart.ui.Layer.FOREGROUND)).hasSize(1);
        assertThat(entries.getRangeAxis().getUpperBound()).isGreaterThan(8192);
    }

    @Test
    void instructionTime_addsUpToAHundredPercent() {
        CategoryPlot plot = (CategoryPlot)
                new InstructionTimeChart().of(BusyRun.of(), Theme.LIGHT).getPlot();
        var data = plot.getDataset();
        assertThat(data.getRowCount()).isEqualTo(9);
        assertThat(data.getColumnKeys().toString()).isEqualTo("[vload, bcopy, gamir]");
        for (int kind = 0; kind < data.getColumnCount(); kind++) {
            double sum = 0;
            for (int reason = 0; reason < data.getRowCount(); reason++) {
                sum += data.getValue(reason, kind).doubleValue();
            }
            assertThat(sum).isBetween(99.999, 100.001);
        }
    }

    @Test
    void instructionTime_putsWhatNoLongerFitsTogether() {
        CategoryPlot plot = (CategoryPlot)
                new InstructionTimeChart().of(BusyRun.of("", 18), Theme.LIGHT).getPlot();
        assertThat(plot.getDataset().getRowCount()).isEqualTo(12);
        assertThat(plot.getDataset().getRowKey(11).toString()).isEqualTo("7 smaller ones");
    }

    @Test
    void charts_ofARunWithoutDataSaySo() {
        for (RunChart chart : List.of(new LatencyChart(), new DropinChart(), new InstructionTimeChart())) {
            JFreeChart drawn = chart.of(NOTHING, Theme.DARK);
            assertThat(drawn.getPlot().getNoDataMessage()).endsWith("in this run");
        }
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
