package grusim.cli;

import grusim.result.Replications;
import grusim.result.chart.ChartFormat;
import grusim.result.chart.ChartSet;
import grusim.result.chart.ChartSize;
import grusim.result.chart.Theme;
import grusim.result.file.RunArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code grusim plot}: draws one chart of a finished run, or lists what can be drawn. */
@Command(
        name = "plot",
        description = "Draw a chart of a finished run; without --chart, list its charts and what each shows.",
        footer = {
            "",
            "The run is read from the file data.json.gz of its directory, nothing is simulated again.",
            "Exit codes: 0 done; 1 fault of grusim; 2 bad usage or input, nothing written."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class PlotCommand implements Callable<Integer> {
    private static final Pattern PIXELS = Pattern.compile("([0-9]{1,5})x([0-9]{1,5})");
    private static final int MOST_PIXELS = 8000;
    private static final Map<String, ChartSize> SIZES = new TreeMap<>(Map.of(
            "phone", ChartSize.PHONE,
            "small", ChartSize.SMALL,
            "standard", ChartSize.STANDARD,
            "wide", ChartSize.WIDE));

    private final Console console;

    @Parameters(paramLabel = "RUN", description = "The directory of a run, e.g. results/runs/quickstart.")
    private Path run;

    @Option(names = "--chart", paramLabel = "NAME", description = "Which chart, e.g. latency-cdf.")
    private @Nullable String chart;

    @Option(names = "--theme", paramLabel = "THEME", description = "light (default) or dark.")
    private Theme theme = Theme.LIGHT;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "png or svg (default: what the name of the file says, else png).")
    private @Nullable ChartFormat format;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            description = "phone, small, standard (default), wide, or WIDTHxHEIGHT in pixels of a page, from 320x320; a"
                    + " PNG has twice as many.")
    private String size = "standard";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The file (default: charts/NAME-THEME.FORMAT of the run).")
    private @Nullable Path out;

    PlotCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        ChartSize pixels = size(size);
        if (chart != null && !ChartSet.ids().contains(chart)) {
            throw new UserError(
                    "--chart %s: no such chart; accepted: %s".formatted(chart, String.join(", ", ChartSet.ids())));
        }
        Replications runs = RunArchive.read(run);
        if (chart == null) {
            list(runs);
        } else {
            plot(chart, runs, pixels);
        }
        return ExitCode.DONE;
    }

    private void list(Replications runs) {
        for (String id : ChartSet.ids()) {
            if (ChartSet.applies(id, runs)) {
                console.line("%-20s %s".formatted(id, ChartSet.says(id, runs)));
            }
        }
        List<String> others = ChartSet.ids().stream()
                .filter(id -> !ChartSet.applies(id, runs))
                .toList();
        if (!others.isEmpty()) {
            console.line("Without data in this run: " + String.join(", ", others));
        }
    }

    private void plot(String id, Replications runs, ChartSize pixels) throws IOException {
        if (!ChartSet.applies(id, runs)) {
            throw new UserError("%s: has no data for the chart %s (%s); accepted: %s"
                    .formatted(
                            run,
                            id,
                            ChartSet.says(id, runs).replaceAll("\\.$", ""),
                            String.join(", ", applying(runs))));
        }
        ChartSet.obstacle().ifPresent(obstacle -> {
            throw new UserError("no charts: " + obstacle);
        });
        ChartFormat drawn = format(out);
        Path file = out == null
                ? run.resolve("charts").resolve("%s-%s.%s".formatted(id, theme.key(), drawn.extension()))
                : out;
        byte[] picture = ChartSet.draw(id, runs, drawn, theme, pixels);
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Path unfinished = file.resolveSibling(".unfinished-" + file.getFileName());
        Files.write(unfinished, picture);
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        console.line(ChartSet.says(id, runs));
        console.line("File: " + file);
    }

    private static List<String> applying(Replications runs) {
        return ChartSet.ids().stream().filter(id -> ChartSet.applies(id, runs)).toList();
    }

    private ChartFormat format(@Nullable Path file) {
        if (format != null || file == null) {
            return format == null ? ChartFormat.PNG : format;
        }
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".svg") ? ChartFormat.SVG : ChartFormat.PNG;
    }

    /** A size by its name or in pixels. */
    static ChartSize size(String text) {
        ChartSize named = SIZES.get(text);
        if (named != null) {
            return named;
        }
        Matcher pixels = PIXELS.matcher(text);
        if (pixels.matches()) {
            int width = Integer.parseInt(pixels.group(1));
            int height = Integer.parseInt(pixels.group(2));
            if (width >= 320 && height >= 320 && width <= MOST_PIXELS && height <= MOST_PIXELS) {
                return new ChartSize(width, height);
            }
        }
        throw new UserError("--size %s; accepted: %s, or WIDTHxHEIGHT from 320x320 to %dx%d"
                .formatted(text, String.join(", ", SIZES.keySet()), MOST_PIXELS, MOST_PIXELS));
    }
}
