package grusim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ProgressLineTest {
    private final StringWriter err = new StringWriter();
    private final Console console =
            new Console(InputStream.nullInputStream(), new PrintWriter(new StringWriter()), new PrintWriter(err));

    /** A line about a run that began some seconds ago. */
    private ProgressLine startedAgo(long seconds, boolean rewritten) {
        return new ProgressLine(console, "churn", System.nanoTime() - TimeUnit.SECONDS.toNanos(seconds), rewritten);
    }

    @Test
    void log_isALineEveryTenSecondsAtMost() {
        try (ProgressLine line = startedAgo(20, false)) {
            line.at(1_500_000_000L, 40_000_000, 250, 1000);
            line.at(1_600_000_000L, 40_000_000, 260, 1000);
        }
        assertThat(err.toString())
                .isEqualTo(
                        "churn: 1.500 ms simulated, 40.0 M steps (2.0 M/s), 25%, 60 s left" + System.lineSeparator());
    }

    @Test
    void shortRun_saysNothing() {
        try (ProgressLine line = startedAgo(5, false)) {
            line.at(1, 2, 3, 4);
        }
        try (ProgressLine line = startedAgo(0, true)) {
            line.at(1, 2, 3, 4);
        }
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void terminal_isRewrittenAndCleared() {
        try (ProgressLine line = startedAgo(1, true)) {
            line.at(1_500_000_000L, 4_000_000, 250, -1);
        }
        assertThat(err.toString())
                .isEqualTo("\rchurn: 1.500 ms simulated, 4.0 M steps (4.0 M/s)\u001b[K" + "\r\u001b[K");
    }
}
