package grusim.cli;

import grusim.result.chart.ChartFormat;
import grusim.result.chart.ChartSet;
import grusim.result.chart.ChartSize;
import grusim.result.chart.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code grusim plot}: draws one chart of a finished run or comparison, or lists what can be drawn. */
@Command(
        name = "plot",
        description =
                "Draw a chart of a finished run or comparison; without --chart, list its charts and what each shows.",
        footer = {
            "",
            "Runs are read from the files data.json.gz of the directory, nothing is simulated again.",
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

    private static final Set<String> DRAWING = Set.of("--theme", "--format", "--size", "--out");

    private final Console console;

    @Spec
    private CommandSpec command;

    @Parameters(
            paramLabel = "DIR",
            description = "The directory of a run, e.g. results/runs/quickstart, or of a comparison.")
    private Path place;

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
            description = "The file (default: charts/NAME-THEME.FORMAT in the directory).")
    private @Nullable Path out;

    PlotCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        ChartSize pixels = size(size);
        Drawable drawable = Drawable.in(place);
        if (chart == null) {
            refuseWithoutChart();
            list(drawable);
        } else {
            plot(chart, drawable, pixels);
        }
        return ExitCode.DONE;
    }

    private void refuseWithoutChart() {
        List<String> given = new ArrayList<>();
        for (OptionSpec option : command.options()) {
            boolean ofDrawing = DRAWING.contains(option.longestName());
            if (ofDrawing && command.commandLine().getParseResult().hasMatchedOption(option)) {
                given.add(option.longestName());
            }
        }
        if (!given.isEmpty()) {
            throw new UserError(String.join(", ", given) + ": only with --chart NAME; without it, charts are listed");
        }
    }

    private void list(Drawable drawable) {
        List<String> others = new ArrayList<>();
        for (String name : drawable.charts()) {
            if (drawable.has(name)) {
                console.line("%-20s %s".formatted(name, drawable.says(name)));
            } else {
                others.add(name);
            }
        }
        if (!others.isEmpty()) {
            console.line("Without data: " + String.join(", ", others));
        }
        if (!drawable.elsewhere().isEmpty()) {
            console.line(drawable.elsewhere());
        }
    }

    private void plot(String name, Drawable drawable, ChartSize pixels) throws IOException {
        if (!drawable.charts().contains(name)) {
            String elsewhere = drawable.elsewhere();
            throw new UserError("--chart %s: %s has no such chart; accepted: %s%s"
                    .formatted(
                            name,
                            place,
                            String.join(", ", drawable.charts()),
                            elsewhere.isEmpty() ? "" : ". " + elsewhere));
        }
        if (!drawable.has(name)) {
            List<String> applying =
                    drawable.charts().stream().filter(drawable::has).toList();
            throw new UserError("%s: nothing to draw as %s (%s); accepted: %s"
                    .formatted(
                            place,
                            name,
                            drawable.says(name).replaceAll("\\.$", ""),
                            applying.isEmpty() ? "a directory with data" : String.join(", ", applying)));
        }
        ChartSet.obstacle().ifPresent(obstacle -> {
            throw new UserError("no charts: " + obstacle);
        });
        ChartFormat drawn = format(out);
        Path file = out == null
                ? place.resolve("charts").resolve("%s-%s.%s".formatted(name, theme.key(), drawn.extension()))
                : out;
        if (Files.isDirectory(file)) {
            throw new UserError("--out %s: is a directory; accepted: the name of a file".formatted(file));
        }
        replace(file, drawable.draw(name, drawn, theme, pixels));
        console.line(drawable.says(name));
        console.line("File: " + file);
    }

    private static void replace(Path file, byte[] picture) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Path unfinished = file.resolveSibling(".unfinished-" + file.getFileName());
        Files.write(unfinished, picture);
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private ChartFormat format(@Nullable Path file) {
        if (file == null) {
            return format == null ? ChartFormat.PNG : format;
        }
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        for (ChartFormat each : ChartFormat.values()) {
            if (name.endsWith("." + each.extension()) && (format == null || format == each)) {
                return each;
            }
        }
        throw new UserError("--out %s; accepted: a file whose name ends in %s"
                .formatted(
                        file,
                        Stream.of(ChartFormat.values())
                                .filter(each -> format == null || each == format)
                                .map(each -> "." + each.extension())
                                .collect(Collectors.joining(" or "))));
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
