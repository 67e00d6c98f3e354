package grusim.result.stat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClustersTest {
    private static final double TINY = 1e-9;

    @Test
    void standardError_ofEqualSizes_isThatOfTheirMean() {
        // 1, 2, 6: mean 3, squares 4 + 1 + 9 = 14, variance 7, error sqrt(7 / 3).
        Clusters clusters = Clusters.ofValues(new double[] {1, 2, 6});
        assertThat(clusters.ratio()).isEqualTo(3);
        assertThat(clusters.standardError()).isCloseTo(Math.sqrt(7.0 / 3), within(TINY));
    }

    @Test
    void ratio_weighsGroupsByTheirSize() {
        // 1 of 1 and 3 of 9: 4 / 10; residuals 0.6 and -0.6: sqrt(0.72 x 2) / 10.
        Clusters clusters = new Clusters(new double[] {1, 9}, new double[] {1, 3});
        assertThat(clusters.ratio()).isEqualTo(0.4);
        assertThat(clusters.standardError()).isCloseTo(0.12, within(TINY));
    }

    @Test
    void neighbourCorrelation_tellsWavesFromZigzag() {
        // -1, -1, 1, 1: (1 - 1 + 1) / 4. -1, 1, -1, 1: -3 / 4.
        assertThat(Clusters.ofValues(new double[] {0, 0, 2, 2}).neighbourCorrelation())
                .isEqualTo(0.25);
        assertThat(Clusters.ofValues(new double[] {0, 2, 0, 2}).neighbourCorrelation())
                .isEqualTo(-0.75);
        assertThat(Clusters.ofValues(new double[] {5, 5}).neighbourCorrelation())
                .isZero();
    }

    @Test
    void skewness_ofOneLargeAmongFour() {
        // 0, 0, 0, 4: mean 1, variance 3, cubes (3 x -1 + 27) / 4 = 6: 6 / 3^1.5.
        assertThat(Clusters.ofValues(new double[] {0, 0, 0, 4}).skewness()).isCloseTo(1.1547005384, within(TINY));
        assertThat(Clusters.ofValues(new double[] {1, 2, 3}).skewness()).isZero();
    }

    @Test
    void clusters_refuseSizesThatDoNotFit() {
        assertThatThrownBy(() -> new Clusters(new double[] {1}, new double[] {1, 2}))
                .hasMessage("1 sizes and 2 amounts");
    }

    @ParameterizedTest
    @CsvSource({"1, 12.7062", "4, 2.7764", "9, 2.2622", "29, 2.0452"})
    void quantile_isStudents(int freedom, double expected) {
        assertThat(StudentT.quantile(freedom, 0.95)).isCloseTo(expected, within(1e-4));
    }

    @Test
    void ranks_ofTwentyAndTheMedian() {
        // Of 20 independent samples, 5 or fewer below the median have probability 0.0207, 6 or fewer 0.0577: the 6th
        // and
        // the 15th enclose it.
        assertThat(BinomialRanks.of(20, 0.5, 0.95)).hasValue(new BinomialRanks(6 / 20.0, 15 / 20.0));
    }

    @Test
    void ranks_areAbsentWhereAnEndIsBeyondTheSamples() {
        // 0.99^300 = 0.049: with 300 samples all lie below the p99 too often; 0.99^400 = 0.018.
        assertThat(BinomialRanks.of(300, 0.99, 0.95)).isEmpty();
        assertThat(BinomialRanks.of(400, 0.99, 0.95)).isPresent();
        assertThat(BinomialRanks.of(0, 0.5, 0.95)).isEqualTo(Optional.empty());
    }

    @Test
    void ranks_ofManySamples_areNearlyThoseOfFewer() {
        // On either side of the place where the normal takes over: 10,000 x 0.25 = 2,500.
        BinomialRanks exact = BinomialRanks.of(10_000, 0.5, 0.95).orElseThrow();
        BinomialRanks normal = BinomialRanks.of(10_004, 0.5, 0.95).orElseThrow();
        assertThat(normal.low()).isCloseTo(exact.low(), within(2e-4));
        assertThat(normal.high()).isCloseTo(exact.high(), within(2e-4));
    }
}
