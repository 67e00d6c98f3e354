package grusim.result.text;

import grusim.result.LatencyDistribution;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.stat.Figure;
import grusim.result.stat.Figures;
import grusim.result.stat.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Latencies with their intervals, a row for each metric that has samples. A figure without interval carries a mark, and
 * each reason has a mark of its own. An interval that reaches much farther to one side is shown by its ends where the
 * table is wide enough.
 */
final class LatencyTable {
    private static final List<String> SHOWN = List.of("meanNs", "p50Ns", "p90Ns", "p99Ns", "p999Ns");

    private final int limit;
    private final List<Map<String, Figure>> rows = new ArrayList<>();
    private final Map<String, Integer> reasons = new LinkedHashMap<>();
    private boolean known;

    private LatencyTable(Replications runs, int limit) {
        this.limit = limit;
        for (Map.Entry<String, LatencyDistribution> entry : runs.latency().entrySet()) {
            if (entry.getValue().count() > 0) {
                Map<String, Figure> figures = new LinkedHashMap<>();
                Figures.ofLatency(runs, entry.getKey()).forEach(figure -> figures.put(figure.statistic(), figure));
                rows.add(figures);
            }
        }
        for (Map<String, Figure> figures : rows) {
            for (String statistic : SHOWN) {
                note(figure(figures, statistic));
            }
        }
    }

    private void note(Figure figure) {
        if (figure.value() != null && figure.interval() instanceof Interval.None none) {
            reasons.putIfAbsent(none.reason(), reasons.size());
        }
        known |= figure.interval() instanceof Interval.Known;
    }

    /** The table and the remarks on it; no lines if nothing was measured. */
    record Lines(List<String> table, List<String> remarks) {}

    /** The lines; nothing is wider than the limit. */
    static Lines of(Replications runs, int limit) {
        LatencyTable table = new LatencyTable(runs, limit);
        if (table.rows.isEmpty()) {
            return new Lines(List.of(), neverMeasured(runs));
        }
        List<String> lines = table.lines(true);
        boolean fits = lines.stream().allMatch(line -> line.length() <= limit);
        return new Lines(fits ? lines : table.lines(false), table.remarks());
    }

    /** Says so if durations were to be measured from a time on that no run has reached. */
    private static List<String> neverMeasured(Replications runs) {
        RunResult first = runs.first();
        long fromPs = first.counter(Figures.MEASURED_FROM);
        return fromPs > 0 && fromPs >= first.simulatedPs()
                ? List.of("No latency is measured: the run ended at " + Quantity.time(first.simulatedPs())
                        + ", measuring begins at " + Quantity.time(fromPs) + " (run.warmUp).")
                : List.of();
    }

    private List<String> lines(boolean ends) {
        TextTable table = new TextTable("latency", "count", "mean", "p50", "p90", "p99", "p99.9", "max");
        for (Map<String, Figure> figures : rows) {
            Figure count = figure(figures, "count");
            List<String> cells = new ArrayList<>();
            cells.add(count.name().substring("latency.".length()));
            cells.add(FigureText.value(count));
            SHOWN.forEach(statistic -> cells.add(cell(figure(figures, statistic), ends)));
            cells.add(FigureText.value(figure(figures, "maxNs")).replace(" ", ""));
            table.row(cells.toArray(String[]::new));
        }
        return table.lines(limit);
    }

    /** A value and its interval in little room: {@code 1.23us ±2%}. */
    private String cell(Figure figure, boolean ends) {
        if (figure.value() == null) {
            return Quantity.ABSENT;
        }
        String how = figure.interval() instanceof Interval.None none
                ? mark(none.reason())
                : ends ? FigureText.reachOrEnds(figure) : FigureText.reach(figure);
        return FigureText.value(figure).replace(" ", "") + " " + how;
    }

    private String mark(String reason) {
        return reasons.size() == 1
                ? FigureText.NONE
                : FigureText.NONE + letters(Objects.requireNonNull(reasons.get(reason)));
    }

    private static String letters(int number) {
        String last = Character.toString('a' + number % 26);
        return number < 26 ? last : letters(number / 26 - 1) + last;
    }

    private List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (known) {
            remarks.add("±: the farther end of the 95% interval, or both ends if it is lopsided; a maximum has none");
        }
        reasons.keySet().forEach(reason -> remarks.add(mark(reason) + " no interval: " + reason));
        return remarks;
    }

    private static Figure figure(Map<String, Figure> figures, String statistic) {
        return Objects.requireNonNull(figures.get(statistic));
    }
}
