package grusim.result.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.file.SweepTable;
import java.awt.BasicStroke;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.title.TextTitle;
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
        Map<String, List<Point2D>> lines = lines(table, "simulatedPs");
        assertThat(lines.keySet()).containsExactly("lru", "fifo");
        assertThat(lines.get("lru"))
                .containsExactly(new Point2D.Double(1, 1), new Point2D.Double(2, 2), new Point2D.Double(8, 8));
        assertThat(scale(table, "simulatedPs").label()).isEqualTo("simulated (us)");
    }

    @Test
    void sizesOfManyMagnitudes_lieByTheirLogarithm() {
        SweepTable table = new SweepTable(List.of("size"));
        table.add(List.of("1 KiB"), run(1000));
        table.add(List.of("1 MiB"), run(2000));
        table.add(List.of("1 GiB"), run(4_000_000));
        List<Point2D> line = lines(table, "simulatedPs").values().iterator().next();
        double first = line.get(0).getX();
        double second = line.get(1).getX();
        double third = line.get(2).getX();
        assertThat(third - second).isCloseTo(second - first, offset(1e-9));
        assertThat(scale(table, "simulatedPs").axis()).isInstanceOf(LogAxis.class);
    }

    @Test
    void names_lieSideBySideWithoutLines() {
        SweepTable table = new SweepTable(List.of("gru.tlb.replacement"));
        table.add(List.of("plru"), run(1000));
        table.add(List.of("lru"), run(2000));
        List<Point2D> line = lines(table, "simulatedPs").values().iterator().next();
        assertThat(line).extracting(Point2D::getX).containsExactly(0.0, 1.0);
        assertThat(ParameterScale.of(List.of("plru", "lru")).ordered()).isFalse();
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
    void replications_haveBarsFromEndToEndOfTheirIntervals() {
        SweepTable table = new SweepTable(List.of("gru.tlb.ways", "gru.tlb.replacement"));
        // 2, 4, 6 us: mean 4 us, standard error 2/sqrt(3) = 1.1547 us, t(2) at 95% 4.3027: 4 +- 4.968, not below zero.
        for (String ways : List.of("1", "2")) {
            table.add(List.of(ways, "lru"), new Replications(List.of(run(2_000_000), run(4_000_000), run(6_000_000))));
            table.add(List.of(ways, "fifo"), run(3_000_000));
        }
        ParameterScale places = ParameterScale.of(List.of("1", "2"));
        MetricScale scale = scale(table, "simulatedPs");
        Map<String, List<SharedLines.Bar>> bars = SweepChart.bars(
                table, "simulatedPs", places, scale, lines(table, "simulatedPs").keySet());
        assertThat(bars.get("lru")).hasSize(2).allSatisfy(bar -> {
            assertThat(bar.low()).isZero();
            assertThat(bar.high()).isCloseTo(8.968, offset(0.001));
        });
        assertThat(bars.get("lru")).extracting(SharedLines.Bar::x).containsExactly(1.0, 2.0);
        assertThat(bars.get("fifo")).as("one run has no interval").isEmpty();
        assertThat(scale.axis().getUpperBound()).as("the axis holds the bars").isGreaterThan(8.968);
        JFreeChart chart = SweepChart.of(table, "simulatedPs", Theme.LIGHT, ChartSize.STANDARD);
        assertThat(chart.getSubtitles())
                .anySatisfy(title -> assertThat(((TextTitle) title).getText())
                        .isEqualTo("4 runs, one line per replacement, bars are 95% intervals"));
        // What is drawn above the lines: two bars, higher than everything else, over a third of the picture.
        BufferedImage image = Picture.image(chart, ChartSize.STANDARD);
        int tallest = 0;
        for (int x = 0; x < image.getWidth(); x++) {
            int count = 0;
            for (int y = 0; y < image.getHeight(); y++) {
                count += image.getRGB(x, y) == Theme.LIGHT.series(0).getRGB() ? 1 : 0;
            }
            tallest = Math.max(tallest, count);
        }
        assertThat(tallest).isGreaterThan(image.getHeight() / 3);
    }

    @Test
    void barsOfALogarithmicAxis_endADecadeBelowTheLeastValue() {
        SweepTable table = new SweepTable(List.of("ways"));
        table.add(List.of("1"), new Replications(List.of(run(1_000), run(3_000))));
        table.add(List.of("2"), run(1_000_000));
        MetricScale scale = scale(table, "simulatedPs");
        assertThat(scale.axis()).isInstanceOf(LogAxis.class);
        // 1 and 3 ns: mean 2 ns, and an interval from zero on
        assertThat(scale.least()).isEqualTo(200);
        assertThat(SweepChart.bars(table, "simulatedPs", ParameterScale.of(List.of("1", "2")), scale, Set.of(""))
                        .get(""))
                .singleElement()
                .satisfies(bar -> assertThat(bar.low()).isEqualTo(200));
        OverlapTest.check("sweep", SweepChart.of(table, "simulatedPs", Theme.LIGHT, ChartSize.SMALL), ChartSize.SMALL);
    }

    @Test
    void unknownMetric_isAChartThatSaysSo() throws IOException {
        SweepTable table = new SweepTable(List.of("gru.tlb.ways"));
        table.add(List.of("4"), run(1000));
        assertThat(SweepChart.of(table, "latency.invalidate.p99Ns", Theme.LIGHT, ChartSize.STANDARD)
                        .getPlot()
                        .getNoDataMessage())
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
        assertThat(lines(table, "simulatedPs")).hasSize(ChartSize.STANDARD.legendItems());
        assertThat(ChartSize.STANDARD.legendItems()).isEqualTo(12);
    }

    @Test
    void linesThatCoincide_haveEachTheirDashes() {
        SweepTable table = new SweepTable(List.of("ways", "replacement"));
        for (String ways : List.of("1", "2", "4")) {
            table.add(List.of(ways, "lru"), run(4000));
            table.add(List.of(ways, "plru"), run(ways.equals("4") ? 5000 : 4000));
        }
        assertThat(SharedLines.any(List.copyOf(lines(table, "simulatedPs").values())))
                .isTrue();
        JFreeChart chart = SweepChart.of(table, "simulatedPs", Theme.LIGHT, ChartSize.STANDARD);
        BufferedImage image = Picture.image(chart, ChartSize.STANDARD);
        int row = 0;
        int most = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            int both = Math.min(count(image, y, 0), count(image, y, 1));
            row = both > most ? y : row;
            most = Math.max(most, both);
        }
        // Nearly two thirds of the shared level lie before the second point, in equal parts of both colours.
        assertThat((double) count(image, row, 0) / (count(image, row, 0) + count(image, row, 1)))
                .isBetween(0.4, 0.85);
        assertThat(most).isGreaterThan(image.getWidth() / 8);
    }

    private static int count(BufferedImage image, int y, int line) {
        int colour = Theme.LIGHT.series(line).getRGB();
        int count = 0;
        for (int x = 0; x < image.getWidth(); x++) {
            count += image.getRGB(x, y) == colour ? 1 : 0;
        }
        return count;
    }

    @Test
    void dashesOfSharedLines_leaveNoGapAndDoNotOverlap() {
        // Three lines: 7 drawn, 14 left to the others; the second begins 7 later, the third 14.
        for (int rank = 0; rank < 3; rank++) {
            BasicStroke stroke = SharedLines.stroke(rank, 3);
            assertThat(stroke.getDashArray()).containsExactly(7, 14);
            assertThat((stroke.getDashPhase() + 7 * rank) % 21).isZero();
        }
        assertThat(SharedLines.stroke(0, 1).getDashArray()).isNull();
    }

    @Test
    void texts_neitherTouchNorLeaveThePicture() {
        String longest = "a.very.long.parameter.that.goes.on.and.on.and.never.ends.at.all";
        SweepTable table = new SweepTable(List.of(longest, longest + "2"));
        for (int a = 0; a < 15; a++) {
            for (int b = 0; b < 14; b++) {
                table.add(List.of((a + 1) * 1000 + " KiB", longest + b), run(1000L * (a + 1) * (b + 1)));
            }
        }
        for (ChartSize size : List.of(ChartSize.PHONE, ChartSize.SMALL, ChartSize.STANDARD, ChartSize.WIDE)) {
            OverlapTest.check("sweep", SweepChart.of(table, "simulatedPs", Theme.DARK, size), size);
        }
    }

    @Test
    void sweepWithoutParameters_isRefused() {
        assertThatThrownBy(() -> SweepChart.of(new SweepTable(List.of()), "events", Theme.LIGHT, ChartSize.SMALL))
                .hasMessage("a sweep chart needs at least one swept parameter");
    }

    private static MetricScale scale(SweepTable table, String metric) {
        return MetricScale.of(
                metric,
                table.points().stream()
                        .flatMap(point -> point.figure(metric).stream())
                        .toList());
    }

    private static Map<String, List<Point2D>> lines(SweepTable table, String metric) {
        ParameterScale places = ParameterScale.of(table.points().stream()
                .map(point -> point.values().get(0))
                .distinct()
                .toList());
        return SweepChart.lines(table, metric, places, scale(table, metric), ChartSize.STANDARD.legendItems());
    }

    private static RunResult run(long simulatedPs) {
        return RunResult.builder("x", "1", 1).simulatedPs(simulatedPs).build();
    }
}
