package grusim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
final class CalibrateCommandTest {
    private static Invocation calibrate(String... args) {
        List<String> all = new ArrayList<>(List.of("calibrate", "--data", "../../workloads/calibration"));
        all.addAll(List.of(args));
        return Invocation.of("", all.toArray(String[]::new));
    }

    @Test
    void passedTargets_endWithExitCode0() {
        Invocation run = calibrate("--only", "C09,C08");
        assertThat(run.out().lines())
                .anyMatch(line -> line.startsWith("C08") && line.endsWith("fitted      passed"))
                .anyMatch(line -> line.startsWith("C09") && line.endsWith("prediction  passed"))
                .contains("      control: an invalidate is charged per page: the target fails, as it must")
                .contains("2 targets: 2 passed, 0 failed, 0 warned, 0 not yet simulated; 1 control, which makes its"
                        + " target fail");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void targets_areFoundBelowTheLauncher_whereverItIsCalled() {
        assertThat(Invocation.of("", "calibrate", "--only", "C08").exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        System.setProperty("grusim.home", "../..");
        try {
            assertThat(Invocation.of("", "calibrate", "--only", "C08").out()).contains("1 target: 1 passed");
        } finally {
            System.clearProperty("grusim.home");
        }
    }

    @Test
    void failedTarget_endsWithExitCode3() {
        Invocation run = calibrate("--only", "C19");
        assertThat(run.out()).contains("FAILED").contains("1 target: 0 passed, 1 failed");
        assertThat(run.exitCode()).isEqualTo(ExitCode.VIOLATED);
    }

    @Test
    void whatIsNotSimulated_isNeverCountedAsPassed() {
        Invocation run = calibrate("--only", "C12,C13");
        assertThat(run.out()).contains("C12").contains("2 targets: 0 passed, 0 failed, 0 warned, 2 not yet simulated");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void replications_giveIntervals_orSayWhyThereIsNone() {
        Invocation run = calibrate("--only", "C03,C08", "--replications", "3");
        assertThat(run.out())
                .startsWith("id    figure")
                .contains("95% interval")
                .containsPattern("C03 .* nothing is random +0% ")
                .containsPattern("C08 .* 2[.]12 us +same run for any seed ")
                .contains("Each value is a mean over 3 runs");
        assertThat(run.exitCode()).isZero();
        JsonNode tree = JsonMapper.shared()
                .readTree(calibrate("--only", "C08", "--replications", "2", "--json")
                        .out());
        assertThat(tree.get(0).get("figures").get(0).get("noInterval").stringValue())
                .isEqualTo("same run for any seed");
        assertThat(calibrate("--only", "C08").out())
                .doesNotContain("95% interval")
                .contains("Each value is from one run with its spec's seed: no interval (--replications gives one).");
    }

    @Test
    void json_hasEveryFigure_withoutDependingOnWorkers() {
        Invocation one = calibrate("--only", "C08,C09,C11", "--json", "--workers", "1");
        Invocation two = calibrate("--only", "C08,C09,C11", "--json", "--workers", "2");
        assertThat(two.out()).isEqualTo(one.out());
        JsonNode tree = JsonMapper.shared().readTree(one.out());
        assertThat(tree.size()).isEqualTo(3);
        JsonNode figure = tree.get(0).get("figures").get(0);
        assertThat(figure.get("simulated").decimalValue()).isPositive();
        assertThat(figure.get("holds").booleanValue()).isTrue();
        assertThat(tree.get(1).get("controls").get(0).get("targetFails").booleanValue())
                .isTrue();
    }

    @Test
    void badInput_isRefused() {
        Invocation unknown = calibrate("--only", "C99");
        assertThat(unknown.err()).startsWith("grusim: --only C99; accepted: C01, C02");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        Invocation nowhere = Invocation.of("", "calibrate", "--data", "no-such-directory");
        assertThat(nowhere.err()).contains("no-such-directory").contains("accepted: a directory of JSON files");
        assertThat(nowhere.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        Invocation none = calibrate("--replications", "0", "--only", "C08");
        assertThat(none.err()).startsWith("grusim: --replications 0; accepted: 1 and above");
        Invocation workers = calibrate("--workers", "0", "--only", "C08");
        assertThat(workers.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    }
}
