package grusim.result.file;

import grusim.result.AttributionShares;
import grusim.result.Decimals;
import grusim.result.LatencyDistribution;
import grusim.result.Metric;
import grusim.result.Metrics;
import grusim.result.RunResult;
import grusim.result.Series;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * The result as tidy CSV tables, one observation per row. An unknown value is an empty field. The same bytes for the
 * same spec, seed and version everywhere.
 */
public final class ResultCsv {
    private ResultCsv() {}

    /** {@code result.csv}: every number of {@code result.json}. */
    public static String metrics(RunResult result) {
        return Csv.print(List.of("metric", "statistic", "value", "unit"), csv -> {
            for (Metric metric : Metrics.of(result)) {
                csv.writeRecord(metric.name(), metric.statistic(), text(metric), metric.unit());
            }
        });
    }

    /** {@code latency.csv}: each distribution as steps, for cumulative curves. */
    public static String latency(RunResult result) {
        return Csv.print(List.of("metric", "upToNs", "cumulativeCount"), csv -> {
            for (Map.Entry<String, LatencyDistribution> entry : result.latency().entrySet()) {
                LatencyDistribution distribution = entry.getValue();
                for (int step = 0; step < distribution.steps(); step++) {
                    csv.writeRecord(
                            entry.getKey(),
                            Decimals.ns(distribution.stepUpToPs(step)).toPlainString(),
                            Long.toString(distribution.cumulativeCount(step)));
                }
            }
        });
    }

    /** {@code series.csv}: every quantity over time. */
    public static String series(RunResult result) {
        return Csv.print(List.of("series", "kind", "fromNs", "toNs", "value", "unit"), csv -> {
            for (Series series : result.series().values()) {
                for (int bucket = 0; bucket < series.buckets(); bucket++) {
                    csv.writeRecord(
                            series.name(),
                            series.kind().key(),
                            Decimals.ns(series.fromPs(bucket)).toPlainString(),
                            Decimals.ns(series.toPs(bucket)).toPlainString(),
                            series.decimal(bucket).toPlainString(),
                            series.declaration().unit());
                }
            }
        });
    }

    /** {@code attribution.csv}: instruction time by kind and reason; reasons that took no time are left out. */
    public static String attribution(RunResult result) {
        AttributionShares shares = result.attribution();
        return Csv.print(List.of("instruction", "count", "reason", "totalNs"), csv -> {
            for (int kind = 0; kind < shares.kinds().size(); kind++) {
                for (int reason = 0; reason < shares.reasons().size(); reason++) {
                    long partPs = shares.partPs(kind, reason);
                    if (partPs > 0) {
                        csv.writeRecord(
                                shares.kinds().get(kind),
                                Long.toString(shares.instructions(kind)),
                                shares.reasons().get(reason),
                                Decimals.ns(partPs).toPlainString());
                    }
                }
            }
        });
    }

    static String text(Metric metric) {
        BigDecimal value = metric.value();
        return value == null ? "" : value.toPlainString();
    }
}
