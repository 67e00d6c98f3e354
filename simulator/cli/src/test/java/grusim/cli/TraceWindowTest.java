package grusim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TraceWindowTest {
    @Test
    void window_isReadInItsUnits() {
        assertThat(TraceWindow.of("text", "10us..12.5 us")).isEqualTo(new TraceWindow(10_000_000, 12_500_000));
    }

    @Test
    void noWindow_isAllTime() {
        assertThat(TraceWindow.of("text", null)).isEqualTo(new TraceWindow(0, Long.MAX_VALUE));
        assertThat(TraceWindow.of(null, null)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-        | 1us..2us | --window without --trace; accepted: --trace text --window FROM..TO",
                "perfetto | -        | --trace perfetto; accepted: text",
                "text     | 1us      | --window 1us; accepted: FROM..TO with units, e.g. 10us..12us",
                "text     | 2us..2us | --window 2us..2us; accepted: FROM before TO",
                "text     | 3us..2us | --window 3us..2us; accepted: FROM before TO",
                "text     | 1..2us   | --window: \"1\" has no unit; accepted: a duration such as 1.5 us",
                "text     | ..2us    | --window: \"\" is not a number with a unit; accepted: a duration such as 1.5 us"
            })
    void badWindow_isRefused(String format, String window, String message) {
        assertThatThrownBy(() -> TraceWindow.of(format, window)).hasMessage(message);
    }
}
