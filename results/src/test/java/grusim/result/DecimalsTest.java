package grusim.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DecimalsTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0.001", "1500, 1.5", "1000, 1", "10000, 10", "9223372036854775807, 9223372036854775.807"})
    void ns_movesThePoint(long ps, String text) {
        assertThat(Decimals.ns(ps).toPlainString()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0.99, 0.99",
        "1.0, 1",
        "100.0, 100",
        "-0.125, -0.125",
        "0.0, 0",
        "2.0E-3, 0.002",
        "1.0E23, 100000000000000000000000"
    })
    void shortest_readsWell(double value, String text) {
        assertThat(Decimals.shortest(value).toPlainString()).isEqualTo(text);
    }

    @Test
    void shortest_readsBackAsTheSameDouble() {
        Random random = new Random(11);
        for (int i = 0; i < 2000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(Decimals.shortest(value).doubleValue()).isEqualTo(value);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"7, 2, 4", "5, 3, 2", "4, 3, 1", "0, 9, 0", "9223372036854775807, 2, 4611686018427387904"})
    void divide_roundsToTheNearest(long dividend, long divisor, long quotient) {
        assertThat(Decimals.divide(dividend, divisor)).isEqualTo(quotient);
    }
}
