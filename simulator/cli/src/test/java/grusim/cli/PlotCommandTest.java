package grusim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.chart.ChartSet;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlotCommandTest {
    @TempDir
    private Path directory;

    private Path run;

    @BeforeEach
    void simulate() throws IOException {
        run = directory.resolve("run");
        String spec = new SmallSpecs(directory).loads("small").toString();
        assertThat(Invocation.of("", "run", "--quiet", "--no-charts", "--out", run.toString(), spec)
                        .exitCode())
                .isZero();
    }

    private Invocation plot(String... arguments) {
        List<String> all = new ArrayList<>(List.of("plot", run.toString()));
        all.addAll(List.of(arguments));
        return Invocation.of("", all.toArray(String[]::new));
    }

    @Test
    void plot_drawsTheChartOfThatSizeAndSaysWhatItShows() throws IOException {
        Invocation plotted = plot("--chart", "latency-cdf", "--size", "600x400");
        assertThat(plotted.err()).isEmpty();
        assertThat(plotted.exitCode()).isZero();
        Path file = run.resolve("charts/latency-cdf-light.png");
        assertThat(plotted.out().lines()).hasSize(2).last().isEqualTo("File: " + file);
        assertThat(plotted.out()).startsWith("Half of the 200 samples of instruction.vload took at most ");
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(List.of(image.getWidth(), image.getHeight())).containsExactly(1200, 800);
        assertThat(new SmallSpecs(run.resolve("charts")).tree()).containsExactly("latency-cdf-light.png");
    }

    @Test
    void plot_takesTheFormatFromTheNameOfTheFile() throws IOException {
        Path file = directory.resolve("new/place/tlb.svg");
        assertThat(plot("--chart", "tlb", "--theme", "dark", "--out", file.toString())
                        .exitCode())
                .isZero();
        assertThat(Files.readString(file)).contains("<svg", "hit ratio", "rgb(20,24,29)");
        Path other = directory.resolve("new/place/TLB.PNG");
        assertThat(plot("--chart", "tlb", "--format", "png", "--out", other.toString())
                        .exitCode())
                .isZero();
        assertThat(ImageIO.read(other.toFile())).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x.gif||a file whose name ends in .png or .svg",
                "x||a file whose name ends in .png or .svg",
                "x.svg|png|a file whose name ends in .png",
                "x.png|svg|a file whose name ends in .svg"
            })
    void nameThatDoesNotFitTheFormat_isRefused(String name, @Nullable String format, String accepted) {
        Path file = directory.resolve(name);
        List<String> options = new ArrayList<>(List.of("--chart", "tlb", "--out", file.toString()));
        if (format != null) {
            options.addAll(List.of("--format", format));
        }
        Invocation refused = plot(options.toArray(String[]::new));
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).isEqualTo("grusim: --out " + file + "; accepted: " + accepted + "\n");
        assertThat(file).doesNotExist();
    }

    @Test
    void directoryAsFile_isRefused() throws IOException {
        Path taken = Files.createDirectory(directory.resolve("taken.png"));
        Invocation refused = plot("--chart", "tlb", "--out", taken.toString());
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .isEqualTo("grusim: --out " + taken + ": is a directory; accepted: the name of a file\n");
    }

    @Test
    void optionsOfDrawing_needAChart() {
        Invocation refused = plot("--size", "phone", "--theme", "dark");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).startsWith("grusim: --").contains("--size", "--theme", ": only with --chart NAME");
    }

    @Test
    void plot_withoutChartListsThem() {
        Invocation listed = plot();
        assertThat(listed.exitCode()).isZero();
        assertThat(listed.out()).contains("latency-cdf          Half of the 200 samples");
        assertThat(listed.out().lines().toList())
                .last()
                .asString()
                .startsWith("Without data: ")
                .contains("replications");
    }

    @Test
    void unknownChart_isRefusedWithTheList() {
        Invocation refused = plot("--chart", "pie");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .isEqualTo("grusim: --chart pie: " + run + " has no such chart; accepted: "
                        + String.join(", ", ChartSet.ids()) + "\n");
    }

    @Test
    void chartWithoutData_isRefusedAndSaysWhy() {
        Invocation refused = plot("--chart", "replications");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .startsWith("grusim: " + run + ": nothing to draw as replications (There is nothing to compare"
                        + " between replications); accepted: latency-cdf, ");
        assertThat(run.resolve("charts")).doesNotExist();
    }

    @Test
    void comparison_hasOneChartAndThoseOfItsDesigns() throws IOException {
        String spec = directory.resolve("small.json").toString();
        Path compared = directory.resolve("compared");
        Invocation compare = Invocation.of(
                "", "compare", "-q", "--no-charts", "--out", compared.toString(), spec, "--set-b", "gru.tlb.sets=1");
        assertThat(compare.exitCode()).as(compare.err()).isZero();
        run = compared;
        assertThat(plot().out().lines().toList())
                .hasSize(2)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("comparison           Of "),
                        second -> assertThat(second)
                                .isEqualTo("The designs have charts of their own: grusim plot %s, grusim plot %s"
                                        .formatted(compared.resolve("a"), compared.resolve("b"))));
        Invocation drawn = plot("--chart", "comparison", "--format", "svg");
        assertThat(drawn.exitCode()).as(drawn.err()).isZero();
        assertThat(Files.readString(compared.resolve("charts/comparison-light.svg")))
                .contains("Change when gru.tlb.sets goes from");
        Invocation other = plot("--chart", "tlb");
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err())
                .startsWith(
                        "grusim: --chart tlb: " + compared + " has no such chart; accepted: comparison. The designs");
        run = compared.resolve("b");
        assertThat(plot("--chart", "tlb").exitCode()).isZero();
        assertThat(compared.resolve("b/charts/tlb-light.png")).isNotEmptyFile();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--size|319x400|--size 319x400; accepted: phone, small, standard, wide, or WIDTHxHEIGHT from 320x320",
                "--size|big|--size big; accepted: phone, small, standard, wide, or WIDTHxHEIGHT from 320x320",
                "--size|99999x99999|--size 99999x99999; accepted: ",
                "--theme|pink|Invalid value for option '--theme': expected one of [LIGHT, DARK]",
                "--format|gif|Invalid value for option '--format': expected one of [PNG, SVG]"
            })
    void badOptions_areRefused(String option, String value, String message) {
        Invocation refused = plot("--chart", "tlb", option, value);
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).startsWith("grusim: " + message);
    }

    @Test
    void directoryWithoutRun_isRefused() {
        Invocation refused = Invocation.of("", "plot", directory.toString(), "--chart", "tlb");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err().lines()).hasSize(1);
        assertThat(refused.err()).contains(directory.toString());
    }
}
