package grusim.result.stat;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.LatencyDistribution;
import grusim.result.Percentile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How often 95% intervals of a thousand seeded runs hold the truth, which is known for these sequences: in 93 to 97.5%
 * of them.
 */
final class CoverageTest {
    private static final int RUNS = 1000;

    @ParameterizedTest
    @CsvSource({
        "INDEPENDENT, 1, 2000",
        "AUTOREGRESSIVE, 1, 20000",
        "QUEUE, 1, 20000",
        "QUEUE, 3, 10000",
        "AUTOREGRESSIVE, 10, 400"
    })
    void mean_isInside(KnownProcess process, int replications, int samples) {
        assertCovered(process, replications, samples, LatencyFigures::mean, process.meanPs());
    }

    @ParameterizedTest
    @CsvSource({
        "INDEPENDENT, 1, 5000, P50",
        "INDEPENDENT, 1, 20000, P99",
        "AUTOREGRESSIVE, 1, 40000, P50",
        "AUTOREGRESSIVE, 1, 20000, P99",
        "QUEUE, 1, 20000, P90",
        "QUEUE, 3, 20000, P99",
        "QUEUE, 10, 5000, P99"
    })
    void percentile_isInside(KnownProcess process, int replications, int samples, Percentile percentile) {
        double truthPs = process.percentilePs(percentile.perTenThousand() / 10_000.0);
        assertCovered(process, replications, samples, figures -> figures.percentile(percentile), truthPs);
    }

    @Test
    void interval_thatTakesSamplesOfAQueueForIndependent_missesTheMeanInNearlyHalfOfTheRuns() {
        int held = 0;
        for (int run = 1; run <= RUNS; run++) {
            LatencyDistribution samples = KnownProcess.QUEUE.run(run, 20_000);
            // exponential, so that the spread of single samples is their mean
            double error = KnownProcess.QUEUE.meanPs() / Math.sqrt((double) samples.count());
            double mean = (double) samples.sumPs() / samples.count();
            held += Math.abs(mean - KnownProcess.QUEUE.meanPs()) <= 1.96 * error ? 1 : 0;
        }
        assertThat((double) held / RUNS).isBetween(0.4, 0.6);
    }

    private static void assertCovered(
            KnownProcess process,
            int replications,
            int samples,
            Function<LatencyFigures, Figure> figure,
            double truthPs) {
        int held = 0;
        int known = 0;
        for (int run = 0; run < RUNS; run++) {
            List<LatencyDistribution> runs = new ArrayList<>();
            for (int replication = 0; replication < replications; replication++) {
                runs.add(process.run((long) run * replications + replication + 1, samples));
            }
            Interval interval = figure.apply(new LatencyFigures("sample", runs)).interval();
            if (interval instanceof Interval.Known ends) {
                known++;
                held += holds(ends, truthPs) ? 1 : 0;
            }
        }
        assertThat(known).as("runs with an interval").isGreaterThan(RUNS * 98 / 100);
        assertThat((double) held / known)
                .as("share of intervals that hold the truth")
                .isBetween(0.93, 0.975);
    }

    /** A low end may be 0.1% above its sample, which is the width of a step. */
    private static boolean holds(Interval.Known ends, double truthPs) {
        return ends.low().doubleValue() * 1000 <= truthPs * 1.001 && ends.high().doubleValue() * 1000 >= truthPs;
    }
}
