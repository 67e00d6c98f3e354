package grusim.result.chart;

import grusim.result.LatencyDistribution;
import grusim.result.RunResult;
import grusim.result.text.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Latencies as cumulative curves on a logarithmic time axis, one line per metric; durations below 1 ps count as 1 ps. */
final class LatencyChart implements RunChart {
    private static final int MOST_LINES = 10;
    private static final double X_STEP = 0.002;
    private static final double Y_STEP = 0.2;

    @Override
    public String id() {
        return "latency-cdf";
    }

    @Override
    public JFreeChart of(RunResult result, Theme theme) {
        List<Map.Entry<String, LatencyDistribution>> metrics =
                new ArrayList<>(result.latency().entrySet());
        metrics.removeIf(metric -> metric.getValue().count() == 0);
        int all = metrics.size();
        if (all > MOST_LINES) {
            List<Map.Entry<String, LatencyDistribution>> largest = metrics.stream()
                    .sorted(Comparator.comparingLong(
                            metric -> -metric.getValue().count()))
                    .limit(MOST_LINES)
                    .toList();
            metrics.retainAll(largest);
        }
        XYSeriesCollection data = new XYSeriesCollection();
        long least = Long.MAX_VALUE;
        long longest = 1;
        for (Map.Entry<String, LatencyDistribution> metric : metrics) {
            LatencyDistribution distribution = metric.getValue();
            least = Math.min(least, distribution.minPs().orElse(1));
            longest = Math.max(longest, distribution.maxPs().orElse(1));
            data.addSeries(curve(metric.getKey(), distribution));
        }
        DecadeAxis time = metrics.isEmpty()
                ? new DecadeAxis("time taken", 1000, 1_000_000, Quantity::time)
                : new DecadeAxis("time taken", least * 0.95, longest * 1.05, Quantity::time);
        NumberAxis share = new NumberAxis("finished within that time");
        share.setRange(0, 101);
        share.setTickUnit(new NumberTickUnit(20));
        share.setNumberFormatOverride(new PercentFormat());
        XYLineAndShapeRenderer lines = House.lines(theme, metrics.size());
        lines.setLegendItemLabelGenerator((curves, one) -> legend(metrics.get(one), metrics.size()));
        XYPlot plot = House.xyPlot(theme, data, time, share, lines);
        plot.setDomainGridlinesVisible(!metrics.isEmpty());
        plot.setDomainGridlinePaint(theme.grid());
        plot.setDomainGridlineStroke(House.HAIR);
        plot.setNoDataMessage("no latency was recorded in this run");
        String takeaway = all > MOST_LINES
                ? "the " + MOST_LINES + " of " + all + " metrics with most samples (their number in brackets)"
                : "number of samples in brackets";
        return House.chart(
                theme, "Latency: share of operations finished within a time", Context.of(result, takeaway), plot, true);
    }

    private static String legend(Map.Entry<String, LatencyDistribution> metric, int metrics) {
        return House.label(metric.getKey(), metrics) + " ("
                + Quantity.count(metric.getValue().count()) + ")";
    }

    private static XYSeries curve(String name, LatencyDistribution distribution) {
        XYSeries curve = new XYSeries(name, false, true);
        double perSample = 100.0 / distribution.count();
        double lastX = (double) Math.max(1, distribution.minPs().orElse(1));
        double lastY = 0;
        curve.add(lastX, 0);
        for (int step = 0; step < distribution.steps(); step++) {
            double x = (double) Math.max(1, distribution.stepUpToPs(step));
            double y = distribution.cumulativeCount(step) * perSample;
            boolean last = step == distribution.steps() - 1;
            if (last || step == 0 || Math.log10(x / lastX) >= X_STEP || y - lastY >= Y_STEP) {
                curve.add(x, lastY);
                curve.add(x, y);
                lastX = x;
                lastY = y;
            }
        }
        return curve;
    }
}
