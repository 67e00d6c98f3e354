package grusim.result.report;

import grusim.result.Replications;
import grusim.result.chart.ChartSet;
import grusim.result.chart.ChartSize;
import grusim.result.chart.Theme;
import java.util.List;

/** Every chart that a run has the data for, with its sentence, once for each paper and for wide and narrow windows. */
final class Charts {
    private static final List<Look> LOOKS = List.of(
            new Look(Theme.LIGHT, ChartSize.SMALL, "wide light"),
            new Look(Theme.DARK, ChartSize.SMALL, "wide dark"),
            new Look(Theme.LIGHT, ChartSize.PHONE, "narrow light"),
            new Look(Theme.DARK, ChartSize.PHONE, "narrow dark"));

    private Charts() {}

    /** One way to draw a chart, and when the style sheet shows it. */
    private record Look(Theme theme, ChartSize size, String style) {}

    /** Draws them, side by side on the host's processors. */
    static List<Page.Chart> of(Replications runs) {
        return ChartSet.ids().parallelStream()
                .filter(id -> ChartSet.applies(id, runs))
                .map(id -> new Page.Chart(id, ChartSet.says(id, runs), pictures(id, runs)))
                .toList();
    }

    private static List<Page.Picture> pictures(String id, Replications runs) {
        return LOOKS.parallelStream()
                .map(look ->
                        new Page.Picture(InlineSvg.of(ChartSet.svg(id, runs, look.theme(), look.size()), look.style())))
                .toList();
    }
}
