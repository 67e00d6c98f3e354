package grusim.result;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run result flattened to its numbers, in the order of {@code result.json}. Tables, CSV files and sweeps read this. */
public final class Metrics {
    private Metrics() {}

    /** Every number of a result. */
    public static List<Metric> of(RunResult result) {
        List<Metric> all = new ArrayList<>();
        all.add(new Metric("simulatedPs", "value", BigDecimal.valueOf(result.simulatedPs()), "ps"));
        all.add(new Metric("events", "value", BigDecimal.valueOf(result.events()), "events"));
        for (Counter counter : result.counters().values()) {
            StatDeclaration declared = counter.declaration();
            all.add(new Metric(
                    "counters." + declared.name(), "value", BigDecimal.valueOf(counter.value()), declared.unit()));
        }
        for (McsTiming timing : result.mcs()) {
            all.addAll(of(timing));
        }
        for (Map.Entry<String, LatencyDistribution> entry : result.latency().entrySet()) {
            all.addAll(of(entry.getKey(), entry.getValue()));
        }
        all.add(count("contract", "checks", result.contract().checks(), "checks"));
        all.add(count("contract", "violations", result.contract().failures(), "violations"));
        all.add(count("dataChecks", "passed", result.dataChecks().passed(), "checks"));
        all.add(count("dataChecks", "failed", result.dataChecks().failures(), "checks"));
        return all;
    }

    /** The statistics of one control command. */
    public static List<Metric> of(McsTiming timing) {
        String name = "counters.mcs." + timing.op();
        return List.of(
                count(name, "count", timing.count(), "events"),
                ns(name, "averageNs", Decimals.ns(timing.averagePs())),
                ns(name, "maximumNs", Decimals.ns(timing.maximumPs())));
    }

    /** The statistics of one latency metric. */
    public static List<Metric> of(String metric, LatencyDistribution distribution) {
        String name = "latency." + metric;
        List<Metric> all = new ArrayList<>();
        all.add(count(name, "count", distribution.count(), "events"));
        all.add(ns(name, "meanNs", Decimals.ns(distribution.meanPs())));
        for (Percentile percentile : Percentile.ALL) {
            all.add(ns(name, percentile.key() + "Ns", Decimals.ns(distribution.percentilePs(percentile))));
        }
        all.add(ns(name, "maxNs", Decimals.ns(distribution.maxPs())));
        return all;
    }

    /** The number at a path of {@code result.json}, if the result has it. */
    public static Optional<Metric> find(RunResult result, String path) {
        return of(result).stream().filter(m -> m.path().equals(path)).findFirst();
    }

    private static Metric count(String name, String statistic, long value, String unit) {
        return new Metric(name, statistic, BigDecimal.valueOf(value), unit);
    }

    private static Metric ns(String name, String statistic, @Nullable BigDecimal value) {
        return new Metric(name, statistic, value, "ns");
    }
}
