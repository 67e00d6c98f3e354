package grusim.workload.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FormulaTest {
    private static BigDecimal value(String formula) {
        Map<FigureName, BigDecimal> figures = Map.of(
                new FigureName("far", "simulatedPs"), new BigDecimal("9000"),
                new FigureName("near", "simulatedPs"), new BigDecimal("5000"),
                new FigureName("", "latency.x.meanNs"), new BigDecimal("2.5"));
        return Formula.parse(formula).value(figures::get);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "({far simulatedPs} - {near simulatedPs}) / 2000 | 2",
                "2 + 3 * 4 | 14",
                "(2 + 3) * 4 | 20",
                "10 - 3 - 2 | 5",
                "64 / 4 / 2 | 8",
                "{latency.x.meanNs} * 2 | 5",
                "min(3, 1 + 1, 7) | 2",
                "max({latency.x.meanNs}, min(4, 9)) - 1 | 3",
            })
    void value_followsPrecedence(String formula, BigDecimal expected) {
        assertThat(value(formula)).isEqualByComparingTo(expected);
    }

    @Test
    void figures_areNamedInOrder() {
        assertThat(Formula.parse("{a x} / {y} - {a x}").figures())
                .containsExactly(new FigureName("a", "x"), new FigureName("", "y"), new FigureName("a", "x"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 1",
                "1 + | 4",
                "(1 | 3",
                "{a b c} | 1",
                "{} | 1",
                "{a | 1",
                "1 2 | 3",
                "sqrt(2) | 1",
                "1..2 | 1"
            })
    void unreadableFormula_isRefusedWithThePlace(String formula, int character) {
        assertThatThrownBy(() -> Formula.parse(formula))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("formula \"" + formula + "\": unreadable at character " + character)
                .hasMessageContaining("accepted: numbers");
    }

    @Test
    void divisionByZero_isSaid() {
        assertThatThrownBy(() -> value("1 / (2 - 2)"))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("division by zero");
    }
}
