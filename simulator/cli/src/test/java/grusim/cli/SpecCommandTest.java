package grusim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class SpecCommandTest {
    private static final Path SPECS = Path.of("../../workloads/specs");

    @TempDir
    private Path directory;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static Invocation spec(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "spec";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Invocation.of("", all);
    }

    @Test
    void lint_saysOk() {
        String quick = SPECS.resolve("quickstart.json").toString();
        String sort = SPECS.resolve("sort-trace.json").toString();
        assertThat(spec("lint", quick, sort)).isEqualTo(new Invocation(0, quick + ": ok\n" + sort + ": ok\n", ""));
    }

    @Test
    void lint_saysWhatIsWrongInOneLine() throws IOException {
        Path file = write("s.json", "{\"name\": \"a\",\n \"gru\": {\"killBit\": true}}");
        Invocation run = spec("lint", file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("grusim: " + file + ":2: gru.killBit: unknown key; accepted: killBits, ")
                .endsWith("; did you mean \"killBits\"?\n")
                .containsOnlyOnce("\n");
    }

    @Test
    void lint_readsTheTraces() throws IOException {
        Path trace = write("t", " L 10,1\nnot a trace\n");
        Path file = write(
                "s.json",
                "{\"name\": \"a\", \"processes\": [{\"name\": \"p\", \"threads\": [{\"name\": \"t\", \"program\":"
                        + " [{\"op\": \"trace\", \"file\": \"t\"}]}]}]}");
        Invocation run = spec("lint", file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).startsWith("grusim: " + trace + ":2: not a line of Lackey's; accepted: ");
    }

    @Test
    void resolve_printsASpecThatResolvesToItself() throws IOException {
        Invocation first = spec("resolve", SPECS.resolve("kill-bits.json").toString(), "--set", "gru.killBits=false");
        assertThat(first.exitCode()).isZero();
        assertThat(JsonMapper.shared().readTree(first.out()).at("/gru/killBits").booleanValue())
                .isFalse();
        Invocation second = spec("resolve", write("r.json", first.out()).toString());
        assertThat(second.out()).isEqualTo(first.out());
    }

    @Test
    void resolve_tellsOrigins() throws IOException {
        Path file = write("s.json", "{\"name\": \"a\",\n \"machine\": {\"preset\": \"uv100\"}}");
        Invocation run = spec("resolve", "--origins", "--seed", "7", "--set", "gru.tlb.ways=2", file.toString());
        JsonNode printed = JsonMapper.shared().readTree(run.out());
        assertThat(printed.at("/spec/seed").intValue()).isEqualTo(7);
        JsonNode origins = printed.get("origins");
        assertThat(origins.get("seed").get("origin").stringValue()).isEqualTo("--set seed=7");
        assertThat(origins.get("gru.tlb.ways").get("origin").stringValue()).isEqualTo("--set gru.tlb.ways=2");
        assertThat(origins.get("machine.preset").get("origin").stringValue()).isEqualTo(file + ":2");
        assertThat(origins.get("machine.hopLatency").get("origin").stringValue())
                .isEqualTo("preset uv100");
        assertThat(origins.get("gru.killBits").get("source").stringValue())
                .isEqualTo("Steiner, linux-mm, 19 Feb 2008 (V)");
    }

    @Test
    void schema_isTheShippedOne() throws IOException {
        assertThat(spec("schema").out())
                .isEqualTo(Files.readString(SPECS.resolve("../schema/grusim-spec.schema.json")));
    }

    @Test
    void spec_needsACommandAndFiles() {
        assertThat(spec().exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(spec("lint").exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(spec("lint", directory.resolve("none").toString()).err())
                .isEqualTo(
                        "grusim: " + directory.resolve("none") + ": does not exist; accepted: a spec file in JSON\n");
    }
}
