package grusim.result.chart;

import grusim.result.LatencyDistribution;
import grusim.result.Percentile;
import grusim.result.Replications;
import java.util.List;
import org.jfree.chart.JFreeChart;

/**
 * Latencies as cumulative curves on a logarithmic time axis, one line per metric. The axis begins where one in a hundred
 * of a metric's samples above zero lies below; what is shorter, and zeros, lie at its left edge.
 */
final class LatencyChart implements RunChart {
    private static final double X_STEP = 0.002;
    private static final double Y_STEP = 0.2;

    @Override
    public String id() {
        return "latency-cdf";
    }

    @Override
    public boolean applies(Replications runs) {
        return Latencies.any(runs, Percentile.P50.samplesNeeded());
    }

    @Override
    public String says(Replications runs) {
        return says(runs, Designs.of(runs));
    }

    @Override
    public String says(Replications runs, Designs designs) {
        return Sentences.ofMedians(runs, designs);
    }

    @Override
    public JFreeChart of(Replications runs, Theme theme, ChartSize size) {
        return beside(runs, Designs.of(runs), theme, size);
    }

    @Override
    public JFreeChart beside(Replications runs, Designs designs, Theme theme, ChartSize size) {
        Latencies latencies = Latencies.of(designs.pooled(), Math.min(Latencies.LINES, size.legendItems()));
        boolean any = applies(designs.pooled());
        List<Latencies.Metric> metrics = any ? latencies.in(runs).shown() : List.of();
        DecadeAxis time = latencies.axis("time taken");
        List<Curve> curves = metrics.stream()
                .map(metric -> Percentile.P50.knownFrom(metric.distribution().count())
                        ? curve(metric.distribution(), time.getLowerBound())
                        : new Curve())
                .toList();
        PanelsPlot.Panel panel = new PanelsPlot.Panel(
                "finished within that time",
                House.percent(""),
                (pen, frame) -> Curve.draw(pen, frame, curves, metrics));
        PanelsPlot plot = new PanelsPlot(theme, any ? List.of(panel) : List.of(), time, true);
        plot.setNoDataMessage("no metric has the 20 samples that a median needs");
        for (int n = 0; n < metrics.size(); n++) {
            plot.explain(
                    metrics.get(n).label(size),
                    theme.series(metrics.get(n).rank()),
                    metrics.get(n).rank());
        }
        String title = "Latency: share of operations finished within a time";
        return House.chart(theme, size, title, Context.of(runs, size, latencies.choice()), plot, !metrics.isEmpty());
    }

    /** The share of samples by time; what lies left of the axis is on its edge. */
    static Curve curve(LatencyDistribution distribution, double left) {
        Curve curve = new Curve();
        if (distribution.count() == 0) {
            return curve;
        }
        double perSample = 100.0 / distribution.count();
        int step = 0;
        while (step < distribution.steps() && distribution.stepUpToPs(step) <= left) {
            step++;
        }
        double lastX = step == 0 ? Math.max(left, (double) distribution.minPs().orElse(1)) : left;
        double lastY = step == 0 ? 0 : distribution.cumulativeCount(step - 1) * perSample;
        curve.add(lastX, lastY);
        for (boolean first = true; step < distribution.steps(); step++) {
            double x = distribution.stepUpToPs(step);
            double y = distribution.cumulativeCount(step) * perSample;
            boolean last = step == distribution.steps() - 1;
            if (first || last || Math.log10(x / lastX) >= X_STEP || y - lastY >= Y_STEP) {
                curve.add(x, lastY);
                curve.add(x, y);
                lastX = x;
                lastY = y;
                first = false;
            }
        }
        return curve;
    }
}
