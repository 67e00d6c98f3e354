package grusim.result.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class ContrastTest {
    @Test
    void paired_isStudentsTestOnDifferences() {
        // differences 1, 2, 0: mean 1, standard error 1/sqrt(3); t for 95% and 2 degrees is 4.302653
        Contrast c = Contrast.paired(new double[] {10, 12, 14}, new double[] {11, 14, 14});
        Contrast.Range interval = c.difference(0.95);
        assertThat(interval.low()).isCloseTo(1 - 4.302653 / Math.sqrt(3), within(1e-6));
        assertThat(interval.high()).isCloseTo(1 + 4.302653 / Math.sqrt(3), within(1e-6));
        // with 2 degrees, P(|T| > t) = 1 - t / sqrt(2 + t * t), here t = sqrt(3)
        assertThat(c.pDifferent()).isCloseTo(1 - Math.sqrt(3.0 / 5.0), within(1e-9));
    }

    @Test
    void independent_isWelchsTest() {
        // variances of the means: 1/3 and 4/3; degrees (5/3)^2 / ((1/9)/2 + (16/9)/2) = 50/17
        Contrast c = Contrast.independent(new double[] {9, 10, 11}, new double[] {13, 15, 17});
        double t = 5 / Math.sqrt(5.0 / 3.0);
        double p = 2
                * new org.apache.commons.math3.distribution.TDistribution(null, 50.0 / 17.0).cumulativeProbability(-t);
        assertThat(c.pDifferent()).isCloseTo(p, within(1e-12));
    }

    @Test
    void ratio_endsWhereTheTestBeginsToRefuse() {
        double[] a = {10, 12, 14, 11};
        double[] b = {11, 14, 17, 11};
        Contrast.Range ratio = Contrast.paired(a, b).ratio(0.95).orElseThrow();
        for (double end : new double[] {ratio.low(), ratio.high()}) {
            double[] rest = new double[4];
            for (int i = 0; i < 4; i++) {
                rest[i] = b[i] - end * a[i];
            }
            // 3 degrees: t for 95% is 3.182446
            assertThat(Math.abs(tOf(rest))).isCloseTo(3.182446, within(1e-5));
        }
        assertThat(ratio.low()).isLessThan(53.0 / 47.0);
        assertThat(ratio.high()).isGreaterThan(53.0 / 47.0);
    }

    private static double tOf(double[] values) {
        double mean = 0;
        for (double v : values) {
            mean += v / values.length;
        }
        double squares = 0;
        for (double v : values) {
            squares += (v - mean) * (v - mean);
        }
        return mean / Math.sqrt(squares / (values.length - 1) / values.length);
    }

    @Test
    void ratio_isAbsentIfTheFirstCannotBeToldFromZero() {
        assertThat(Contrast.paired(new double[] {0, 1}, new double[] {5, 6}).ratio(0.95))
                .isEmpty();
        assertThat(Contrast.paired(new double[] {0, 0}, new double[] {5, 6}).ratio(0.95))
                .isEmpty();
    }

    @Test
    void intervalsOfTwoEstimates_recoverTheirVariances() {
        // 100 (98..103) and 110 (106..112), huge samples: low end 10 - sqrt(4^2 + 3^2), high end 10 + sqrt(2^2 + 2^2)
        Contrast c = Contrast.of(
                new Contrast.Estimate(100, 98, 103, 0.95, 1_000_000),
                new Contrast.Estimate(110, 106, 112, 0.95, 1_000_000));
        assertThat(c.difference(0.95).low()).isCloseTo(5, within(1e-9));
        assertThat(c.difference(0.95).high()).isCloseTo(10 + Math.sqrt(8), within(1e-9));
    }

    @Test
    void noScatter_makesCertain() {
        Contrast c = Contrast.paired(new double[] {100, 100}, new double[] {110, 110});
        assertThat(c.pDifferent()).isZero();
        assertThat(c.ratio(0.999)).hasValue(new Contrast.Range(1.1, 1.1));
        assertThat(Contrast.paired(new double[] {7, 8}, new double[] {7, 8}).pDifferent())
                .isEqualTo(1);
    }

    @Test
    void ratio_coversTheTruthAsOftenAsItSays() {
        int runs = 4000;
        Random random = new Random(1);
        int covered = 0;
        int refused = 0;
        for (int run = 0; run < runs; run++) {
            double[] a = new double[5];
            double[] b = new double[5];
            for (int i = 0; i < 5; i++) {
                double common = random.nextGaussian();
                a[i] = 100 + 5 * common + random.nextGaussian();
                b[i] = 110 + 5 * common + random.nextGaussian();
            }
            Contrast c = Contrast.paired(a, b);
            Contrast.Range ratio = c.ratio(0.95).orElseThrow();
            covered += ratio.low() <= 1.1 && 1.1 <= ratio.high() ? 1 : 0;
            refused += c.pDifferent() <= 0.05 ? 1 : 0;
        }
        // three standard errors of a share of 95% over 4,000 runs are 1.03%
        assertThat(covered / (double) runs).isBetween(0.9397, 0.9603);
        assertThat(refused / (double) runs).isGreaterThan(0.99);
    }
}
