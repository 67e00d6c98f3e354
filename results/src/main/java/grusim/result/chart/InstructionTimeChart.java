package grusim.result.chart;

import grusim.result.AttributionShares;
import grusim.result.RunResult;
import grusim.result.text.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.StackedBarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.DefaultCategoryDataset;

/**
 * Where instruction time goes: one bar per instruction kind, split by the reason that was waited for, the largest reason
 * first. Bars are shares of the kind's time; how often it ran and how long it took stands under its name.
 */
final class InstructionTimeChart implements RunChart {
    private static final double SMALLEST_LABELLED = 6;

    @Override
    public String id() {
        return "instruction-time";
    }

    @Override
    public JFreeChart of(RunResult result, Theme theme) {
        AttributionShares shares = result.attribution();
        List<Integer> kinds = kinds(shares);
        List<Part> parts = parts(shares);
        DefaultCategoryDataset data = new DefaultCategoryDataset();
        long allPs = 0;
        for (int kind : kinds) {
            long totalPs = shares.totalPs(kind);
            allPs += totalPs;
            for (Part part : parts) {
                data.addValue(
                        100.0 * part.ofPs(shares, kind) / totalPs,
                        part.name(),
                        shares.kinds().get(kind));
            }
        }
        NumberAxis share = House.axis(theme, new NumberAxis("share of the instruction's time"));
        share.setRange(0, 100);
        share.setTickUnit(new NumberTickUnit(20));
        share.setNumberFormatOverride(new PercentFormat());
        KindAxis names = House.axis(theme, new KindAxis(theme, shares));
        CategoryPlot plot = new CategoryPlot(data, names, share, bars(theme, parts));
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setRangeGridlinesVisible(false);
        plot.setNoDataMessage("no instruction finished in this run");
        String takeaway = kinds.isEmpty() ? "no instructions" : Quantity.time(allPs) + " of instruction time";
        return House.chart(
                theme, "Where instruction time goes, by reason", Context.of(result, takeaway), plot, !kinds.isEmpty());
    }

    private static StackedBarRenderer bars(Theme theme, List<Part> parts) {
        StackedBarRenderer bars = new StackedBarRenderer(false);
        bars.setBarPainter(new StandardBarPainter());
        bars.setShadowVisible(false);
        bars.setDrawBarOutline(true);
        bars.setDefaultOutlinePaint(theme.background());
        bars.setMaximumBarWidth(0.22);
        bars.setDefaultLegendShape(House.swatch());
        bars.setDefaultItemLabelsVisible(true);
        bars.setDefaultItemLabelFont(House.SMALL);
        bars.setDefaultItemLabelGenerator(new ShareLabels(SMALLEST_LABELLED));
        bars.setDefaultPositiveItemLabelPosition(new ItemLabelPosition(ItemLabelAnchor.CENTER, TextAnchor.CENTER));
        for (int one = 0; one < parts.size(); one++) {
            bars.setSeriesPaint(one, theme.series(one));
            bars.setSeriesItemLabelPaint(one, theme.inkOn(theme.series(one)));
            bars.setSeriesOutlinePaint(one, theme.background());
        }
        bars.setLegendItemLabelGenerator(
                (data, one) -> House.label(parts.get(one).name(), parts.size()));
        return bars;
    }

    private static List<Integer> kinds(AttributionShares shares) {
        List<Integer> kinds = new ArrayList<>();
        for (int kind = 0; kind < shares.kinds().size(); kind++) {
            if (shares.totalPs(kind) > 0) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    /**
     * The reasons with the most time first. When the legend has no room for all, those that make up the least of every
     * bar are one part together, so that no bar hides a large one.
     */
    private static List<Part> parts(AttributionShares shares) {
        int reasons = shares.reasons().size();
        long[] totalPs = new long[reasons];
        double[] largestShare = new double[reasons];
        List<Integer> seen = new ArrayList<>();
        for (int reason = 0; reason < reasons; reason++) {
            for (int kind : kinds(shares)) {
                long partPs = shares.partPs(kind, reason);
                totalPs[reason] += partPs;
                largestShare[reason] = Math.max(largestShare[reason], (double) partPs / shares.totalPs(kind));
            }
            if (totalPs[reason] > 0) {
                seen.add(reason);
            }
        }
        seen.sort(Comparator.comparingDouble(reason -> -largestShare[reason]));
        int single = seen.size() <= House.MOST_ITEMS ? seen.size() : House.MOST_ITEMS - 1;
        List<Part> parts = new ArrayList<>();
        seen.subList(0, single).stream()
                .sorted(Comparator.comparingLong(reason -> -totalPs[reason]))
                .forEach(reason -> parts.add(new Part(shares.reasons().get(reason), List.of(reason))));
        List<Integer> rest = List.copyOf(seen.subList(single, seen.size()));
        if (!rest.isEmpty()) {
            parts.add(new Part(rest.size() + " smaller ones", rest));
        }
        return parts;
    }

    private record Part(String name, List<Integer> reasons) {
        long ofPs(AttributionShares shares, int kind) {
            return reasons.stream()
                    .mapToLong(reason -> shares.partPs(kind, reason))
                    .sum();
        }
    }
}
