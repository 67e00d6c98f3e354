package grusim.result.chart;

import grusim.result.LatencyDistribution;
import grusim.result.Percentile;
import grusim.result.Replications;
import grusim.result.text.Quantity;
import java.awt.Color;
import java.util.Comparator;
import java.util.List;
import org.jfree.chart.JFreeChart;

/**
 * Latencies as one box per metric on a logarithmic time axis: the middle half of the samples, the median as a line,
 * whiskers that leave out one sample in a hundred at each end, and the slowest sample as a dot. A metric with too few
 * samples for a median is a line from its fastest to its slowest.
 */
final class BoxChart implements RunChart {
    private static final double TALLEST_BOX = 26;

    @Override
    public String id() {
        return "latency-box";
    }

    @Override
    public boolean applies(Replications runs) {
        return Latencies.any(runs);
    }

    @Override
    public String says(Replications runs) {
        List<Latencies.Metric> metrics = Latencies.of(runs, Integer.MAX_VALUE).shown();
        if (metrics.isEmpty()) {
            return "No latency was recorded.";
        }
        Latencies.Metric wide = metrics.stream()
                .max(Comparator.comparingDouble(BoxChart::width))
                .orElseThrow();
        LatencyDistribution of = wide.distribution();
        if (of.count() < Percentile.P50.samplesNeeded()) {
            return "No metric has the 20 samples that a median needs.";
        }
        return "The middle half of " + wide.name() + " spreads widest: from " + Quantity.time(Quantiles.at(of, 0.25))
                + " to " + Quantity.time(Quantiles.at(of, 0.75)) + " around a median of "
                + Quantity.time(Quantiles.at(of, 0.5)) + "; its slowest took " + Quantity.time(of.maxPs()) + ".";
    }

    private static double width(Latencies.Metric metric) {
        LatencyDistribution of = metric.distribution();
        return (double) Quantiles.at(of, 0.75) / Math.max(1, Quantiles.at(of, 0.25));
    }

    @Override
    public JFreeChart of(Replications runs, Theme theme, ChartSize size) {
        Latencies latencies = Latencies.of(runs, RowsPlot.most(size), 1);
        List<RowsPlot.Row> rows = latencies.shown().stream()
                .map(metric -> new RowsPlot.Row(
                        metric.name(),
                        List.of(Quantity.count(metric.distribution().count()) + " samples"),
                        (pen, lane) -> draw(pen, lane, metric.distribution())))
                .toList();
        RowsPlot plot = new RowsPlot(theme, rows, latencies.axis("time taken"));
        plot.setNoDataMessage("no latency was recorded in this run");
        String reading = "box: middle half, line: median, whiskers: 1% to 99%, dot: slowest";
        return House.chart(
                theme,
                size,
                "Latency: how it spreads, by metric",
                Context.of(runs, size, rows.isEmpty() ? "" : reading),
                plot,
                false);
    }

    private static void draw(Pen pen, RowsPlot.Lane lane, LatencyDistribution of) {
        Color colour = pen.theme().series(0);
        double y = lane.middle();
        double half = Math.min(TALLEST_BOX, lane.area().getHeight()) / 2;
        boolean known = of.count() >= Percentile.P50.samplesNeeded();
        double from = lane.x((double) Quantiles.at(of, known ? 0.01 : 0));
        double to = lane.x((double) Quantiles.at(of, known ? 0.99 : 1));
        pen.line(from, y, to, y, colour, House.LINE);
        if (known) {
            double left = lane.x((double) Quantiles.at(of, 0.25));
            double right = Math.max(left + 1, lane.x((double) Quantiles.at(of, 0.75)));
            double median = lane.x((double) Quantiles.at(of, 0.5));
            pen.line(from, y - half / 2, from, y + half / 2, colour, House.LINE);
            pen.line(to, y - half / 2, to, y + half / 2, colour, House.LINE);
            pen.box(left, y - half, right, y + half, colour);
            pen.line(median, y - half, median, y + half, pen.theme().background(), House.THICK);
            pen.line(median, y - half, median, y + half, pen.theme().text(), House.LINE);
        }
        pen.dot(lane.x((double) of.maxPs().orElse(0)), y, 3.2, pen.theme().series(1));
    }
}
