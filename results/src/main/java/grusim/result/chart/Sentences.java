package grusim.result.chart;

import grusim.result.LatencyDistribution;
import grusim.result.Percentile;
import grusim.result.text.Quantity;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/** What charts of latencies say in words. */
final class Sentences {
    private static final String NONE = "No latency was recorded.";

    private Sentences() {}

    /** The metric with most samples by its median and 99th percentile, and the one with the largest median. */
    static String ofMedians(Latencies latencies) {
        List<Latencies.Metric> metrics = latencies.shown();
        if (metrics.isEmpty()) {
            return NONE;
        }
        Latencies.Metric often = mostSamples(metrics);
        LatencyDistribution of = often.distribution();
        OptionalLong p99 = of.percentilePs(Percentile.P99);
        StringBuilder says = new StringBuilder("Half of the " + Quantity.count(of.count()) + " samples of "
                + often.name() + " took at most " + Quantity.time(Quantiles.at(of, 0.5)));
        if (p99.isPresent()) {
            says.append(", 99% at most ").append(Quantity.time(p99));
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
    static String ofTails(Latencies latencies) {
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
                + Quantity.time(p99)
                + (times == null
                        ? ", while half take no time"
                        : ", " + times + " the median of " + Quantity.time(median))
                + ", and the slowest " + Quantity.time(of.maxPs()) + ".";
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
