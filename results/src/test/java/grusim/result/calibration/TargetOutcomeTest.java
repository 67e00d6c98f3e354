package grusim.result.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.calibration.TargetOutcome.Verdict;
import grusim.result.stat.Interval;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TargetOutcomeTest {
    private static final Interval ONE_RUN = new Interval.None("one run");

    private static PartOutcome part(boolean holds) {
        return part(holds, ONE_RUN, false);
    }

    private static PartOutcome part(boolean holds, Interval interval, boolean open) {
        return new PartOutcome(
                "time",
                "us",
                List.of(new BigDecimal("4.2")),
                new BigDecimal("5.25"),
                interval,
                new BigDecimal("0.25"),
                "±15%",
                "prediction",
                holds,
                open);
    }

    private static TargetOutcome target(boolean hard, boolean holds, String notSimulated, ControlOutcome... controls) {
        return target(
                hard,
                notSimulated,
                notSimulated.isEmpty() ? List.of(part(true), part(holds)) : List.of(),
                List.of(controls));
    }

    private static TargetOutcome target(
            boolean hard, String notSimulated, List<PartOutcome> parts, List<ControlOutcome> controls) {
        return new TargetOutcome(
                "T1", hard ? "Q" : "S", hard, "o", "q", "s", "V", "m", notSimulated, "", parts, controls);
    }

    @Test
    void intervalOverABound_isSaid_whereTheVerdictHangsOnIt() {
        Interval wide =
                new Interval.Known(new BigDecimal("4.5"), new BigDecimal("6"), new BigDecimal("0.95"), "Student t", 5);
        PartOutcome sure = part(true);
        PartOutcome open = part(true, wide, true);
        PartOutcome missed = part(false);
        PartOutcome openlyMissed = part(false, wide, true);
        assertThat(target(true, "", List.of(sure, open), List.of()).words())
                .isEqualTo("passed; interval reaches over the bound");
        assertThat(target(true, "", List.of(sure, openlyMissed), List.of()).words())
                .isEqualTo("FAILED; interval reaches over the bound");
        // Whatever becomes of the other figure, the second one has failed.
        assertThat(target(true, "", List.of(openlyMissed, missed), List.of()).words())
                .isEqualTo("FAILED");
        assertThat(target(true, "", List.of(open, missed), List.of()).words()).isEqualTo("FAILED");
        TargetOutcome shown = target(true, "", List.of(sure, open), List.of());
        assertThat(new CalibrationTable(false, 5).lines(shown).lines())
                .anyMatch(line -> line.contains("5.25 us       4.5 .. 6 us")
                        && line.endsWith("passed; interval reaches over the bound"))
                .anyMatch(line -> line.contains("one run") && line.endsWith("passed"));
        assertThat(new CalibrationTable(false, 1).lines(shown)).doesNotContain("one run");
        assertThat(CalibrationJson.of(List.of(shown)))
                .contains("\"noInterval\" : \"one run\"")
                .contains("\"low\" : 4.5")
                .contains("\"open\" : true");
    }

    @Test
    void oneMissedFigure_failsAHardTarget_andWarnsOfASoftOne() {
        assertThat(target(true, true, "").verdict()).isEqualTo(Verdict.PASSED);
        assertThat(target(true, false, "").verdict()).isEqualTo(Verdict.FAILED);
        assertThat(target(false, false, "").verdict()).isEqualTo(Verdict.WARNED);
        assertThat(target(true, false, "").good()).isFalse();
        assertThat(target(false, false, "").good()).isTrue();
    }

    @Test
    void whatIsNotSimulated_hasNotPassed() {
        assertThat(target(true, true, "later").verdict()).isEqualTo(Verdict.NOT_SIMULATED);
        assertThat(new CalibrationTable(false, 1).summary(List.of(target(true, true, "later"))))
                .startsWith("1 target: 0 passed, 0 failed, 0 warned, 1 not yet simulated");
    }

    @Test
    void controlThatDoesNotSpoilItsTarget_isAFailure() {
        ControlOutcome idle = new ControlOutcome("idle", List.of("a=1"), List.of(part(true)));
        ControlOutcome spoils = new ControlOutcome("spoils", List.of("a=2"), List.of(part(true), part(false)));
        assertThat(target(true, true, "", spoils).good()).isTrue();
        TargetOutcome target = target(true, true, "", spoils, idle);
        assertThat(target.good()).isFalse();
        assertThat(new CalibrationTable(false, 1).lines(target)).contains("idle: THE TARGET STILL PASSES");
        assertThat(CalibrationDocument.target(target))
                .contains("| time | 4.2 us | 5.25 us | one run | +25.0% | ±15% | prediction | passed |")
                .contains("Control, idle (`a=1`): **the target still passes**");
    }

    @ParameterizedTest
    @CsvSource({
        "2.8, 2.80",
        "1024.0, 1024",
        "0.0200001, 0.0200",
        "1430.4, 1430",
        "129385, 129385",
        "1044122.4, 1044122",
        "-3.456, -3.46"
    })
    void digits_areThree_andWholeNumbersStayWhole(String value, String expected) {
        assertThat(new BigDecimal(CalibrationTable.digits(new BigDecimal(value))))
                .isEqualByComparingTo(new BigDecimal(expected));
    }

    @Test
    void sensitivity_showsOnlyWhatASeedDoesNotDo() {
        List<Headline> headlines = List.of(
                new Headline("a", "us", BigDecimal.ONE, new BigDecimal("0.05")),
                new Headline("b", "us", BigDecimal.ONE, new BigDecimal("0.10")));
        SensitivityRow row = new SensitivityRow(
                "x.y",
                "2 us",
                "assumed",
                new ArrayList<>(Arrays.asList(new BigDecimal("-0.06"), new BigDecimal("0.09"))),
                new ArrayList<>(Arrays.asList(new BigDecimal("0.30"), null)));
        assertThat(row.largest(headlines)).isEqualByComparingTo("0.30");
        assertThat(row.unused()).isFalse();
        assertThat(row.mostMoved(headlines)).isZero();
        assertThat(AssumptionsText.of(List.of(new Weighing("first", headlines, List.of(row)))))
                .contains("### `first`\n\n1. a: 1 us, ±5.0%\n2. b: 1 us, ±10.0%\n")
                .contains("| `x.y` | 2 us | -6% / +30% | . / gone |")
                .endsWith("| `x.y` | 2 us | assumed | 30.0% (1) |\n");
        SensitivityRow still =
                new SensitivityRow("x.z", "1", "assumed", List.of(), List.of(BigDecimal.ZERO, BigDecimal.ZERO));
        assertThat(still.unused()).isTrue();
        assertThat(still.largest(headlines)).isEqualByComparingTo("0");
        // Another spec uses the value: its figure is the third.
        SensitivityRow used = new SensitivityRow("x.z", "1", "assumed", List.of(), List.of(new BigDecimal("0.2")));
        List<Headline> others = List.of(new Headline("c", "ns", BigDecimal.TEN, BigDecimal.ZERO));
        assertThat(AssumptionsText.of(List.of(
                        new Weighing("first", headlines, List.of(row, still)),
                        new Weighing("second", others, List.of(used)))))
                .startsWith("## Assumptions and sensitivity\n\n2 values of a spec")
                .contains(
                        "### `second`\n\n3. c: 10 ns, ±0%\n\n| value | is | 3 |\n|---|---|---|\n| `x.z` | 1 | - / +20% |\n")
                .endsWith("| `x.z` | 1 | assumed | 20.0% (3) |\n");
        assertThat(AssumptionsText.of(List.of(new Weighing("first", headlines, List.of(still)))))
                .endsWith("| `x.z` | 1 | assumed | none |\n");
        assertThat(new SensitivityRow("x", "lru", "assumed", Collections.emptyList(), Collections.emptyList()).tried())
                .isFalse();
    }
}
