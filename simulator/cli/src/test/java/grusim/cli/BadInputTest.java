package grusim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with what the user gave: exit code 2, one line, and not a file or directory more than before. */
final class BadInputTest {
    @TempDir
    private Path directory;

    private SmallSpecs specs;
    private Path out;
    private List<String> before = List.of();

    @BeforeEach
    void prepare() {
        specs = new SmallSpecs(directory);
        out = directory.resolve("runs/deep/out");
    }

    @AfterEach
    void nothingIsWritten() {
        assertThat(specs.tree()).isEqualTo(before);
    }

    private void refused(String message, String... arguments) {
        before = specs.tree();
        Invocation run = Invocation.of("", arguments);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("grusim: ").contains(message).hasLineCount(1);
    }

    private void refusedRun(String message, Path spec) {
        refused(message, "run", "--out", out.toString(), spec.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "gru.kilBits=false | unknown key; accepted: killBits, killScope",
                "gru.tlb.set=4 | did you mean \"sets\"?",
                "machine.memoryPerBlade=4096 | has no unit; accepted: a size such as \"64 KiB\"",
                "processes.p.regions.r.size=-4 KiB | \"-4 KiB\" is negative; accepted: a size",
                "processes.p.regions.r.size=8 GiB | is more than the memory it has to lie in; accepted: at most 4 GiB",
                "processes.p.threads.t.context={\"cbrs\":200} | 200 is out of range; accepted: an integer 1 .. 128",
                "machine.preset=uv3000 | \"uv3000\" is unknown; accepted: uv100, uv1000, uv2000, altix4700",
                "seed=1.5 | seed: 1.5",
                "name=../up | name: "
            })
    void badValue(String setting, String message) throws IOException {
        String spec = specs.loads("small").toString();
        refused(message, "run", "--out", out.toString(), "--set", setting, spec);
        refused(message, "sweep", "--out", out.toString(), "--set", setting, spec);
        refused(message, "spec", "lint", "--set", setting, spec);
    }

    @Test
    void scenarioThatIsRun() throws IOException {
        Path spec = specs.write("s.json", """
                {"name": "s", "scenario": {"pages": [{"name": "A", "space": "p", "at": 0}],
                  "agents": [{"name": "u", "does": [{"act": "reclaim", "page": "A"}]}]}}
                """);
        String message =
                "s: has a scenario, which is checked, not run; accepted: grusim check, or a spec with processes";
        refusedRun(message, spec);
        refused(message, "sweep", "--out", out.toString(), "--set", "seed=1", spec.toString());
    }

    @Test
    void duplicateKey() throws IOException {
        refusedRun("s.json:2: ", specs.write("s.json", "{\"name\": \"a\",\n \"name\": \"b\"}"));
    }

    @Test
    void hundredMegabytesOfBrackets() throws IOException {
        byte[] brackets = new byte[1 << 20];
        Arrays.fill(brackets, (byte) '[');
        Path file = directory.resolve("deep.json");
        try (OutputStream stream = Files.newOutputStream(file)) {
            for (int i = 0; i < 100; i++) {
                stream.write(brackets);
            }
        }
        refusedRun("is too large; accepted: a spec of at most 4 MiB", file);
    }

    @Test
    void fewerBrackets() throws IOException {
        refusedRun("deep.json:1: ", specs.write("deep.json", "[".repeat(1 << 20)));
    }

    @Test
    void truncatedGzip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(" L 04033e06,8\n S 04033ad0,8\n".repeat(5000).getBytes(StandardCharsets.US_ASCII));
        }
        Files.write(directory.resolve("t.gz"), Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2));
        refusedRun("t.gz", specs.replay("t.gz"));
    }

    @Test
    void lineThatIsNotLackeys() throws IOException {
        specs.write("t", " L 04033e06,8\n X 04033ad0,8\n");
        refusedRun("t:2: not a line of Lackey's; accepted: ", specs.replay("t"));
    }

    @Test
    void traceThatIsMissing() throws IOException {
        refusedRun("none.gz", specs.replay("none.gz"));
    }

    @Test
    void traceThatIsADirectory() throws IOException {
        Files.createDirectory(directory.resolve("d"));
        refusedRun(directory.resolve("d").toString(), specs.replay("d"));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs a symbolic link")
    void fileThatCannotBeRead() throws IOException {
        Path loop = Files.createSymbolicLink(directory.resolve("loop.json"), Path.of("loop.json"));
        refusedRun("loop.json: cannot be read", loop);
    }

    @Test
    void specThatIsMissing() {
        refusedRun("none.json: does not exist", directory.resolve("none.json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "sweep"})
    void outputDirectoryThatCannotBeWritten(String command) throws IOException {
        Path spec = specs.loads("small");
        out = specs.write("plain", "a file").resolve("runs/out");
        String set = "gru.tlb.ways=2" + (command.equals("sweep") ? ",4" : "");
        refused("cannot write results to " + out, command, "--out", out.toString(), "--set", set, spec.toString());
    }

    @Test
    void oneOutputDirectoryOfSeveral() throws IOException {
        Path spec = specs.loads("small");
        Path other = specs.loads("other");
        out = Files.createDirectory(directory.resolve("out"));
        Files.writeString(out.resolve("other"), "a file where a directory should be");
        refused("cannot write results to ", "run", "--out", out.toString(), spec.toString(), other.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--workers 0 | --workers 0; accepted: 1 and above",
                "--workers x | --workers",
                "--trace perfetto | --trace perfetto; accepted: text",
                "--replay t2.x | replay token \"t2.x\"; accepted: the token that a violation ends with",
                "--replay t1.0123456789abcdef.1.1 --trace text | --replay with --trace, --window, --out, --proc or --json; accepted",
                "--window 1us..2us | --window without --trace",
                "--trace text --window 3us..2us | accepted: FROM before TO",
                "--proc-at end | --proc-at without --proc; accepted: --proc DIR --proc-at MOMENT",
                "--proc views --proc-at soon | --proc-at soon; accepted: first-close, end, or a time such as 20us",
                "--proc views --proc-at 20 | --proc-at",
                "--seed x | seed",
                "--set gru.killBits | is not an override; accepted: PATH=VALUE",
                "--nonsense | Unknown option: '--nonsense'"
            })
    void badOption(String options, String message) throws IOException {
        String spec = specs.loads("small").toString();
        String all = "run " + spec + " --out " + out + " " + options;
        refused(message, all.split(" "));
    }
}
