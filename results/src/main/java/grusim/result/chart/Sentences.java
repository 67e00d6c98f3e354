package grusim.result.chart;

import grusim.result.LatencyDistribution;
import grusim.result.Percentile;
import grusim.result.Replications;
import grusim.result.stat.Figures;
import grusim.result.stat.Interval;
import grusim.result.text.Quantity;
import java.util.Comparator;
import java.util.List;

/** What charts of latencies say in words. */
final class Sentences {
    private static final String NONE = "No latency was recorded.";

    private Sentences() {}

    /** The metric with most samples by its median and 99th percentile, and the one with the largest median. */
    static String ofMedians(Replications runs) {
        Latencies latencies = Latencies.of(runs, Integer.MAX_VALUE);
        List<Latencies.Metric> metrics = latencies.shown();
        if (metrics.isEmpty()) {
            return NONE;
        }
        Latencies.Metric often = mostSamples(metrics);
        LatencyDistribution of = often.distribution();
        StringBuilder says = new StringBuilder("Half of the " + Quantity.count(of.count()) + " samples of "
                + often.name() + " took at most " + known(runs, often, Percentile.P50));
        if (Percentile.P99.knownFrom(of.count())) {
            says.append(", 99% at most ").append(known(runs, often, Percentile.P99));
        }
        Latencies.Metric slow = metrics.stream()
                .max(Comparator.comparingLong(metric -> Quantiles.at(metric.distribution(), 0.5)))
                .orElseThrow();
        if (!slow.equals(often)) {
            says.append("; the slowest in the median is ")
                    .append(slow.name())
                    .append(" with ")
                    .append(Quantity.time(Quantiles.at(slow.distribution(), 0.5)));
        }
        return says.append('.').toString();
    }

    /** The metric whose 99th percentile lies farthest above its median. */
    static String ofTails(Replications runs) {
        Latencies latencies = Latencies.of(runs, Integer.MAX_VALUE);
        List<Latencies.Metric> known = latencies.shown().stream()
                .filter(metric -> Percentile.P99.knownFrom(metric.distribution().count()))
                .toList();
        if (known.isEmpty()) {
            return latencies.shown().isEmpty() ? NONE : "No metric has the 1,000 samples that a 99th percentile needs.";
        }
        Latencies.Metric longest = known.stream()
                .max(Comparator.comparingDouble(metric -> spread(metric.distribution())))
                .orElseThrow();
        LatencyDistribution of = longest.distribution();
        long median = Quantiles.at(of, 0.5);
        long p99 = Quantiles.at(of, 0.99);
        String times = Words.times(p99, median);
        return "The longest tail is that of " + longest.name() + ": one in a hundred takes more than "
                + known(runs, longest, Percentile.P99)
                + (times == null
                        ? ", while half take no time"
                        : ", " + times + " the median of " + Quantity.time(median))
                + ", and the slowest " + Quantity.time(of.maxPs()) + ".";
    }

    /** The percentile of a metric with its interval, if that is known. */
    private static String known(Replications runs, Latencies.Metric metric, Percentile percentile) {
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

    private static Latencies.Metric mostSamples(List<Latencies.Metric> metrics) {
        return metrics.stream()
                .max(Comparator.comparingLong(metric -> metric.distribution().count()))
                .orElseThrow();
    }
}
