package grusim.result.chart;

import grusim.result.LatencyDistribution;
import grusim.result.Percentile;
import grusim.result.Replications;
import grusim.result.stat.Figures;
import grusim.result.stat.Interval;
import grusim.result.text.Quantity;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What charts of latencies say in words. */
final class Sentences {
    private static final String NONE = "No latency was recorded.";

    private Sentences() {}

    /** The metric with most samples by its median and 99th percentile, and the one with the largest median. */
    static String ofMedians(Replications runs, Designs designs) {
        List<Latencies.Metric> metrics = known(runs, Percentile.P50);
        if (metrics.isEmpty()) {
            return tooFew(runs, Percentile.P50, "median");
        }
        Latencies.Metric often =
                chosen(metrics, designs, Percentile.P50, distribution -> (double) distribution.count());
        LatencyDistribution of = often.distribution();
        StringBuilder says = new StringBuilder("Half of the " + Quantity.count(of.count()) + " samples of "
                + often.name() + " took at most " + value(runs, often, Percentile.P50));
        if (Percentile.P99.knownFrom(of.count())) {
            says.append(", 99% at most ").append(value(runs, often, Percentile.P99));
        }
        Latencies.Metric slow = chosen(metrics, designs, Percentile.P50, Sentences::median);
        if (!slow.equals(often)) {
            boolean slowest = slow.equals(most(metrics, Sentences::median));
            says.append(slowest ? "; the slowest in the median" + among(runs) + " is " : "; half of ")
                    .append(slow.name())
                    .append(slowest ? " with " : " took at most ")
                    .append(Quantity.time(Quantiles.at(slow.distribution(), 0.5)));
        }
        return says.append('.').toString();
    }

    /** The metric whose 99th percentile is the largest multiple of its median. */
    static String ofTails(Replications runs, Designs designs) {
        List<Latencies.Metric> metrics = known(runs, Percentile.P99);
        if (metrics.isEmpty()) {
            return tooFew(runs, Percentile.P99, "99th percentile");
        }
        Latencies.Metric longest = chosen(metrics, designs, Percentile.P99, Sentences::spread);
        LatencyDistribution of = longest.distribution();
        long median = Quantiles.at(of, 0.5);
        String times = Words.times(Quantiles.at(of, 0.99), median);
        String ratio = times == null ? ", while half took no time" : ", " + times + " its median";
        return "One in a hundred of " + longest.name() + " took more than " + value(runs, longest, Percentile.P99)
                + ratio
                + (longest.equals(most(metrics, Sentences::spread)) && times != null && metrics.size() > 1
                        ? ": the largest such ratio" + among(runs)
                        : "")
                + "; the slowest took " + Quantity.time(of.maxPs()) + ".";
    }

    private static String among(Replications runs) {
        String among = Latencies.of(runs, Latencies.LINES, 1).among();
        return among.isEmpty() ? "" : " of " + among;
    }

    /** Why nothing can be said about a percentile, and the one thing that can. */
    private static String tooFew(Replications runs, Percentile percentile, String name) {
        List<Latencies.Metric> all = Latencies.of(runs, Integer.MAX_VALUE, 1).shown();
        if (all.isEmpty()) {
            return NONE;
        }
        Latencies.Metric slowest = most(all, of -> (double) of.maxPs().orElse(0));
        return "No metric has the " + Quantity.count(percentile.samplesNeeded()) + " samples that a " + name
                + " needs; the slowest of all took "
                + Quantity.time(slowest.distribution().maxPs()) + ", a sample of " + slowest.name() + ".";
    }

    /** Of the metrics that charts of lines show, those whose percentile is known. */
    private static List<Latencies.Metric> known(Replications runs, Percentile percentile) {
        return Latencies.of(runs, Latencies.LINES, 1).shown().stream()
                .filter(metric -> percentile.knownFrom(metric.distribution().count()))
                .toList();
    }

    /** The metric that is most in all designs together, of those known in each of them. */
    private static Latencies.Metric chosen(
            List<Latencies.Metric> own,
            Designs designs,
            Percentile percentile,
            ToDoubleFunction<LatencyDistribution> what) {
        List<String> names = own.stream().map(Latencies.Metric::name).toList();
        List<Latencies.Metric> everywhere = known(designs.pooled(), percentile).stream()
                .filter(metric -> names.contains(metric.name()))
                .filter(metric -> designs.all().stream()
                        .map(runs -> runs.latency().get(metric.name()))
                        .allMatch(of -> of != null && percentile.knownFrom(of.count())))
                .toList();
        if (everywhere.isEmpty()) {
            return most(own, what);
        }
        return own.get(names.indexOf(most(everywhere, what).name()));
    }

    /** The metric that is most; of equal ones that with most samples. */
    private static Latencies.Metric most(List<Latencies.Metric> metrics, ToDoubleFunction<LatencyDistribution> what) {
        return metrics.stream()
                .max(Comparator.comparingDouble((Latencies.Metric metric) -> what.applyAsDouble(metric.distribution()))
                        .thenComparingInt(metric -> -metric.rank()))
                .orElseThrow();
    }

    private static double median(LatencyDistribution of) {
        return (double) Quantiles.at(of, 0.5);
    }

    /** The percentile of a metric with its interval, if that is known. */
    private static String value(Replications runs, Latencies.Metric metric, Percentile percentile) {
        String value = Quantity.time(Quantiles.at(metric.distribution(), percentile.perTenThousand() / 10_000.0));
        String path = "latency." + metric.name() + "." + percentile.key() + "Ns";
        return Figures.find(runs, path)
                .filter(figure -> figure.interval() instanceof Interval.Known)
                .map(figure -> value + " (" + range((Interval.Known) figure.interval()) + ")")
                .orElse(value);
    }

    private static String range(Interval.Known interval) {
        String low = Quantity.time(interval.low().movePointRight(3).longValue());
        String high = Quantity.time(interval.high().movePointRight(3).longValue());
        String confidence =
                interval.level().movePointRight(2).stripTrailingZeros().toPlainString();
        return confidence + "% sure: " + (low.equals(high) ? low : low + " to " + high);
    }

    private static double spread(LatencyDistribution of) {
        return (double) Quantiles.at(of, 0.99) / Math.max(1, Quantiles.at(of, 0.5));
    }
}
