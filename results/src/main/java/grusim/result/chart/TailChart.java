package grusim.result.chart;

import grusim.result.LatencyDistribution;
import grusim.result.Percentile;
import grusim.result.Replications;
import java.util.List;
import org.jfree.chart.JFreeChart;

/**
 * The tails of latencies: the time taken against the percentile, on an axis on which every step to the right leaves a
 * tenth of the slower samples. A line ends where fewer than ten samples lie above it.
 */
final class TailChart implements RunChart {
    private static final double STEP = 0.01;

    @Override
    public String id() {
        return "latency-tail";
    }

    @Override
    public boolean applies(Replications runs) {
        return Latencies.any(runs, Percentile.P90.samplesNeeded());
    }

    @Override
    public String says(Replications runs) {
        return says(runs, Designs.of(runs));
    }

    @Override
    public String says(Replications runs, Designs designs) {
        return Sentences.ofTails(runs, designs);
    }

    @Override
    public JFreeChart of(Replications runs, Theme theme, ChartSize size) {
        return beside(runs, Designs.of(runs), theme, size);
    }

    @Override
    public JFreeChart beside(Replications runs, Designs designs, Theme theme, ChartSize size) {
        boolean any = applies(runs);
        Latencies latencies = Latencies.of(
                designs.pooled(), Math.min(Latencies.LINES, size.legendItems()), Percentile.P90.samplesNeeded());
        DecadeAxis time = latencies.axis("", TailChart::endPs);
        List<Latencies.Metric> metrics = latencies.in(runs).shown();
        List<Curve> curves = metrics.stream()
                .map(metric -> Percentile.P90.knownFrom(metric.distribution().count())
                        ? curve(metric.distribution(), time.getLowerBound())
                        : new Curve())
                .toList();
        double last = latencies.shown().stream()
                .mapToDouble(metric -> end(metric.distribution()))
                .max()
                .orElse(1);
        PanelsPlot.Panel panel =
                new PanelsPlot.Panel("time taken", time, (pen, frame) -> Curve.draw(pen, frame, curves, metrics));
        PanelsPlot plot = new PanelsPlot(
                theme, any ? List.of(panel) : List.of(), new TailAxis("percentile: this share was faster", last), true);
        plot.setNoDataMessage("no metric has the 100 samples that a tail needs");
        for (int n = 0; any && n < metrics.size(); n++) {
            plot.explain(
                    metrics.get(n).label(size),
                    theme.series(metrics.get(n).rank()),
                    metrics.get(n).rank());
        }
        String reading = any ? "lines end where fewer than ten samples lie above" : "";
        return House.chart(
                theme, size, "Latency: the slow tail, by percentile", Context.of(runs, size, reading), plot, any);
    }

    private static long endPs(LatencyDistribution distribution) {
        return distribution.rankPs(Math.max(1, distribution.count() - Percentile.SAMPLES_ABOVE));
    }

    /** The position of the last sample that has ten above it. */
    static double end(LatencyDistribution distribution) {
        return TailAxis.position(
                Math.max(0, 1 - (double) Percentile.SAMPLES_ABOVE / Math.max(1, distribution.count())));
    }

    /** Time by position on the axis; what is shorter than the axis reaches is on its edge. */
    static Curve curve(LatencyDistribution distribution, double least) {
        Curve curve = new Curve();
        if (distribution.count() == 0) {
            return curve;
        }
        double end = end(distribution);
        int steps = Math.max(1, (int) Math.ceil(end / STEP));
        for (int n = 0; n <= steps; n++) {
            double position = end * n / steps;
            double share = 1 - Math.pow(10, -position);
            curve.add(position, Math.max(least, (double) Quantiles.at(distribution, share)));
        }
        return curve;
    }
}
