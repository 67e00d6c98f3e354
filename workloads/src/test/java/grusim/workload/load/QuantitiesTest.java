package grusim.workload.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.workload.Kind;
import grusim.workload.load.Quantities.Unreadable;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({
        "DURATION, 1.5 us, 1500000, 1.5 us",
        "DURATION, 0.001ns, 1, 1 ps",
        "DURATION, 1000 ns, 1000000, 1 us",
        "DURATION, 0 s, 0, 0 ns",
        "DURATION, 9223372.036854775807 s, 9223372036854775807, 9223372.036854775807 s",
        "SIZE, 64 KiB, 65536, 64 KiB",
        "SIZE, 1.5 KiB, 1536, 1536 B",
        "SIZE, 0 MiB, 0, 0 B",
        "SIZE_CHANGE, +64 KiB, 65536, +64 KiB",
        "SIZE_CHANGE, -1 B, -1, -1 B",
        "SIZE_CHANGE, 4 KiB, 4096, +4 KiB",
        "BANDWIDTH, 7.5 GB/s, 7500000000, 7.5 GB/s",
        "BANDWIDTH, 0.1 KB/s, 100, 100 B/s",
        "RATE, 10000/s, 100000000, 10000/s",
        "RATE, 3/s, 333333333333, 3/s",
        "RATE, 0.5/s, 2000000000000, 0.5/s",
        "RATE, 2/us, 500000, 2000000/s"
    })
    void parse_isExactAndFormatIsCanonical(Kind kind, String text, long value, String canonical) throws Unreadable {
        assertThat(Quantities.parse(kind, text)).isEqualTo(value);
        assertThat(Quantities.format(kind, value)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "DURATION, 60, has no unit",
        "DURATION, '60 ', has no unit",
        "DURATION, 60  ns, is not a number with a unit",
        "DURATION, ns, is not a number with a unit",
        "DURATION, '1,5 us', is not a number with a unit",
        "DURATION, 1. us, is not a number with a unit",
        "DURATION, .5 us, is not a number with a unit",
        "DURATION, 1e3 ns, is not a number with a unit",
        "DURATION, NaN s, is not a number with a unit",
        "DURATION, 60 NS, has the unknown unit \"NS\"",
        "DURATION, 0.5 ps, is not a whole number of picoseconds",
        "DURATION, -1 ns, is negative",
        "DURATION, +1 ns, has a sign",
        "DURATION, 9223372.036854775808 s, is too large",
        "SIZE, 64 KB, has the unknown unit \"KB\"",
        "SIZE, 0.3 KiB, is not a whole number of bytes",
        "BANDWIDTH, 7.5 GB, has the unknown unit \"GB\"",
        "RATE, 0/s, is zero",
        "RATE, 3000000000000/s, is more than one per picosecond"
    })
    void parse_refuses(Kind kind, String text, String message) {
        assertThatThrownBy(() -> Quantities.parse(kind, text)).hasMessage(message);
    }

    @ParameterizedTest
    @EnumSource(names = {"DURATION", "SIZE", "SIZE_CHANGE", "RATE", "BANDWIDTH"})
    void format_readsBack(Kind kind) throws Unreadable {
        Random random = new Random(11);
        for (int i = 0; i < 2000; i++) {
            long value = 1 + (random.nextLong() >>> 1 >>> random.nextInt(62));
            value = kind == Kind.SIZE_CHANGE && random.nextBoolean() ? -value : value;
            assertThat(Quantities.parse(kind, Quantities.format(kind, value))).isEqualTo(value);
        }
    }
}
