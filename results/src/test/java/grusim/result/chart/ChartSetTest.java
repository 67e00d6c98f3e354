package grusim.result.chart;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.BusyRun;
import grusim.result.ExampleRun;
import grusim.result.RunResult;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class ChartSetTest {
    @TempDir
    Path directory;

    static Stream<RunResult> results() {
        return Stream.of(
                BusyRun.of(),
                BusyRun.of("an_extraordinarily_long_name_of_the_thing_which_never_ends_", 18),
                ExampleRun.small(),
                RunResult.builder("nothing", "0.1.0", 1).build());
    }

    @ParameterizedTest
    @MethodSource("results")
    void render_writesEveryChartInEveryFormatThemeAndSize(RunResult result) throws IOException {
        for (ChartSize size : List.of(ChartSize.STANDARD, ChartSize.SMALL)) {
            List<Path> files = ChartSet.render(
                    result, directory, EnumSet.allOf(ChartFormat.class), EnumSet.allOf(Theme.class), size);
            assertThat(files)
                    .hasSize(4 * 2 * 2)
                    .doesNotHaveDuplicates()
                    .allSatisfy(file -> assertThat(file).isNotEmptyFile());
        }
    }

    @Test
    void render_namesFilesByChartAndTheme() throws IOException {
        List<Path> files = ChartSet.render(
                BusyRun.of(), directory, Set.of(ChartFormat.SVG), Set.of(Theme.DARK), ChartSize.STANDARD);
        assertThat(files)
                .extracting(file -> file.getFileName().toString())
                .containsExactly(
                        "latency-cdf-dark.svg", "dropins-dark.svg", "tlb-dark.svg", "instruction-time-dark.svg");
    }

    @Test
    void png_isTwiceTheSizeOnTheThemesBackgroundWithInkOnIt() throws IOException {
        for (Theme theme : Theme.values()) {
            for (Path file :
                    ChartSet.render(BusyRun.of(), directory, Set.of(ChartFormat.PNG), Set.of(theme), ChartSize.SMALL)) {
                BufferedImage image = ImageIO.read(file.toFile());
                assertThat(image.getWidth()).isEqualTo(2 * ChartSize.SMALL.width());
                assertThat(image.getHeight()).isEqualTo(2 * ChartSize.SMALL.height());
                int background = theme.background().getRGB();
                assertThat(image.getRGB(0, 0)).isEqualTo(background);
                int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
                long ink = IntStream.of(pixels)
                        .filter(pixel -> pixel != background)
                        .count();
                assertThat(ink).as("%s", file).isGreaterThan(pixels.length / 100);
            }
        }
    }

    @Test
    void svg_parsesAndKeepsTextAsText() throws Exception {
        List<Path> files = ChartSet.render(
                BusyRun.of(), directory, Set.of(ChartFormat.SVG), EnumSet.allOf(Theme.class), ChartSize.STANDARD);
        for (Path file : files) {
            Document document = parse(file.toFile());
            assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
            assertThat(document.getDocumentElement().getAttribute("viewBox")).isEqualTo("0 0 860 500");
            assertThat(texts(document)).as("%s", file).hasSizeGreaterThan(8);
        }
        assertThat(texts(parse(directory.resolve("latency-cdf-light.svg").toFile())))
                .contains("instruction.vload (20,000)", "1 us", "100%");
        assertThat(texts(parse(directory.resolve("instruction-time-dark.svg").toFile())))
                .contains("range-active hold-off", "share of the instruction's time");
    }

    @Test
    void svg_isTheSameTwice() throws IOException {
        List<String> contents = Stream.of("one", "two")
                .map(name -> {
                    try {
                        Path place = Files.createDirectory(directory.resolve(name));
                        Path file = ChartSet.render(
                                        BusyRun.of(),
                                        place,
                                        Set.of(ChartFormat.SVG),
                                        Set.of(Theme.LIGHT),
                                        ChartSize.STANDARD)
                                .get(0);
                        return Files.readString(file);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .toList();
        assertThat(contents.get(0)).isEqualTo(contents.get(1));
    }

    private static Document parse(File file) throws Exception {
        DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        builder.setEntityResolver((publicId, systemId) -> new InputSource(new ByteArrayInputStream(new byte[0])));
        return builder.parse(file);
    }

    private static List<String> texts(Document document) {
        NodeList nodes = document.getElementsByTagName("text");
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> nodes.item(i).getTextContent())
                .toList();
    }
}
