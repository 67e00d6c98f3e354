package grusim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.workload.calibration.CalibrationStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportCommandTest {
    @TempDir
    private Path directory;

    private Path out;

    @BeforeEach
    void run() throws IOException {
        out = directory.resolve("it's out");
        SmallSpecs specs = new SmallSpecs(Files.createDirectory(directory.resolve("specs")));
        Invocation run = grusim("run", "--no-charts", "-q", "--out", out, specs.loads("small"), "--replications", 2);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    }

    private static Invocation grusim(Object... arguments) {
        return Invocation.of(
                "", List.of(arguments).stream().map(Object::toString).toArray(String[]::new));
    }

    @Test
    void report_isTheOneThatRunWrote() throws IOException {
        Path page = out.resolve("report.html");
        String byRun = Files.readString(page);
        Files.delete(page);
        Invocation report = grusim("report", "--no-charts", out);
        assertThat(report.exitCode()).as(report.err()).isEqualTo(ExitCode.DONE);
        assertThat(report.out()).isEqualTo("Files: " + page + "\n");
        assertThat(Files.readString(page)).isEqualTo(byRun);
    }

    @Test
    void report_saysHowToGetTheSameAgain() throws IOException {
        assertThat(Files.readString(out.resolve("report.html")))
                .contains(
                        "./grusim run --no-charts -q --out &#39;",
                        "it&#39;\\&#39;&#39;s out",
                        "--replications 2</pre>",
                        "small.json:1",
                        "Left at their defaults",
                        "<b>Calibration</b> " + CalibrationStatus.shipped().orElseThrow());
    }

    @Test
    void report_ofAComparisonIsTheOneThatCompareWrote() throws IOException {
        Path compared = directory.resolve("compared");
        Path spec = directory.resolve("specs/small.json");
        Invocation compare = grusim(
                "compare",
                "--no-charts",
                "-q",
                "--out",
                compared,
                spec,
                "--set-b",
                "gru.tlb.ways=1",
                "--margin",
                "3%",
                "--metric",
                "throughput",
                "--fail-if",
                "throughput < -90%");
        assertThat(compare.exitCode()).as(compare.err()).isEqualTo(ExitCode.DONE);
        Path page = compared.resolve("report.html");
        String byCompare = Files.readString(page);
        assertThat(byCompare).contains("./grusim compare --no-charts -q ", "throughput &lt; -90%");
        Files.delete(page);
        Invocation report = grusim("report", "--no-charts", compared);
        assertThat(report.exitCode()).as(report.err()).isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(page)).isEqualTo(byCompare);
        assertThat(grusim("report", "--no-charts", "-q", compared.resolve("a")).exitCode())
                .isEqualTo(ExitCode.DONE);
        assertThat(compared.resolve("a/report.html")).isNotEmptyFile();
    }

    @Test
    void out_writesThereAndNowhereElse() throws IOException {
        Path page = out.resolve("report.html");
        Files.delete(page);
        Path elsewhere = directory.resolve("page.html");
        assertThat(grusim("report", "--no-charts", "-q", out, "--out", elsewhere)
                        .exitCode())
                .isEqualTo(ExitCode.DONE);
        assertThat(elsewhere).isNotEmptyFile();
        assertThat(page).doesNotExist();
    }

    @Test
    void place_thatIsNoRunIsRefusedInOneLine() {
        Invocation report = grusim("report", directory);
        assertThat(report.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(report.err()).contains(directory.toString()).hasLineCount(1);
        assertThat(directory.resolve("report.html")).doesNotExist();
    }

    @Test
    void out_ofSeveralRunsIsRefused() {
        Invocation report = grusim("report", out, out, "--out", directory.resolve("page.html"));
        assertThat(report.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(report.err()).contains("--out with 2 directories; accepted: one");
    }
}
