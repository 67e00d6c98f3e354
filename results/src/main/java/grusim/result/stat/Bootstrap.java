package grusim.result.stat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Intervals by drawing whole groups with replacement: bias-corrected and accelerated (Efron 1987). Follows a lopsided
 * spread, which Student's interval does not. Drawn groups spread less than new ones would, and with few groups their
 * spread is itself uncertain: the interval reaches as much further as Student's does beyond a normal one (Hesterberg
 * 2015). Draws equal to the ratio, frequent where groups are small counts, lie half below it. Deterministic: the draws
 * depend on nothing but the seed, and the groups.
 */
public final class Bootstrap {
    private static final int DRAWS = 2000;

    private Bootstrap() {}

    /** The interval of a ratio over groups. */
    static Range interval(Clusters clusters, double level, long seed) {
        double[] drawn = draws(clusters, seed);
        double ratio = clusters.ratio();
        int halvesBelow = 0;
        for (double each : drawn) {
            halvesBelow += each < ratio ? 2 : each == ratio ? 1 : 0;
        }
        if (halvesBelow == 0 || halvesBelow == 2 * DRAWS) {
            return new Range(Math.min(ratio, drawn[0]), Math.max(ratio, drawn[DRAWS - 1]));
        }
        NormalDistribution normal = new NormalDistribution(null, 0, 1);
        double bias = normal.inverseCumulativeProbability(halvesBelow / (2.0 * DRAWS));
        double acceleration = acceleration(clusters);
        double groups = clusters.count();
        double reach = StudentT.quantile(clusters.count() - 1, level) * Math.sqrt(groups / (groups - 1));
        return new Range(
                Math.min(ratio, drawn[position(normal, bias, acceleration, -reach)]),
                Math.max(ratio, drawn[position(normal, bias, acceleration, reach)]));
    }

    private static double[] draws(Clusters clusters, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] drawn = new double[DRAWS];
        int k = clusters.count();
        for (int draw = 0; draw < DRAWS; draw++) {
            double size = 0;
            double amount = 0;
            for (int i = 0; i < k; i++) {
                int group = random.nextInt(k);
                size += clusters.size(group);
                amount += clusters.amount(group);
            }
            drawn[draw] = size == 0 ? clusters.ratio() : amount / size;
        }
        Arrays.sort(drawn);
        return drawn;
    }

    /** How fast the standard error changes with the ratio, from leaving out one group at a time. */
    private static double acceleration(Clusters clusters) {
        int k = clusters.count();
        double size = clusters.size();
        double amount = clusters.ratio() * size;
        double[] without = new double[k];
        double mean = 0;
        for (int i = 0; i < k; i++) {
            double rest = size - clusters.size(i);
            without[i] = rest == 0 ? clusters.ratio() : (amount - clusters.amount(i)) / rest;
            mean += without[i] / k;
        }
        double squares = 0;
        double cubes = 0;
        for (double each : without) {
            double difference = mean - each;
            squares += difference * difference;
            cubes += difference * difference * difference;
        }
        return squares == 0 ? 0 : cubes / (6 * squares * Math.sqrt(squares));
    }

    private static int position(NormalDistribution normal, double bias, double acceleration, double reach) {
        double shifted = bias + (bias + reach) / (1 - acceleration * (bias + reach));
        int position = (int) (normal.cumulativeProbability(shifted) * DRAWS);
        return Math.max(0, Math.min(DRAWS - 1, position));
    }
}
