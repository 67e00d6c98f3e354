package grusim.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PercentileTest {
    @ParameterizedTest
    @CsvSource({"P50, 20", "P90, 100", "P95, 200", "P99, 1000", "P999, 10000", "P9999, 100000"})
    void knownFrom_needsTenSamplesAbove(Percentile percentile, long needed) {
        assertThat(percentile.samplesNeeded()).isEqualTo(needed);
        assertThat(percentile.knownFrom(needed)).isTrue();
        assertThat(percentile.knownFrom(needed - 1)).isFalse();
        assertThat(needed - percentile.rank(needed)).isEqualTo(10);
    }

    @Test
    void rank_isTheSmallestThatCoversTheShare() {
        // 99% of 1,001 samples are 990.99 samples: the 991st is the first that covers them.
        assertThat(Percentile.P99.rank(1001)).isEqualTo(991);
        assertThat(Percentile.P50.rank(21)).isEqualTo(11);
        assertThat(Percentile.P50.rank(1)).isEqualTo(1);
        assertThat(Percentile.P999.rank(Long.MAX_VALUE / 2)).isPositive();
    }
}
