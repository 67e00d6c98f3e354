package grusim.result.file;

import de.siegmar.fastcsv.writer.CsvWriter;
import grusim.result.AttributionShares;
import grusim.result.Decimals;
import grusim.result.LatencyDistribution;
import grusim.result.Replications;
import grusim.result.Series;
import java.util.List;
import java.util.Map;

/**
 * The result as tidy CSV tables, one observation per row. An unknown value is an empty field. The same bytes for the
 * same spec, seed and version everywhere.
 */
public final class ResultCsv {
    private ResultCsv() {}

    /** {@code latency.csv}: each distribution of all runs together as steps, for cumulative curves. */
    public static String latency(Replications result) {
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

    /** {@code series.csv}: every quantity over time, of each run for itself. */
    public static String series(Replications result) {
        return Csv.print(List.of("replication", "series", "kind", "fromNs", "toNs", "value", "unit"), csv -> {
            for (int run = 0; run < result.count(); run++) {
                for (Series series : result.runs().get(run).series().values()) {
                    series(csv, run, series);
                }
            }
        });
    }

    private static void series(CsvWriter csv, int run, Series series) {
        for (int bucket = 0; bucket < series.buckets(); bucket++) {
            csv.writeRecord(
                    Integer.toString(run),
                    series.name(),
                    series.kind().key(),
                    Decimals.ns(series.fromPs(bucket)).toPlainString(),
                    Decimals.ns(series.toPs(bucket)).toPlainString(),
                    series.decimal(bucket).toPlainString(),
                    series.declaration().unit());
        }
    }

    /** {@code attribution.csv}: time of all runs by kind and reason; reasons that took no time are left out. */
    public static String attribution(Replications result) {
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
}
