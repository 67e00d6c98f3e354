package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.Dictionary;
import grusim.result.Dictionary.Entry;
import grusim.result.Metric;
import grusim.result.Metrics;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.stat.Figure;
import grusim.result.stat.Figures;
import grusim.workload.load.SpecLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Shipped specs are cut off early, unless {@code -Dstats.full} is given. */
final class StatCatalogTest {
    private static final Path SPECS = Path.of("../../workloads/specs");
    private static final Dictionary DICTIONARY = StatCatalog.dictionary();

    private static List<Path> specs() throws IOException {
        try (Stream<Path> walk = Files.walk(SPECS)) {
            return walk.filter(p -> p.toString().endsWith(".json")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void everyFigureOfAShippedSpec_isDeclared(Path spec) {
        List<String> settings = new ArrayList<>();
        if (System.getProperty("stats.full") == null) {
            settings.add("run.until=60 us");
        }
        RunResult result =
                Runs.simulate(SpecLoader.load(spec, settings), RunOptions.standard("test"), RunProgress.NONE, null);
        Replications run = Replications.of(result);
        List<String> undeclared = new ArrayList<>(Dictionary.metrics(run));
        undeclared.removeIf(metric -> DICTIONARY.find(metric).isPresent());
        assertThat(undeclared).isEmpty();
        for (Figure figure : Figures.of(run)) {
            assertThat(unit(figure.name(), figure.statistic()))
                    .as(figure.path())
                    .isEqualTo(figure.unit());
        }
        for (Metric metric : Metrics.of(result)) {
            assertThat(unit(metric.name(), metric.statistic()))
                    .as(metric.path())
                    .isEqualTo(metric.unit());
        }
        assertThat(DICTIONARY.of(run).entries()).hasSize(Dictionary.metrics(run).size());
    }

    /** The unit that the dictionary gives a figure: its statistic's if that is declared by itself. */
    private static String unit(String name, String statistic) {
        return DICTIONARY
                .find(Dictionary.STATISTIC + statistic)
                .or(() -> DICTIONARY.find(name))
                .or(() -> DICTIONARY.find(name + "." + statistic))
                .map(Entry::unit)
                .orElse("");
    }

    @Test
    void reasonsAndMeanings_areSentences() {
        assertThat(DICTIONARY.entries()).hasSizeGreaterThan(300);
        assertThat(DICTIONARY.find("reason.lock wait").orElseThrow().meaning())
                .isEqualTo("Waiting for a lock that another agent holds.");
        assertThat(DICTIONARY.find("latency.dropin.interrupt").orElseThrow().unit())
                .isEqualTo("ns");
        assertThat(DICTIONARY.find("counters.driver.tlb_dropin").orElseThrow().source())
                .startsWith("Linux drivers/misc/sgi-gru");
        assertThat(DICTIONARY.find("latency.nothing")).isEmpty();
    }

    @Test
    void warmUpTime_isDeclared() {
        String spec = RunRig.oneThread("{\"name\": \"r\", \"size\": \"4 KiB\"}", "{\"op\": \"nop\"}", "");
        Replications run = Replications.of(RunRig.run(spec, "run.warmUp=1 us"));
        assertThat(Dictionary.metrics(run))
                .contains("counters.run.measuredFrom")
                .allMatch(metric -> DICTIONARY.find(metric).isPresent());
    }
}
