package grusim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class StatsCommandTest {
    @Test
    void stats_printsNameUnitMeaningAndSource() {
        Invocation run = Invocation.of("", "stats", "dropin.interrupt");
        assertThat(run).isEqualTo(new Invocation(0, """
                latency.dropin.interrupt  ns
                    Duration of a dropin made in the interrupt, from the miss in the TFH to the TLB entry.
                """, ""));
        assertThat(Invocation.of("", "stats").out().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void formats_holdTheSameEntries() {
        JsonNode json = JsonMapper.shared()
                .readTree(Invocation.of("", "stats", "--json", "lock").out());
        assertThat(json.get(0).propertyNames()).containsExactly("metric", "unit", "meaning", "source");
        assertThat(Invocation.of("", "stats", "--csv", "lock").out()).hasLineCount(1 + json.size());
        assertThat(Invocation.of("", "stats", "--md", "lock").out()).hasLineCount(2 + json.size());
    }

    @Test
    void unknownFigure_isRefused() {
        Invocation run = Invocation.of("", "stats", "nosuchfigure");
        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err())
                .startsWith("grusim: nosuchfigure: no figure has that")
                .hasLineCount(1);
        assertThat(Invocation.of("", "stats", "--json", "--csv").exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    }

    @Test
    void runDirectory_hasTheDictionaryOfItsFigures(@TempDir Path directory) throws IOException {
        Path spec = new SmallSpecs(directory).loads("small");
        Path out = directory.resolve("out");
        assertThat(Invocation.of("", "run", "-q", "--no-charts", "--out", out.toString(), spec.toString())
                        .exitCode())
                .isZero();
        assertThat(Files.readAllLines(out.resolve("stats.csv")))
                .startsWith("metric,unit,meaning,source")
                .contains(
                        "counters.device.tlbHits,lookups,TLB lookups that found an entry.,model",
                        "latency.instruction.vload,ns,\"Duration of an instruction of this kind, from its start until its"
                                + " user has seen its end.\",model")
                .noneMatch(row -> row.startsWith("latency.instruction.gamir,"));
    }
}
