package grusim.result.chart;

import grusim.result.LatencyDistribution;
import grusim.result.Percentile;
import grusim.result.Replications;
import grusim.result.text.Quantity;
import java.awt.BasicStroke;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.JFreeChart;

/**
 * Latencies as one histogram per metric above a common logarithmic time axis, each as tall as its fullest bin; the
 * median and the 99th percentile are marked. What is shorter or longer than the axis reaches
 * is in the first or last bin.
 */
final class HistogramChart implements RunChart {
    /** How many bins the axis is divided into. */
    static final int BINS = 120;

    private static final double ROW_HEIGHT = 42;
    private static final BasicStroke DASHES =
            new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {3, 3}, 0);

    @Override
    public String id() {
        return "latency-histogram";
    }

    @Override
    public boolean applies(Replications runs) {
        return Latencies.any(runs, Percentile.P50.samplesNeeded());
    }

    @Override
    public String says(Replications runs) {
        Latencies latencies = Latencies.of(runs, Integer.MAX_VALUE);
        if (!applies(runs)) {
            return "No metric has the 20 samples that a histogram needs.";
        }
        DecadeAxis axis = axis(latencies, "");
        Latencies.Metric often = latencies.shown().get(0);
        for (Latencies.Metric metric : latencies.shown()) {
            often = metric.distribution().count() > often.distribution().count() ? metric : often;
        }
        long[] bins = bins(often.distribution(), axis.getLowerBound(), axis.getUpperBound());
        int fullest = 0;
        for (int bin = 1; bin < bins.length; bin++) {
            fullest = bins[bin] > bins[fullest] ? bin : fullest;
        }
        double ratio = axis.getUpperBound() / axis.getLowerBound();
        long fromPs = Math.round(axis.getLowerBound() * Math.pow(ratio, (double) fullest / BINS));
        long toPs = Math.round(axis.getLowerBound() * Math.pow(ratio, (fullest + 1.0) / BINS));
        return "Most often, in "
                + Words.share(bins[fullest], often.distribution().count()) + " of "
                + Quantity.count(often.distribution().count()) + " samples, " + often.name() + " took "
                + (fullest == 0 ? "at most " : Quantity.time(fromPs) + " to ") + Quantity.time(toPs) + ".";
    }

    @Override
    public JFreeChart of(Replications runs, Theme theme, ChartSize size) {
        Latencies latencies = Latencies.of(runs, Integer.MAX_VALUE);
        DecadeAxis axis = axis(latencies, "time taken");
        List<RowsPlot.Row> rows = new ArrayList<>();
        for (Latencies.Metric metric : applies(runs) ? latencies.shown() : List.<Latencies.Metric>of()) {
            LatencyDistribution of = metric.distribution();
            List<String> notes = new ArrayList<>();
            notes.add("median " + Quantity.time(of.percentilePs(Percentile.P50)));
            if (Percentile.P99.knownFrom(of.count())) {
                notes.add("p99 " + Quantity.time(of.percentilePs(Percentile.P99)));
            }
            notes.add(Words.count(of.count(), "sample"));
            rows.add(new RowsPlot.Row(metric.name(), notes, of.count(), (pen, lane) -> draw(pen, lane, metric, axis)));
        }
        RowsPlot plot =
                new RowsPlot(theme, rows, axis, new RowsPlot.Choice(latencies.all(), "fewest samples", ROW_HEIGHT));
        plot.setNoDataMessage("no metric has the 20 samples that a histogram needs");
        String reading = rows.isEmpty() ? "" : "line: median, dashes: p99 where known";
        return House.chart(theme, size, "Latency: histograms by metric", Context.of(runs, size, reading), plot, false);
    }

    /** The axis leaves out one sample in a thousand at the slow end; they are in the last bin. */
    private static DecadeAxis axis(Latencies latencies, String label) {
        return latencies.axis(label, distribution -> Quantiles.at(distribution, 0.999));
    }

    /** How many samples fall into each bin of equal ratio between two durations; what lies outside is in the outer ones. */
    static long[] bins(LatencyDistribution distribution, double least, double largest) {
        long[] bins = new long[BINS];
        long before = 0;
        for (int step = 0; step < distribution.steps(); step++) {
            double value = Math.max(least, (double) distribution.stepUpToPs(step));
            double place = BINS * Math.log(value / least) / Math.log(largest / least);
            long upTo = distribution.cumulativeCount(step);
            bins[Math.max(0, Math.min(BINS - 1, (int) place))] += upTo - before;
            before = upTo;
        }
        return bins;
    }

    private static void draw(Pen pen, RowsPlot.Lane lane, Latencies.Metric metric, DecadeAxis axis) {
        LatencyDistribution of = metric.distribution();
        long[] bins = bins(of, axis.getLowerBound(), axis.getUpperBound());
        long fullest = 1;
        for (long bin : bins) {
            fullest = Math.max(fullest, bin);
        }
        double left = lane.area().getX();
        double bottom = lane.area().getMaxY();
        double width = lane.area().getWidth() / BINS;
        Path2D shape = new Path2D.Double();
        shape.moveTo(left, bottom);
        for (int bin = 0; bin < BINS; bin++) {
            double y = bottom - lane.area().getHeight() * bins[bin] / fullest;
            shape.lineTo(left + bin * width, y);
            shape.lineTo(left + (bin + 1) * width, y);
        }
        shape.lineTo(left + BINS * width, bottom);
        shape.closePath();
        pen.fill(shape, pen.theme().series(metric.rank()));
        mark(pen, lane, of, Percentile.P50, House.LINE);
        mark(pen, lane, of, Percentile.P99, DASHES);
    }

    private static void mark(
            Pen pen, RowsPlot.Lane lane, LatencyDistribution of, Percentile percentile, BasicStroke how) {
        of.percentilePs(percentile).ifPresent(value -> {
            double x = lane.x((double) value);
            pen.line(
                    x, lane.area().getY(), x, lane.area().getMaxY(), pen.theme().text(), how);
        });
    }
}
