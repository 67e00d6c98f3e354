package grusim.result.report;

import grusim.result.Replications;
import grusim.result.chart.ChartSet;
import grusim.result.chart.ChartSize;
import grusim.result.chart.ComparisonChart;
import grusim.result.chart.Theme;
import grusim.result.compare.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Every chart that a run has the data for, with its sentence, once for each paper and for wide and narrow windows. */
final class Charts {
    private static final List<Look> LOOKS = List.of(
            new Look(Theme.LIGHT, ChartSize.SMALL, "wide light"),
            new Look(Theme.DARK, ChartSize.SMALL, "wide dark"),
            new Look(Theme.LIGHT, ChartSize.PHONE, "narrow light"),
            new Look(Theme.DARK, ChartSize.PHONE, "narrow dark"));

    private static final List<String> PAIRED = List.of("latency-cdf", "latency-tail", "instruction-time", "dropins");

    private Charts() {}

    /** One way to draw a chart, and when the style sheet shows it. */
    private record Look(Theme theme, ChartSize size, String style) {}

    /** Draws them, side by side on the host's processors. */
    static List<Page.Chart> of(Replications runs) {
        return ChartSet.ids().parallelStream()
                .filter(id -> ChartSet.applies(id, runs))
                .map(id -> new Page.Chart(
                        id,
                        "",
                        ChartSet.says(id, runs),
                        pictures((theme, size) -> ChartSet.svg(id, runs, theme, size), "")))
                .toList();
    }

    /** The changes in one chart, and those charts of both designs that say most about them, in pairs. */
    static List<Page.Chart> of(Comparison comparison) {
        List<Page.Chart> charts = new ArrayList<>();
        charts.add(new Page.Chart(
                "comparison",
                "whole",
                ComparisonChart.says(comparison) + " Within the band around zero a change makes no difference.",
                pictures((theme, size) -> ComparisonChart.svg(comparison, theme, larger(size)), "")));
        Replications a = comparison.a();
        Replications b = comparison.b();
        charts.addAll(PAIRED.parallelStream()
                .filter(id -> ChartSet.applies(id, a) && ChartSet.applies(id, b))
                .flatMap(id -> Stream.of(chart(id, a, List.of(a, b), "A"), chart(id, b, List.of(a, b), "B")))
                .toList());
        return charts;
    }

    private static ChartSize larger(ChartSize size) {
        return size.equals(ChartSize.SMALL) ? ChartSize.STANDARD : size;
    }

    private static Page.Chart chart(String id, Replications runs, List<Replications> both, String design) {
        return new Page.Chart(
                design + "-" + id,
                "",
                design + ": " + ChartSet.says(id, runs, both),
                pictures((theme, size) -> ChartSet.svg(id, runs, both, theme, size), design + "-"));
    }

    private static List<Page.Picture> pictures(BiFunction<Theme, ChartSize, String> drawn, String prefix) {
        return LOOKS.parallelStream()
                .map(look ->
                        new Page.Picture(InlineSvg.of(drawn.apply(look.theme(), look.size()), look.style(), prefix)))
                .toList();
    }
}
