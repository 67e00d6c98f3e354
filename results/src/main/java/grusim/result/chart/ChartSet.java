package grusim.result.chart;

import grusim.result.RunResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jfree.chart.JFreeChart;

/**
 * Every chart of a run, in files named {@code <chart>-<theme>.<format>}. Charts are drawn side by side on the host's
 * processors; loading the drawing libraries is most of the time, about a second for all.
 */
public final class ChartSet {
    private static final List<RunChart> CHARTS =
            List.of(new LatencyChart(), new DropinChart(), new TlbChart(), new InstructionTimeChart());

    private ChartSet() {}

    /** Why charts cannot be drawn on this host, if so, in one line; the rest of a result does not need them. */
    public static Optional<String> obstacle() {
        return Host.obstacle();
    }

    /** Draws all charts of a result into a directory that exists, and returns the files in a fixed order. */
    public static List<Path> render(
            RunResult result, Path directory, Set<ChartFormat> formats, Set<Theme> themes, ChartSize size)
            throws IOException {
        Host.prepare();
        List<Drawing> drawings = new ArrayList<>();
        for (RunChart chart : CHARTS) {
            for (Theme theme : themes) {
                drawings.add(new Drawing(chart, theme));
            }
        }
        try {
            return drawings.parallelStream()
                    .flatMap(drawing -> drawing.draw(result, directory, formats, size).stream())
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private record Drawing(RunChart chart, Theme theme) {
        List<Path> draw(RunResult result, Path directory, Set<ChartFormat> formats, ChartSize size) {
            JFreeChart drawn = chart.of(result, theme);
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
