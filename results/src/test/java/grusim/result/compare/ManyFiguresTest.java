package grusim.result.compare;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.RunResultBuilder;
import grusim.result.StatDeclaration;
import grusim.result.stat.Interval;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What verdicts over fifty figures are worth, where it is known which of them differ. */
final class ManyFiguresTest {
    private static final int FIGURES = 50;
    private static final int RUNS = 5;

    /** Of each run and figure, relative to its mean: half of it luck that both designs share. */
    private static final double NOISE = 0.01;

    /** Two designs of which the first so many figures are higher in B by the given part. */
    private static Comparison compare(long seed, int higher, double part, Correction correction) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        List<RunResult> ofA = new ArrayList<>();
        List<RunResult> ofB = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            RunResultBuilder a = RunResult.builder("a", "0", run).eventHash(run);
            RunResultBuilder b = RunResult.builder("b", "0", run).eventHash(run + 100L);
            for (int figure = 0; figure < FIGURES; figure++) {
                StatDeclaration declared = new StatDeclaration("device.figure" + figure, "events", "Events.", "test");
                double shared = NOISE * random.nextGaussian();
                double factor = figure < higher ? 1 + part : 1;
                a.counter(declared, Math.round(1e9 * (1 + shared + NOISE * random.nextGaussian())));
                b.counter(declared, Math.round(1e9 * factor * (1 + shared + NOISE * random.nextGaussian())));
            }
            ofA.add(a.build());
            ofB.add(b.build());
        }
        Terms terms = new Terms(new BigDecimal("0.95"), new BigDecimal("0.01"), correction, List.of("device.figure*"));
        return Comparison.of(new Replications(ofA), new Replications(ofB), terms);
    }

    private static int figure(Difference difference) {
        return Integer.parseInt(difference.name().substring("counters.device.figure".length()));
    }

    @Test
    void equalDesigns_giveAFalseAlarmInOneOfTwentyComparisons() {
        int comparisons = 400;
        int alarms = 0;
        for (int i = 0; i < comparisons; i++) {
            alarms += compare(i, 0, 0, Correction.FDR).judged().differing() > 0 ? 1 : 0;
        }
        // three standard errors of a share of 5% over 400 comparisons are 3.3%
        assertThat(alarms / (double) comparisons).isBetween(0.017, 0.083);
    }

    @Test
    void oneChangeOfTenPercent_isFoundAmongFiftyFigures() {
        int comparisons = 200;
        int found = 0;
        int covered = 0;
        for (int i = 0; i < comparisons; i++) {
            Comparison comparison = compare(1000 + i, 1, 0.1, Correction.FDR);
            Difference changed = comparison.find("counters.device.figure0").orElseThrow();
            found += changed.outcome() == Outcome.HIGHER ? 1 : 0;
            covered += changed.relative() instanceof Interval.Known known
                            && known.low().doubleValue() <= 0.1
                            && known.high().doubleValue() >= 0.1
                    ? 1
                    : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(190);
        assertThat(covered).isGreaterThanOrEqualTo(190);
    }

    @Test
    void whereHalfTheFiguresDiffer_fewDiscoveriesAreFalseAndFewIntervalsMiss() {
        int comparisons = 300;
        double falseShares = 0;
        double missingShares = 0;
        double found = 0;
        for (int i = 0; i < comparisons; i++) {
            List<Difference> discoveries = compare(5000 + i, FIGURES / 2, 0.03, Correction.FDR).headline().stream()
                    .filter(d -> d.outcome().changed())
                    .toList();
            long wrong =
                    discoveries.stream().filter(d -> figure(d) >= FIGURES / 2).count();
            long missing = discoveries.stream()
                    .filter(d -> !covers(d, figure(d) < FIGURES / 2 ? 0.03 : 0))
                    .count();
            int all = Math.max(1, discoveries.size());
            falseShares += wrong / (double) all / comparisons;
            missingShares += missing / (double) all / comparisons;
            found += discoveries.size() / (double) comparisons;
        }
        // the share of true hypotheses is a half: 2.5% of the discoveries are false on average
        assertThat(found).isGreaterThan(15);
        assertThat(falseShares).isBetween(0.015, 0.05);
        assertThat(missingShares).isLessThan(0.05);
    }

    private static boolean covers(Difference difference, double truth) {
        return difference.relative() instanceof Interval.Known known
                && known.low().doubleValue() <= truth
                && truth <= known.high().doubleValue();
    }

    @ParameterizedTest
    @EnumSource
    void intervals_agreeWithVerdicts(Correction correction) {
        for (int i = 0; i < 20; i++) {
            Comparison comparison = compare(9000 + i, 20, 0.03, correction);
            assertThat(comparison.headline()).hasSize(FIGURES);
            int differing = 0;
            for (Difference d : comparison.headline()) {
                Interval.Known known = (Interval.Known) d.relative();
                boolean excludesZero = known.low().signum() > 0 || known.high().signum() < 0;
                assertThat(excludesZero).isEqualTo(d.outcome().changed());
                BigDecimal corrected = Objects.requireNonNull(d.pDifferent());
                assertThat(corrected.doubleValue() <= 0.05).isEqualTo(excludesZero);
                boolean within =
                        known.low().doubleValue() >= -0.01 && known.high().doubleValue() <= 0.01;
                assertThat(d.outcome() == Outcome.NO_CHANGE).isEqualTo(within && !excludesZero);
                assertThat(known.level())
                        .isEqualByComparingTo(comparison.judged().level());
                differing += excludesZero ? 1 : 0;
            }
            assertThat(comparison.judged().differing()).isEqualTo(differing);
        }
    }
}
