package grusim.result.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 ps",
        "999, 999 ps",
        "1000, 1 ns",
        "1250, 1.25 ns",
        "12345, 12.3 ns",
        "999499, 999 ns",
        "999500, 1 us",
        "450000, 450 ns",
        "60000000, 60 us",
        "3600000000000000, 3600 s"
    })
    void time_hasThreeDigitsAndTheUnitThatSuits(long ps, String text) {
        assertThat(Quantity.time(ps)).isEqualTo(text);
    }

    @Test
    void time_ofNothingIsADash() {
        assertThat(Quantity.time(OptionalLong.empty())).isEqualTo("-");
        assertThat(Quantity.time(OptionalLong.of(5))).isEqualTo("5 ps");
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1 KiB", "1572864, 1.5 MiB", "1099511627776, 1 TiB"})
    void bytes_goByPowersOfTwo(long bytes, String text) {
        assertThat(Quantity.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, '0'", "999, '999'", "1000, '1,000'", "-1234567, '-1,234,567'"})
    void count_isInFull(long count, String text) {
        assertThat(Quantity.count(count)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"7, '7'", "1520000, 1.52 M", "999999, 1 M"})
    void shortCount_isScaled(long count, String text) {
        assertThat(Quantity.shortCount(count)).isEqualTo(text);
    }

    @Test
    void of_followsTheDeclaredUnit() {
        assertThat(Quantity.of(2048, "B")).isEqualTo("2 KiB");
        assertThat(Quantity.of(2048, "ps")).isEqualTo("2.05 ns");
        assertThat(Quantity.of(2048, "ns")).isEqualTo("2.05 us");
        assertThat(Quantity.of(2048, "pages")).isEqualTo("2,048");
    }
}
