package grusim.result.chart;

import grusim.result.file.SweepTable;
import grusim.result.stat.Figure;
import grusim.result.stat.Interval;
import java.awt.geom.Point2D;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;

/**
 * One metric of a sweep against the first swept parameter, one line per combination of the others. Numbers and
 * quantities with a unit are placed by size (on a logarithmic scale when they span a factor of twenty), names side by
 * side without lines between them. Bars are intervals. Lines that coincide share their place, dash by dash. Runs in which
 * the metric is unknown are left out and counted under the title.
 */
public final class SweepChart {
    private SweepChart() {}

    /** Draws the chart in files {@code sweep-<theme>.<format>} of a directory that exists, and returns the files. */
    public static List<Path> render(
            SweepTable table,
            String metricPath,
            Path directory,
            Set<ChartFormat> formats,
            Set<Theme> themes,
            ChartSize size)
            throws IOException {
        Host.prepare();
        List<Path> files = new ArrayList<>();
        for (Theme theme : themes) {
            JFreeChart chart = of(table, metricPath, theme, size);
            for (ChartFormat format : formats) {
                Path file = directory.resolve("sweep-" + theme.key() + "." + format.extension());
                Picture.write(chart, size, format, file);
                files.add(file);
            }
        }
        return files;
    }

    static JFreeChart of(SweepTable table, String metricPath, Theme theme, ChartSize size) {
        List<String> parameters = table.parameters();
        if (parameters.isEmpty()) {
            throw new IllegalArgumentException("a sweep chart needs at least one swept parameter");
        }
        ParameterScale places = ParameterScale.of(table.points().stream()
                .map(point -> point.values().get(0))
                .distinct()
                .toList());
        MetricScale measure = MetricScale.of(metricPath, figures(table, metricPath));
        Map<String, List<Point2D>> lines = lines(table, metricPath, places, measure, size.legendItems());
        Map<String, List<SharedLines.Bar>> bars = bars(table, metricPath, places, measure, lines.keySet());
        boolean known = measure.known() > 0;
        ValueAxis axis = measure.axis();
        PanelsPlot.Panel panel = new PanelsPlot.Panel(
                String.valueOf(axis.getLabel()),
                axis,
                (pen, frame) -> SharedLines.draw(
                        pen, frame, List.copyOf(lines.values()), List.copyOf(bars.values()), places.ordered()));
        PanelsPlot plot =
                new PanelsPlot(theme, known ? List.of(panel) : List.of(), places.axis(parameters.get(0)), false);
        plot.setNoDataMessage("no run of this sweep knows " + House.shorter(metricPath, 44));
        for (String name : lines.keySet()) {
            int line = plot.legendSize();
            plot.explain(House.label(name, size), theme.series(line), places.ordered() ? 0 : -1);
        }
        String title = House.fit(metricPath, House.TITLE, size.width() * 0.5) + " against "
                + House.fit(parameters.get(0), House.TITLE, size.width() * 0.3);
        int unknown = table.points().size() - measure.known();
        String context = context(table, lines.size(), unknown)
                + (bars.values().stream().allMatch(List::isEmpty) ? "" : ", bars are 95% intervals")
                + (known && SharedLines.any(List.copyOf(lines.values()))
                        ? ", dashes of several colours: lines that coincide"
                        : "");
        return House.chart(theme, size, title, context, plot, parameters.size() > 1 && known);
    }

    /** The points of each line, from left to right; those of runs that do not know the metric are left out. */
    static Map<String, List<Point2D>> lines(
            SweepTable table, String metricPath, ParameterScale places, MetricScale measure, int most) {
        Map<String, List<Point2D>> lines = new LinkedHashMap<>();
        for (SweepTable.Point point : table.points()) {
            String name = lineName(point);
            if (lines.containsKey(name) || lines.size() < most) {
                List<Point2D> line = lines.computeIfAbsent(name, key -> new ArrayList<>());
                BigDecimal value = point.figure(metricPath).map(Figure::value).orElse(null);
                if (value != null) {
                    line.add(new Point2D.Double(places.position(point.values().get(0)), measure.position(value)));
                }
            }
        }
        lines.values().forEach(line -> line.sort(Comparator.comparingDouble(Point2D::getX)));
        return lines;
    }

    /** The intervals of the points of each line that is drawn; those that have none are left out. */
    static Map<String, List<SharedLines.Bar>> bars(
            SweepTable table, String metricPath, ParameterScale places, MetricScale measure, Set<String> lines) {
        Map<String, List<SharedLines.Bar>> bars = new LinkedHashMap<>();
        lines.forEach(line -> bars.put(line, new ArrayList<>()));
        for (SweepTable.Point point : table.points()) {
            List<SharedLines.Bar> line = bars.get(lineName(point));
            Figure figure = point.figure(metricPath).orElse(null);
            if (line != null
                    && figure != null
                    && figure.value() != null
                    && figure.interval() instanceof Interval.Known known) {
                line.add(new SharedLines.Bar(
                        places.position(point.values().get(0)),
                        Math.max(measure.least(), measure.position(known.low())),
                        measure.position(known.high())));
            }
        }
        return bars;
    }

    private static List<Figure> figures(SweepTable table, String metricPath) {
        return table.points().stream()
                .flatMap(point -> point.figure(metricPath).stream())
                .toList();
    }

    private static String context(SweepTable table, int shown, int unknown) {
        int runs = table.points().size();
        StringBuilder context = new StringBuilder(runs + (runs == 1 ? " run" : " runs"));
        List<String> others =
                table.parameters().stream().skip(1).map(SweepChart::lastPart).toList();
        if (!others.isEmpty()) {
            context.append(", one line per ").append(House.shorter(String.join(", ", others), 60));
            long all =
                    table.points().stream().map(SweepChart::lineName).distinct().count();
            if (all > shown) {
                context.append(" (the first ")
                        .append(shown)
                        .append(" of ")
                        .append(all)
                        .append(')');
            }
        }
        if (unknown > 0) {
            context.append(", ").append(unknown).append(" without a value (too few samples)");
        }
        return context.toString();
    }

    private static String lineName(SweepTable.Point point) {
        return String.join(", ", point.values().subList(1, point.values().size()));
    }

    private static String lastPart(String parameter) {
        return parameter.substring(parameter.lastIndexOf('.') + 1);
    }
}
