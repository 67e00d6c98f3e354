package grusim.result.stat;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Intervals after Student for a mean over groups. Right for normal groups, and near it for groups that are sums of many
 * samples. Only strict arithmetic takes part, so results are the same on every JDK.
 */
public final class StudentT {
    private StudentT() {}

    /** How many standard errors an interval of that level reaches to each side, with so many degrees of freedom. */
    public static double quantile(int degreesOfFreedom, double level) {
        return new TDistribution(null, degreesOfFreedom).inverseCumulativeProbability((1 + level) / 2);
    }

    /** As {@link #quantile}, if the standard error were known exactly. */
    static double normalQuantile(double level) {
        return new NormalDistribution(null, 0, 1).inverseCumulativeProbability((1 + level) / 2);
    }

    /** The interval of a ratio over at least two groups. */
    static Range interval(Clusters clusters, double level) {
        double reach = quantile(clusters.count() - 1, level) * clusters.standardError();
        return new Range(clusters.ratio() - reach, clusters.ratio() + reach);
    }
}
