package grusim.result.chart;

import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.Series;
import grusim.result.TimeSeries;
import org.jspecify.annotations.Nullable;

/**
 * One quantity over simulated time at equal steps, of all replications: the mean and the lowest and highest. Of several
 * replications these are the runs' extremes in the step; of a single run those of the recorded parts of the step.
 * Steps without a value are not a number.
 */
final class Timeline {
    private final long stepPs;
    private final long endPs;
    private final double[] low;
    private final double[] middle;
    private final double[] high;

    private Timeline(long stepPs, long endPs, int steps) {
        this.stepPs = stepPs;
        this.endPs = endPs;
        this.low = new double[steps];
        this.middle = new double[steps];
        this.high = new double[steps];
    }

    /** What a run says about a stretch of time; not a number if nothing. */
    interface Measure {
        double of(RunResult run, long fromPs, long toPs);
    }

    /** The quantity in at most that many steps, each made of whole buckets of the series of that name. */
    static Timeline of(Replications runs, String series, int most, Measure measure) {
        return of(runs, Designs.of(runs), series, most, measure);
    }

    /** As above, over the time and in the steps that suit all designs. */
    static Timeline of(Replications runs, Designs designs, String series, int most, Measure measure) {
        long bucketPs = 1;
        long stepPs = 1;
        long endPs = 1;
        for (RunResult run : designs.pooled().runs()) {
            Series of = run.series(series);
            if (of != null) {
                bucketPs = Math.max(bucketPs, of.bucketPs());
                stepPs = Math.max(stepPs, of.coarser(most).bucketPs());
            }
            endPs = Math.max(endPs, run.simulatedPs());
        }
        int steps = (int) ((endPs + stepPs - 1) / stepPs);
        Timeline timeline = new Timeline(stepPs, endPs, steps);
        for (int step = 0; step < steps; step++) {
            timeline.fill(runs, step, bucketPs, measure);
        }
        return timeline;
    }

    private void fill(Replications runs, int step, long bucketPs, Measure measure) {
        double sum = 0;
        int known = 0;
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (RunResult run : runs.runs()) {
            double value = measure.of(run, fromPs(step), toPs(step));
            if (!Double.isNaN(value)) {
                sum += value;
                known++;
                lowest = Math.min(lowest, value);
                highest = Math.max(highest, value);
            }
        }
        if (runs.count() == 1 && known == 1) {
            for (long fromPs = fromPs(step); fromPs < toPs(step); fromPs += bucketPs) {
                double value = measure.of(runs.first(), fromPs, Math.min(toPs(step), fromPs + bucketPs));
                lowest = Double.isNaN(value) ? lowest : Math.min(lowest, value);
                highest = Double.isNaN(value) ? highest : Math.max(highest, value);
            }
        }
        middle[step] = known == 0 ? Double.NaN : sum / known;
        low[step] = known == 0 ? Double.NaN : lowest;
        high[step] = known == 0 ? Double.NaN : highest;
    }

    int steps() {
        return middle.length;
    }

    long stepPs() {
        return stepPs;
    }

    long fromPs(int step) {
        return step * stepPs;
    }

    long toPs(int step) {
        return Math.min(endPs, (step + 1) * stepPs);
    }

    double low(int step) {
        return low[step];
    }

    double middle(int step) {
        return middle[step];
    }

    double high(int step) {
        return high[step];
    }

    /** The highest value of all steps, zero if there is none. */
    double highest() {
        double highest = 0;
        for (double value : high) {
            highest = Double.isNaN(value) ? highest : Math.max(highest, value);
        }
        return highest;
    }

    /** How much of a sum falls into a stretch of time, a bucket that reaches over its ends in proportion. */
    static double amount(@Nullable Series series, long fromPs, long toPs) {
        double amount = 0;
        if (series != null) {
            for (int bucket = (int) (fromPs / series.bucketPs()); bucket < series.buckets(); bucket++) {
                long overlapPs = Math.min(toPs, series.toPs(bucket)) - Math.max(fromPs, series.fromPs(bucket));
                if (overlapPs <= 0) {
                    break;
                }
                amount += (double) series.total(bucket)
                        * ((double) overlapPs / (series.toPs(bucket) - series.fromPs(bucket)));
            }
        }
        return amount;
    }

    /** The mean of a gauge over a stretch of time; not a number if the run does not reach it or has no such gauge. */
    static double mean(@Nullable Series series, long fromPs, long toPs) {
        if (series == null || series.kind() != TimeSeries.Kind.MEAN || fromPs >= series.endPs()) {
            return Double.NaN;
        }
        return amount(series, fromPs, toPs) / (Math.min(toPs, series.endPs()) - fromPs);
    }
}
