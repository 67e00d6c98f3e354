package grusim.result.report;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.LatencyHistogram;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.RunResultBuilder;
import grusim.result.stat.Figure;
import grusim.result.stat.Figures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The figures that stand first are those of what a run is about. */
final class RunSummaryTest {
    private static RunSummary summary(RunResultBuilder result) {
        Replications runs = Replications.of(result.build());
        Map<String, Figure> figures = new LinkedHashMap<>();
        Figures.of(runs).forEach(figure -> figures.put(figure.path(), figure));
        return new RunSummary(runs, figures);
    }

    private static LatencyHistogram samples(int count, long eachPs) {
        LatencyHistogram histogram = new LatencyHistogram();
        for (int n = 0; n < count; n++) {
            histogram.record(eachPs);
        }
        return histogram;
    }

    /**
     * Most samples have nop and send. Of the others dropin took 25 x 900 = 22.5 us in all, walk 30 x 500 = 15 us, lock
     * 1.2 us; the 19 of boot took most of all but have no percentile.
     */
    @Test
    void tiles_areOfWhatHappenedMostOften_andThenOfWhatTookMostTime() {
        List<Page.Tile> tiles = summary(RunResult.builder("x", "1", 1)
                        .latency("boot", samples(19, 9_000_000))
                        .latency("lock", samples(60, 20_000))
                        .latency("walk", samples(30, 500_000))
                        .latency("dropin", samples(25, 900_000))
                        .latency("message.send", samples(2000, 100_000))
                        .latency("instruction.nop", samples(4000, 1_000)))
                .tiles();
        assertThat(tiles)
                .extracting(Page.Tile::label)
                .containsExactly("instruction.nop", "message.send", "dropin", "walk");
        assertThat(tiles).extracting(Page.Tile::value).containsExactly("1 ns", "100 ns", "900 ns", "500 ns");
        assertThat(tiles).extracting(Page.Tile::unit).containsExactly("p99", "p99", "p50", "p50");
        assertThat(tiles.get(0).details()).contains("4,000 samples");
    }

    @Test
    void singleSamples_haveNoTile_butTheLongestIsNamed() {
        RunSummary summary = summary(RunResult.builder("x", "1", 1)
                .latency("instruction.gamir", samples(1, 8_950_000))
                .latency("shootdown", samples(1, 2_900_000)));
        assertThat(summary.tiles()).isEmpty();
        assertThat(summary.sentences())
                .contains("No operation ended often enough for a percentile; what took longest was a sample of"
                        + " instruction.gamir with 8.95 us.");
    }

    @Test
    void nothing_isSaid() {
        assertThat(summary(RunResult.builder("x", "1", 1)).sentences())
                .containsExactly("Nothing was measured: no operation ended in this run.");
    }
}
