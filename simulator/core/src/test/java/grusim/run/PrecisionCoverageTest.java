package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.LatencyHistogram;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.StatDeclaration;
import grusim.result.stat.Figure;
import grusim.result.stat.Figures;
import grusim.result.stat.Interval;
import grusim.workload.PrecisionSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How often the interval that stops a sequence of replications holds the truth, which is known for these results, in a
 * thousand seeded sequences. Looking again and again prefers replications that happen to be alike, whose interval is too
 * narrow; the more so the fewer they are.
 */
@Timeout(300)
final class PrecisionCoverageTest {
    private static final int SEQUENCES = 1000;
    private static final int MOST = 200;

    /** What one replication measures. */
    enum Kind {
        /** A counter, normal around a million, spread a tenth of that. */
        EVEN("counters.test.amount", 1e6),
        /** A counter, the sum of four exponential amounts: mean a million, skewness one. */
        LOPSIDED("counters.test.amount", 1e6),
        /** The mean of a hundred exponential latencies of 1 us. */
        MEAN("latency.test.meanNs", 1e3),
        /** Their 90th percentile. */
        P90("latency.test.p90Ns", 2302.585);

        private static final StatDeclaration AMOUNT =
                new StatDeclaration("test.amount", "events", "What is drawn.", "model");

        private final String path;
        private final double truth;

        Kind(String path, double truth) {
            this.path = path;
            this.truth = truth;
        }

        RunResult run(SplittableRandom random) {
            var result = RunResult.builder("test", "1", 1);
            if (this == EVEN || this == LOPSIDED) {
                return result.counter(AMOUNT, Math.round(amount(random))).build();
            }
            LatencyHistogram latencies = new LatencyHistogram();
            for (int i = 0; i < 100; i++) {
                latencies.record(Math.round(1e6 * exponential(random)));
            }
            return result.latency("test", latencies).build();
        }

        private double amount(SplittableRandom random) {
            if (this == EVEN) {
                double normal = Math.sqrt(2 * exponential(random)) * StrictMath.cos(2 * Math.PI * random.nextDouble());
                return 1e6 + 1e5 * normal;
            }
            double sum = 0;
            for (int i = 0; i < 4; i++) {
                sum += 0.25e6 * exponential(random);
            }
            return sum;
        }
    }

    /** What became of all sequences. */
    private record Outcome(double held, double replications) {}

    @ParameterizedTest
    @CsvSource({"EVEN, 0.044", "EVEN, 0.036", "EVEN, 0.025", "LOPSIDED, 0.18", "MEAN, 0.05", "P90, 0.07"})
    void finalInterval_holdsTheTruth(Kind kind, BigDecimal within) {
        Outcome outcome = sequences(kind, within, PrecisionSpec.FEWEST);
        assertThat(outcome.replications())
                .as("replications in the mean")
                .isBetween(PrecisionSpec.FEWEST + 1.0, MOST / 2.0);
        assertThat(outcome.held()).isBetween(0.93, 0.97);
    }

    @Test
    void rulesAskedFromTheFifthReplicationOn_missTheTruthTooOften() {
        Outcome even = sequences(Kind.EVEN, new BigDecimal("0.05"), 5);
        Outcome lopsided = sequences(Kind.LOPSIDED, new BigDecimal("0.25"), 5);
        assertThat(even.held()).isLessThan(0.93);
        assertThat(lopsided.held()).isLessThan(0.93);
    }

    private static Outcome sequences(Kind kind, BigDecimal within, int least) {
        PrecisionRule rule = new PrecisionRule(kind.path, within);
        ReplicationPlan plan = new ReplicationPlan(least, MOST, rule);
        int held = 0;
        long replications = 0;
        for (int sequence = 1; sequence <= SEQUENCES; sequence++) {
            SplittableRandom random = new SplittableRandom(sequence * 104_729L);
            List<RunResult> runs = new ArrayList<>();
            Replications made;
            do {
                runs.add(kind.run(random));
                made = new Replications(runs);
            } while (!plan.enough(made));
            assertThat(rule.reached(made)).isTrue();
            replications += made.count();
            held += holds(Figures.find(made, kind.path).orElseThrow(), kind.truth) ? 1 : 0;
        }
        return new Outcome((double) held / SEQUENCES, (double) replications / SEQUENCES);
    }

    private static boolean holds(Figure figure, double truth) {
        return figure.interval() instanceof Interval.Known known
                && known.low().doubleValue() <= truth
                && known.high().doubleValue() >= truth;
    }

    private static double exponential(SplittableRandom random) {
        return -StrictMath.log(1 - random.nextDouble());
    }
}
