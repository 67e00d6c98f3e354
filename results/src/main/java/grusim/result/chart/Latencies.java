package grusim.result.chart;

import grusim.result.LatencyDistribution;
import grusim.result.LatencyHistogram;
import grusim.result.Percentile;
import grusim.result.Replications;
import grusim.result.text.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * The latency metrics that a chart shows: those with most samples, in the order of the result. Metrics with too few
 * samples for a median are left out as long as there are others.
 *
 * @param shown what is drawn
 * @param all how many metrics have samples
 */
record Latencies(List<Metric> shown, int all) {
    /** The axis begins where one in a hundred of a metric's samples above zero lies below. */
    private static final double FOOT = 0.01;

    /** How many lines a chart has at most. */
    static final int LINES = 8;

    /**
     * A metric and its distribution over all replications.
     *
     * @param rank its place among all metrics by samples, the most first: its colour and line in every chart of the runs
     */
    record Metric(String name, LatencyDistribution distribution, int rank) {
        /** The name with the number of samples, for a legend. */
        String label(ChartSize size) {
            return House.label(name, distribution.count(), size);
        }
    }

    /** At most that many metrics, each with at least that many samples if any has. */
    static Latencies of(Replications runs, int most, long samples) {
        List<Metric> metrics = new ArrayList<>();
        Map<String, LatencyDistribution> latency = runs.latency();
        List<String> ranks = ranks(latency);
        latency.forEach((name, distribution) -> {
            if (distribution.count() > 0) {
                metrics.add(new Metric(name, distribution, ranks.indexOf(name)));
            }
        });
        int all = metrics.size();
        if (metrics.stream().anyMatch(metric -> metric.distribution().count() >= samples)) {
            metrics.removeIf(metric -> metric.distribution().count() < samples);
        }
        List<Metric> largest = metrics.stream()
                .sorted(Comparator.comparingInt(Metric::rank))
                .limit(most)
                .toList();
        metrics.retainAll(largest);
        return new Latencies(List.copyOf(metrics), all);
    }

    /** The metrics with most samples first; of equally many those that took more time, then by name. */
    private static List<String> ranks(Map<String, LatencyDistribution> latency) {
        return latency.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, LatencyDistribution> metric) ->
                                -metric.getValue().count())
                        .thenComparingLong(metric -> -metric.getValue().sumPs())
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** At most that many metrics, those with a known median first. */
    static Latencies of(Replications runs, int most) {
        return of(runs, most, Percentile.P50.samplesNeeded());
    }

    /** The same metrics as some runs have measured them; without samples where they have not. */
    Latencies in(Replications runs) {
        Map<String, LatencyDistribution> own = runs.latency();
        LatencyDistribution none = new LatencyHistogram().distribution();
        return new Latencies(
                shown.stream()
                        .map(metric -> new Metric(metric.name(), own.getOrDefault(metric.name(), none), metric.rank()))
                        .toList(),
                all);
    }

    /** Whether any metric has at least that many samples. */
    static boolean any(Replications runs, long samples) {
        return runs.latency().values().stream().anyMatch(distribution -> distribution.count() >= samples);
    }

    /** A logarithmic axis of time on which all of them lie; what is shorter than its beginning lies at its edge. */
    DecadeAxis axis(String label) {
        return axis(label, distribution -> distribution.maxPs().orElse(1));
    }

    /** A logarithmic axis of time up to the longest that is asked of any of them. */
    DecadeAxis axis(String label, ToLongFunction<LatencyDistribution> end) {
        double least = Double.MAX_VALUE;
        double longest = 1;
        for (Metric metric : shown) {
            long foot = Quantiles.positive(metric.distribution(), FOOT);
            least = foot > 0 ? Math.min(least, (double) foot) : least;
            longest = Math.max(longest, (double) end.applyAsLong(metric.distribution()));
        }
        return longest <= 1 || least > longest
                ? new DecadeAxis(label, 1000, 1_000_000, Quantity::time)
                : new DecadeAxis(label, least * 0.95, longest * 1.05, Quantity::time);
    }

    /** The metrics shown in words, or nothing if those are all. */
    String among() {
        return shown.size() == all ? "" : "the " + shown.size() + " metrics with most samples";
    }

    /** Which metrics are shown, if not all. */
    String choice() {
        return shown.size() == all ? "" : shown.size() + " of " + all + " metrics, those with most samples";
    }
}
