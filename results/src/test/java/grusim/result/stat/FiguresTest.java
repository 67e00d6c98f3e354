package grusim.result.stat;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.ExampleRun;
import grusim.result.LatencyHistogram;
import grusim.result.McsTiming;
import grusim.result.Metrics;
import grusim.result.Replications;
import grusim.result.RunResult;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FiguresTest {
    @Test
    void counters_ofThreeRuns_areTheirMeanWithStudentsInterval() {
        // 2, 4, 6: mean 4, spread 2, standard error 2/sqrt(3) = 1.1547, t(2) at 95% 4.3027: 4 +- 4.968, not below zero.
        Figure figure = find(runs(2, 4, 6), "counters.driver.tlb_dropin");
        assertThat(figure.value()).isEqualByComparingTo("4");
        assertThat(figure.count()).isEqualTo(3);
        Interval.Known interval = (Interval.Known) figure.interval();
        assertThat(interval.low()).isEqualByComparingTo("0");
        assertThat(interval.high()).isEqualByComparingTo("8.968");
        assertThat(interval.method()).isEqualTo("Student t over 3 replications");
        assertThat(interval.samples()).isEqualTo(3);
    }

    @Test
    void counters_ofOneRun_haveNoInterval() {
        Figure figure = find(runs(2), "counters.driver.tlb_dropin");
        assertThat(figure.interval()).isEqualTo(new Interval.None("counted exactly in one run; replications give one"));
    }

    @Test
    void mean_ofFiveReplications_weighsThemByTheirSamples() {
        // Four runs of one sample of 100 ns and one of four samples of 200 ns: (400 + 800) / 8 = 150.
        // Residuals -50 x 4, +200: squares 50,000; error sqrt(50,000 x 5/4) / 8 = 31.25; t(4) = 2.7764: +- 86.764.
        List<RunResult> runs = IntStream.range(0, 5)
                .mapToObj(i -> latency(i < 4 ? new long[] {100_000} : new long[] {200_000, 200_000, 200_000, 200_000}))
                .toList();
        Figure figure = find(new Replications(runs), "latency.dropin.meanNs");
        assertThat(figure.value()).isEqualByComparingTo("150");
        assertThat(figure.count()).isEqualTo(8);
        Interval.Known interval = (Interval.Known) figure.interval();
        assertThat(interval.low()).isEqualByComparingTo("63.236");
        assertThat(interval.high()).isEqualByComparingTo("236.764");
        assertThat(interval.method()).isEqualTo("Student t over 5 replications");
    }

    @Test
    void mean_ofFewSamplesInOneRun_saysWhyThereIsNoInterval() {
        Figure figure = find(Replications.of(latency(5, 6, 7)), "latency.dropin.meanNs");
        assertThat(figure.interval())
                .isEqualTo(new Interval.None("fewer than 128 samples in one run; 5 replications give one"));
    }

    @Test
    void count_isThatOfAllRunsTogether() {
        // 1 and 3 samples: 4, as the percentiles are made from; two runs like these have 2 x (2 +- 12.706) samples.
        Figure figure = find(new Replications(List.of(latency(1), latency(1, 2, 3))), "latency.dropin.count");
        assertThat(figure.value()).isEqualByComparingTo("4");
        Interval.Known interval = (Interval.Known) figure.interval();
        assertThat(interval.low()).isEqualByComparingTo("0");
        assertThat(interval.high()).isEqualByComparingTo("29.412");
        assertThat(interval.method()).isEqualTo("Student t over 2 replications, for all of them together");
    }

    @Test
    void mean_liesInItsInterval_alsoIfTheLastSamplesAreUnlikeTheOthers() {
        // 132 samples make 16 batches of eight, and four are left: (128 x 1 us + 4 x 101 us) / 132 = 4.030 us.
        long[] samples = new long[132];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = i < 128 ? 1_000_000 : 101_000_000;
        }
        Figure figure = find(Replications.of(latency(samples)), "latency.dropin.meanNs");
        BigDecimal mean = figure.value();
        assertThat(mean).isEqualByComparingTo("4030.303");
        Interval.Known interval = (Interval.Known) figure.interval();
        assertThat(mean).isBetween(interval.low(), interval.high());
        assertThat(interval.high().subtract(interval.low())).isGreaterThan(new BigDecimal("5000"));
    }

    @Test
    void percentile_ofIndependentSamples_liesBetweenTheBinomialsRanks() {
        // 1..1,280 in an order without pattern, each 1 ns: at most 1.5 x 1,280 = 1,920 independent samples, whose
        // binomial ranks around the median reach 1.96 sqrt(1,920 / 4) = 42.9 to each side: 2.2% of the samples, 28.6.
        long[] samples = new long[1280];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = 1000L * (1 + (i * 509L) % 1280);
        }
        Figure figure = find(Replications.of(latency(samples)), "latency.dropin.p50Ns");
        assertThat(figure.value()).isBetween(new BigDecimal("640"), new BigDecimal("640.7"));
        Interval.Known interval = (Interval.Known) figure.interval();
        assertThat(interval.low().doubleValue()).isBetween(608.0, 614.0);
        assertThat(interval.high().doubleValue()).isBetween(666.0, 672.0);
        assertThat(interval.method()).isEqualTo("binomial, effective size from 20 batches of one run");
        assertThat(interval.samples()).isEqualTo(1920);
    }

    @Test
    void percentile_ofASlowDrift_isNotKnownFromOneRun() {
        long[] samples = new long[2000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = 1000L * (i + 1);
        }
        Figure figure = find(Replications.of(latency(samples)), "latency.dropin.p50Ns");
        assertThat(figure.interval())
                .isEqualTo(new Interval.None(
                        "samples are correlated over more than an eighth of a run; 5 replications give one"));
    }

    @Test
    void percentile_ofLongBlocks_isWorthFewSamples() {
        // 4,096 samples in blocks of 64 equal ones: worth about 64, less for the few groups; too few for the p99.
        long[] samples = new long[4096];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = 1000L * (1 + ((i / 64) * 27L) % 64);
        }
        Interval.None none = (Interval.None)
                find(Replications.of(latency(samples)), "latency.dropin.p99Ns").interval();
        assertThat(none.reason()).matches("the samples are worth \\d+ independent ones, too few for this percentile");
    }

    @Test
    void percentile_ofSamplesWithinOneStep_isNotKnownBetterThanTheStep() {
        // A step of the histogram is 512 ps wide here, 786,432 to 786,943, and holds 300 values spread over 786,500 to
        // 786,799: the true median, 786,650, lies below what the histogram says, its upper end.
        long[] samples = new long[3000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = 786_500 + (i * 7L) % 300;
        }
        Interval.Known interval = (Interval.Known)
                find(Replications.of(latency(samples)), "latency.dropin.p50Ns").interval();
        assertThat(interval.low()).isEqualByComparingTo("786.5");
        assertThat(interval.high()).isEqualByComparingTo("786.799");
    }

    @Test
    void percentile_ofEqualSamples_isThatValue() {
        long[] samples = new long[2048];
        Arrays.fill(samples, 5_000);
        Interval.Known interval = (Interval.Known)
                find(Replications.of(latency(samples)), "latency.dropin.p90Ns").interval();
        assertThat(interval.low()).isEqualByComparingTo("5");
        assertThat(interval.high()).isEqualByComparingTo("5");
    }

    @Test
    void of_oneRunHasTheNumbersOfTheRun() {
        Replications one = Replications.of(ExampleRun.small());
        List<String> paths = Figures.of(one).stream().map(Figure::path).toList();
        assertThat(paths).doesNotHaveDuplicates().contains("contract.violations", "counters.memory.bytes_copied");
        for (Figure figure : Figures.of(one)) {
            assertThat(find(one, figure.path())).isEqualTo(figure);
            if (!figure.path().startsWith("throughput")) {
                assertThat(Metrics.find(one.first(), figure.path())
                                .orElseThrow()
                                .value())
                        .as(figure.path())
                        .isEqualTo(figure.value());
            }
        }
    }

    @Test
    void throughput_isInstructionsPerSimulatedSecond() {
        // 20 loads in 2.5 ns.
        Figure figure = find(Replications.of(ExampleRun.small()), "throughput.instructionsPerSecond");
        assertThat(figure.value()).isEqualByComparingTo("8000000000");
        assertThat(figure.unit()).isEqualTo("1/s");
        assertThat(find(Replications.of(ExampleRun.small()), "throughput")).isEqualTo(figure);
    }

    @Test
    void throughput_withoutAttribution_isThatOfTheLatencies() {
        // 4 loads in 2 ns; what was not measured at all is not zero.
        LatencyHistogram loads = new LatencyHistogram();
        for (long ps : new long[] {500, 500, 500, 500}) {
            loads.record(ps);
        }
        RunResult run = RunResult.builder("x", "1", 1)
                .simulatedPs(2000)
                .latency("instruction.vload", loads)
                .build();
        assertThat(find(Replications.of(run), "throughput.instructionsPerSecond")
                        .value())
                .isEqualByComparingTo("2000000000");
        RunResult unmeasured = RunResult.builder("x", "1", 1).simulatedPs(2000).build();
        assertThat(Figures.find(Replications.of(unmeasured), "throughput.instructionsPerSecond"))
                .isEmpty();
    }

    @Test
    void commands_areAveragedOverAllCommands() {
        // 1 command of 3 ns and 3 commands of 9 ns in all: 12 ns / 4.
        Replications two = new Replications(List.of(
                RunResult.builder("x", "1", 1)
                        .mcs(new McsTiming("cch_start", 1, 3000, 3000))
                        .build(),
                RunResult.builder("x", "1", 2)
                        .mcs(new McsTiming("cch_start", 3, 9000, 5000))
                        .build()));
        assertThat(find(two, "counters.mcs.cch_start.averageNs").value()).isEqualByComparingTo("3");
        assertThat(find(two, "counters.mcs.cch_start.maximumNs").value()).isEqualByComparingTo("5");
        assertThat(find(two, "counters.mcs.cch_start.count").value()).isEqualByComparingTo("2");
    }

    private static Figure find(Replications replications, String path) {
        return Figures.find(replications, path).orElseThrow();
    }

    private static Replications runs(long... dropins) {
        return new Replications(IntStream.range(0, dropins.length)
                .mapToObj(i -> RunResult.builder("x", "1", i)
                        .counter(ExampleRun.DROPIN, dropins[i])
                        .build())
                .toList());
    }

    private static RunResult latency(long... samplesPs) {
        LatencyHistogram histogram = new LatencyHistogram();
        for (long sample : samplesPs) {
            histogram.record(sample);
        }
        return RunResult.builder("x", "1", 1).latency("dropin", histogram).build();
    }
}
