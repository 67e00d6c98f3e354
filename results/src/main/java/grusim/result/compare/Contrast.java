package grusim.result.compare;

import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * What two designs' estimates of one figure allow to say of {@code b - a} and of {@code b / a}. Everything comes from
 * one test: how many standard errors {@code b - ratio * a} is away from zero, judged by Student's t. The interval of
 * the ratio holds the ratios that the test does not refuse (Fieller 1954), so intervals and tests never disagree.
 *
 * <p>Exact when the estimates are means of normal values, paired or (Welch 1947, approximately) not. From two intervals
 * found elsewhere it uses their distances to the estimates on either side (method of variance estimates recovery,
 * Zou and Donner 2008) and takes the designs for independent, which is too careful when they shared random numbers.
 */
final class Contrast {
    private final double a;
    private final double b;
    private final Spread below;
    private final Spread above;
    private final double degrees;

    private Contrast(double a, double b, Spread below, Spread above, double degrees) {
        this.a = a;
        this.b = b;
        this.below = below;
        this.above = above;
        this.degrees = degrees;
    }

    /** Values of replications that shared their random numbers pair by pair; at least two pairs. */
    static Contrast paired(double[] a, double[] b) {
        if (a.length != b.length || a.length < 2) {
            throw new IllegalArgumentException(a.length + " and " + b.length + " values; accepted: two pairs or more");
        }
        int n = a.length;
        double meanA = mean(a);
        double meanB = mean(b);
        Spread spread = new Spread(
                covariance(a, meanA, a, meanA) / n,
                covariance(b, meanB, b, meanB) / n,
                covariance(a, meanA, b, meanB) / n);
        return new Contrast(meanA, meanB, spread, spread, n - 1.0);
    }

    /** Values of replications with random numbers of their own; at least two of each. */
    static Contrast independent(double[] a, double[] b) {
        if (a.length < 2 || b.length < 2) {
            throw new IllegalArgumentException(a.length + " and " + b.length + " values; accepted: two each or more");
        }
        double meanA = mean(a);
        double meanB = mean(b);
        double ofA = covariance(a, meanA, a, meanA) / a.length;
        double ofB = covariance(b, meanB, b, meanB) / b.length;
        double both = ofA + ofB;
        double degrees = both == 0
                ? a.length + b.length - 2.0
                : both * both / ((ofA * ofA / (a.length - 1)) + (ofB * ofB / (b.length - 1)));
        Spread spread = new Spread(ofA, ofB, 0);
        return new Contrast(meanA, meanB, spread, spread, degrees);
    }

    /** An estimate with an interval found elsewhere, and on how many values that rests. */
    record Estimate(double value, double low, double high, double level, long samples) {
        private double below() {
            return Math.max(0, (value - low) / quantile());
        }

        private double above() {
            return Math.max(0, (high - value) / quantile());
        }

        private double degrees() {
            return Math.max(1.0, samples - 1.0);
        }

        private double quantile() {
            return Contrast.quantile(degrees(), level);
        }
    }

    /** Two estimates whose intervals were found apart from each other. */
    static Contrast of(Estimate a, Estimate b) {
        Spread below = new Spread(square(a.above()), square(b.below()), 0);
        Spread above = new Spread(square(a.below()), square(b.above()), 0);
        return new Contrast(a.value, b.value, below, above, Math.min(a.degrees(), b.degrees()));
    }

    /** As this, where both values are only known up to steps that add the given variance, relative to each value. */
    Contrast coarse(double variance) {
        return new Contrast(a, b, coarse(below, variance), coarse(above, variance), degrees);
    }

    /** As this, where both values are of whole numbers only, which adds the given variances to them. */
    Contrast whole(double ofA, double ofB) {
        return new Contrast(a, b, whole(below, ofA, ofB), whole(above, ofA, ofB), degrees);
    }

    private static Spread whole(Spread spread, double ofA, double ofB) {
        return new Spread(spread.ofA() + ofA, spread.ofB() + ofB, spread.together());
    }

    private Spread coarse(Spread spread, double variance) {
        return new Spread(spread.ofA() + variance * square(a), spread.ofB() + variance * square(b), spread.together());
    }

    double a() {
        return a;
    }

    double b() {
        return b;
    }

    /** Two ends of an interval. */
    record Range(double low, double high) {}

    /** The interval of {@code b - a}. */
    Range difference(double level) {
        double t = quantile(level);
        return new Range(b - a - t * below.error(1), b - a + t * above.error(1));
    }

    /** The interval of {@code b / a}; absent if {@code a} cannot be told from zero. */
    Optional<Range> ratio(double level) {
        if (a <= 0) {
            return Optional.empty();
        }
        double t = quantile(level);
        if (square(a) <= square(t) * below.ofA() || square(a) <= square(t) * above.ofA()) {
            return Optional.empty();
        }
        return Optional.of(new Range(root(below, t, -1), root(above, t, 1)));
    }

    /** The ratio at which {@code b - ratio * a} is t errors away from zero, on one side of {@code b / a}. */
    private double root(Spread spread, double t, int side) {
        double t2 = t * t;
        double square = a * a - t2 * spread.ofA();
        double half = a * b - t2 * spread.together();
        double constant = b * b - t2 * spread.ofB();
        double root = StrictMath.sqrt(Math.max(0, half * half - square * constant));
        return (half + side * root) / square;
    }

    /** How likely a difference at least this large would be if there were none: two-sided. */
    double pDifferent() {
        double difference = b - a;
        double error = (difference > 0 ? below : above).error(1);
        return difference == 0 ? 1 : Math.min(1, 2 * tail(Math.abs(difference), error));
    }

    private double tail(double distance, double error) {
        if (error == 0) {
            return distance > 0 ? 0 : 1;
        }
        return new TDistribution(null, degrees).cumulativeProbability(-distance / error);
    }

    private double quantile(double level) {
        return quantile(degrees, level);
    }

    /** How many standard errors an interval reaches to each side. */
    static double quantile(double degrees, double level) {
        return new TDistribution(null, degrees).inverseCumulativeProbability((1 + level) / 2);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double covariance(double[] x, double meanX, double[] y, double meanY) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += (x[i] - meanX) * (y[i] - meanY);
        }
        return sum / (x.length - 1);
    }

    private static double square(double x) {
        return x * x;
    }
}
