package grusim.result.text;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.LatencyHistogram;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.RunResultBuilder;
import grusim.result.StatDeclaration;
import grusim.result.stat.Figures;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

final class LatencyTableTest {
    private static LatencyHistogram samples(int count, IntToLongFunction ps) {
        LatencyHistogram histogram = new LatencyHistogram();
        for (int i = 0; i < count; i++) {
            histogram.record(ps.applyAsLong(i));
        }
        return histogram;
    }

    @Test
    void everyReason_hasItsOwnMark() {
        // 20 samples are too few for batches; 2,000 that rise all the time are correlated from end to end
        RunResult run = RunResult.builder("x", "1", 1)
                .latency("short", samples(20, i -> 5_000))
                .latency("drift", samples(2000, i -> 1000L * (i + 1)))
                .build();
        LatencyTable.Lines lines = LatencyTable.of(Replications.of(run), 104);
        assertThat(lines.table().get(1)).contains("5ns *a");
        assertThat(lines.table().get(2)).contains("1us *b");
        assertThat(lines.remarks())
                .contains(
                        "*a no interval: fewer than 128 samples in one run; 5 replications give one",
                        "*b no interval: samples are correlated over more than an eighth of a run; 5 replications give"
                                + " one");
    }

    @Test
    void lopsidedIntervals_showBothEndsWhereThereIsRoom() {
        // nine of ten samples are equal, the others a hundred times as long: the p90 may be either
        RunResult run = RunResult.builder("x", "1", 1)
                .latency("tail", samples(2000, i -> (i * 509L) % 2000 < 1801 ? 10_000 : 1_000_000))
                .build();
        assertThat(LatencyTable.of(Replications.of(run), 104).table().get(1)).contains("10ns 10ns..1us");
        assertThat(LatencyTable.of(Replications.of(run), 40).table().get(1))
                .contains("10ns ±")
                .doesNotContain("..");
    }

    @Test
    void measuringFromBehindTheEnd_isSaidWhereLatenciesWouldStand() {
        RunResultBuilder run = RunResult.builder("x", "1", 1)
                .simulatedPs(637_000_000)
                .counter(new StatDeclaration(Figures.MEASURED_FROM, "ps", "From when on.", "model"), 500_000_000_000L);
        LatencyTable.Lines lines = LatencyTable.of(Replications.of(run.build()), 104);
        assertThat(lines.table()).isEmpty();
        assertThat(lines.remarks())
                .containsExactly(
                        "No latency is measured: the run ended at 637 us, measuring begins at 500 ms (run.warmUp).");
        assertThat(SummaryTable.render(run.build(), null, false)).contains("No latency is measured: ");
    }
}
