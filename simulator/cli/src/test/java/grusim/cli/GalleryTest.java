package grusim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.Replications;
import grusim.result.chart.ChartFormat;
import grusim.result.chart.ChartSet;
import grusim.result.chart.ChartSize;
import grusim.result.chart.Theme;
import grusim.result.file.RunArchive;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gallery of all charts, drawn from shipped specs. Write it anew with {@code mvn -pl simulator/cli -am test
 * -Dtest=GalleryTest -Dsurefire.failIfNoSpecifiedTests=false -Dwrite=true}.
 */
final class GalleryTest {
    private static final Path SPECS = Path.of("../../workloads/specs");
    private static final Path PICTURES = Path.of("../../results/gallery");
    private static final Path PAGE = Path.of("../../results/GALLERY.md");
    private static final String QUICKSTART = "quickstart.json --replications 3";
    private static final String SWEEP =
            "quickstart.json --set gru.tlb.ways=1,2,4 --set gru.killScope=all,range --metric counters.device.dropinsKilled";
    private static final String COMPARE =
            "quickstart.json quickstart.json --set-b gru.killScope=range --replications 5";

    /** What shows a chart best, where it is not the first spec. */
    private static final Map<String, String> OTHERS = Map.of(
            "chiplets", "increment-50-threads.json",
            "chiplet-time", "increment-50-threads.json",
            "process-time", "patterns/many-spaces.json",
            "waterfall-poller", "misses/miss-modes.json");

    @TempDir
    private Path directory;

    private final Map<String, Replications> runs = new LinkedHashMap<>();

    @Test
    void gallery_showsEveryChartOnceInTheirOrder() throws IOException {
        if (Boolean.getBoolean("write")) {
            write();
        }
        String page = Files.readString(PAGE);
        List<String> charts = new ArrayList<>(ChartSet.ids());
        charts.addAll(List.of("sweep", "comparison"));
        assertThat(all("(?m)^## (\\S+)$", page)).containsExactlyElementsOf(charts);
        assertThat(all("!\\[\\S+]\\(gallery/(\\S+)[.]png\\)", page)).containsExactlyElementsOf(charts);
        for (String chart : charts) {
            BufferedImage picture =
                    ImageIO.read(PICTURES.resolve(chart + ".png").toFile());
            assertThat(List.of(picture.getWidth(), picture.getHeight()))
                    .as("%s", chart)
                    .containsExactly(2 * ChartSize.STANDARD.width(), 2 * ChartSize.STANDARD.height());
        }
    }

    private static List<String> all(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    private void write() throws IOException {
        StringBuilder page = new StringBuilder("""
                # The charts

                Every chart that grusim draws, each with the command that draws it and with the sentence that the run's own
                numbers give it. All come in a light and a dark theme, as PNG and SVG, and in any size; no text covers another
                at any of them.

                """);
        for (String chart : ChartSet.ids()) {
            String arguments = OTHERS.getOrDefault(chart, QUICKSTART);
            Replications of = runs.computeIfAbsent(arguments, this::run);
            Files.write(
                    PICTURES.resolve(chart + ".png"),
                    ChartSet.draw(chart, of, ChartFormat.PNG, Theme.LIGHT, ChartSize.STANDARD));
            String commands = "./grusim run workloads/specs/" + arguments + "\n./grusim plot results/runs/"
                    + of.first().name() + " --chart " + chart;
            page.append(section(chart, ChartSet.says(chart, of), commands));
        }
        page.append(drawn("sweep", SWEEP, "One metric of a sweep against its first parameter."));
        page.append(drawn("comparison", COMPARE, ""));
        Files.writeString(PAGE, page.toString().strip() + "\n");
    }

    private static String section(String chart, String says, String commands) {
        return "## " + chart + "\n\n" + says + "\n\n```\n" + commands + "\n```\n\n![" + chart + "](gallery/" + chart
                + ".png)\n\n";
    }

    private Replications run(String arguments) {
        Path out = directory.resolve("run" + runs.size());
        execute("run", arguments + " --no-charts", out);
        return RunArchive.read(out);
    }

    /** The chart that a command of the same name, or of its verb, leaves in its directory; says what it shows by itself if asked nothing. */
    private String drawn(String chart, String arguments, String says) throws IOException {
        String command = chart.equals("comparison") ? "compare" : chart;
        Path out = directory.resolve(chart);
        execute(command, arguments, out);
        Files.write(
                PICTURES.resolve(chart + ".png"), Files.readAllBytes(out.resolve("charts/" + chart + "-light.png")));
        String sentence = says.isEmpty() ? Drawable.in(out).says(chart) : says;
        String shown = arguments
                .replaceAll("(^| )(\\S+[.]json)", "$1workloads/specs/$2")
                .replace(" --set ", " \\\n    --set ");
        return section(chart, sentence, "./grusim " + command + " " + shown);
    }

    private static void execute(String command, String arguments, Path out) {
        List<String> all = new ArrayList<>(List.of(command, "--quiet", "--out", out.toString()));
        for (String argument : arguments.split(" ", -1)) {
            all.add(argument.endsWith(".json") ? SPECS.resolve(argument).toString() : argument);
        }
        assertThat(Invocation.of("", all.toArray(String[]::new)).err()).isEmpty();
    }
}
