package grusim.result.compare;

import grusim.result.LatencyDistribution;
import grusim.result.Percentile;
import java.util.List;

/**
 * A figure of all runs together as values of the runs: each is the figure, moved by as much as leaving its run out moves
 * it the other way, times the runs that are left (Tukey 1958). Their mean is the figure, their scatter that of the runs,
 * and of a figure that is a mean over the runs they are the runs' own values. A percentile needs runs of many samples,
 * as groups that are left out whole.
 */
final class Jackknife {
    /** The width of a step of a distribution, relative. */
    private static final double STEP = 0.001;

    private Jackknife() {}

    /** The values of the runs, from the figure and what it is without each of them. */
    static double[] values(double figure, double[] without) {
        double mean = 0;
        for (double each : without) {
            mean += each / without.length;
        }
        double[] values = new double[without.length];
        for (int run = 0; run < values.length; run++) {
            values[run] = figure + (without.length - 1) * (mean - without[run]);
        }
        return values;
    }

    /** The mean, in picoseconds, of all samples but those of each run. */
    static double[] means(List<LatencyDistribution> runs) {
        double sum = 0;
        double count = 0;
        for (LatencyDistribution run : runs) {
            sum += run.sumPs();
            count += run.count();
        }
        double[] means = new double[runs.size()];
        for (int run = 0; run < means.length; run++) {
            LatencyDistribution left = runs.get(run);
            means[run] = (sum - left.sumPs()) / (count - left.count());
        }
        return means;
    }

    /** A percentile, in picoseconds, of all samples but those of each run; between the edges of steps, too. */
    static double[] percentiles(LatencyDistribution all, List<LatencyDistribution> runs, Percentile percentile) {
        double[] percentiles = new double[runs.size()];
        for (int run = 0; run < percentiles.length; run++) {
            percentiles[run] = without(all, runs.get(run), percentile);
        }
        return percentiles;
    }

    private static double without(LatencyDistribution all, LatencyDistribution left, Percentile percentile) {
        long rank = percentile.rank(all.count() - left.count());
        int low = 0;
        int high = all.steps() - 1;
        while (low < high) {
            int middle = (low + high) / 2;
            if (remaining(all, left, middle) >= rank) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        long before = low == 0 ? 0 : remaining(all, left, low - 1);
        double part = (rank - before) / (double) (remaining(all, left, low) - before);
        return all.stepUpToPs(low) * (1 - STEP * (1 - part));
    }

    private static long remaining(LatencyDistribution all, LatencyDistribution left, int step) {
        return all.cumulativeCount(step) - left.atMost(all.stepUpToPs(step));
    }
}
