package grusim.result.stat;

import java.util.Optional;
import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * Which order statistics enclose a percentile, whatever the distribution: of n independent samples the number at or
 * below the percentile is binomial.
 *
 * @param low the rank of the lower end as a share of the samples
 * @param high the rank of the upper end as a share of the samples
 */
record BinomialRanks(double low, double high) {
    /** Variance from which the binomial is normal to within a thousandth of its spread. */
    private static final double LARGE = 2500;

    /** The ranks for so many independent samples; absent if an end lies beyond the smallest or largest sample. */
    static Optional<BinomialRanks> of(long samples, double share, double level) {
        double tail = (1 - level) / 2;
        double low;
        double high;
        double variance = samples * share * (1 - share);
        if (samples < 1) {
            return Optional.empty();
        } else if (variance > LARGE) {
            double reach = StudentT.normalQuantile(level) * Math.sqrt(variance);
            low = Math.floor(samples * share - reach);
            high = Math.ceil(samples * share + reach) + 1;
        } else {
            BinomialDistribution below = new BinomialDistribution(null, (int) samples, share);
            low = below.inverseCumulativeProbability(tail);
            high = below.inverseCumulativeProbability(1 - tail) + 1.0;
        }
        return low < 1 || high > samples
                ? Optional.empty()
                : Optional.of(new BinomialRanks(low / samples, high / samples));
    }
}
