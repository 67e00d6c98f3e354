package grusim.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LatencyHistogramTest {
    private static final long HOUR_PS = 3_600_000_000_000_000L;

    @Test
    void distribution_ofTwentyLoads() {
        // 1..20 ns: sum 210 ns, mean 10.5 ns; the 10th of 20 is 10 ns, kept within 0.1%.
        LatencyHistogram histogram = new LatencyHistogram();
        for (int i = 1; i <= 20; i++) {
            histogram.record(1000L * i);
        }
        LatencyDistribution distribution = histogram.distribution();
        assertThat(distribution.count()).isEqualTo(20);
        assertThat(distribution.sumPs()).isEqualTo(210_000);
        assertThat(distribution.meanPs()).hasValue(10_500);
        assertThat(distribution.minPs()).hasValue(1000);
        assertThat(distribution.maxPs()).hasValue(20_000);
        assertThat(distribution.percentilePs(Percentile.P50).orElseThrow()).isBetween(10_000L, 10_010L);
        assertThat(distribution.percentilePs(Percentile.P90)).isEmpty();
    }

    @Test
    void distribution_withoutSamplesKnowsNothing() {
        LatencyDistribution distribution = new LatencyHistogram().distribution();
        assertThat(distribution.count()).isZero();
        assertThat(distribution.meanPs()).isEmpty();
        assertThat(distribution.minPs()).isEmpty();
        assertThat(distribution.maxPs()).isEmpty();
        assertThat(distribution.percentilePs(Percentile.P50)).isEmpty();
        assertThat(distribution.steps()).isZero();
    }

    @Test
    void mean_roundsHalvesUp() {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.record(1500);
        histogram.record(2001);
        assertThat(histogram.distribution().meanPs()).hasValue(1751);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void percentiles_areWithinOneInAThousandOfTheSortedSamples(long seed) {
        Random random = new Random(seed);
        LatencyHistogram histogram = new LatencyHistogram();
        long[] samples = new long[100_000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (long) StrictMath.exp(random.nextDouble() * 34);
            histogram.record(samples[i]);
        }
        Arrays.sort(samples);
        LatencyDistribution distribution = histogram.distribution();
        for (Percentile percentile : Percentile.ALL) {
            long exact = samples[(int) percentile.rank(samples.length) - 1];
            long reported = distribution.percentilePs(percentile).orElseThrow();
            assertThat(reported).as("seed %d, %s", seed, percentile).isBetween(exact, exact + exact / 1000 + 1);
        }
        assertThat(distribution.maxPs()).hasValue(samples[samples.length - 1]);
        assertThat(distribution.cumulativeCount(distribution.steps() - 1)).isEqualTo(samples.length);
    }

    @Test
    void record_takesZeroAndHours() {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.record(0);
        histogram.record(24 * HOUR_PS);
        LatencyDistribution distribution = histogram.distribution();
        assertThat(distribution.minPs()).hasValue(0);
        assertThat(distribution.maxPs()).hasValue(24 * HOUR_PS);
        assertThat(distribution.stepUpToPs(1)).isEqualTo(24 * HOUR_PS);
    }

    @Test
    void record_refusesNegativeDurations() {
        assertThatThrownBy(() -> new LatencyHistogram().record(-1)).hasMessage("duration -1 ps is negative");
    }

    @Test
    void record_allocatesNothingOnceGrown() {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.record(HOUR_PS);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        recordMany(histogram);
        long before = threads.getThreadAllocatedBytes(self);
        recordMany(histogram);
        long allocated = threads.getThreadAllocatedBytes(self) - before;
        assertThat(allocated).as("bytes allocated by 100,000 records").isLessThan(10_000);
    }

    private static void recordMany(LatencyHistogram histogram) {
        for (int i = 0; i < 100_000; i++) {
            histogram.record(i * 977L);
        }
    }

    @Test
    void reset_forgetsEverything() {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.record(12);
        histogram.reset();
        histogram.record(40);
        assertThat(histogram.distribution().minPs()).hasValue(40);
        assertThat(histogram.count()).isEqualTo(1);
        assertThat(histogram.sumPs()).isEqualTo(40);
    }
}
