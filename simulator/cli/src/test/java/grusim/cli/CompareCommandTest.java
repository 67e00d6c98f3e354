package grusim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class CompareCommandTest {
    @TempDir
    private Path directory;

    private Path out;
    private String spec;

    @BeforeEach
    void prepare() throws IOException {
        out = directory.resolve("out");
        spec = new SmallSpecs(directory).loads("small").toString();
    }

    private Invocation compare(String... arguments) {
        List<String> all = new ArrayList<>(List.of("compare", "--no-charts", "--out", out.toString(), spec));
        all.addAll(List.of(arguments));
        return Invocation.of("", all.toArray(String[]::new));
    }

    private JsonNode written() throws IOException {
        return JsonMapper.builder().build().readTree(Files.readString(out.resolve("comparison.json")));
    }

    private static JsonNode figure(JsonNode comparison, String metric, String statistic) {
        return comparison
                .get("figures")
                .valueStream()
                .filter(f -> f.get("metric").asString().equals(metric)
                        && f.get("statistic").asString().equals(statistic))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void smallTlb_isFoundToMissMore() throws IOException {
        Invocation run =
                compare("--set-b", "gru.tlb.ways=1", "--set-b", "gru.tlb.sets=4", "--set", "gru.tlb.sets=1024");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("design  gru.tlb.ways")
                .contains("B's throughput: ")
                .contains("% lower")
                .contains("5 pairs of runs with the same random numbers")
                .endsWith("Files: " + out + "\n");
        JsonNode comparison = written();
        assertThat(comparison.get("paired").asBoolean()).isTrue();
        JsonNode misses = figure(comparison, "counters.device.tlbMisses", "value");
        // 16 pages miss once each where all fit
        assertThat(misses.get("a").asInt()).isEqualTo(16);
        assertThat(misses.get("outcome").asString()).isEqualTo("higher");
        assertThat(figure(comparison, "throughput", "instructionsPerSecond")
                        .get("outcome")
                        .asString())
                .isEqualTo("lower");
        assertThat(Files.readAllLines(out.resolve("comparison.csv")))
                .hasSize(1 + comparison.get("figures").size());
    }

    @Test
    void sameDesign_goesThroughTheSameEvents() {
        Invocation run = compare(spec, "--replications", "2");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("A and B went through the same events in every run");
    }

    @Test
    void seedOfOneSide_makesRunsIndependent() throws IOException {
        Invocation run = compare("--set-b", "seed=2", "--replications", "3");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("3 replications from seed 1")
                .contains("3 replications from seed 2")
                .contains("3 runs of A and 3 runs of B, independent of each other");
        assertThat(written().get("paired").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fdr", "holm", "none"})
    void correction_isSaidWithTheLevelOfIntervals(String correction) throws IOException {
        Invocation run = compare(
                "--set-b",
                "gru.tlb.ways=1",
                "--set-b",
                "gru.tlb.sets=1",
                "--replications",
                "3",
                "--correction",
                correction);
        JsonNode written = written();
        assertThat(written.get("correction").asString()).isEqualTo(correction);
        assertThat(run.out())
                .contains("(correction " + correction + ": ")
                .contains(written.at("/others/words").asString().substring(0, 30));
        // every figure that is tested differs, and then no correction widens intervals
        assertThat(written.at("/judged/differing")).isEqualTo(written.at("/judged/tested"));
        assertThat(written.at("/judged/intervalLevel").decimalValue()).isEqualByComparingTo("0.95");
    }

    @Test
    void failIf_endsWithThree() throws IOException {
        Invocation run = compare(
                "--set-b",
                "gru.tlb.ways=1",
                "--set-b",
                "gru.tlb.sets=1",
                "--replications",
                "3",
                "--fail-if",
                "counters.device.tlbMisses > +50%",
                "--fail-if",
                "counters.device.tlbMisses < -50%");
        assertThat(run.exitCode()).isEqualTo(ExitCode.VIOLATED);
        assertThat(run.out())
                .contains("FAILS  if counters.device.tlbMisses > +50%")
                .contains("holds  if counters.");
        assertThat(written().at("/conditions/0/met").asBoolean()).isTrue();
        assertThat(written().at("/conditions/1/met").asBoolean()).isFalse();
    }

    @Test
    void otherWorkload_isRefusedUnlessToldTo() throws IOException {
        String other = new SmallSpecs(directory)
                .write("other.json", Files.readString(Path.of(spec)).replace("\"count\": 200", "\"count\": 300"))
                .toString();
        Invocation refused = compare(other, "--replications", "2");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(refused.err())
                .contains("processes[0].threads[0].program[0].count is 200 in A and 300 in B")
                .contains(
                        "accepted: specs or run directories that differ in the design only, or --different-workloads");
        assertThat(out).doesNotExist();
        Invocation told = compare(other, "--replications", "2", "--different-workloads");
        assertThat(told.exitCode()).isZero();
        assertThat(told.out()).contains("workload  processes[0].threads[0].program[0].count");
    }

    private String runDirectory(String name, String... settings) {
        Path place = directory.resolve(name);
        List<String> all = new ArrayList<>(
                List.of("run", "-q", "--no-charts", "--replications", "3", "--out", place.toString(), spec));
        for (String setting : settings) {
            all.addAll(List.of("--set", setting));
        }
        assertThat(Invocation.of("", all.toArray(String[]::new)).exitCode()).isZero();
        return place.toString();
    }

    @Test
    void runDirectories_giveTheSameAsTheirSpecs() throws IOException {
        String a = runDirectory("a");
        String b = runDirectory("b", "gru.tlb.ways=1");
        compare("--set-b", "gru.tlb.ways=1", "--replications", "3");
        JsonNode bySpecs = written();
        Invocation run = Invocation.of("", "compare", "-q", "--no-charts", "--out", out.toString(), a, b);
        assertThat(run).isEqualTo(new Invocation(0, "", ""));
        assertThat(written()).isEqualTo(bySpecs);
        // a spec beside a directory is run as often, with the directory's seed
        Invocation mixed = Invocation.of(
                "", "compare", "-q", "--no-charts", "--out", out.toString(), a, spec, "--set-b", "gru.tlb.ways=1");
        assertThat(mixed).isEqualTo(new Invocation(0, "", ""));
        assertThat(written()).isEqualTo(bySpecs);
    }

    @Test
    void runDirectories_cannotBeChanged() throws IOException {
        String a = runDirectory("a");
        assertThat(Invocation.of("", "compare", a, spec, "--set", "gru.tlb.ways=1")
                        .err())
                .contains("is the directory of a run, which gru.tlb.ways=1 cannot change; accepted: a spec");
        assertThat(Invocation.of("", "compare", a, a, "--replications", "2").err())
                .contains("accepted: a spec on one side");
        String empty = Files.createDirectory(directory.resolve("empty")).toString();
        Invocation nowhere = Invocation.of("", "compare", a, "nowhere");
        assertThat(nowhere.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(nowhere.err())
                .isEqualTo("grusim: B: nowhere does not exist; accepted: a spec or the directory of a run\n");
        Invocation none = Invocation.of("", "compare", a, empty);
        assertThat(none.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(none.err()).contains("it is not a run directory").hasLineCount(1);
    }

    @Test
    void wrongData_endsWithThree() throws IOException {
        String wrong = new SmallSpecs(directory).wrongSum().toString();
        Invocation run = Invocation.of(
                "",
                "compare",
                "--no-charts",
                "--out",
                out.toString(),
                wrong,
                "--set-b",
                "gru.tlb.ways=1",
                "--replications",
                "2");
        assertThat(run.exitCode()).isEqualTo(ExitCode.VIOLATED);
        assertThat(run.out()).contains("violations of the contract or wrong data");
    }

    @Test
    void workers_changeNothing() throws IOException {
        compare("--set-b", "gru.tlb.ways=1", "--replications", "4", "--workers", "1");
        String one = Files.readString(out.resolve("comparison.json"));
        compare("--set-b", "gru.tlb.ways=1", "--replications", "4", "--workers", "3");
        assertThat(out.resolve("comparison.json")).hasContent(one);
    }

    @Test
    void chart_isDrawn() {
        Invocation run = Invocation.of(
                "", "compare", "-q", "--out", out.toString(), spec, "--set-b", "gru.tlb.ways=1", "--replications", "2");
        assertThat(run).isEqualTo(new Invocation(0, "", ""));
        assertThat(out.resolve("charts/comparison-light.png")).exists();
        assertThat(out.resolve("charts/comparison-dark.svg")).exists();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--replications 2|nothing to compare with; accepted: B, a second spec or run directory, or --set-b",
                "--set-b seed=1 --margin 200%|--margin 200%; accepted: above 0% and below 100%",
                "--set-b seed=1 --margin much|--margin much; accepted: a percentage",
                "--set-b seed=1 --level 20%|--level 20%; accepted: from 50% to below 100%",
                "--set-b gru.killScope=range --fail-if p99|--fail-if \"p99\"; accepted: [possibly] PATH",
                "--set-b gru.killScope=range --replications 2 --fail-if nothing>5|neither run has the figure nothing",
                "--set-b gru.killScope=range --replications 2 --metric nothing|--metric nothing: neither run has such a figure",
                "--set-b gru.killScope=range --correction sidak|--correction sidak; accepted: fdr, holm, none",
                "--set-b gru.nosuch=1|--set-b gru.nosuch=1: gru.nosuch: unknown key",
                "--set-b gru.killScope=range --workers 0|--workers 0; accepted: 1 and above",
                "--set-b gru.killscope=range|gru.killscope"
            })
    void badUsage_saysWhatIsAccepted(String arguments, String message) {
        Invocation run = compare(arguments.split(" ", -1));
        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).startsWith("grusim: ").contains(message).hasLineCount(1);
        assertThat(out).doesNotExist();
    }
}
