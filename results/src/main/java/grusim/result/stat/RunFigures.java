package grusim.result.stat;

import grusim.result.Decimals;
import grusim.result.McsTiming;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Figures of which each run has one value: counters, lengths, timings of commands. Of several runs it is their mean. */
final class RunFigures {
    private static final Interval.None ONE_RUN = new Interval.None("counted exactly in one run; replications give one");
    private static final Interval.None OF_MAXIMUM = new Interval.None("the largest value grows with their number");
    private static final Interval.None OF_CHECKS = new Interval.None("counted over all runs, not estimated");
    private static final int DIGITS = 3;

    private RunFigures() {}

    /** A figure with one value for each run. */
    static Figure perRun(String name, String statistic, double[] values, String unit) {
        Clusters clusters = Clusters.ofValues(values);
        return new Figure(name, statistic, decimal(clusters.ratio()), unit, values.length, interval(name, clusters));
    }

    /** What all runs of a mean have together; its interval is for as many runs. */
    static Figure total(Figure perRun, long all) {
        if (perRun.count() == 1) {
            return perRun;
        }
        BigDecimal runs = BigDecimal.valueOf(perRun.count());
        Interval interval = perRun.interval() instanceof Interval.Known known
                ? new Interval.Known(
                        known.low().multiply(runs),
                        known.high().multiply(runs),
                        known.level(),
                        known.method() + ", for all of them together",
                        known.samples())
                : perRun.interval();
        return new Figure(
                perRun.name(), perRun.statistic(), BigDecimal.valueOf(all), perRun.unit(), perRun.count(), interval);
    }

    /** A figure that is an amount by a size, such as a rate. */
    static Figure ratio(String name, String statistic, Clusters clusters, String unit) {
        return new Figure(name, statistic, decimal(clusters.ratio()), unit, clusters.count(), interval(name, clusters));
    }

    /** How many checks there were or failed, over all runs. */
    static Figure checks(String name, String statistic, long all, long runs, String unit) {
        return new Figure(name, statistic, BigDecimal.valueOf(all), unit, runs, OF_CHECKS);
    }

    /** The figures of one control command. */
    static List<Figure> ofCommand(String op, List<McsTiming> runs) {
        String name = "counters.mcs." + op;
        double[] counts = runs.stream().mapToDouble(McsTiming::count).toArray();
        double[] totals = runs.stream().mapToDouble(McsTiming::totalPs).toArray();
        long count = runs.stream().mapToLong(McsTiming::count).sum();
        long totalPs = runs.stream().mapToLong(McsTiming::totalPs).sum();
        long averagePs = new McsTiming(op, count, totalPs, 0).averagePs();
        long maximumPs = runs.stream().mapToLong(McsTiming::maximumPs).max().orElse(0);
        List<Figure> all = new ArrayList<>();
        all.add(perRun(name, "count", counts, "events"));
        Interval average = count == 0
                ? new Interval.None("no such command was given")
                : runs.size() == 1
                        ? new Interval.None("kept as a sum; replications give one")
                        : MeanInterval.of(
                                new Clusters(counts, totals),
                                runs.size() + " replications",
                                name,
                                ps -> Decimals.ns(Math.round(Math.max(0, ps))));
        all.add(new Figure(name, "averageNs", Decimals.ns(averagePs), "ns", count, average));
        all.add(new Figure(name, "maximumNs", Decimals.ns(maximumPs), "ns", count, OF_MAXIMUM));
        return all;
    }

    private static Interval interval(String name, Clusters clusters) {
        return clusters.count() == 1
                ? ONE_RUN
                : MeanInterval.of(
                        clusters, clusters.count() + " replications", name, value -> decimal(Math.max(0, value)));
    }

    private static BigDecimal decimal(double value) {
        BigDecimal rounded =
                new BigDecimal(value).setScale(DIGITS, RoundingMode.HALF_UP).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }
}
