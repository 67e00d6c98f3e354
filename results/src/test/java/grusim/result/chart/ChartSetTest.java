package grusim.result.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.result.BusyRun;
import grusim.result.ExampleRun;
import grusim.result.Replications;
import grusim.result.RunResult;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final Replications BUSY = Replications.of(BusyRun.of());
    private static final Replications NOTHING =
            Replications.of(RunResult.builder("nothing", "0.1.0", 1).build());

    static Stream<Replications> results() {
        return Stream.of(
                BUSY,
                BusyRun.replications(3),
                Replications.of(BusyRun.of("an_extraordinarily_long_name_of_the_thing_which_never_ends_", 18)),
                Replications.of(ExampleRun.small()),
                NOTHING);
    }

    @ParameterizedTest
    @MethodSource("results")
    void render_writesEveryChartThatAppliesInEveryFormatThemeAndSize(Replications runs) throws IOException {
        long applying =
                ChartSet.ids().stream().filter(id -> ChartSet.applies(id, runs)).count();
        for (ChartSize size : List.of(ChartSize.STANDARD, ChartSize.SMALL)) {
            List<Path> files = ChartSet.render(
                    runs, directory, EnumSet.allOf(ChartFormat.class), EnumSet.allOf(Theme.class), size);
            assertThat(files)
                    .hasSize((int) applying * 2 * 2)
                    .doesNotHaveDuplicates()
                    .allSatisfy(file -> assertThat(file).isNotEmptyFile());
        }
    }

    @Test
    void render_namesFilesByChartAndTheme() throws IOException {
        List<Path> files =
                ChartSet.render(BUSY, directory, Set.of(ChartFormat.SVG), Set.of(Theme.DARK), ChartSize.STANDARD);
        assertThat(files)
                .extracting(file -> file.getFileName().toString())
                .containsExactlyElementsOf(ChartSet.ids().stream()
                        .filter(id -> ChartSet.applies(id, BUSY))
                        .map(id -> id + "-dark.svg")
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("results")
    void says_isOneSentence(Replications runs) {
        for (String id : ChartSet.ids()) {
            assertThat(ChartSet.says(id, runs))
                    .as("%s", id)
                    .matches("[A-Z0-9].*[.]")
                    .doesNotContain("null", "NaN", "  ");
        }
    }

    @Test
    void svg_ofOnePageHasNoNameTwice() {
        List<String> names = new ArrayList<>();
        for (String id : ChartSet.ids()) {
            for (Theme theme : Theme.values()) {
                String svg = ChartSet.svg(id, BUSY, theme, ChartSize.SMALL);
                assertThat(svg).startsWith("<svg").doesNotContain("<?xml", "<!DOCTYPE", "http");
                assertThat(svg.replaceAll("\\s", "")).endsWith("</svg>");
                Matcher matcher = Pattern.compile(" id=\"([^\"]+)\"").matcher(svg);
                while (matcher.find()) {
                    names.add(matcher.group(1));
                }
            }
        }
        assertThat(names).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void svg_escapesNames() {
        RunResult hostile =
                RunResult.builder("<script>alert(1)</script>", "1", 1).build();
        String svg = ChartSet.svg("tlb", Replications.of(hostile), Theme.LIGHT, ChartSize.STANDARD);
        assertThat(svg).contains("&lt;script&gt;").doesNotContain("<script");
    }

    @Test
    void unknownChart_isRefusedWithTheList() {
        assertThatThrownBy(() -> ChartSet.svg("pie", NOTHING, Theme.LIGHT, ChartSize.SMALL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no chart is named \"pie\"; accepted: latency-cdf, ");
    }

    @Test
    void nothing_hasNoChartThatApplies() {
        assertThat(ChartSet.ids()).noneMatch(id -> ChartSet.applies(id, NOTHING));
        assertThat(ChartSet.ids()).allMatch(id -> ChartSet.applies(id, BusyRun.replications(2)));
    }

    @Test
    void png_isTwiceTheSizeOnTheThemesBackgroundWithInkOnIt() throws IOException {
        for (Theme theme : Theme.values()) {
            for (Path file :
                    ChartSet.render(BUSY, directory, Set.of(ChartFormat.PNG), Set.of(theme), ChartSize.SMALL)) {
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
                BUSY, directory, Set.of(ChartFormat.SVG), EnumSet.allOf(Theme.class), ChartSize.STANDARD);
        for (Path file : files) {
            Document document = parse(file.toFile());
            assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
            assertThat(document.getDocumentElement().getAttribute("viewBox")).isEqualTo("0 0 860 500");
            assertThat(texts(document)).as("%s", file).hasSizeGreaterThan(6);
        }
        assertThat(texts(parse(directory.resolve("latency-cdf-light.svg").toFile())))
                .contains("instruction.vload (20,000)", "1 us", "100%");
        assertThat(texts(parse(directory.resolve("instruction-time-dark.svg").toFile())))
                .contains("range-active hold-off", "share of its time");
    }

    @Test
    void svg_isTheSameTwice() throws IOException {
        List<String> contents = Stream.of("one", "two")
                .map(name -> {
                    try {
                        Path place = Files.createDirectory(directory.resolve(name));
                        Path file = ChartSet.render(
                                        BUSY, place, Set.of(ChartFormat.SVG), Set.of(Theme.LIGHT), ChartSize.STANDARD)
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
