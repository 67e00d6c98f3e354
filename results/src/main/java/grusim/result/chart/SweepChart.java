package grusim.result.chart;

import grusim.result.Metric;
import grusim.result.file.SweepTable;
import java.awt.geom.Ellipse2D;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * One metric of a sweep against the first swept parameter, one line per combination of the others. Numbers and
 * quantities with a unit are placed by size (on a logarithmic scale when they span a factor of twenty), names side by
 * side without lines between them. Runs in which the metric is unknown leave a gap and are counted under the title.
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
        MetricScale measure = MetricScale.of(metricPath, metrics(table, metricPath));
        Map<String, XYSeries> lines = new LinkedHashMap<>();
        for (SweepTable.Point point : table.points()) {
            String name = lineName(point);
            if (lines.containsKey(name) || lines.size() < size.legendItems()) {
                BigDecimal value = point.metric(metricPath).map(Metric::value).orElse(null);
                lines.computeIfAbsent(name, key -> new XYSeries(key, true, true))
                        .add(places.position(point.values().get(0)), value == null ? null : measure.position(value));
            }
        }
        XYSeriesCollection data = new XYSeriesCollection();
        if (measure.known() > 0) {
            lines.values().forEach(data::addSeries);
        }
        XYPlot plot = House.xyPlot(
                theme,
                data,
                places.axis(parameters.get(0)),
                measure.axis(),
                renderer(theme, size, List.copyOf(lines.keySet()), places.ordered()));
        plot.setNoDataMessage("no run of this sweep knows " + House.shorter(metricPath, 44));
        String title = House.shorter(metricPath, 48) + " against " + House.shorter(parameters.get(0), 32);
        int unknown = table.points().size() - measure.known();
        return House.chart(theme, size, title, context(table, lines.size(), unknown), plot, parameters.size() > 1);
    }

    private static List<Metric> metrics(SweepTable table, String metricPath) {
        return table.points().stream()
                .flatMap(point -> point.metric(metricPath).stream())
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

    private static XYLineAndShapeRenderer renderer(Theme theme, ChartSize size, List<String> names, boolean connected) {
        XYLineAndShapeRenderer renderer = House.lines(theme, names.size());
        renderer.setLegendItemLabelGenerator((data, one) -> House.label(names.get(one), size));
        renderer.setDefaultLinesVisible(connected);
        renderer.setDefaultShapesVisible(true);
        for (int n = 0; n < names.size(); n++) {
            renderer.setSeriesShape(n, new Ellipse2D.Double(-4, -4, 8, 8));
        }
        return renderer;
    }
}
