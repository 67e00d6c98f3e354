package grusim.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BatchesTest {
    @ParameterizedTest
    @CsvSource({"0, 1, 0", "63, 1, 63", "64, 2, 32", "65, 2, 32", "66, 2, 33", "128, 4, 32", "1000000, 16384, 61"})
    void size_doublesWhenSixtyFourAreFull(int samples, long size, int full) {
        Batches batches = batches(samples);
        assertThat(batches.size()).isEqualTo(size);
        assertThat(batches.count()).isEqualTo(full);
    }

    @Test
    void sumsAndCells_areThoseOfTheSamplesInOrder() {
        // 100 samples of 1..100 ns make 50 batches of two, 1 + 2, 3 + 4 ...
        Batches batches = batches(100);
        assertThat(batches.sumPs(0)).isEqualTo(3_000);
        assertThat(batches.sumPs(49)).isEqualTo(199_000);
        for (int batch = 0; batch < 50; batch++) {
            assertThat(batches.below(batch, batches.cells())).isEqualTo(2);
        }
        long edgePs = Batches.edgeFrom(50_000);
        int below = 0;
        for (int position = 0; position < batches.cells(); position++) {
            below += batches.cellUpToPs(position) <= edgePs ? 1 : 0;
        }
        assertThat(batches.below(24, below)).isEqualTo(2);
        assertThat(batches.below(25, below)).isZero();
    }

    @Test
    void merged_isTheSameAsHavingRecordedLongerBatches() {
        Batches merged = batches(127).merged();
        Batches longer = batches(128);
        assertThat(merged.size()).isEqualTo(longer.size());
        for (int batch = 0; batch < merged.count(); batch++) {
            assertThat(merged.sumPs(batch)).isEqualTo(longer.sumPs(batch));
        }
    }

    @Test
    void edges_encloseTheValue() {
        for (long ps : new long[] {0, 7, 8, 2047, 2048, 123_456_789}) {
            assertThat(Batches.edgeFrom(ps)).isGreaterThanOrEqualTo(ps);
            assertThat(Batches.edgeBelow(ps)).isLessThan(ps);
            assertThat(Batches.edgeFrom(Batches.edgeBelow(ps) + 1)).isEqualTo(Batches.edgeFrom(ps));
        }
    }

    private static Batches batches(int samples) {
        LatencyHistogram histogram = new LatencyHistogram();
        for (int i = 1; i <= samples; i++) {
            histogram.record(1000L * i);
        }
        return histogram.distribution().batches();
    }
}
