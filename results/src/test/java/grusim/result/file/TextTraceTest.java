package grusim.result.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

final class TextTraceTest {
    @TempDir
    Path directory;

    @Test
    void event_isWrittenInsideTheWindowOnly() throws IOException {
        Path file = directory.resolve("trace.txt");
        try (TextTrace trace = new TextTrace(file, 1000, 2_000_000)) {
            trace.event(999, "cpu0", "early", "");
            trace.event(1000, "cpu0", "1 lock", "");
            trace.event(1_234_005, "gru0.tfh3", "drop in", "vaddr 0x7f00");
            trace.event(2_000_000, "cpu0", "late", "");
            assertThat(trace.events()).isEqualTo(2);
        }
        assertThat(Files.readString(file)).isEqualTo("""
                        # time in ns, agent, step, text; window 1.000 .. 2000.000
                                     1.000  cpu0              1 lock
                                  1234.005  gru0.tfh3         drop in                   vaddr 0x7f00
                        """);
    }

    @Test
    void window_mustNotBeEmpty() {
        Path file = directory.resolve("trace.txt");
        assertThatThrownBy(() -> new TextTrace(file, 5, 5))
                .hasMessage("trace window 5..5 ps: accepted is 0 <= FROM < TO");
        assertThat(file).doesNotExist();
    }

    @Test
    void writerOfSomebodyElse_staysOpen() throws IOException {
        StringWriter out = new StringWriter();
        try (TextTrace trace = new TextTrace(out, 0, 2000)) {
            trace.event(1000, "cpu0", "1 lock", "");
        }
        out.append("after");
        assertThat(out.toString()).endsWith("1.000  cpu0              1 lock\nafter");
    }

    @Test
    void missingDirectory_isOneClearLine() {
        Path file = directory.resolve("none/trace.txt");
        assertThatThrownBy(() -> new TextTrace(file, 0, 5))
                .isInstanceOf(OutputException.class)
                .hasMessage("cannot write results to " + file + ": " + file + " does not exist");
    }

    @Test
    @EnabledIf("fullDevice")
    void fullDisk_isOneClearLine() {
        assertThatThrownBy(() -> {
                    try (TextTrace trace = new TextTrace(Path.of("/dev/full"), 0, Long.MAX_VALUE)) {
                        for (int i = 0; i < 10_000; i++) {
                            trace.event(i, "cpu0", "step", "");
                        }
                    }
                })
                .isInstanceOf(OutputException.class)
                .hasMessage("cannot write results to /dev/full: No space left on device");
    }

    static boolean fullDevice() {
        return Files.exists(Path.of("/dev/full"));
    }
}
