package grusim.result.chart;

import grusim.result.LatencyDistribution;
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
        return Latencies.any(runs);
    }

    @Override
    public String says(Replications runs) {
        return Sentences.ofMedians(runs);
    }

    @Override
    public JFreeChart of(Replications runs, Theme theme, ChartSize size) {
        return beside(runs, runs, theme, size);
    }

    @Override
    public JFreeChart beside(Replications runs, Replications all, Theme theme, ChartSize size) {
        Latencies latencies = Latencies.of(all, Math.min(8, size.legendItems()));
        List<Latencies.Metric> metrics = latencies.in(runs).shown();
        DecadeAxis time = latencies.axis("time taken");
        List<Curve> curves = metrics.stream()
                .map(metric -> curve(metric.distribution(), time.getLowerBound()))
                .toList();
        PanelsPlot.Panel panel = new PanelsPlot.Panel(
                "finished within that time", House.percent(""), (pen, frame) -> Curve.draw(pen, frame, curves));
        PanelsPlot plot = new PanelsPlot(theme, metrics.isEmpty() ? List.of() : List.of(panel), time, true);
        plot.setNoDataMessage("no latency was recorded in this run");
        for (int n = 0; n < metrics.size(); n++) {
            plot.explain(metrics.get(n).label(size), theme.series(n), n);
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
