package grusim.result.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.result.compare.Comparison;
import grusim.result.compare.Condition;
import grusim.result.compare.Correction;
import grusim.result.compare.Designs;
import grusim.result.compare.Terms;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComparisonDirectoryTest {
    private static final Terms TERMS = new Terms(
            new BigDecimal("0.9"), new BigDecimal("0.02"), Correction.HOLM, List.of("throughput", "latency.*.p50Ns"));

    @TempDir
    private Path place;

    private Comparison comparison;

    @BeforeEach
    void write() {
        comparison = Comparison.of(Designs.of(3, 1, 1), Designs.of(3, 1, 1.25), TERMS);
        Condition.Judgement judgement =
                Condition.parse("possibly throughput < -5%").judge(comparison);
        try (RunDirectory directory = RunDirectory.ofComparison(place)) {
            ComparisonDirectory.write(new ComparisonDirectory.Kept(comparison, List.of(judgement)), directory);
            directory.commit();
        }
    }

    @Test
    void read_makesTheSameComparison() throws IOException {
        assertThat(ComparisonDirectory.is(place)).isTrue();
        ComparisonDirectory.Kept kept = ComparisonDirectory.read(place);
        assertThat(kept.comparison().terms()).isEqualTo(TERMS);
        assertThat(kept.comparison().differences()).isEqualTo(comparison.differences());
        assertThat(kept.comparison().verdict()).isEqualTo(comparison.verdict());
        assertThat(ComparisonFile.json(kept.comparison(), kept.judgements()))
                .isEqualTo(Files.readString(place.resolve("comparison.json")));
    }

    @Test
    void sides_areRunDirectories() {
        assertThat(RunArchive.read(place.resolve("a")).count()).isEqualTo(3);
        assertThat(RunArchive.read(place.resolve("b")).first().eventHash())
                .isEqualTo(comparison.b().first().eventHash());
        assertThatThrownBy(() -> RunArchive.read(place))
                .isInstanceOf(OutputException.class)
                .hasMessage("cannot read results from " + place
                        + ": it is the directory of a comparison; accepted: the runs in it, " + place.resolve("a")
                        + " and " + place.resolve("b"));
    }

    @Test
    void commit_removesWhatWasDrawnOfEarlierRuns() throws IOException {
        Path stale = Files.createDirectories(place.resolve("a/charts")).resolve("tlb-light.png");
        Path own = place.resolve("a/notes.txt");
        Files.writeString(stale, "");
        Files.writeString(own, "");
        write();
        assertThat(stale).doesNotExist();
        assertThat(own).exists();
    }

    @Test
    void read_refusesAnOlderOrBrokenOne() throws IOException {
        Files.delete(place.resolve("b/data.json.gz"));
        assertThatThrownBy(() -> ComparisonDirectory.read(place))
                .isInstanceOf(OutputException.class)
                .hasMessageEndingWith("it has no b/data.json.gz, so an older grusim wrote it; compare again");
        Files.writeString(place.resolve("comparison.json"), "{\"level\": \"much\"}");
        assertThatThrownBy(() -> ComparisonDirectory.read(place))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("comparison.json: it is broken: ");
    }
}
