package grusim.result.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import grusim.result.ChipletCounts;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.RunResultBuilder;
import grusim.result.StatDeclaration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HeatPlotTest {
    private static final HeatChart CHART = new HeatChart();

    /** Five statistics of machines with two chiplets on each blade; chiplet n has n + 1 million. */
    private static Replications runs(int blades) {
        RunResultBuilder run = RunResult.builder("machine", "0", 1).simulatedPs(1000);
        for (String name : List.of("tlbHits", "tlbMisses", "dropins", "instructions", "occupancy")) {
            StatDeclaration declaration = new StatDeclaration("chiplet." + name, "things", "What was counted.", "test");
            List<Long> values = LongStream.range(0, 2L * blades)
                    .mapToObj(n -> 1_000_000 + n)
                    .toList();
            run.chiplets(new ChipletCounts(declaration, 2, values));
        }
        return Replications.of(run.build());
    }

    private static List<TextBoxes.Box> boxes(int blades, String beginning, ChartSize size) {
        return TextBoxes.of(CHART.of(runs(blades), Theme.LIGHT, size), size).stream()
                .filter(box -> box.text().startsWith(beginning))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 16, 32, 256})
    void texts_neitherTouchNorLeaveThePicture(int blades) {
        for (ChartSize size : OverlapTest.SIZES) {
            OverlapTest.check("chiplets of " + blades + " blades", CHART.of(runs(blades), Theme.DARK, size), size);
        }
    }

    @Test
    void maps_ofFewBladesStandSideBySide() {
        List<TextBoxes.Box> headings = boxes(1, "", ChartSize.STANDARD).stream()
                .filter(box -> box.text().contains(" to "))
                .toList();
        // 860 pixels hold three maps of at least 200: five need two rows
        assertThat(headings).hasSize(5);
        assertThat(headings.get(0).text()).startsWith("TLB hits: 1,000,000");
        assertThat(headings.get(2).place().getMinY())
                .isCloseTo(headings.get(0).place().getMinY(), offset(3.0));
        assertThat(headings.get(3).place().getMinX())
                .isCloseTo(headings.get(0).place().getMinX(), offset(3.0));
        assertThat(headings.get(3).place().getMinY())
                .isGreaterThan(headings.get(0).place().getMaxY() + 50);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 12})
    void cells_reachTheRightEdge(int blades) {
        double right = boxes(blades, "1 M", ChartSize.STANDARD).stream()
                .mapToDouble(box -> box.place().getMaxX())
                .max()
                .orElseThrow();
        // the number stands in the middle of the last cell
        assertThat(right).isGreaterThan(0.8 * ChartSize.STANDARD.width());
    }
}
