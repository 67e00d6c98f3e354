package grusim.cli;

import grusim.result.Replications;
import grusim.result.chart.ChartFormat;
import grusim.result.chart.ChartSet;
import grusim.result.chart.ChartSize;
import grusim.result.chart.ComparisonChart;
import grusim.result.chart.Theme;
import grusim.result.compare.Comparison;
import grusim.result.file.ComparisonDirectory;
import grusim.result.file.RunArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What can be drawn from a directory of results. */
sealed interface Drawable {
    /** The charts of its kind by name, whether there is data for them or not. */
    List<String> charts();

    /** Whether there is data for a chart. */
    boolean has(String chart);

    /** One sentence on what a chart shows, or why it shows nothing. */
    String says(String chart);

    /** A chart as the bytes of a file. */
    byte[] draw(String chart, ChartFormat format, Theme theme, ChartSize size) throws IOException;

    /** Where to find other charts, or nothing. */
    String elsewhere();

    /** What the directory of a run or of a comparison holds. */
    static Drawable in(Path place) {
        return ComparisonDirectory.is(place)
                ? new OfComparison(ComparisonDirectory.read(place).comparison(), place)
                : new OfRun(RunArchive.read(place));
    }

    /** A run, of one or more replications. */
    record OfRun(Replications runs) implements Drawable {
        @Override
        public List<String> charts() {
            return ChartSet.ids();
        }

        @Override
        public boolean has(String chart) {
            return ChartSet.applies(chart, runs);
        }

        @Override
        public String says(String chart) {
            return ChartSet.says(chart, runs);
        }

        @Override
        public byte[] draw(String chart, ChartFormat format, Theme theme, ChartSize size) {
            return ChartSet.draw(chart, runs, format, theme, size);
        }

        @Override
        public String elsewhere() {
            return "";
        }
    }

    /** A comparison, which has one chart of its own; its two designs have theirs below the directory. */
    record OfComparison(Comparison comparison, Path place) implements Drawable {
        @Override
        public List<String> charts() {
            return List.of(ComparisonChart.ID);
        }

        @Override
        public boolean has(String chart) {
            return ComparisonChart.applies(comparison);
        }

        @Override
        public String says(String chart) {
            return ComparisonChart.says(comparison);
        }

        @Override
        public byte[] draw(String chart, ChartFormat format, Theme theme, ChartSize size) throws IOException {
            return ComparisonChart.draw(comparison, format, theme, size);
        }

        @Override
        public String elsewhere() {
            return "The designs have charts of their own: grusim plot %s, grusim plot %s"
                    .formatted(place.resolve(ComparisonDirectory.A), place.resolve(ComparisonDirectory.B));
        }
    }
}
