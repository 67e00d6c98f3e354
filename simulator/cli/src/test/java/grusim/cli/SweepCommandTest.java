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

final class SweepCommandTest {
    @TempDir
    private Path directory;

    private Path out;
    private String spec;

    @BeforeEach
    void prepare() throws IOException {
        out = directory.resolve("out");
        spec = new SmallSpecs(directory).loads("small").toString();
    }

    private Invocation sweep(String... arguments) {
        List<String> all = new ArrayList<>(List.of("sweep", "--out", out.toString(), spec));
        all.addAll(List.of(arguments));
        return Invocation.of("", all.toArray(String[]::new));
    }

    @Test
    void sweep_simulatesTheGridInOrder() throws IOException {
        Invocation run = sweep(
                "--set", "gru.tlb.ways=1,2", "--set", "gru.tlb.sets=1,1024", "--metric", "counters.device.tlbMisses");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        List<String> lines = run.out().lines().toList();
        assertThat(lines).hasSize(7);
        assertThat(lines.get(0)).isEqualTo("gru.tlb.ways  gru.tlb.sets  counters.device.tlbMisses");
        assertThat(lines.get(1)).startsWith("1             1     ");
        assertThat(lines.get(2)).startsWith("1             1024  ");
        assertThat(lines.get(4)).startsWith("2             1024  ");
        assertThat(lines.get(5)).isEqualTo("* no interval: counted exactly in one run; replications give one");
        assertThat(lines.get(6)).isEqualTo("Files: " + out);
        // 16 pages: a TLB that holds them misses each once, one entry alone misses at nearly every change of page
        assertThat(lines.get(2)).endsWith("  16 lookups *");
        List<String> csv = Files.readAllLines(out.resolve("sweep.csv"));
        assertThat(csv.get(0))
                .isEqualTo(
                        "gru.tlb.ways,gru.tlb.sets,metric,statistic,value,unit,count,low,high,level,method,samples,noInterval");
        assertThat(csv)
                .contains("1,1024,counters.device.tlbMisses,value,16,lookups,1,,,,,,"
                        + "counted exactly in one run; replications give one");
        String single = csv.stream()
                .filter(row -> row.startsWith("1,1,counters.device.tlbMisses,"))
                .findFirst()
                .orElseThrow();
        assertThat(Integer.parseInt(single.split(",", -1)[4])).isGreaterThan(150);
        assertThat(out.resolve("charts/sweep-light.png")).exists();
        assertThat(out.resolve("charts/sweep-dark.svg")).exists();
    }

    @Test
    void workers_changeNothing() throws IOException {
        String one =
                sweep("--workers", "1", "--no-charts", "--set", "seed=1,2,3").out();
        String table = Files.readString(out.resolve("sweep.csv"));
        assertThat(sweep("--workers", "3", "--no-charts", "--set", "seed=1,2,3").out())
                .isEqualTo(one);
        assertThat(out.resolve("sweep.csv")).hasContent(table);
        assertThat(one.lines().distinct()).hasSize(6);
    }

    @Test
    void json_isALinePerRun() {
        Invocation run = sweep("--json", "--no-charts", "--set", "seed=5,6", "--metric", "dataChecks.passed");
        assertThat(run.out()).isEqualTo("""
                        {"settings":{"seed":"5"},"metric":"dataChecks.passed","value":201,"unit":"checks","count":1,"noInterval":"counted over all runs, not estimated"}
                        {"settings":{"seed":"6"},"metric":"dataChecks.passed","value":201,"unit":"checks","count":1,"noInterval":"counted over all runs, not estimated"}
                        """);
    }

    @Test
    void throughput_needsNoStatistic() {
        Invocation inShort = sweep("--no-charts", "--set", "gru.tlb.ways=1,2", "--metric", "throughput");
        assertThat(inShort.exitCode()).as(inShort.err()).isZero();
        assertThat(inShort.out()).contains("throughput.instructionsPerSecond\n").contains(" 1/s");
        assertThat(sweep("--no-charts", "--set", "gru.tlb.ways=1,2", "--metric", "throughput.instructionsPerSecond"))
                .isEqualTo(inShort);
    }

    @Test
    void quiet_saysNothing() {
        assertThat(sweep("-q", "--set", "seed=5,6")).isEqualTo(new Invocation(0, "", ""));
    }

    @Test
    void singleValue_isASweepOfOne() throws IOException {
        assertThat(sweep("--set", "gru.tlb.ways=2").out().lines()).hasSize(4);
        assertThat(Files.readAllLines(out.resolve("sweep.csv")).get(0)).startsWith("gru.tlb.ways,metric,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "counters.device.tlb_misses | counters.device.tlbMisses",
                "latency.instruction.vlaod.meanNs | latency.instruction.",
                "latency.instruction.vload.p97Ns | simulatedPs, counters.device.tlbMisses",
                "latency.walks.meanNs | latency.contextLoad.meanNs",
                "speed | simulatedPs, counters.device.tlbMisses"
            })
    void unknownMetric_isRefusedAndNothingWritten(String metric, String instead) {
        Invocation run = sweep("--set", "seed=5,6", "--metric", metric);
        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err())
                .startsWith("grusim: --metric " + metric + ": no result has that number; accepted: ")
                .contains(instead)
                .hasLineCount(1);
        assertThat(out).doesNotExist();
    }

    @Test
    void latencyOfAnInstructionThatNeverRan_isNotKnown() {
        Invocation run = sweep("--set", "seed=5,6", "--metric", "latency.instruction.bcopy.meanNs");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines().skip(1).limit(2)).allMatch(line -> line.endsWith(" -"));
    }

    @Test
    void badValueInTheMiddle_isRefusedBeforeTheFirstRun() {
        Invocation run = sweep("--set", "gru.tlb.ways=1,0,2");
        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("gru.tlb.ways").hasLineCount(1);
        assertThat(out).doesNotExist();
    }

    @Test
    void wrongData_isExitCode3() throws IOException {
        spec = new SmallSpecs(directory).wrongSum().toString();
        assertThat(sweep("-q", "--set", "seed=1,2").exitCode()).isEqualTo(ExitCode.VIOLATED);
        assertThat(out.resolve("sweep.csv")).exists();
    }

    @Test
    void replications_giveEveryFigureAnInterval() throws IOException {
        Invocation run = sweep(
                "--set", "gru.tlb.ways=1,2", "--replications", "5", "--metric", "latency.instruction.vload.meanNs");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines().skip(1).limit(2)).allMatch(line -> line.matches(".* ns ±[0-9.]+%?"));
        List<String> locks = Files.readAllLines(out.resolve("sweep.csv")).stream()
                .filter(row -> row.contains(",counters.lock.") && row.contains(".acquisitions,value,"))
                .toList();
        assertThat(locks).isNotEmpty().allMatch(row -> row.contains(",Student t over 5 replications,5,"));
    }

    @Test
    void shuffleTies_isRefusedWithTheCommandThatDoesIt() {
        Invocation run = sweep("--set", "seed=1,2", "--shuffle-ties", "3");
        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err())
                .isEqualTo("grusim: --shuffle-ties 3: a sweep compares designs, not orders of events; accepted:"
                        + " grusim run SPEC --set PATH=VALUE --shuffle-ties 3 for one design of it\n");
        assertThat(out).doesNotExist();
    }

    @Test
    void noSetting_isRefused() {
        assertThat(sweep().err())
                .startsWith("grusim: Missing required option: '--set=PATH=V1,V2,..'")
                .hasLineCount(1);
    }
}
