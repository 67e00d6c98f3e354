package grusim.result.compare;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.RunResultBuilder;
import grusim.result.StatDeclaration;
import grusim.result.stat.Figures;
import grusim.result.stat.Interval;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
    private static final String MEAN = "latency.dropin.interrupt.meanNs";
    private static final String P99 = "latency.dropin.interrupt.p99Ns";

    private static Difference of(Comparison comparison, String path) {
        return comparison.find(path).orElseThrow();
    }

    @Test
    void sameRandomNumbers_showTheEffectAndLeaveTheRestIdentical() {
        Comparison c = Comparison.of(Designs.of(5, 1, 1), Designs.of(5, 1, 1.1), Terms.STANDARD);
        assertThat(c.paired()).isTrue();
        assertThat(of(c, MEAN).outcome()).isEqualTo(Outcome.HIGHER);
        assertThat(c.words(of(c, MEAN))).isEqualTo("10% higher");
        assertThat(of(c, "latency.instruction.vload.p50Ns").outcome()).isEqualTo(Outcome.IDENTICAL);
        assertThat(of(c, "counters.device.dropinsKilled").outcome()).isEqualTo(Outcome.HIGHER);
        assertThat(c.changes().design()).containsExactly(new SpecChange("gru.factor", "1.0", "1.1"));
        assertThat(c.verdict().get(0)).startsWith("B's dropin.interrupt: ").contains("mean 10% higher");
        assertThat(c.verdict())
                .anyMatch(s -> s.startsWith("2 of ") && s.contains("device.dropinsKilled 9 to 11% higher"));
    }

    @Test
    void otherRandomNumbers_areComparedAsIndependent() {
        Comparison c = Comparison.of(Designs.of(5, 1, 1), Designs.of(6, 100, 1.3), Terms.STANDARD);
        assertThat(c.paired()).isFalse();
        Difference mean = of(c, MEAN);
        assertThat(mean.outcome()).isEqualTo(Outcome.HIGHER);
        Interval.Known known = (Interval.Known) mean.relative();
        assertThat(known.method()).isEqualTo("Welch t over 5 and 6 independent runs");
        assertThat(new BigDecimal("0.3")).isBetween(known.low(), known.high());
    }

    @Test
    void identicalDesigns_areRarelyCalledDifferent() {
        int comparisons = 300;
        int wrongComparisons = 0;
        int wrongFigures = 0;
        for (int i = 0; i < comparisons; i++) {
            Replications a = Designs.of(4, 1_000_000L + i * 8L, 1);
            Replications b = Designs.of(4, 1_000_004L + i * 8L, 1);
            Comparison c = Comparison.of(a, b, Terms.STANDARD);
            boolean wrong = c.headline().stream().anyMatch(d -> d.outcome().changed());
            wrongComparisons += wrong ? 1 : 0;
            Interval interval = of(c, MEAN).relative();
            wrongFigures += interval instanceof Interval.Known known
                            && (known.low().signum() > 0 || known.high().signum() < 0)
                    ? 1
                    : 0;
        }
        // one figure's interval misses in 5% (three standard errors: 3.8%), any of all figures in at most 5%
        assertThat(wrongFigures / (double) comparisons).isBetween(0.012, 0.088);
        assertThat(wrongComparisons / (double) comparisons).isLessThan(0.088);
    }

    @Test
    void smallCounts_thatHappenToBeEqualInTwoRuns_areRarelyCalledDifferent() {
        // Forty events that happen not at all in 61% of runs and once in 30%: two runs of A without one and two of B
        // with
        // one each have no spread, in 3.4% of cases for each of the forty and the other way round.
        int wrong = 0;
        for (int i = 0; i < 100; i++) {
            Comparison c = Comparison.of(rare(2, 4L * i), rare(2, 4L * i + 2), Terms.STANDARD);
            wrong += c.counts().stream().anyMatch(d -> d.outcome().changed()) ? 1 : 0;
        }
        assertThat(wrong).isLessThanOrEqualTo(11);
    }

    @Test
    void countsOfRunsWithoutChance_areCertain() {
        Difference killed =
                of(Comparison.of(certain(100, 1), certain(101, 2), Terms.STANDARD), "counters.device.dropinsKilled");
        assertThat(killed.outcome()).isEqualTo(Outcome.HIGHER);
        assertThat(killed.pDifferent()).isEqualByComparingTo("0");
    }

    private static Replications rare(int runs, long firstSeed) {
        List<RunResult> all = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            SplittableRandom random = new SplittableRandom(firstSeed + run);
            RunResultBuilder result =
                    RunResult.builder("x", "1", firstSeed + run).eventHash(firstSeed + run);
            for (int counter = 0; counter < 40; counter++) {
                double drawn = random.nextDouble();
                long events = drawn < 0.607 ? 0 : drawn < 0.91 ? 1 : drawn < 0.986 ? 2 : 3;
                result.counter(new StatDeclaration("device.rare" + counter, "events", "Rare.", "test"), events);
            }
            all.add(result.build());
        }
        return new Replications(all);
    }

    /** Three runs whose seeds make no difference. */
    private static Replications certain(long dropinsKilled, long eventHash) {
        StatDeclaration killed = new StatDeclaration("device.dropinsKilled", "dropins", "Dropins killed.", "test");
        return new Replications(LongStream.range(0, 3)
                .mapToObj(seed -> RunResult.builder("x", "1", seed)
                        .eventHash(eventHash)
                        .counter(killed, dropinsKilled)
                        .build())
                .toList());
    }

    @Test
    void changeOfTenPercent_isFound() {
        int comparisons = 100;
        int found = 0;
        int covered = 0;
        for (int i = 0; i < comparisons; i++) {
            Comparison c = Comparison.of(Designs.of(10, 20L * i, 1), Designs.of(10, 20L * i + 10, 1.1), Terms.STANDARD);
            Difference p99 = of(c, P99);
            found += p99.outcome() == Outcome.HIGHER ? 1 : 0;
            Interval.Known known = (Interval.Known) p99.relative();
            covered += known.low().doubleValue() <= 0.1 && known.high().doubleValue() >= 0.1 ? 1 : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(90);
        assertThat(covered).isBetween(88, 100);
    }

    @Test
    void intervalAlone_holdsTheTrueChangeInNineteenOfTwenty() {
        List<String> statistics = List.of("meanNs", "p50Ns", "p90Ns", "p99Ns");
        int comparisons = 400;
        int[] covered = new int[statistics.size()];
        for (int i = 0; i < comparisons; i++) {
            Comparison c = Comparison.of(
                    Designs.of(5, 9_000 + 10L * i, 1), Designs.of(5, 9_005 + 10L * i, 1.1), Terms.STANDARD);
            for (int s = 0; s < covered.length; s++) {
                Interval.Known known = (Interval.Known) of(c, "latency.dropin.interrupt." + statistics.get(s))
                        .alone()
                        .relative();
                covered[s] += known.low().doubleValue() <= 0.1 && known.high().doubleValue() >= 0.1 ? 1 : 0;
            }
        }
        for (int each : covered) {
            // three standard errors of a share of 95% over 400 comparisons are 3.3%
            assertThat(each / (double) comparisons).isBetween(0.917, 0.983);
        }
    }

    @Test
    void figuresOfADesign_areThoseOfAllItsRunsWhoeverItIsComparedWith() {
        Replications a = Designs.of(5, 1, 1);
        Replications one = Designs.of(1, 1, 1.1);
        for (String path : List.of(MEAN, P99, "latency.instruction.vload.p50Ns", "throughput.instructionsPerSecond")) {
            BigDecimal printed = Figures.find(a, path).orElseThrow().value();
            assertThat(of(Comparison.of(a, Designs.of(5, 1, 1.1), Terms.STANDARD), path)
                            .a())
                    .isEqualByComparingTo(printed);
            assertThat(of(Comparison.of(a, Designs.of(4, 60, 1.1), Terms.STANDARD), path)
                            .a())
                    .isEqualByComparingTo(printed);
            assertThat(of(Comparison.of(a, one, Terms.STANDARD), path).a()).isEqualByComparingTo(printed);
        }
    }

    @Test
    void smallNoise_isToldToBeWithinTheMargin() {
        Terms wide = new Terms(new BigDecimal("0.95"), new BigDecimal("0.1"), Correction.FDR, List.of());
        Comparison c = Comparison.of(Designs.of(8, 1, 1), Designs.of(8, 50, 1), wide);
        assertThat(of(c, MEAN).outcome()).isEqualTo(Outcome.NO_CHANGE);
        assertThat(c.words(of(c, MEAN))).isEqualTo("no detectable change within 10%");
    }

    @Test
    void fewNoisyRuns_leaveItUndecided() {
        Comparison c = Comparison.of(Designs.of(2, 1, 1), Designs.of(2, 50, 1), Terms.STANDARD);
        assertThat(of(c, MEAN).outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(c.words(of(c, MEAN))).startsWith("undecided: between ");
    }

    @Test
    void tooFewRuns_sayWhatWouldTellMore() {
        Comparison two = Comparison.of(Designs.of(2, 1, 1), Designs.of(2, 50, 1), Terms.STANDARD);
        // 11 figures: Student's t at 1 - 0.05 / 11 is 14.8 for 2 degrees and 3.2 for 18
        assertThat(two.verdict())
                .contains(
                        "Too few runs to find much: with 2 runs each a difference must be 15 times its standard error,"
                                + " with 10 runs 3.2 times. Give --replications 10, or judge by fewer figures with --metric.");
        Comparison ten = Comparison.of(Designs.of(10, 1, 1), Designs.of(10, 50, 1), Terms.STANDARD);
        assertThat(ten.headline()).anyMatch(d -> d.outcome() == Outcome.UNDECIDED);
        assertThat(ten.verdict()).noneMatch(sentence -> sentence.startsWith("Too few runs"));
    }

    @Test
    void namedFigures_areCorrectedForTheirOwnNumberOnly() {
        Terms named = new Terms(
                new BigDecimal("0.95"),
                new BigDecimal("0.01"),
                Correction.HOLM,
                List.of("throughput", "*interrupt.p99Ns"));
        Terms all = new Terms(named.level(), named.margin(), named.correction(), List.of());
        Replications a = Designs.of(5, 1, 1);
        Replications b = Designs.of(5, 60, 1.1);
        assertThat(of(Comparison.of(a, b, all), P99).outcome()).isEqualTo(Outcome.UNDECIDED);
        Comparison c = Comparison.of(a, b, named);
        assertThat(c.headline()).extracting(Difference::subject).containsExactly("throughput", "dropin.interrupt p99");
        assertThat(of(c, P99).outcome()).isEqualTo(Outcome.HIGHER);
    }

    @Test
    void sameRuns_areCalledSo() {
        Comparison c = Comparison.of(Designs.of(2, 1, 1), Designs.of(2, 1, 1), Terms.STANDARD);
        assertThat(c.sameRuns()).isTrue();
        assertThat(c.verdict())
                .containsExactly(
                        "A and B went through the same events in every run: nothing that was changed has an effect.");
    }

    @Test
    void countOfOneRunEach_cannotBeJudged() {
        Comparison c = Comparison.of(Designs.of(1, 1, 1), Designs.of(1, 2, 1.1), Terms.STANDARD);
        Difference killed = of(c, "counters.device.dropinsKilled");
        assertThat(killed.outcome()).isEqualTo(Outcome.CANNOT_SAY);
        assertThat(killed.change()).isEqualByComparingTo("0.1");
        assertThat(c.words(killed))
                .startsWith("cannot say: counted exactly in one run")
                .contains("replications give one");
    }
}
