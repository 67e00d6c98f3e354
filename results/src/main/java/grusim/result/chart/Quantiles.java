package grusim.result.chart;

import grusim.result.LatencyDistribution;

/** Reads any quantile off a distribution, for curves and boxes; printed figures come from the statistics instead. */
final class Quantiles {
    private Quantiles() {}

    /** The smallest duration that at least that share (0 to 1) of the samples did not exceed, in picoseconds. */
    static long at(LatencyDistribution distribution, double share) {
        return distribution.rankPs(Math.max(1, (long) Math.ceil(share * distribution.count())));
    }

    /** How many samples took no time at all. */
    static long zeros(LatencyDistribution distribution) {
        return distribution.steps() > 0 && distribution.stepUpToPs(0) == 0 ? distribution.cumulativeCount(0) : 0;
    }

    /** The quantile of the samples above zero; zero if there are none. */
    static long positive(LatencyDistribution distribution, double share) {
        long zeros = zeros(distribution);
        long above = distribution.count() - zeros;
        return above == 0 ? 0 : distribution.rankPs(zeros + Math.max(1, (long) Math.ceil(share * above)));
    }
}
