package grusim.result.chart;

import grusim.result.AttributionShares;
import grusim.result.Replications;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jfree.chart.JFreeChart;

/**
 * Every chart of a run, by name, and in files named {@code <chart>-<theme>.<format>}. Charts are drawn side by side on
 * the host's processors; loading the drawing libraries is most of the time, about a second for all.
 */
public final class ChartSet {
    private static final List<RunChart> CHARTS = List.of(
            new LatencyChart(),
            new TailChart(),
            new BoxChart(),
            new HistogramChart(),
            new AttributionChart(
                    "instruction-time",
                    "Where instruction time goes, by reason",
                    "instruction",
                    1,
                    Replications::attribution),
            view("process-time", "Where instruction time goes, by process", "process", 2),
            view("chiplet-time", "Where instruction time goes, by chiplet", "chiplet", 2),
            view("miss-time", "Where the time of TLB misses goes, by how they end", "miss", 1),
            new WaterfallChart("waterfall-interrupt", "miss.interrupt", "miss that the interrupt answers"),
            new WaterfallChart("waterfall-poller", "miss.poller", "miss that the polling thread answers"),
            new WaterfallChart("waterfall-user", "miss.user", "miss that the user's call to the OS answers"),
            new FlowChart(),
            new DropinChart(),
            new TlbChart(),
            new OccupancyChart(),
            new HeatChart(),
            new ReplicationsChart());

    private ChartSet() {}

    private static RunChart view(String id, String title, String group, int least) {
        return new AttributionChart(
                id, title, group, least, runs -> runs.views().getOrDefault(group, AttributionShares.NONE));
    }

    /** Why charts cannot be drawn on this host, if so, in one line; the rest of a result does not need them. */
    public static Optional<String> obstacle() {
        return Host.obstacle();
    }

    /** The names of all charts, in the order in which a reader wants them. */
    public static List<String> ids() {
        return CHARTS.stream().map(RunChart::id).toList();
    }

    /** Whether the runs have the data that a chart shows. */
    public static boolean applies(String id, Replications runs) {
        return chart(id).applies(runs);
    }

    /** One sentence, from the data, on what a chart shows. */
    public static String says(String id, Replications runs) {
        return chart(id).says(runs);
    }

    /** A chart as an SVG element to put into a page; what it defines has names of its own. */
    public static String svg(String id, Replications runs, Theme theme, ChartSize size) {
        RunChart chart = chart(id);
        ready();
        return Picture.svg(chart.of(runs, theme, size), size, id + "-" + theme.key() + "-" + size.width() + "-");
    }

    /**
     * As {@link #says(String, Replications)}, beside the sentences on other designs: about the same things.
     *
     * @param designs this one and the others
     */
    public static String says(String id, Replications runs, List<Replications> designs) {
        return chart(id).says(runs, new Designs(designs));
    }

    /**
     * As {@link #svg(String, Replications, Theme, ChartSize)}, to stand beside the charts of other designs, alike in what
     * it shows, on which scale and in which colour.
     *
     * @param designs this one and the others
     */
    public static String svg(String id, Replications runs, List<Replications> designs, Theme theme, ChartSize size) {
        RunChart chart = chart(id);
        ready();
        String names = id + "-" + theme.key() + "-" + size.width() + "-";
        return Picture.svg(chart.beside(runs, new Designs(designs), theme, size), size, names);
    }

    /** A chart as the bytes of a file. */
    public static byte[] draw(String id, Replications runs, ChartFormat format, Theme theme, ChartSize size) {
        RunChart chart = chart(id);
        ready();
        return Picture.file(chart.of(runs, theme, size), size, format);
    }

    /** Draws all charts that apply into a directory that exists, and returns the files in a fixed order. */
    public static List<Path> render(
            Replications runs, Path directory, Set<ChartFormat> formats, Set<Theme> themes, ChartSize size)
            throws IOException {
        Host.prepare();
        List<Drawing> drawings = new ArrayList<>();
        for (RunChart chart : CHARTS) {
            for (Theme theme : themes) {
                if (chart.applies(runs)) {
                    drawings.add(new Drawing(chart, theme));
                }
            }
        }
        try {
            return drawings.parallelStream()
                    .flatMap(drawing -> drawing.draw(runs, directory, formats, size).stream())
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    static List<RunChart> charts() {
        return CHARTS;
    }

    private static RunChart chart(String id) {
        return CHARTS.stream()
                .filter(chart -> chart.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no chart is named \"" + id + "\"; accepted: " + String.join(", ", ids())));
    }

    private static void ready() {
        Host.obstacle().ifPresent(obstacle -> {
            throw new IllegalStateException(obstacle);
        });
    }

    private record Drawing(RunChart chart, Theme theme) {
        List<Path> draw(Replications runs, Path directory, Set<ChartFormat> formats, ChartSize size) {
            JFreeChart drawn = chart.of(runs, theme, size);
            List<Path> files = new ArrayList<>();
            for (ChartFormat format : formats) {
                Path file = directory.resolve(chart.id() + "-" + theme.key() + "." + format.extension());
                try {
                    Picture.write(drawn, size, format, file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                files.add(file);
            }
            return files;
        }
    }
}
