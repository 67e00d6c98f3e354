package grusim.workload.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.workload.Spec;
import grusim.workload.SpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpecLoaderTest {
    @TempDir
    private Path directory;

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("s.json"), text);
    }

    private void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> SpecLoader.load(file, List.of()))
                .isInstanceOf(SpecException.class)
                .hasMessage(file + message)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void load_readsAFile() throws IOException {
        Path file = write("\ufeff{\"name\": \"a\", \"$schema\": \"x\", \"seed\": 3}");
        ResolvedSpec resolved = SpecLoader.load(file, List.of("seed=4", "gru.killBits=false"));
        assertThat(resolved.spec().seed()).isEqualTo(4);
        assertThat(resolved.spec().gru().killBits()).isFalse();
        assertThat(resolved.file("../t.gz"))
                .isEqualTo(directory.toAbsolutePath().resolveSibling("t.gz"));
    }

    @Test
    void load_namesFileLineAndPath() throws IOException {
        assertRefused(
                write("{\n  \"name\": \"a\",\n  \"gru\": {\n    \"tlb\": {\n      \"way\": 4\n}}}"),
                ":5: gru.tlb.way: unknown key; accepted: sets, ways, replacement, indexHash, writeMiss, invalidateStall; did you mean \"ways\"?");
    }

    @Test
    void load_refusesFilesThatAreNoSpecs() throws IOException {
        assertRefused(directory, ": is a directory; accepted: a spec file in JSON");
        assertRefused(directory.resolve("none"), ": does not exist; accepted: a spec file in JSON");
        assertRefused(write(""), ":1: is empty; accepted: a JSON object");
        assertRefused(write("[]"), ":1: is not a spec; accepted: a JSON object");
        assertRefused(
                write("{\"name\": \"a\""), ":1: not JSON: Unexpected end-of-input: expected close marker for Object");
        Path binary = directory.resolve("b");
        Files.write(binary, new byte[] {'{', '\n', '"', (byte) 0xff, '"'});
        assertRefused(binary, ":2: byte 3 is not UTF-8; accepted: UTF-8");
    }

    @Test
    void load_refusesHugeAndDeepFilesAtOnce() throws IOException {
        byte[] brackets = new byte[100 << 20];
        Arrays.fill(brackets, (byte) '[');
        Path huge = Files.write(directory.resolve("huge"), brackets);
        Assertions.assertTimeout(
                Duration.ofSeconds(5), () -> assertRefused(huge, ": is too large; accepted: a spec of at most 4 MiB"));
        Path deep = write("[".repeat(SpecLoader.MAXIMUM_BYTES));
        Assertions.assertTimeout(
                Duration.ofSeconds(5),
                () -> assertThatThrownBy(() -> SpecLoader.load(deep, List.of()))
                        .hasMessageStartingWith(deep + ":1: nested deeper than 64 levels at [0][0]"));
    }

    @Test
    void load_refusesATraceThatIsNotThere() throws IOException {
        Path file = write("""
                {"name": "a", "processes": [{"name": "p", "threads": [{"name": "t", "program": [
                  {"op": "trace", "file": "none.gz"}]}]}]}
                """);
        assertRefused(
                file,
                ":2: processes[0].threads[0].program[0].file: "
                        + directory.toAbsolutePath().resolve("none.gz")
                        + " cannot be read; accepted: a Lackey trace, relative to the spec file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | : \"name\" is missing; accepted: a string",
                "{\"name\": \"a\"} x | not JSON: Unrecognized token 'x': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
                "{\"name\": \"A b\"} | name: \"A b\"; accepted: 1 to 64 of a-z, 0-9 and dashes",
                "{\"nam\": \"a\"} | nam: unknown key; accepted: name, description, seed, machine, gru, kernel, driver, invalidation, queues, processes, disturbances, scenario, run; did you mean \"name\"?",
                "{\"name\": \"a\", \"name\": \"b\"} | name: duplicate key; first given on line 1",
                "{\"name\": 3} | name: 3 is not a string; accepted: a string",
                "{\"name\": null} | name: null is not a string; accepted: a string",
                "{\"name\": \"a\", \"$schema\": 3} | $schema: 3 is not a string; accepted: the path of the JSON Schema",
                "{\"name\": \"a\", \"seed\": 1.0} | seed: 1.0 is not an integer; accepted: an integer 0 .. 9223372036854775807",
                "{\"name\": \"a\", \"seed\": \"3\"} | seed: \"3\" is not an integer; accepted: an integer 0 .. 9223372036854775807",
                "{\"name\": \"a\", \"seed\": -1} | seed: -1 is out of range; accepted: an integer 0 .. 9223372036854775807",
                "{\"name\": \"a\", \"seed\": 1e999999999} | seed: number out of range",
                "{\"name\": \"a\", \"machine\": {\"hopLatency\": 60}} | machine.hopLatency: 60 has no unit; accepted: a duration such as \"1.5 us\" in 0 ns .. 1 ms (ps, ns, us, ms, s)",
                "{\"name\": \"a\", \"machine\": {\"hopLatency\": \"2 ms\"}} | machine.hopLatency: \"2 ms\" is out of range; accepted: a duration such as \"1.5 us\" in 0 ns .. 1 ms (ps, ns, us, ms, s)",
                "{\"name\": \"a\", \"machine\": {\"memoryPerBlade\": \"-4 KiB\"}} | machine.memoryPerBlade: \"-4 KiB\" is negative; accepted: a size such as \"64 KiB\" in 64 KiB .. 1 TiB (B, KiB, MiB, GiB, TiB)",
                "{\"name\": \"a\", \"machine\": {\"preset\": \"uv3000\"}} | machine.preset: \"uv3000\" is unknown; accepted: uv100, uv1000, uv2000, altix4700; did you mean \"uv1000\"?",
                "{\"name\": \"a\", \"machine\": {\"blades\": 129}} | machine.blades: 129 is more than preset uv1000 has; accepted: 1 .. 128 with 1 partition(s)",
                "{\"name\": \"a\", \"machine\": {\"partitions\": 2}} | machine.partitions: 2 does not divide 1 blades evenly; accepted: a divisor of machine.blades",
                "{\"name\": \"a\", \"machine\": {\"memoryPerBlade\": \"65537 B\"}} | machine.memoryPerBlade: is not whole pages; accepted: a multiple of 4 KiB",
                "{\"name\": \"a\", \"machine\": []} | machine: an array is not an object; accepted: preset, blades, partitions, socketsPerBlade, coresPerSocket, threadsPerCore, chipletsPerBlade, memoryPerBlade, bladesPerRouter, localLineLatency, memoryBandwidth, hopLatency, linkBandwidth, hubLatency",
                "{\"name\": \"a\", \"gru\": {\"tlb\": {\"sets\": 100}}} | gru.tlb.sets: 100 is not a power of two; accepted: 1, 2, 4 .. 65536",
                "{\"name\": \"a\", \"gru\": {\"tlb\": {\"ways\": 3, \"replacement\": \"plru\"}}} | gru.tlb.ways: 3 contradicts replacement plru; accepted: a power of two, or another replacement",
                "{\"name\": \"a\", \"gru\": {\"killBits\": \"yes\"}} | gru.killBits: \"yes\" is not a truth value; accepted: true or false",
                "{\"name\": \"a\", \"kernel\": {\"reclaim\": {\"lowWatermark\": \"64 MiB\"}}} | kernel.reclaim.lowWatermark: is above highWatermark; accepted: at most kernel.reclaim.highWatermark",
                "{\"name\": \"a\", \"kernel\": {\"reclaim\": {\"enabled\": true, \"highWatermark\": \"4 GiB\"}}} | kernel.reclaim.highWatermark: is not below the partition's memory; accepted: less than 4 GiB",
                "{\"name\": \"a\", \"run\": {\"until\": \"nine\"}} | run.until: \"nine\" is not a number with a unit; accepted: a duration such as \"1.5 us\" in 1 ps .. 1000000 s (ps, ns, us, ms, s) or \"none\"; did you mean \"none\"?",
                "{\"name\": \"a\", \"processes\": {}} | processes: an object is not an array; accepted: [ .. ]"
            })
    void fromJson_refuses(String json, String message) {
        String expected = message.startsWith(": ") ? "spec:1" + message : "spec:1: " + message;
        assertThatThrownBy(() -> SpecLoader.fromJson(json))
                .isInstanceOf(SpecException.class)
                .hasMessage(expected);
    }

    @Test
    void fromJson_allowsAsManyBladesAsThePartitionsHave() {
        Spec spec = SpecLoader.fromJson("{\"name\": \"a\", \"machine\": {\"blades\": 256, \"partitions\": 2}}");
        assertThat(spec.machine().blades()).isEqualTo(256);
    }

    @Test
    void fromJson_keepsControlCharactersOutOfMessages() {
        assertThatThrownBy(() -> SpecLoader.fromJson("{\"a\\nb\\u001b[31m\": 1}"))
                .message()
                .startsWith("spec:1: \"a b [31m\": unknown key")
                .doesNotContain("\n", "\u001b");
        String longKey = "k".repeat(10_000);
        assertThatThrownBy(() -> SpecLoader.fromJson("{\"" + longKey + "\": 1}"))
                .message()
                .hasSizeLessThan(300);
    }

    @Test
    void defaults_isEqualToAnEmptySpec() {
        assertThat(SpecLoader.defaults("a")).isEqualTo(SpecLoader.fromJson("{\"name\": \"a\"}"));
    }
}
