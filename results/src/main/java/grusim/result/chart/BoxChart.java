package grusim.result.chart;

import grusim.result.LatencyDistribution;
import grusim.result.Percentile;
import grusim.result.Replications;
import grusim.result.text.Quantity;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Comparator;
import java.util.List;
import org.jfree.chart.JFreeChart;

/**
 * Latencies as one box per metric on a logarithmic time axis: the middle half of the samples, the median as a line,
 * whiskers that leave out one sample in a hundred at each end, and a thin line from the fastest sample to the slowest.
 * Each part is drawn only where ten samples or more lie beyond it, as for printed percentiles.
 */
final class BoxChart implements RunChart {
    private static final double TALLEST_BOX = 26;

    /** From so many samples on, ten lie below the box and ten above it. */
    static final long BOX_FROM = 4L * Percentile.SAMPLES_ABOVE;

    private static final BasicStroke THIN = new BasicStroke(1.2f);

    @Override
    public String id() {
        return "latency-box";
    }

    @Override
    public boolean applies(Replications runs) {
        return Latencies.any(runs, 1);
    }

    @Override
    public String says(Replications runs) {
        Latencies most = Latencies.of(runs, Latencies.LINES, 1);
        if (most.shown().isEmpty()) {
            return "No latency was recorded.";
        }
        List<Latencies.Metric> boxes = most.shown().stream()
                .filter(metric -> metric.distribution().count() >= BOX_FROM)
                .toList();
        if (boxes.isEmpty()) {
            Latencies.Metric slow = Latencies.of(runs, Integer.MAX_VALUE, 1).shown().stream()
                    .max(Comparator.comparingLong(
                            metric -> metric.distribution().maxPs().orElse(0)))
                    .orElseThrow();
            return "No metric has the " + BOX_FROM + " samples that a middle half needs; the slowest of all took "
                    + Quantity.time(slow.distribution().maxPs()) + ", a sample of " + slow.name() + ".";
        }
        Latencies.Metric wide = boxes.stream()
                .max(Comparator.comparingLong(metric ->
                        Quantiles.at(metric.distribution(), 0.75) - Quantiles.at(metric.distribution(), 0.25)))
                .orElseThrow();
        LatencyDistribution of = wide.distribution();
        return (most.among().isEmpty() ? "The" : "Of " + most.among() + ", the") + " middle half of " + wide.name()
                + " covers most time: from " + Quantity.time(Quantiles.at(of, 0.25))
                + " to " + Quantity.time(Quantiles.at(of, 0.75)) + " around a median of "
                + Quantity.time(Quantiles.at(of, 0.5)) + "; its slowest took " + Quantity.time(of.maxPs()) + ".";
    }

    @Override
    public JFreeChart of(Replications runs, Theme theme, ChartSize size) {
        Latencies latencies = Latencies.of(runs, Integer.MAX_VALUE, 1);
        List<RowsPlot.Row> rows = latencies.shown().stream()
                .map(metric -> new RowsPlot.Row(
                        metric.name(),
                        List.of(Words.count(metric.distribution().count(), "sample")),
                        metric.distribution().count(),
                        (pen, lane) -> draw(pen, lane, metric)))
                .toList();
        RowsPlot plot = new RowsPlot(
                theme, rows, latencies.axis("time taken"), new RowsPlot.Choice(latencies.all(), "fewest samples", 0));
        plot.setNoDataMessage("no latency was recorded in this run");
        String reading = "line: median (from 20 samples), box: middle half (from " + BOX_FROM
                + "), whiskers: 1% to 99% (from 1,000), thin line: fastest to slowest (dot)";
        return House.chart(
                theme,
                size,
                "Latency: how it spreads, by metric",
                Context.of(runs, size, rows.isEmpty() ? "" : reading),
                plot,
                false);
    }

    private static void draw(Pen pen, RowsPlot.Lane lane, Latencies.Metric metric) {
        LatencyDistribution of = metric.distribution();
        Color colour = pen.theme().series(metric.rank());
        double y = lane.middle();
        double half = Math.min(TALLEST_BOX, lane.area().getHeight()) / 2;
        double slowest = lane.x((double) of.maxPs().orElse(0));
        pen.line(lane.x((double) of.minPs().orElse(0)), y, slowest, y, colour, THIN);
        if (Percentile.P99.knownFrom(of.count())) {
            double from = at(lane, of, 0.01);
            double to = at(lane, of, 0.99);
            pen.line(from, y, to, y, colour, House.THICK);
            pen.line(from, y - half / 2, from, y + half / 2, colour, House.LINE);
            pen.line(to, y - half / 2, to, y + half / 2, colour, House.LINE);
        }
        if (of.count() >= BOX_FROM) {
            double left = at(lane, of, 0.25);
            pen.box(left, y - half, Math.max(left + 1, at(lane, of, 0.75)), y + half, colour);
        }
        if (Percentile.P50.knownFrom(of.count())) {
            double median = at(lane, of, 0.5);
            pen.line(median, y - half, median, y + half, pen.theme().background(), House.THICK);
            pen.line(median, y - half, median, y + half, pen.theme().text(), House.LINE);
        }
        pen.dot(slowest, y, 3, pen.theme().faint());
    }

    private static double at(RowsPlot.Lane lane, LatencyDistribution of, double share) {
        return lane.x((double) Quantiles.at(of, share));
    }
}
