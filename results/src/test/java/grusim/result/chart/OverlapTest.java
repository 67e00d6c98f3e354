package grusim.result.chart;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.BusyRun;
import grusim.result.ExampleRun;
import grusim.result.Replications;
import grusim.result.RunResult;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jfree.chart.JFreeChart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No text of any chart covers another or leaves the picture, at any size, with any names. */
final class OverlapTest {
    static final List<ChartSize> SIZES = List.of(
            ChartSize.PHONE,
            ChartSize.SMALL,
            ChartSize.STANDARD,
            ChartSize.WIDE,
            new ChartSize(320, 320),
            new ChartSize(2400, 400));

    static Stream<Replications> results() {
        String longest = "an_extraordinarily_long_name_of_the_thing_which_never_ends_";
        return Stream.of(
                Replications.of(BusyRun.of()),
                BusyRun.replications(3),
                Replications.of(BusyRun.of(longest, 18)),
                Replications.of(BusyRun.of("W".repeat(60), 30)),
                Replications.of(ExampleRun.small()),
                Replications.of(RunResult.builder(longest, "0.1.0", 1).build()));
    }

    @ParameterizedTest
    @MethodSource("results")
    void texts_neitherTouchNorLeaveThePicture(Replications runs) {
        for (ChartSize size : SIZES) {
            for (RunChart chart : ChartSet.charts()) {
                check(chart.id(), chart.of(runs, Theme.LIGHT, size), size);
            }
        }
    }

    @Test
    void boxes_ofTextsOnEachOtherTouch() {
        TextBoxes.Box one = new TextBoxes.Box("one", new Rectangle2D.Double(0, 0, 20, 10));
        assertThat(one.touches(new TextBoxes.Box("two", new Rectangle2D.Double(18, 5, 20, 10))))
                .isTrue();
        assertThat(one.touches(new TextBoxes.Box("three", new Rectangle2D.Double(20, 0, 20, 10))))
                .isFalse();
        assertThat(one.within(ChartSize.SMALL)).isTrue();
        assertThat(new TextBoxes.Box("out", new Rectangle2D.Double(550, 5, 20, 10)).within(ChartSize.SMALL))
                .isFalse();
    }

    static void check(String what, JFreeChart drawn, ChartSize size) {
        List<TextBoxes.Box> boxes = TextBoxes.of(drawn, size);
        List<String> faults = new ArrayList<>();
        for (int a = 0; a < boxes.size(); a++) {
            if (!boxes.get(a).within(size)) {
                faults.add("outside: " + boxes.get(a));
            }
            for (int b = a + 1; b < boxes.size(); b++) {
                if (boxes.get(a).touches(boxes.get(b))) {
                    faults.add(boxes.get(a) + " touches " + boxes.get(b));
                }
            }
        }
        assertThat(boxes).as("%s at %s", what, size).hasSizeGreaterThan(1);
        assertThat(faults).as("%s at %s", what, size).isEmpty();
    }
}
