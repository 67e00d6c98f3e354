package grusim.result.chart;

import grusim.result.RunResult;
import grusim.result.Series;
import grusim.result.SeriesNames;
import grusim.result.text.Quantity;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StackedXYBarRenderer;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;

/** Attempts to drop a TLB entry in, stacked by outcome over simulated time; outcomes that never happened are left out. */
final class DropinChart implements RunChart {
    private static final int MOST_BARS = 64;

    @Override
    public String id() {
        return "dropins";
    }

    @Override
    public JFreeChart of(RunResult result, Theme theme) {
        List<Series> outcomes = result.series().values().stream()
                .filter(series -> series.name().startsWith(SeriesNames.DROPIN_PREFIX) && series.total() > 0)
                .map(series -> series.coarser(MOST_BARS))
                .toList();
        TimeScale scale = TimeScale.of(result.simulatedPs());
        NumberAxis time = House.time(result.simulatedPs());
        StackedXYBarRenderer bars = new StackedXYBarRenderer(0.12);
        bars.setBarPainter(new StandardXYBarPainter());
        bars.setShadowVisible(false);
        bars.setDrawBarOutline(false);
        bars.setLegendBar(House.swatch());
        bars.setLegendItemLabelGenerator((data, one) -> legend(outcomes.get(one), outcomes.size()));
        for (int one = 0; one < outcomes.size(); one++) {
            bars.setSeriesPaint(one, theme.series(one));
        }
        XYPlot plot;
        String takeaway;
        if (outcomes.isEmpty()) {
            plot = new XYPlot(null, House.axis(theme, time), House.axis(theme, attempts("attempts", 0)), bars);
            plot.setNoDataMessage("no dropin was tried in this run");
            takeaway = "no attempts";
        } else {
            StackedBuckets data = new StackedBuckets(outcomes, scale);
            String per = "attempts per " + Quantity.time(outcomes.get(0).bucketPs());
            plot = new XYPlot(data, House.axis(theme, time), House.axis(theme, attempts(per, data.tallest())), bars);
            takeaway = Quantity.count(outcomes.stream().mapToLong(Series::total).sum()) + " attempts";
        }
        House.grid(theme, plot);
        plot.setRangeGridlinesVisible(!outcomes.isEmpty());
        return House.chart(
                theme, "TLB dropins and failures by outcome, over time", Context.of(result, takeaway), plot, true);
    }

    private static NumberAxis attempts(String label, double tallest) {
        return House.zeroBased(label, tallest, true);
    }

    private static String legend(Series outcome, int outcomes) {
        String name =
                outcome.name().substring(SeriesNames.DROPIN_PREFIX.length()).replace('_', ' ');
        return House.label(name, outcomes) + " (" + Quantity.count(outcome.total()) + ")";
    }
}
