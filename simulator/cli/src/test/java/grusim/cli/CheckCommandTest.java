package grusim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class CheckCommandTest {
    private static final Path CHECKS = Path.of("../../workloads/checks");
    private static final Path EXIT = CHECKS.resolve("exit-vs-fault.json");
    private static final String BROKEN = "driver.release=flag";

    @TempDir
    private Path directory;

    private Path out;

    @BeforeEach
    void prepare() {
        out = directory.resolve("out");
    }

    private Invocation check(Object... arguments) {
        List<String> all = new ArrayList<>(List.of("check", "--out", out.toString()));
        for (Object argument : arguments) {
            all.add(argument.toString());
        }
        return Invocation.of("", all.toArray(String[]::new));
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private List<String> written() {
        return new SmallSpecs(out).tree();
    }

    // ---- verdicts ----

    @Test
    void safe_saysSoAndWritesTheVerdict() throws IOException {
        Invocation run = check(EXIT);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.out())
                .startsWith("exit-vs-fault under sc: safe: complete, every reachable state was visited\n")
                .containsPattern("\n[0-9,]+ states, [0-9,]+ transitions, [0-9,]+ schedules in [0-9.]+ s")
                .endsWith("\nFiles: " + out.toAbsolutePath() + "\n");
        assertThat(written()).containsExactly("verdict.json");
        JsonNode verdict = json(Files.readString(out.resolve("verdict.json")));
        assertThat(verdict.get("verdict").stringValue()).isEqualTo("safe");
        assertThat(verdict.get("complete").booleanValue()).isTrue();
        assertThat(verdict.get("counterexample").isNull()).isTrue();
    }

    @Test
    void violated_showsTheCounterexampleInEveryForm() throws IOException {
        Invocation run = check(EXIT, "--set", BROKEN);
        assertThat(run.exitCode()).isEqualTo(ExitCode.VIOLATED);
        assertThat(run.out())
                .startsWith("exit-vs-fault: violated under sc in ")
                .contains("driver.release=flag", "point 2: no page-table page is read after its free")
                .contains("missing: ", "=> step ")
                .contains("grusim check " + EXIT + " --set driver.release=flag --replay sc.");
        assertThat(written())
                .containsExactly("counterexample.html", "counterexample.svg", "counterexample.txt", "verdict.json");
        assertThat(run.out())
                .contains(Files.readString(out.resolve("counterexample.txt")).strip());
        assertThat(Files.readString(out.resolve("counterexample.html"))).startsWith("<!DOCTYPE html>");
        assertThat(Files.readString(out.resolve("counterexample.svg")))
                .startsWith("<svg")
                .endsWith("</svg>\n");
    }

    @Test
    void safeAfterViolated_removesTheOldCounterexample() {
        check(EXIT, "--set", BROKEN);
        check(EXIT);
        assertThat(written()).containsExactly("verdict.json");
    }

    @Test
    void bounds_areNoProof() {
        Invocation run = check(EXIT, "--bounds", "states=100,depth=60,preemptions=1,time=60 s", "--json");
        assertThat(run.exitCode()).isEqualTo(ExitCode.BOUNDED);
        JsonNode verdict = json(run.out());
        assertThat(verdict.get("verdict").stringValue()).isEqualTo("safe-within-bounds");
        assertThat(verdict.get("complete").booleanValue()).isFalse();
        assertThat(verdict.at("/bounds/states").longValue()).isEqualTo(100);
        assertThat(verdict.at("/bounds/depth").longValue()).isEqualTo(60);
        assertThat(verdict.at("/bounds/preemptions").longValue()).isEqualTo(1);
        assertThat(verdict.at("/bounds/timeMs").longValue()).isEqualTo(60_000);
        assertThat(verdict.at("/bounds/reached").stringValue()).isNotEmpty();
        assertThat(check(EXIT, "--bounds", "states=100").out())
                .startsWith("exit-vs-fault under sc: safe within bounds only: left out beyond states 100\n");
    }

    @Test
    void json_isTheFileAndTheSameForAnyNumberOfWorkers() throws IOException {
        String one = check(EXIT, "--set", BROKEN, "--json").out();
        assertThat(Files.readString(out.resolve("verdict.json"))).isEqualTo(one);
        assertThat(check(EXIT, "--set", BROKEN, "--json", "--workers", 2).out()).isEqualTo(one);
        JsonNode verdict = json(one);
        assertThat(verdict.propertyNames())
                .containsExactly(
                        "scenario",
                        "memoryModel",
                        "settings",
                        "verdict",
                        "complete",
                        "states",
                        "transitions",
                        "schedules",
                        "bounds",
                        "counterexample");
        assertThat(verdict.get("memoryModel").stringValue()).isEqualTo("sc");
        assertThat(verdict.at("/settings/0").stringValue()).isEqualTo(BROKEN);
        JsonNode counterexample = verdict.get("counterexample");
        assertThat(counterexample.get("invariant").stringValue())
                .isEqualTo("no page-table page is read after its free");
        assertThat(counterexample.get("steps").size()).isGreaterThan(20);
        assertThat(counterexample.at("/steps/0/number").intValue()).isEqualTo(1);
        assertThat(counterexample.get("replay").stringValue()).startsWith("sc.");
    }

    @Test
    void withoutReduction_theVerdictIsTheSame() {
        JsonNode reduced =
                json(check(CHECKS.resolve("shared-handle.json"), "--json").out());
        JsonNode all = json(check(CHECKS.resolve("shared-handle.json"), "--json", "--no-reduction")
                .out());
        assertThat(all.get("verdict")).isEqualTo(reduced.get("verdict"));
        assertThat(all.get("states").longValue())
                .isGreaterThan(reduced.get("states").longValue());
    }

    @Test
    void quiet_printsNothing() {
        assertThat(check(EXIT, "--quiet").out()).isEmpty();
        Invocation violated = check(EXIT, "--set", BROKEN, "-q");
        assertThat(violated.out() + violated.err()).isEmpty();
        assertThat(violated.exitCode()).isEqualTo(ExitCode.VIOLATED);
    }

    @Test
    void full_showsEveryStep() {
        int lines = check(EXIT, "--set", BROKEN).out().split("\n", -1).length;
        String full = check(EXIT, "--set", BROKEN, "--full").out();
        assertThat(full.split("\n", -1).length).isGreaterThan(lines);
        assertThat(full).doesNotContainPattern("o \\.\\.\\. [0-9]+ steps: ");
    }

    @Test
    void interrupted_printsWhatThereIsAsSuchAndWritesNothing() throws InterruptedException {
        Invocation[] run = new Invocation[1];
        Thread user = new Thread(() -> run[0] = check(
                CHECKS.resolve("munmap-downgrade.json"),
                "--no-reduction",
                "--set",
                "driver.findVmaChecksContainment=true"));
        user.start();
        while (!Files.isDirectory(out)) {
            Thread.sleep(10);
        }
        Thread.sleep(500);
        user.interrupt();
        user.join(30_000);
        Invocation ended = Objects.requireNonNull(run[0]);
        assertThat(ended.out())
                .startsWith("munmap-downgrade under sc, driver.findVmaChecksContainment=true:"
                        + " interrupted: nothing found so far, which proves nothing\n")
                .doesNotContain("Files:");
        assertThat(ended.err()).isEqualTo("grusim: interrupted\n");
        assertThat(ended.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(out).doesNotExist();
    }

    // ---- replay ----

    private String token() {
        return json(check(EXIT, "--set", BROKEN, "--json").out())
                .at("/counterexample/replay")
                .stringValue();
    }

    @Test
    void replay_violatesAgainStepByStep() {
        String token = token();
        Invocation run = check(EXIT, "--set", BROKEN, "--replay", token);
        assertThat(run.exitCode()).isEqualTo(ExitCode.VIOLATED);
        List<String> lines = run.out().lines().toList();
        assertThat(lines.get(0)).startsWith(" 1  ").doesNotContain(" ns ");
        assertThat(lines.get(lines.size() - 1))
                .isEqualTo("=> step " + (lines.size() - 1)
                        + " violates point 2: no page-table page is read after its free");
    }

    @Test
    void replayInTime_beginsStepsInOrder() {
        String token = token();
        JsonNode steps = json(check(EXIT, "--set", BROKEN, "--replay", token, "--timed", "--json")
                        .out())
                .get("steps");
        long before = 0;
        for (JsonNode step : steps) {
            assertThat(step.get("beginPs").longValue()).isGreaterThanOrEqualTo(before);
            before = step.get("beginPs").longValue();
        }
        assertThat(before).isGreaterThan(1_000_000);
        assertThat(check(EXIT, "--set", BROKEN, "--replay", token, "--timed").out())
                .containsPattern("(?m)^ 1 +0\\.000 ns  ");
    }

    @Test
    void replayOfSomethingElse_isRefused() {
        String token = token();
        String accepted =
                "; accepted: a token that grusim check printed, whole, with the spec and the settings it was printed for\n";
        assertThat(refusal(EXIT, "--replay", token))
                .isEqualTo("grusim: --replay: the token is of another scenario, or of other settings, than"
                        + " exit-vs-fault has here" + accepted);
        assertThat(refusal(EXIT, "--set", BROKEN, "--memory-model", "tso", "--replay", token))
                .isEqualTo("grusim: --replay: the token is of memory model sc, this is tso" + accepted);
        assertThat(refusal(EXIT, "--set", BROKEN, "--replay", "abc"))
                .isEqualTo("grusim: --replay: the token is no replay token" + accepted);
        assertThat(refusal(EXIT, "--set", BROKEN, "--replay", token.substring(0, token.length() - 3)))
                .startsWith("grusim: --replay: the replay token is damaged: ")
                .endsWith(accepted);
    }

    // ---- bad input ----

    private String refusal(Object... arguments) {
        Invocation run = check(arguments);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).hasLineCount(1);
        return run.err();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"states", "states=0", "states=x", "depth=-1", "time=30", "moons=3", "states=1,states=2", ""})
    void badBounds(String bounds) {
        assertThat(refusal(EXIT, "--bounds", bounds))
                .startsWith("grusim: --bounds")
                .contains("; accepted: ");
        assertThat(out).doesNotExist();
    }

    @Test
    void badUse() throws IOException {
        assertThat(refusal(EXIT, "--memory-model", "arm"))
                .isEqualTo("grusim: --memory-model arm: unknown; accepted: sc, tso, relaxed\n");
        assertThat(refusal(EXIT, "--set", "gru.kilBits=false")).contains("unknown key", "did you mean \"killBits\"?");
        assertThat(refusal(EXIT, "--workers", 0)).isEqualTo("grusim: --workers 0; accepted: 1 and above\n");
        assertThat(refusal(EXIT, "--timed")).startsWith("grusim: --timed: without --replay");
        assertThat(refusal()).startsWith("grusim: 0 specs; accepted: one spec, or --all");
        assertThat(refusal(EXIT, EXIT)).startsWith("grusim: 2 specs; accepted: one spec, or --all");
        assertThat(refusal("--all", "--replay", "x")).startsWith("grusim: --replay: with --all");
        assertThat(refusal(directory.resolve("none.json"))).contains("none.json: does not exist");
        assertThat(refusal(new SmallSpecs(directory).loads("loads")))
                .startsWith("grusim: loads: scenario: missing; accepted: a spec with a scenario");
        assertThat(out).doesNotExist();
    }

    // ---- everything that is claimed ----

    private Path specs() {
        return directory.resolve("specs");
    }

    private Path claiming(String name, String claim) throws IOException {
        String text = Files.readString(CHECKS.resolve("shared-handle.json"));
        String renamed = text.replace("\"shared-handle\"", "\"" + name + "\"").replace("\"sc\": \"safe\"", claim);
        return new SmallSpecs(Files.createDirectories(specs())).write(name + ".json", renamed);
    }

    @Test
    void all_comparesVerdictsWithClaims() throws IOException {
        claiming("right", "\"sc\": \"safe\"");
        Path specs = specs();
        Invocation right = check("--all", specs, "--memory-model", "sc");
        assertThat(right.exitCode()).as(right.out()).isEqualTo(ExitCode.DONE);
        assertThat(right.out())
                .startsWith("scenario")
                .containsPattern("right +safe +- +- +[0-9,]+ +[0-9.]+ s\\n")
                .contains("1 check, all as claimed");
        assertThat(written()).contains("right/1-sc/verdict.json");

        claiming("wrong", "\"sc\": \"violated\"");
        Invocation wrong = check("--all", specs, "--memory-model", "sc", "--workers", 2);
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.VIOLATED);
        assertThat(wrong.out())
                .contains("safe (!)", "wrong under sc: expected violated, found safe; the claim: ")
                .contains("2 checks, 1 not as claimed");

        JsonNode rows =
                json(check("--all", specs, "--memory-model", "sc", "--json").out());
        assertThat(rows.get(0).get("agrees").booleanValue()).isTrue();
        assertThat(rows.get(1).get("expected").stringValue()).isEqualTo("violated");
        assertThat(rows.get(1).get("verdict").stringValue()).isEqualTo("safe");
    }

    @Test
    void allWithinBounds_decidesNothing() throws IOException {
        claiming("right", "\"sc\": \"safe\"");
        Path specs = specs();
        Invocation run = check("--all", specs, "--memory-model", "sc", "--bounds", "states=10");
        assertThat(run.exitCode()).isEqualTo(ExitCode.BOUNDED);
        assertThat(run.out()).contains("expected safe, found safe-within-bounds (states 10)");
    }

    @Test
    void allWithoutClaims_isRefused() throws IOException {
        Path file = claiming("right", "\"sc\": \"safe\"");
        Files.writeString(file, Files.readString(file).replace("\"relaxed\": \"safe\",", ""));
        Path specs = specs();
        assertThat(refusal("--all", specs, "--memory-model", "relaxed"))
                .startsWith("grusim: --all: nothing is claimed");
    }
}
