package grusim.result.chart;

import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.Series;
import grusim.result.SeriesNames;
import grusim.result.text.Quantity;
import java.awt.BasicStroke;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;

/**
 * The TLB over simulated time, two panels on one time axis: the share of translations found, with gaps where none was
 * asked for, and the mean number of valid entries, with the capacity as a dashed line when the entries come near it.
 * The bands reach from the lowest to the highest.
 */
final class TlbChart implements RunChart {
    private static final int MOST_POINTS = 128;
    private static final double NEAR = 0.25;

    /** A grey, as no gauge has it. */
    private static final int RATIO_COLOUR = 6;

    private static final BasicStroke DASHES =
            new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {4, 4}, 0);

    @Override
    public String id() {
        return "tlb";
    }

    @Override
    public boolean applies(Replications runs) {
        return asked(runs) > 0;
    }

    @Override
    public String says(Replications runs) {
        if (asked(runs) == 0) {
            return "No translation was asked for.";
        }
        Timeline entries = entries(runs);
        double capacity = capacity(runs);
        String most = Quantity.count(Math.round(entries.highest()));
        return "A TLB held " + Words.share(total(runs, SeriesNames.TLB_HITS), asked(runs)) + " of "
                + Words.count(asked(runs), "translation") + "; the most valid entries at a time were " + most
                + (capacity > 0 ? " of " + Quantity.count(Math.round(capacity)) : "") + ", averaged over a step.";
    }

    @Override
    public JFreeChart of(Replications runs, Theme theme, ChartSize size) {
        long endPs = Span.endPs(runs);
        TimeScale scale = TimeScale.of(endPs);
        NumberAxis share = House.percent("");
        share.setRange(0, 104);
        Timeline ratio = Timeline.of(runs, SeriesNames.TLB_HITS, MOST_POINTS, TlbChart::ratio);
        Timeline entries = entries(runs);
        double capacity = capacity(runs);
        boolean near = capacity > 0 && entries.highest() >= NEAR * capacity;
        PanelsPlot.Panel upper = new PanelsPlot.Panel(
                "hit ratio", share, (pen, frame) -> Levels.draw(pen, frame, ratio, scale, theme.series(RATIO_COLOUR)));
        PanelsPlot.Panel lower = new PanelsPlot.Panel(
                near ? "valid entries (dashed: all " + Quantity.count(Math.round(capacity)) + ")" : "valid entries",
                House.zeroBased("", near ? capacity * 1.04 : entries.highest(), true),
                (pen, frame) -> {
                    Levels.draw(
                            pen,
                            frame,
                            entries,
                            scale,
                            theme.series(OccupancyChart.colour(runs, SeriesNames.TLB_OCCUPANCY)));
                    if (near) {
                        double y = frame.y(capacity);
                        pen.line(frame.area().getX(), y, frame.area().getMaxX(), y, theme.faint(), DASHES);
                    }
                });
        List<PanelsPlot.Panel> panels = applies(runs) ? List.of(upper, lower) : List.of();
        PanelsPlot plot = new PanelsPlot(theme, panels, House.time(endPs, size), false);
        plot.setNoDataMessage("no translation was asked for in this run");
        return House.chart(
                theme,
                size,
                "TLB: hit ratio and valid entries, over time",
                Context.of(runs, size, Span.band(runs)),
                plot,
                false);
    }

    private static Timeline entries(Replications runs) {
        return Timeline.of(
                runs,
                SeriesNames.TLB_OCCUPANCY,
                MOST_POINTS,
                (run, fromPs, toPs) -> Timeline.mean(run.series(SeriesNames.TLB_OCCUPANCY), fromPs, toPs));
    }

    private static double ratio(RunResult run, long fromPs, long toPs) {
        double found = Timeline.amount(run.series(SeriesNames.TLB_HITS), fromPs, toPs);
        double all = found + Timeline.amount(run.series(SeriesNames.TLB_MISSES), fromPs, toPs);
        return all == 0 ? Double.NaN : 100 * found / all;
    }

    private static long asked(Replications runs) {
        return total(runs, SeriesNames.TLB_HITS) + total(runs, SeriesNames.TLB_MISSES);
    }

    private static long total(Replications runs, String name) {
        return Span.series(runs, name).stream().mapToLong(Series::total).sum();
    }

    private static double capacity(Replications runs) {
        return Span.series(runs, SeriesNames.TLB_CAPACITY).stream()
                .filter(series -> series.buckets() > 0)
                .mapToDouble(series -> series.value(series.buckets() - 1))
                .max()
                .orElse(0);
    }
}
