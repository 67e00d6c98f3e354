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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class RunCommandTest {
    private static final List<String> WITHOUT_CHARTS = List.of(
            "attribution.csv",
            "chiplets.csv",
            "data.json.gz",
            "figures.csv",
            "figures.jsonl",
            "host.json",
            "latency.csv",
            "provenance.json",
            "report.html",
            "result.json",
            "series.csv",
            "stats.csv",
            "views.csv",
            "waterfalls.csv");

    @TempDir
    private Path directory;

    private SmallSpecs specs;
    private Path out;

    @BeforeEach
    void prepare() throws IOException {
        specs = new SmallSpecs(Files.createDirectory(directory.resolve("specs")));
        out = directory.resolve("out");
    }

    private Invocation run(Object... arguments) {
        List<String> all = new ArrayList<>(List.of("run", "--no-charts", "--out", out.toString()));
        for (Object argument : arguments) {
            all.add(argument.toString());
        }
        return Invocation.of("", all.toArray(String[]::new));
    }

    private List<String> written() {
        return new SmallSpecs(out).tree();
    }

    private static JsonNode json(Path file) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(file));
    }

    @Test
    void run_printsTheTableAndWritesTheFiles() throws IOException {
        Invocation run = run(specs.loads("small"));
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("small  grusim ")
                .contains("instruction.vload", "tlb_dropin")
                .endsWith("\nFiles: " + out.toAbsolutePath() + "\n");
        assertThat(written()).isEqualTo(WITHOUT_CHARTS);
        JsonNode result = json(out.resolve("result.json"));
        assertThat(result.at("/latency").get("instruction.vload").get("count").intValue())
                .isEqualTo(200);
        assertThat(result.at("/dataChecks/passed").intValue()).isEqualTo(201);
        assertThat(result.at("/contract/violations").intValue()).isZero();
    }

    @Test
    void charts_areDrawnUnlessRefused() throws IOException {
        Path spec = specs.loads("small");
        Invocation run = Invocation.of("", "run", "-q", "--out", out.toString(), spec.toString());
        assertThat(run).isEqualTo(new Invocation(ExitCode.DONE, "", ""));
        assertThat(written())
                .contains("charts/latency-cdf-light.png", "charts/tlb-dark.svg", "charts/instruction-time-dark.png")
                .doesNotContain("trace.txt");
        run(spec);
        assertThat(written().stream().filter(file -> file.startsWith("charts/")))
                .isEmpty();
    }

    @Test
    void proc_writesTheDriversViews_ofTheMomentAskedFor() throws IOException {
        Path views = directory.resolve("views");
        Path spec = specs.loads("small");
        assertThat(run("-q", "--proc", views, spec).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(new SmallSpecs(views).tree())
                .containsExactly("cch_status", "gru_status", "mcs_statistics", "statistics");
        assertThat(Files.readAllLines(views.resolve("cch_status"))).hasSize(2);
        String loads = Files.readString(views.resolve("statistics"));
        run("-q", "--proc", views, "--proc-at", "end", spec);
        assertThat(Files.readAllLines(views.resolve("cch_status"))).hasSize(1);
        assertThat(Files.readString(views.resolve("statistics")))
                .contains("               1 free_context\n")
                .isNotEqualTo(loads);
        run("-q", "--proc", views, "--proc-at", "0 ns", spec);
        assertThat(Files.readString(views.resolve("statistics")))
                .contains("               1 nopfn\n", "               0 load_user_context\n");
    }

    @Test
    void proc_changesNothingInTheRun() throws IOException {
        Path spec = specs.loads("small");
        String with = run("--json", "--proc", directory.resolve("views"), "--proc-at", "5 us", spec)
                .out();
        assertThat(run("--json", spec).out()).isEqualTo(with);
    }

    @Test
    void replications_areCountedUnderTheTable_whateverTheWorkers() throws IOException {
        Path spec = specs.loads("small");
        Invocation one = run("--replications", "3", "--workers", "1", spec);
        assertThat(one.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(one.out()).contains("\nReplications: 3.\nFiles: ");
        assertThat(json(out.resolve("result.json")).at("/spec/run/replications").intValue())
                .isEqualTo(3);
        String result = Files.readString(out.resolve("result.json"));
        run("--set", "run.replications=3", "--workers", "3", spec);
        assertThat(out.resolve("result.json")).hasContent(result);
        assertThat(run("--replications", "0", spec).err())
                .isEqualTo("grusim: --set run.replications=0: run.replications: 0 is out of range; accepted: an integer"
                        + " 1 .. 10000\n");
    }

    @Test
    void replications_thatAreTheSame_areSaidToBe() throws IOException {
        Path spec = specs.write("fixed.json", """
                {"name": "fixed", "processes": [{"name": "p", "regions": [{"name": "r", "size": "4 KiB"}],
                 "threads": [{"name": "t", "program": [{"op": "vload", "region": "r"}]}]}]}
                """);
        assertThat(run("--replications", "2", spec).out())
                .contains("\nAll replications are the same run: nothing in this spec is drawn at random.\n");
    }

    @Test
    void replication_thatFails_isNamedWithItsSeed() throws IOException {
        Invocation run = run("--replications", "2", specs.wrongSum());
        assertThat(run.exitCode()).isEqualTo(ExitCode.VIOLATED);
        assertThat(run.out())
                .containsPattern("\nReplication 1, --seed \\d+: 0 contract violations, 1 data checks failed; ");
    }

    @Test
    void precision_isReportedWithWhatItTook() throws IOException {
        Path spec = specs.loads("small");
        assertThat(run("--precision", "latency.instruction.vload.meanNs=50%,24", spec)
                        .out())
                .containsPattern(
                        "\nReplications: 20; latency.instruction.vload.meanNs is known to [0-9.]+%, 50% was asked for\\.\n");
        assertThat(run(
                                "--precision",
                                "latency.instruction.vload.meanNs=0.01%,21",
                                "--set",
                                "gru.tlb.sets=1",
                                "--set",
                                "gru.tlb.ways=4",
                                spec)
                        .out())
                .containsPattern("\nReplications: 21; .* 0.01% was asked for, and 21 are the most allowed\\.\n");
        assertThat(run("--precision", "throughput=50%,24", spec).out())
                .containsPattern("\nReplications: 20; throughput is known to [0-9.]+%, 50% was asked for\\.\n");
        Invocation unknown = run("--precision", "latency.vlaod.meanNs=2%", spec);
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(unknown.err())
                .startsWith(
                        "grusim: run.precision.metric: no figure of small is called \"latency.vlaod.meanNs\"; accepted: ")
                .hasLineCount(1);
    }

    @Test
    void warmUp_isSaidUnderTheTable() throws IOException {
        Path spec = specs.loads("small");
        assertThat(run("--set", "run.warmUp=20 us", spec).out()).contains("\nDurations are measured from 20 us on.\n");
        assertThat(run("--set", "run.warmUp=1 s", spec).out())
                .contains("\nDurations are measured from 1 s on. The run has ended before.\n");
        assertThat(run("--set", "run.warmUp=auto", spec).out()).contains("\nDurations are measured from ");
    }

    @Test
    void shuffleTies_saysWhatChangesAndKeepsTheRun() throws IOException {
        Path spec = specs.loads("small");
        run("--json", spec);
        String without = Files.readString(out.resolve("result.json"));
        Invocation run = run("--shuffle-ties", "2", spec);
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.out())
                .containsPattern("\nEvents of the same time in 2 other orders: of \\d+ figures \\d+ stay the same, ")
                .contains("\nOne run gives counters no interval; with --replications N they have one.\n");
        assertThat(out.resolve("result.json")).hasContent(without);
        assertThat(Files.readAllLines(out.resolve("ties.csv")).get(0))
                .startsWith("metric,statistic,unit,value,low,high,");
        assertThat(run("--shuffle-ties", "0", spec))
                .isEqualTo(new Invocation(ExitCode.BAD_INPUT, "", "grusim: --shuffle-ties 0; accepted: 1 .. 1000\n"));
    }

    @Test
    void shuffleTies_whoseOrdersFail_endAsViolated() throws IOException {
        Invocation run = run("-q", "--shuffle-ties", "1", specs.wrongSum());
        assertThat(run.exitCode()).isEqualTo(ExitCode.VIOLATED);
        assertThat(run.err())
                .startsWith("grusim: in order 1 of events of the same time: ")
                .hasLineCount(1);
    }

    @Test
    void json_isTheResultFile() throws IOException {
        Invocation run = run("--json", specs.loads("small"));
        assertThat(run.out()).isEqualTo(Files.readString(out.resolve("result.json")));
        assertThat(run.err()).isEmpty();
    }

    @Test
    void again_isIdentical_anotherSeedIsNot() throws IOException {
        Path spec = specs.loads("small");
        String first = run("--json", spec).out();
        assertThat(run("--json", spec).out()).isEqualTo(first);
        assertThat(run("--json", "--no-run-ahead", spec).out()).isEqualTo(first);
        JsonNode other =
                JsonMapper.shared().readTree(run("--json", "--seed", "2", spec).out());
        assertThat(other.get("seed").intValue()).isEqualTo(2);
        assertThat(other.get("eventHash"))
                .isNotEqualTo(JsonMapper.shared().readTree(first).get("eventHash"));
    }

    @Test
    void set_overridesEverySpec() throws IOException {
        Invocation run = run("-q", "--set", "gru.tlb.ways=2", specs.loads("a"), specs.loads("b"));
        assertThat(run.exitCode()).isZero();
        for (String name : List.of("a", "b")) {
            assertThat(json(out.resolve(name + "/result.json"))
                            .at("/spec/gru/tlb/ways")
                            .intValue())
                    .isEqualTo(2);
        }
    }

    @Test
    void directoryOfSpecs_runsThemByNameInThatOrderWhateverTheWorkers() throws IOException {
        specs.loads("zebra");
        specs.loads("ant");
        specs.write("notes.txt", "not a spec");
        Invocation run = run("--workers", "2", specs.directory());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().indexOf("ant  grusim")).isZero();
        assertThat(run.out().indexOf("zebra  grusim")).isPositive();
        assertThat(out.resolve("ant/result.json")).exists();
        assertThat(out.resolve("zebra/result.json")).exists();
        assertThat(json(out.resolve("ant/host.json")).get("workers").intValue()).isEqualTo(2);
    }

    @Test
    void emptyDirectory_isRefused() {
        assertThat(run(specs.directory()))
                .isEqualTo(new Invocation(
                        ExitCode.BAD_INPUT,
                        "",
                        "grusim: " + specs.directory() + ": no spec in it; accepted: a directory with .json files"
                                + System.lineSeparator()));
    }

    @Test
    void twoSpecsOfOneName_areRefusedBeforeAnythingIsWritten() throws IOException {
        Path first = specs.loads("same");
        Path second = specs.write("other.json", Files.readString(first));
        Invocation run = run(first, second);
        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err())
                .startsWith("grusim: " + first + " and " + second + " are both named \"same\"")
                .hasLineCount(1);
        assertThat(out).doesNotExist();
    }

    @Test
    void oneBadTraceOfSeveral_isFoundBeforeTheFirstIsSimulated() throws IOException {
        specs.write("t", "rubbish\n");
        Invocation run = run(specs.loads("good"), specs.replay("t"));
        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.out()).isEmpty();
        assertThat(out).doesNotExist();
    }

    @Test
    void replay_printsWhatLedToTheViolation_andWritesNothing() throws IOException {
        Path spec = specs.write("dropped.json", """
                {"name": "dropped", "gru": {"killBits": false, "tlb": {"sets": 8, "ways": 2}},
                 "processes": [{"name": "p", "regions": [{"name": "r", "size": "1 MiB"}],
                  "threads": [{"name": "t", "count": 4, "context": {"cbrs": 8, "dsr": "4 KiB"}, "program": [
                   {"op": "vload", "region": "r", "count": 2000, "inFlight": 8, "pattern": {"kind": "uniform"}}]}]}],
                 "disturbances": [{"name": "d", "op": "madvise-dontneed", "process": "p", "region": "r",
                  "length": "64 KiB", "rate": "50000/s"}]}""");
        assertThat(run("-q", spec).exitCode()).isEqualTo(ExitCode.VIOLATED);
        String violation = json(out.resolve("result.json"))
                .at("/contract/violationTexts/0")
                .stringValue();
        String token = violation.substring(violation.lastIndexOf(' ') + 1);
        Invocation replay = Invocation.of("", "run", spec.toString(), "--replay", token);
        assertThat(replay.err()).isEmpty();
        assertThat(replay.exitCode()).isEqualTo(ExitCode.VIOLATED);
        assertThat(replay.out())
                .startsWith("# time in ns, agent, step, text; window ")
                .contains("VIOLATED", violation.substring(0, violation.indexOf("; replay")));
        assertThat(specs.tree()).containsExactly("dropped.json");
        Invocation other = Invocation.of("", "run", spec.toString(), "--seed", "2", "--replay", token);
        assertThat(other.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(other.err())
                .isEqualTo("grusim: replay token " + token + " is of seed 1, dropped has seed 2;"
                        + " accepted: --seed 1\n");
    }

    @Test
    void trace_holdsTheEventsOfItsWindow() throws IOException {
        Path spec = specs.loads("small");
        run("-q", "--trace", "text", "--window", "10us..12us", spec);
        List<String> window = Files.readAllLines(out.resolve("trace.txt"));
        assertThat(window.get(0)).startsWith("#").contains("10", "12");
        assertThat(window).hasSizeGreaterThan(5);
        for (String line : window.subList(1, window.size())) {
            assertThat(Double.parseDouble(line.strip().split("\\s+", -1)[0])).isBetween(10_000.0, 11_999.999);
        }
        run("-q", "--trace", "text", spec);
        assertThat(Files.readAllLines(out.resolve("trace.txt")))
                .hasSizeGreaterThan(window.size())
                .containsAll(window.subList(1, window.size()));
        run("-q", spec);
        assertThat(out.resolve("trace.txt")).doesNotExist();
    }

    @Test
    void wrongData_isToldWithExitCode3AndWritten() throws IOException {
        Invocation run = run(specs.wrongSum());
        assertThat(run.exitCode()).isEqualTo(ExitCode.VIOLATED);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("data      1 failed of 1 checks");
        JsonNode checks = json(out.resolve("result.json")).get("dataChecks");
        assertThat(checks.get("failed").intValue()).isEqualTo(1);
        assertThat(checks.get("failureTexts").toString()).contains("1", "2");
    }

    @Test
    void worstOfSeveral_isTheExitCode() throws IOException {
        assertThat(run("-q", specs.wrongSum(), specs.loads("good")).exitCode()).isEqualTo(ExitCode.VIOLATED);
        assertThat(out.resolve("good/result.json")).exists();
    }
}
