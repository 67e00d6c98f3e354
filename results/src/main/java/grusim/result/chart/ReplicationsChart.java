package grusim.result.chart;

import grusim.result.LatencyDistribution;
import grusim.result.Percentile;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.text.Quantity;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;

/** How far replications differ: the median and the 99th percentile of each metric, one dot per replication. */
final class ReplicationsChart implements RunChart {
    private static final double RADIUS = 3.4;
    private static final int DOT_ALPHA = 150;
    private static final int TICKS = 8;

    @Override
    public String id() {
        return "replications";
    }

    @Override
    public boolean applies(Replications runs) {
        return runs.count() > 1
                && runs.runs().stream()
                        .flatMap(run -> run.latency().values().stream())
                        .anyMatch(distribution -> Percentile.P50.knownFrom(distribution.count()));
    }

    @Override
    public String says(Replications runs) {
        if (!applies(runs)) {
            return "There is nothing to compare between replications.";
        }
        List<Latencies.Metric> metrics = Latencies.of(runs, Integer.MAX_VALUE).shown();
        Percentile percentile = metrics.stream()
                        .anyMatch(metric -> values(runs, metric, Percentile.P99).size() > 1)
                ? Percentile.P99
                : Percentile.P50;
        Latencies.Metric widest = metrics.stream()
                .max(Comparator.comparingDouble(metric -> spread(values(runs, metric, percentile))))
                .orElseThrow();
        List<Long> values = values(runs, widest, percentile);
        if (values.isEmpty()) {
            return "No replication has the samples that a median needs.";
        }
        return "Over " + runs.count() + " replications, the " + percentile.label() + " of " + widest.name()
                + " varies most: from " + Quantity.time(values.get(0)) + " to "
                + Quantity.time(values.get(values.size() - 1)) + ".";
    }

    @Override
    public JFreeChart of(Replications runs, Theme theme, ChartSize size) {
        List<RowsPlot.Row> rows = new ArrayList<>();
        double widest = 0;
        Latencies latencies = Latencies.of(runs, Integer.MAX_VALUE);
        for (Latencies.Metric metric : applies(runs) ? latencies.shown() : List.<Latencies.Metric>of()) {
            List<Double> medians = deviations(values(runs, metric, Percentile.P50));
            List<Double> tails = deviations(values(runs, metric, Percentile.P99));
            for (double deviation : medians) {
                widest = Math.max(widest, Math.abs(deviation));
            }
            for (double deviation : tails) {
                widest = Math.max(widest, Math.abs(deviation));
            }
            if (!medians.isEmpty()) {
                rows.add(new RowsPlot.Row(
                        metric.name(), List.of(), metric.distribution().count(), (pen, lane) -> {
                            dots(pen, lane, medians, tails.isEmpty() ? 0 : -1, theme.series(0));
                            dots(pen, lane, tails, 1, theme.series(1));
                        }));
            }
        }
        RowsPlot plot =
                new RowsPlot(theme, rows, axis(widest), new RowsPlot.Choice(latencies.all(), "fewest samples", 0));
        plot.setNoDataMessage("one run alone: --replications runs more of them");
        if (!rows.isEmpty()) {
            plot.explain("median", theme.series(0));
            plot.explain("p99, where known", theme.series(1));
        }
        return House.chart(
                theme,
                size,
                "How far the replications differ",
                Context.of(runs, size, rows.isEmpty() ? "" : "one dot per replication"),
                plot,
                !rows.isEmpty());
    }

    private static NumberAxis axis(double widest) {
        NumberAxis axis = new NumberAxis("difference from their mean (%)");
        double end = Math.max(1, widest) * 1.08;
        axis.setRange(-end, end);
        axis.setTickUnit(new NumberTickUnit(House.step(2 * end, TICKS)));
        axis.setNumberFormatOverride(new CountFormat());
        return axis;
    }

    private static void dots(Pen pen, RowsPlot.Lane lane, List<Double> deviations, int side, Color colour) {
        double y = lane.middle() + side * Math.min(7, lane.area().getHeight() / 4);
        Color faint = new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), DOT_ALPHA);
        for (double deviation : deviations) {
            pen.dot(lane.x(deviation), y, RADIUS, faint);
        }
    }

    /** How far each value is from their mean, in percent; nothing if there are fewer than two. */
    static List<Double> deviations(List<Long> values) {
        double mean = values.stream().mapToLong(Long::longValue).average().orElse(0);
        return values.size() < 2 || mean == 0
                ? List.of()
                : values.stream().map(value -> 100 * (value - mean) / mean).toList();
    }

    /** The known values of the replications, rising. */
    private static List<Long> values(Replications runs, Latencies.Metric metric, Percentile percentile) {
        List<Long> values = new ArrayList<>();
        for (RunResult run : runs.runs()) {
            LatencyDistribution distribution = run.latency().get(metric.name());
            if (distribution != null) {
                distribution.percentilePs(percentile).ifPresent(values::add);
            }
        }
        values.sort(Comparator.naturalOrder());
        return values;
    }

    private static double spread(List<Long> values) {
        return values.size() < 2 ? 0 : (double) values.get(values.size() - 1) / Math.max(1, values.get(0));
    }
}
