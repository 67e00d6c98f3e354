package grusim.result.chart;

import grusim.result.RunResult;
import grusim.result.Series;
import grusim.result.SeriesNames;
import grusim.result.text.Quantity;
import java.awt.BasicStroke;
import java.awt.Color;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.LengthAdjustmentType;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jspecify.annotations.Nullable;

/**
 * The TLB over simulated time, two panels on one time axis: the share of translations found, with gaps where none was
 * asked for, and the mean number of valid entries, with the capacity as a dashed line when the entries come near it.
 */
final class TlbChart implements RunChart {
    private static final int MOST_POINTS = 160;
    private static final double NEAR = 0.25;

    @Override
    public String id() {
        return "tlb";
    }

    @Override
    public JFreeChart of(RunResult result, Theme theme) {
        Series hits = coarser(result.series(SeriesNames.TLB_HITS));
        Series misses = coarser(result.series(SeriesNames.TLB_MISSES));
        Series occupancy = coarser(result.series(SeriesNames.TLB_OCCUPANCY));
        TimeScale scale = TimeScale.of(result.simulatedPs());
        NumberAxis time = House.axis(theme, House.time(result.simulatedPs()));
        CombinedDomainXYPlot panels = new CombinedDomainXYPlot(time);
        panels.setGap(14);
        panels.add(ratioPanel(theme, hits, misses, scale), 1);
        panels.add(occupancyPanel(theme, occupancy, capacity(result), scale), 1);
        panels.setOutlineVisible(false);
        return House.chart(
                theme,
                "TLB: hit ratio and valid entries, over time",
                Context.of(result, takeaway(hits, misses)),
                panels,
                false);
    }

    private static @Nullable Series coarser(@Nullable Series series) {
        return series == null ? null : series.coarser(MOST_POINTS);
    }

    private static String takeaway(@Nullable Series hits, @Nullable Series misses) {
        long found = hits == null ? 0 : hits.total();
        long all = found + (misses == null ? 0 : misses.total());
        if (all == 0) {
            return "no translations";
        }
        BigDecimal percent =
                BigDecimal.valueOf(found).scaleByPowerOfTen(2).divide(BigDecimal.valueOf(all), 2, RoundingMode.HALF_UP);
        return percent + "% of " + Quantity.count(all) + " translations found";
    }

    private static XYPlot ratioPanel(Theme theme, @Nullable Series hits, @Nullable Series misses, TimeScale scale) {
        NumberAxis axis = new NumberAxis("hit ratio");
        axis.setRange(0, 104);
        axis.setTickUnit(new NumberTickUnit(25));
        axis.setNumberFormatOverride(new PercentFormat());
        XYSeries line = new XYSeries("hit ratio", false, true);
        Series either = hits != null ? hits : misses;
        if (either != null) {
            for (int bucket = 0; bucket < either.buckets(); bucket++) {
                double found = value(hits, bucket);
                double all = found + value(misses, bucket);
                add(line, either, bucket, scale, all == 0 ? Double.NaN : 100 * found / all);
            }
        }
        return panel(theme, line, axis, 0, "no translation was asked for in this run");
    }

    private static double value(@Nullable Series series, int bucket) {
        return series == null ? 0 : series.value(bucket);
    }

    private static XYPlot occupancyPanel(Theme theme, @Nullable Series occupancy, double capacity, TimeScale scale) {
        XYSeries line = new XYSeries("valid entries", false, true);
        double most = 0;
        if (occupancy != null) {
            for (int bucket = 0; bucket < occupancy.buckets(); bucket++) {
                add(line, occupancy, bucket, scale, occupancy.value(bucket));
                most = Math.max(most, occupancy.value(bucket));
            }
        }
        boolean near = capacity > 0 && most >= NEAR * capacity;
        NumberAxis axis = House.zeroBased("valid entries", near ? capacity * 1.14 : most, true);
        XYPlot plot = panel(theme, line, axis, 1, "the number of valid entries was not recorded");
        if (near) {
            plot.addRangeMarker(limit(theme, capacity));
        }
        return plot;
    }

    private static XYPlot panel(Theme theme, XYSeries line, NumberAxis axis, int colour, String empty) {
        XYSeriesCollection data = new XYSeriesCollection();
        if (line.getItemCount() > 0) {
            data.addSeries(line);
        }
        var lines = House.lines(theme, 1);
        lines.setSeriesPaint(0, theme.series(colour));
        XYPlot plot = House.xyPlot(theme, data, new NumberAxis(), axis, lines);
        plot.setDomainAxis(null);
        plot.setNoDataMessage(empty);
        return plot;
    }

    /** A bucket as a level from its beginning to its end; a bucket without a value breaks the line. */
    private static void add(XYSeries line, Series series, int bucket, TimeScale scale, double value) {
        line.add(scale.from(series.fromPs(bucket)), value);
        line.add(scale.from(series.toPs(bucket)), value);
    }

    private static double capacity(RunResult result) {
        Series capacity = result.series(SeriesNames.TLB_CAPACITY);
        return capacity == null || capacity.buckets() == 0 ? 0 : capacity.value(capacity.buckets() - 1);
    }

    private static ValueMarker limit(Theme theme, double capacity) {
        BasicStroke dashes =
                new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {4, 4}, 0);
        ValueMarker marker = new ValueMarker(capacity, theme.faint(), dashes);
        marker.setLabel("capacity " + Quantity.count(Math.round(capacity)));
        marker.setLabelFont(House.SMALL);
        marker.setLabelPaint(theme.faint());
        marker.setLabelBackgroundColor(new Color(0, 0, 0, 0));
        marker.setLabelAnchor(RectangleAnchor.TOP_RIGHT);
        marker.setLabelTextAnchor(TextAnchor.BOTTOM_RIGHT);
        marker.setLabelOffsetType(LengthAdjustmentType.EXPAND);
        return marker;
    }
}
