package grusim.result.chart;

import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.Series;
import grusim.result.SeriesNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Attempts to drop TLB entries in by outcome, of all replications; outcomes that never happened are left out. */
record Outcomes(List<Outcome> all) {
    /**
     * One outcome.
     *
     * @param place its place among all outcomes there are, by which it has the same colour in every chart
     * @param series the series that counts it
     * @param name its name
     * @param total how often it happened
     */
    record Outcome(int place, String series, String name, long total) {
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
        List<Outcome> happened = new ArrayList<>();
        int place = 0;
        for (Map.Entry<String, Long> one : totals.entrySet()) {
            if (one.getValue() > 0) {
                happened.add(new Outcome(place, one.getKey(), name(one.getKey()), one.getValue()));
            }
            place++;
        }
        return new Outcomes(List.copyOf(happened));
    }

    /** The same outcomes as some of the runs have counted them. */
    Outcomes in(Replications runs) {
        return new Outcomes(all.stream()
                .map(one -> new Outcome(
                        one.place(),
                        one.series(),
                        one.name(),
                        Span.series(runs, one.series()).stream()
                                .mapToLong(Series::total)
                                .sum()))
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
