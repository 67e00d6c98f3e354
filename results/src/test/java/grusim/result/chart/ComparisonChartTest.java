package grusim.result.chart;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.compare.Comparison;
import grusim.result.compare.Designs;
import grusim.result.compare.Difference;
import grusim.result.compare.SpecChange;
import grusim.result.compare.SpecChanges;
import grusim.result.compare.Terms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.Layer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComparisonChartTest {
    private static final Comparison SHARED = Comparison.of(Designs.of(5, 1, 1), Designs.of(5, 1, 1.1), Terms.STANDARD);
    private static final Comparison APART = Comparison.of(Designs.of(5, 1, 1), Designs.of(5, 60, 1.1), Terms.STANDARD);

    @Test
    void of_drawsOneMarkForEachFigureWithAnInterval() {
        XYPlot plot = ComparisonChart.of(APART, Theme.LIGHT, ChartSize.STANDARD).getXYPlot();
        int marks = 0;
        for (int series = 0; series < plot.getDataset().getSeriesCount(); series++) {
            marks += plot.getDataset().getItemCount(series);
        }
        // throughput, and mean, p50, p90, p95, p99 of two latencies; p99.9 has too few samples
        assertThat(marks).isEqualTo(11);
        assertThat(plot.getDomainMarkers(Layer.BACKGROUND).size()).isEqualTo(2);
    }

    @Test
    void of_leavesOutWhatHasNoInterval() {
        XYPlot plot = ComparisonChart.of(SHARED, Theme.DARK, ChartSize.STANDARD).getXYPlot();
        assertThat(plot.getDataset().getSeriesCount()).isEqualTo(1);
        assertThat(plot.getDataset().getItemCount(0)).isEqualTo(5);
        assertThat(plot.getDataset().getXValue(0, 0)).isBetween(9.9, 10.1);
    }

    @Test
    void of_namesHowManyAreLeftOutOfASmallChart() {
        JFreeChart chart = ComparisonChart.of(APART, Theme.LIGHT, new ChartSize(320, 320));
        assertThat(chart.getXYPlot().getRangeAxis().getUpperBound()).isLessThan(9);
        assertThat(((TextTitle) chart.getSubtitle(0)).getText()).contains("the largest 8 of 11");
    }

    @Test
    void says_countsWhatChangedAndNamesTheLargest() {
        // the interrupt's five figures are 10% up in every pair; all else is the same
        assertThat(ComparisonChart.says(SHARED))
                .startsWith(
                        "Of 5 figures 0 are lower in B beyond chance and 5 higher; most changed is dropin.interrupt ")
                .endsWith("% higher.");
        Comparison same = Comparison.of(Designs.of(5, 1, 1), Designs.of(5, 1, 1), Terms.STANDARD);
        assertThat(ComparisonChart.applies(same)).isFalse();
        assertThat(ComparisonChart.says(same)).isEqualTo("There is no figure whose change is known with an interval.");
        Comparison chance = Comparison.of(Designs.of(5, 1, 1), Designs.of(5, 60, 1), Terms.STANDARD);
        assertThat(ComparisonChart.says(chance)).isEqualTo("Of 11 figures none changes beyond chance from A to B.");
    }

    @Test
    void names_areWholeOnAPhone() {
        JFreeChart chart = ComparisonChart.of(APART, Theme.LIGHT, ChartSize.PHONE);
        assertThat(chart.getTitle().getText()).isEqualTo("Change when gru.factor goes from 1.0 to 1.1");
        assertThat(TextBoxes.of(chart, ChartSize.PHONE).stream().map(TextBoxes.Box::text))
                .contains("dropin.interrupt mean", "instruction.vload p99");
    }

    @Test
    void render_writesPngAndSvgInBothThemes(@TempDir Path directory) throws IOException {
        List<Path> files = ComparisonChart.render(
                APART, directory, EnumSet.allOf(ChartFormat.class), EnumSet.allOf(Theme.class), ChartSize.STANDARD);
        assertThat(files).hasSize(4).allMatch(Files::exists);
        assertThat(Files.readString(directory.resolve("comparison-light.svg")))
                .contains("dropin.interrupt p99")
                .contains("B higher");
    }

    @Test
    void texts_neitherTouchNorLeaveThePicture() {
        for (Comparison comparison : List.of(SHARED, APART, many("w".repeat(70)), many("long_words_of_many_"))) {
            for (ChartSize size : OverlapTest.SIZES) {
                OverlapTest.check("comparison", ComparisonChart.of(comparison, Theme.LIGHT, size), size);
            }
        }
    }

    /** As many figures as a run of all instructions has, under long names. */
    private static Comparison many(String name) {
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            for (Difference d : APART.differences()) {
                differences.add(new Difference(
                        d.name() + name + i,
                        d.statistic(),
                        d.unit(),
                        d.headline(),
                        d.a(),
                        d.b(),
                        d.difference(),
                        d.absolute(),
                        d.change(),
                        d.relative(),
                        d.pDifferent(),
                        d.alone(),
                        d.outcome()));
            }
        }
        SpecChanges changes = new SpecChanges(List.of(new SpecChange("gru." + name, name, name)), List.of());
        return new Comparison(
                APART.a(),
                APART.b(),
                APART.terms(),
                false,
                false,
                changes,
                APART.judged(),
                APART.others(),
                differences);
    }
}
