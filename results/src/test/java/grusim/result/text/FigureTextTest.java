package grusim.result.text;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.stat.Figure;
import grusim.result.stat.Interval;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FigureTextTest {
    @ParameterizedTest
    @CsvSource({
        // the farther end is 25 above 1,230: 2.03%, rounded up
        "1230, 1210, 1255, ns, 1.23 us ±3%",
        "1000, 998, 1000, ns, 1 us ±0.2%",
        "1000, 1000, 1000.001, ns, 1 us ±0.1%",
        "1000, 1000, 1000, ns, 1 us ±0",
        "100, 50, 280, events, 100 50..280",
        "314, 314, 107000, ns, 314 ns 314ns..107us",
        "100, 99, 110, events, 100 ±10%",
        "2468.25, 2400, 2500, events, '2,468.3 ±3%'",
        "0.5, 0, 1.1, events, 0.5 ±120%",
        "0, 0, 3, events, 0 ±3",
        "8000000000, 7000000000, 8000000000, 1/s, '8,000,000,000 ±13%'"
    })
    void withInterval_isTheFartherEndRoundedUp(
            BigDecimal value, BigDecimal low, BigDecimal high, String unit, String text) {
        assertThat(FigureText.withInterval(figure(value, low, high, unit))).isEqualTo(text);
    }

    @Test
    void interval_isBothEndsOrTheReason() {
        Figure known = figure(new BigDecimal("1230"), new BigDecimal("1210"), new BigDecimal("1255"), "ns");
        assertThat(FigureText.interval(known)).isEqualTo("1.21 us to 1.26 us (95%)");
        Figure none = new Figure("x", "p50Ns", BigDecimal.ONE, "ns", 3, new Interval.None("too few"));
        assertThat(FigureText.interval(none)).isEqualTo("no interval: too few");
        assertThat(FigureText.withInterval(none)).isEqualTo("1 ns *");
        Figure unknown = new Figure("x", "p50Ns", null, "ns", 3, new Interval.None("too few"));
        assertThat(FigureText.withInterval(unknown)).isEqualTo("-");
    }

    private static Figure figure(BigDecimal value, BigDecimal low, BigDecimal high, String unit) {
        Interval interval = new Interval.Known(low, high, new BigDecimal("0.95"), "made up", 10);
        return new Figure("x", "value", value, unit, 10, interval);
    }
}
