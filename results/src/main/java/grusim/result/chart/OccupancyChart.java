package grusim.result.chart;

import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.Series;
import grusim.result.SeriesNames;
import grusim.result.TimeSeries;
import grusim.result.text.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jfree.chart.JFreeChart;

/** Every gauge of a run over simulated time, one panel each: how full the machine's tables and queues were. */
final class OccupancyChart implements RunChart {
    private static final int MOST_POINTS = 128;
    private static final int PANEL_HEIGHT = 90;
    private static final int AROUND_PANELS = 130;

    @Override
    public String id() {
        return "occupancy";
    }

    @Override
    public boolean applies(Replications runs) {
        return !gauges(runs).isEmpty();
    }

    @Override
    public String says(Replications runs) {
        List<Gauge> gauges = gauges(runs);
        if (gauges.isEmpty()) {
            return "Nothing was occupied.";
        }
        List<String> highest = new ArrayList<>();
        for (Gauge gauge : gauges.subList(0, Math.min(3, gauges.size()))) {
            highest.add(gauge.label() + " "
                    + Quantity.count(Math.round(gauge.timeline().highest())));
        }
        return "The highest means over a step: " + String.join(", ", highest) + ".";
    }

    @Override
    public JFreeChart of(Replications runs, Theme theme, ChartSize size) {
        long endPs = Span.endPs(runs);
        TimeScale scale = TimeScale.of(endPs);
        List<Gauge> gauges = gauges(runs);
        int most = Math.max(1, (size.height() - AROUND_PANELS) / PANEL_HEIGHT);
        List<PanelsPlot.Panel> panels = new ArrayList<>();
        for (Gauge gauge : gauges.subList(0, Math.min(most, gauges.size()))) {
            panels.add(new PanelsPlot.Panel(
                    gauge.label(),
                    House.zeroBased("", gauge.timeline().highest(), true),
                    (pen, frame) -> Levels.draw(pen, frame, gauge.timeline(), scale, theme.series(gauge.colour()))));
        }
        PanelsPlot plot = new PanelsPlot(theme, panels, House.time(endPs, size), false);
        plot.setNoDataMessage("nothing was occupied in this run");
        String reading = panels.isEmpty() ? "" : Span.band(runs);
        if (panels.size() < gauges.size()) {
            reading += ", " + panels.size() + " of " + gauges.size() + " gauges";
        }
        return House.chart(
                theme,
                size,
                "How full tables and queues were, over time",
                Context.of(runs, size, reading),
                plot,
                false);
    }

    private record Gauge(String label, int colour, Timeline timeline) {}

    /** The gauges that were ever above zero, without the capacity, which never changes. */
    private static List<Gauge> gauges(Replications runs) {
        Map<String, String> names = new LinkedHashMap<>();
        for (RunResult run : runs.runs()) {
            for (Series series : run.series().values()) {
                boolean gauge =
                        series.kind() == TimeSeries.Kind.MEAN && !series.name().equals(SeriesNames.TLB_CAPACITY);
                if (gauge && series.total() > 0) {
                    names.putIfAbsent(series.name(), label(series));
                }
            }
        }
        List<Gauge> gauges = new ArrayList<>();
        names.forEach((name, label) -> gauges.add(new Gauge(
                label,
                colour(runs, name),
                Timeline.of(
                        runs,
                        name,
                        MOST_POINTS,
                        (run, fromPs, toPs) -> Timeline.mean(run.series(name), fromPs, toPs)))));
        return gauges;
    }

    /** The colour of a gauge: its place among all gauges that the runs have. */
    static int colour(Replications runs, String name) {
        List<String> gauges = runs.runs().stream()
                .flatMap(run -> run.series().values().stream())
                .filter(series -> series.kind() == TimeSeries.Kind.MEAN)
                .map(Series::name)
                .distinct()
                .toList();
        return gauges.indexOf(name);
    }

    /** What is counted, from the declaration's sentence. */
    private static String label(Series series) {
        String text = series.declaration().description();
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
