package grusim.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BucketsTest {
    @ParameterizedTest
    @CsvSource({"0, 0, 0", "2047, 2047, 2047", "2048, 2048, 2049", "4095, 3071, 4095", "4096, 3072, 4099"})
    void of_isExactBelow2048AndThenInStepsThatDouble(long value, int bucket, long upTo) {
        assertThat(Buckets.of(value)).isEqualTo(bucket);
        assertThat(Buckets.upTo(bucket)).isEqualTo(upTo);
    }

    @Test
    void of_takesTheLargestValue() {
        assertThat(Buckets.upTo(Buckets.of(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
        assertThat(Buckets.cellUpTo(Buckets.cell(Buckets.of(Long.MAX_VALUE)))).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void distribution_hasTheStepsOfHdrHistogram(long seed) {
        Random random = new Random(seed);
        Histogram oracle = new Histogram(3);
        oracle.setAutoResize(true);
        LatencyHistogram histogram = new LatencyHistogram();
        for (int i = 0; i < 50_000; i++) {
            long value = (long) StrictMath.exp(random.nextDouble() * 30);
            oracle.recordValue(value);
            histogram.record(value);
        }
        LatencyDistribution distribution = histogram.distribution();
        int step = 0;
        for (HistogramIterationValue value : oracle.recordedValues()) {
            assertThat(distribution.stepUpToPs(step))
                    .isEqualTo(Math.min(value.getValueIteratedTo(), histogram.maxPs()));
            assertThat(distribution.cumulativeCount(step++)).isEqualTo(value.getTotalCountToThisValue());
        }
        assertThat(distribution.steps()).isEqualTo(step);
    }
}
