package grusim.result.chart;

import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.Series;
import grusim.result.SeriesNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Attempts to drop TLB entries in by outcome, of all replications; outcomes that never happened are left out. */
record Outcomes(List<Outcome> all) {
    /** One outcome: the series that counts it, its name and how often it happened. */
    record Outcome(String series, String name, long total) {
        /** The name with the number, for a legend. */
        String label(ChartSize size) {
            return House.label(name, total, size);
        }
    }

    static Outcomes of(Replications runs) {
        Map<String, Long> totals = new LinkedHashMap<>();
        for (RunResult run : runs.runs()) {
            for (Series series : run.series().values()) {
                if (series.name().startsWith(SeriesNames.DROPIN_PREFIX)) {
                    totals.merge(series.name(), series.total(), Long::sum);
                }
            }
        }
        return new Outcomes(totals.entrySet().stream()
                .filter(one -> one.getValue() > 0)
                .map(one -> new Outcome(one.getKey(), name(one.getKey()), one.getValue()))
                .toList());
    }

    private static String name(String series) {
        return series.substring(SeriesNames.DROPIN_PREFIX.length()).replace('_', ' ');
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    long total() {
        return all.stream().mapToLong(Outcome::total).sum();
    }
}
