package grusim.result.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import grusim.result.RunResult;
import grusim.result.file.SweepTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SweepChartTest {
    @TempDir
    Path directory;

    @Test
    void numbers_lieBySizeWithALinePerSecondParameter() {
        SweepTable table = new SweepTable(List.of("gru.tlb.ways", "gru.tlb.replacement"));
        for (String ways : List.of("8", "1", "2")) {
            for (String replacement : List.of("lru", "fifo")) {
                table.add(List.of(ways, replacement), run(Long.parseLong(ways) * 1_000_000));
            }
        }
        XYPlot plot = plot(table, "simulatedPs");
        assertThat(plot.getDataset().getSeriesCount()).isEqualTo(2);
        assertThat(plot.getDataset().getSeriesKey(1).toString()).isEqualTo("fifo");
        assertThat(plot.getDataset().getXValue(0, 2)).isEqualTo(8);
        assertThat(plot.getDataset().getYValue(0, 2)).isEqualTo(8);
        assertThat(plot.getRangeAxis().getLabel()).isEqualTo("simulated (us)");
    }

    @Test
    void sizesOfManyMagnitudes_lieByTheirLogarithm() {
        SweepTable table = new SweepTable(List.of("size"));
        table.add(List.of("1 KiB"), run(1000));
        table.add(List.of("1 MiB"), run(2000));
        table.add(List.of("1 GiB"), run(4_000_000));
        XYPlot plot = plot(table, "simulatedPs");
        double first = plot.getDataset().getXValue(0, 0);
        double second = plot.getDataset().getXValue(0, 1);
        double third = plot.getDataset().getXValue(0, 2);
        assertThat(third - second).isCloseTo(second - first, offset(1e-9));
        assertThat(plot.getRangeAxis()).isInstanceOf(LogAxis.class);
    }

    @Test
    void names_lieSideBySideWithoutLines() {
        SweepTable table = new SweepTable(List.of("gru.tlb.replacement"));
        table.add(List.of("plru"), run(1000));
        table.add(List.of("lru"), run(2000));
        XYPlot plot = plot(table, "simulatedPs");
        assertThat(plot.getDataset().getXValue(0, 0)).isZero();
        assertThat(((XYLineAndShapeRenderer) plot.getRenderer()).getDefaultLinesVisible())
                .isFalse();
    }

    @Test
    void quantitiesOfDifferentKinds_areNames() {
        assertThat(ParameterScale.of(List.of("1 us", "1 KiB")).ordered()).isFalse();
        assertThat(ParameterScale.of(List.of("1.5 us", "20 ns")).ordered()).isTrue();
        assertThat(ParameterScale.of(List.of("true", "false")).ordered()).isFalse();
        assertThat(ParameterScale.of(List.of("1.5 us", "20 ns")).position("20 ns"))
                .isLessThan(ParameterScale.of(List.of("1.5 us", "20 ns")).position("1.5 us"));
    }

    @Test
    void unknownMetric_isAChartThatSaysSo() throws IOException {
        SweepTable table = new SweepTable(List.of("gru.tlb.ways"));
        table.add(List.of("4"), run(1000));
        assertThat(plot(table, "latency.invalidate.p99Ns").getNoDataMessage())
                .isEqualTo("no run of this sweep knows latency.invalidate.p99Ns");
        assertThat(SweepChart.render(
                        table,
                        "latency.invalidate.p99Ns",
                        directory,
                        EnumSet.allOf(ChartFormat.class),
                        EnumSet.allOf(Theme.class),
                        ChartSize.SMALL))
                .hasSize(4)
                .allSatisfy(file -> assertThat(file).isNotEmptyFile());
    }

    @Test
    void moreLinesThanColours_areCut() {
        SweepTable table = new SweepTable(List.of("a", "b"));
        for (int b = 0; b < 20; b++) {
            table.add(List.of("1", "b" + b), run(1000));
        }
        assertThat(plot(table, "simulatedPs").getDataset().getSeriesCount()).isEqualTo(12);
    }

    @Test
    void sweepWithoutParameters_isRefused() {
        assertThatThrownBy(() -> plot(new SweepTable(List.of()), "events"))
                .hasMessage("a sweep chart needs at least one swept parameter");
    }

    private static XYPlot plot(SweepTable table, String metric) {
        return (XYPlot)
                SweepChart.of(table, metric, Theme.LIGHT, ChartSize.STANDARD).getPlot();
    }

    private static RunResult run(long simulatedPs) {
        return RunResult.builder("x", "1", 1).simulatedPs(simulatedPs).build();
    }
}
