package grusim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
final class TraceCommandTest {
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

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void perfetto_isWrittenWhole() throws IOException {
        Path out = directory.resolve("run.perfetto-trace");
        Invocation run = Invocation.of("", "trace", spec, "--out", out.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .matches("(?s)Simulated [0-9.]+ us in [0-9,]+ steps; [0-9,]+ events, [0-9,]+ KiB\\.\nFile: .*\n");
        assertThat(run.out()).contains("File: " + out.toAbsolutePath(), "https://ui.perfetto.dev");
        assertThat(files()).containsExactly("one.json", "run.perfetto-trace");
        // Every packet is field 1 of the file, a nested message: its tag is 1 * 8 + 2.
        assertThat(Files.readAllBytes(out)[0]).isEqualTo((byte) 10);
    }

    @Test
    void text_goesToStandardOutput() throws IOException {
        Invocation run =
                Invocation.of("", "trace", spec, "--format", "text", "--out", "-", "--tracks", "cbr,tfh", "-q");
        assertThat(run.exitCode()).isZero();
        List<String> loads = run.out()
                .lines()
                .filter(l -> l.contains("gru0.cbr0 ") && l.endsWith("begin  vload"))
                .toList();
        assertThat(loads).hasSize(20);
        assertThat(run.out().lines().skip(1)).allMatch(l -> l.contains("gru0.cbr") || l.contains("gru0.tfh"));
        assertThat(files()).containsExactly("one.json");
    }

    @Test
    void window_endsTheSimulation() {
        String out = directory.resolve("part").toString();
        Invocation run = Invocation.of("", "trace", spec, "--window", "2us..5us", "--out", out);
        assertThat(run.out()).startsWith("Simulated 5.000 us in ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--tracks=cpus | --tracks cpus; accepted: cpu, context, cch, cbr, tfh, tgh, lock, counter",
                "--process=q | no process q; accepted: p",
                "--chiplet=7 | no chiplet 7; accepted: 0",
                "--window=5us | --window 5us; accepted: FROM..TO with units, e.g. 10us..12us",
                "--window=5us..4us | --window 5us..4us; accepted: FROM before TO",
                "--format=json | --format",
                "--out=- | --out - with --format perfetto; accepted: --format text, or a file",
                "--out=/none/at/all | cannot write results to /none/at/all: ",
                "--out=/ | --out /: is a directory; accepted: a file",
                "--set=gru.tlb.way=2 | gru.tlb.way"
            })
    void badUsage_isOneLineAndWritesNothing(String option, String message) throws IOException {
        Invocation run = Invocation.of("", "trace", spec, "--out=" + directory.resolve("t"), option);
        if (option.startsWith("--out")) {
            run = Invocation.of("", "trace", spec, option);
        }
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(message).hasLineCount(1);
        assertThat(files()).containsExactly("one.json");
    }
}
