package grusim.cli;

import grusim.result.file.SweepTable;
import grusim.result.stat.Figure;
import grusim.result.stat.Interval;
import grusim.result.text.FigureText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Prints the runs of a sweep as they end: one aligned row each on standard output, or one JSON object per line; and on
 * a terminal how many are still to come.
 */
final class SweepLog implements AutoCloseable {
    private static final String GAP = "  ";
    private static final int VALUE_WIDTH = 16;

    private final Console console;
    private final RunSettings settings;
    private final SweepGrid grid;
    private final SweepMetric metric;
    private final boolean rewritten;
    private final int runs;
    private final long startedNanos = System.nanoTime();
    /** Why figures that were printed have no interval. */
    private final Set<String> missing = new LinkedHashSet<>();

    private int ended;

    SweepLog(Console console, RunSettings settings, SweepGrid grid, SweepMetric metric, boolean terminal) {
        this.console = console;
        this.settings = settings;
        this.grid = grid;
        this.metric = metric;
        this.rewritten = terminal && !settings.quiet();
        this.runs = grid.points().size();
        if (!settings.json() && !settings.quiet()) {
            console.line(row(grid.parameters(), metric.path()));
            console.flush();
        }
        remaining();
    }

    /** A run has ended. */
    void ended(SweepTable.Point point) {
        ended++;
        close();
        Optional<Figure> measured = point.figure(metric.path());
        if (settings.json()) {
            console.line(json(point, measured));
        } else if (!settings.quiet()) {
            console.line(row(point.values(), measured.map(this::text).orElse("-")));
        }
        console.flush();
        remaining();
    }

    /** All runs have ended: says why figures that were printed have no interval. */
    void notes() {
        if (!settings.json() && !settings.quiet()) {
            missing.forEach(reason -> console.line("* no interval: " + reason));
        }
    }

    private String text(Figure measured) {
        if (measured.value() == null) {
            return "too few samples";
        }
        String known = measured.value().toPlainString() + " " + measured.unit() + " ";
        if (measured.interval() instanceof Interval.None none) {
            missing.add(none.reason());
            return known + "*";
        }
        return known + FigureText.reach(measured);
    }

    private String row(List<String> cells, String last) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            int width = grid.parameters().get(i).length();
            for (String value : grid.values().get(i)) {
                width = Math.max(width, value.length());
            }
            line.append(String.format(Locale.ROOT, "%-" + width + "s", cells.get(i)))
                    .append(GAP);
        }
        int width = Math.max(VALUE_WIDTH, metric.path().length());
        return line.append(String.format(Locale.ROOT, "%" + width + "s", last)).toString();
    }

    private String json(SweepTable.Point point, Optional<Figure> measured) {
        ObjectNode line = StrictJson.object();
        ObjectNode values = line.putObject("settings");
        for (int i = 0; i < grid.parameters().size(); i++) {
            values.put(grid.parameters().get(i), point.values().get(i));
        }
        line.put("metric", metric.path());
        line.put("value", measured.map(Figure::value).orElse(null));
        line.put("unit", measured.map(Figure::unit).orElse(null));
        measured.ifPresent(figure -> put(line, figure));
        return StrictJson.line(line);
    }

    private static void put(ObjectNode line, Figure figure) {
        line.put("count", figure.count());
        if (figure.interval() instanceof Interval.Known known) {
            line.put("low", known.low()).put("high", known.high()).put("level", known.level());
        } else if (figure.interval() instanceof Interval.None none) {
            line.put("noInterval", none.reason());
        }
    }

    /** Says on a terminal how many runs are still to come. */
    private void remaining() {
        if (rewritten && ended < runs) {
            double seconds = (System.nanoTime() - startedNanos) / 1e9;
            console.err()
                    .print("\r%d of %d runs%s\u001b[K"
                            .formatted(
                                    ended,
                                    runs,
                                    ended == 0
                                            ? ""
                                            : String.format(
                                                    Locale.ROOT, ", %.0f s left", seconds / ended * (runs - ended))));
            console.err().flush();
        }
    }

    /** Clears the line about what is still to come. */
    @Override
    public void close() {
        if (rewritten) {
            console.err().print("\r\u001b[K");
            console.err().flush();
        }
    }
}
