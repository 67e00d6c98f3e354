package grusim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class VerifyCommandTest {
    private static final String SPEC = """
            {"name": "one", "processes": [{"name": "p", "regions": [{"name": "r", "size": "64 KiB"}],
              "threads": [{"name": "t", "count": 1, "context": {"cbrs": 2, "dsr": "1 KiB"},
                "program": [{"op": "vload", "region": "r", "count": 20}]}]}]}
            """;

    @TempDir
    private Path directory;

    private String spec = "";

    @BeforeEach
    void write() throws IOException {
        spec = Files.writeString(directory.resolve("one.json"), SPEC).toString();
    }

    @Test
    void sameSpec_isEqual() {
        Invocation run = Invocation.of("", "verify", spec);
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("A: " + spec + " (one, seed 1)", "Equal: all ")
                .doesNotContain("Different");
    }

    @Test
    void otherSetting_isNamedWithTheFirstStepThatDiffers() {
        Invocation run = Invocation.of("", "verify", spec, "--set-b", "gru.statusWriteLatency=101 ns", "--lines", "2");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out())
                .contains("gru.statusWriteLatency: A 100 ns, B 101 ns")
                .contains("Different: the first ");
        // Two steps before on one side, which are those of the other; then three of each.
        assertThat(run.out().lines().filter(l -> l.startsWith("A ") && l.contains("gru0.cbr0")))
                .isNotEmpty();
        assertThat(run.out().lines().filter(l -> l.matches("A +[0-9].*"))).hasSize(3);
        assertThat(run.out().lines().filter(l -> l.matches("B +[0-9].*"))).hasSize(3);
        assertThat(run.out().lines().filter(l -> l.matches("  +[0-9].*"))).hasSize(2);
    }

    @Test
    void runDirectory_isPlayedAgain() {
        Path out = directory.resolve("run");
        assertThat(Invocation.of("", "run", spec, "--out", out.toString(), "-q", "--no-charts")
                        .exitCode())
                .isZero();
        Invocation same = Invocation.of("", "verify", out.toString(), spec);
        assertThat(same.err()).isEmpty();
        assertThat(same.exitCode()).isZero();
        Invocation other = Invocation.of("", "verify", out.toString(), "--set-b", "seed=2", "-q");
        assertThat(other.exitCode()).isIn(0, 3);
        assertThat(other.out()).isEmpty();
    }

    @Test
    void badUsage_isOneLine() {
        Invocation lines = Invocation.of("", "verify", spec, "--lines", "-1");
        assertThat(lines.exitCode()).isEqualTo(2);
        assertThat(lines.err()).isEqualTo("grusim: --lines -1; accepted: 0..1000\n");
        Invocation none =
                Invocation.of("", "verify", directory.resolve("none.json").toString());
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("none.json").hasLineCount(1);
        Invocation empty = Invocation.of("", "verify", directory.toString());
        assertThat(empty.exitCode()).isEqualTo(2);
        assertThat(empty.err()).hasLineCount(1);
    }
}
