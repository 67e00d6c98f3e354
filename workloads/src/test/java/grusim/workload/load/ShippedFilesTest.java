package grusim.workload.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import grusim.workload.CheckSpec;
import grusim.workload.ProgramStep;
import grusim.workload.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of this directory that people read.
 *
 * <p>The schema and the key tables are made from the annotations; after a change of those, write them again with {@code
 * mvn -pl workloads -am test -Dtest=ShippedFilesTest -Dsurefire.failIfNoSpecifiedTests=false -Dwrite=true}.
 */
final class ShippedFilesTest {
    private static final Path SCHEMA = Path.of("schema/grusim-spec.schema.json");
    private static final Path README = Path.of("README.md");
    private static final String BEGIN = "<!-- keys: made from the annotations of the spec records -->\n\n";
    private static final String END = "<!-- end of keys -->\n";

    static List<Path> specs() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("specs"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void schema_isTheGeneratedOne() throws IOException {
        String generated = PrettyJson.write(SpecSchema.json());
        if (Boolean.getBoolean("write")) {
            Files.writeString(SCHEMA, generated);
        }
        assertThat(Files.readString(SCHEMA)).isEqualTo(generated);
    }

    @Test
    void readme_holdsTheGeneratedKeyTables() throws IOException {
        String readme = Files.readString(README);
        int begin = readme.indexOf(BEGIN) + BEGIN.length();
        int end = readme.indexOf(END);
        assertThat(end).isGreaterThanOrEqualTo(begin);
        if (Boolean.getBoolean("write")) {
            readme = readme.substring(0, begin) + KeyTable.markdown() + readme.substring(end);
            Files.writeString(README, readme);
            end = readme.indexOf(END);
        }
        assertThat(readme.substring(begin, end)).isEqualTo(KeyTable.markdown());
    }

    @Test
    void specs_areThePromisedOnes() throws IOException {
        Path specs = Path.of("specs");
        assertThat(specs().stream().filter(file -> specs.equals(file.getParent())))
                .extracting(p -> p.getFileName().toString())
                .containsExactly(
                        "asid-wraps.json",
                        "bcopy-2gib-4-threads.json",
                        "bcopy-4mib.json",
                        "capacity-256-blades.json",
                        "churn-trace.json",
                        "errors.json",
                        "increment-50-threads.json",
                        "increment-once.json",
                        "instructions.json",
                        "kill-bits.json",
                        "message-queue.json",
                        "oversubscribed.json",
                        "quickstart.json",
                        "sort-trace.json",
                        "thread-moves.json");
        assertThat(specs().stream().filter(file -> specs.resolve("patterns").equals(file.getParent())))
                .extracting(p -> p.getFileName().toString())
                .contains(
                        "brk-churn.json",
                        "malloc-free.json",
                        "many-chiplets.json",
                        "many-spaces.json",
                        "munmap-storm.json",
                        "reclaim-streaming.json");
    }

    @ParameterizedTest
    @MethodSource("specs")
    void spec_loadsUnderItsOwnNameAndReadsBack(Path file) {
        ResolvedSpec resolved = SpecLoader.load(file, List.of());
        Spec spec = resolved.spec();
        assertThat(file.getFileName()).hasToString(spec.name() + ".json");
        assertThat(spec.description()).hasSizeGreaterThan(40);
        assertThat(SpecLoader.fromJson(resolved.json().toString())).isEqualTo(spec);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void spec_namesTheSchemaAndFollowsIt(Path file) throws IOException {
        var tree = JsonMapper.shared().readTree(Files.readString(file));
        Path named = file.resolveSibling(tree.get("$schema").stringValue()).normalize();
        assertThat(named).isEqualTo(SCHEMA);
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(named));
        assertThat(schema.validate(tree)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("specs")
    void spec_checksItsFinalDataUnlessItReplaysATrace(Path file) {
        Spec spec = SpecLoader.load(file, List.of()).spec();
        for (var process : spec.processes()) {
            boolean trace = process.threads().stream()
                    .flatMap(t -> t.program().stream())
                    .anyMatch(ProgramStep.Trace.class::isInstance);
            assertThat(process.checks().isEmpty()).isEqualTo(trace);
        }
    }

    @Test
    void readme_showsSpecsThatLoad() throws IOException {
        Matcher block = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(README));
        List<String> names = new ArrayList<>();
        while (block.find()) {
            names.add(SpecLoader.fromJson(block.group(1)).name());
        }
        assertThat(names).containsExactly("my-first", "my-scenario");
    }

    @Test
    void checks_areScenariosThatClaimVerdictsUnderTheirOwnNames() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("checks"))) {
            assertThat(files.filter(file -> !file.endsWith(".gitkeep"))).allSatisfy(file -> {
                Spec spec = SpecLoader.load(file, List.of()).spec();
                assertThat(file.getFileName()).hasToString(spec.name() + ".json");
                assertThat(spec.description()).hasSizeGreaterThan(40);
                assertThat(spec.scenario()).isNotNull();
                assertThat(Objects.requireNonNull(spec.scenario()).expect()).isNotEmpty();
                spec_namesTheSchemaAndFollowsIt(file);
            });
        }
    }

    @Test
    void bcopy2gib_canBeMadeSmallerByOneSetting() {
        Spec spec = SpecLoader.load(
                        Path.of("specs/bcopy-2gib-4-threads.json"),
                        List.of("processes.copy.regions.source.size=\"64 MiB\""))
                .spec();
        assertThat(spec.processes().get(0).regions().get(0).sizeBytes()).isEqualTo(64L << 20);
        assertThat(spec.processes().get(0).checks()).containsExactly(new CheckSpec.SameAs("source", "target"));
    }
}
