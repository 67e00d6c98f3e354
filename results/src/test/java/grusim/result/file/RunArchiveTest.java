package grusim.result.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.result.BusyRun;
import grusim.result.ChipletCounts;
import grusim.result.ExampleRun;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.RunResultBuilder;
import grusim.result.Waterfall;
import grusim.result.stat.Figures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunArchiveTest {
    @TempDir
    private Path directory;

    @Test
    void read_givesBackEverything() {
        RunResult full = full();
        Replications written = new Replications(List.of(BusyRun.of(), full, ExampleRun.small()));
        Replications read = roundTrip(written);
        assertThat(ArchiveTree.of(read)).isEqualTo(ArchiveTree.of(written));
        assertThat(Figures.of(read)).isEqualTo(Figures.of(written));
        for (int i = 0; i < written.count(); i++) {
            RunResult before = written.runs().get(i);
            RunResult after = read.runs().get(i);
            assertThat(ResultJson.print(after)).isEqualTo(ResultJson.print(before));
            assertThat(ResultCsv.latency(Replications.of(after))).isEqualTo(ResultCsv.latency(Replications.of(before)));
            assertThat(ResultCsv.series(Replications.of(after))).isEqualTo(ResultCsv.series(Replications.of(before)));
            assertThat(ResultCsv.attribution(Replications.of(after)))
                    .isEqualTo(ResultCsv.attribution(Replications.of(before)));
            assertThat(after.waterfalls()).isEqualTo(before.waterfalls());
            assertThat(after.chiplets()).isEqualTo(before.chiplets());
            assertThat(after.views().keySet()).isEqualTo(before.views().keySet());
        }
        assertThat(read.runs().get(1).views().values())
                .singleElement()
                .satisfies(shares -> assertThat(shares.partPs(0, 1)).isEqualTo(60_000));
    }

    @Test
    void read_refusesWhatGrusimDidNotWrite() throws IOException {
        assertRefused("it is not a run directory, data.json.gz is missing");
        Files.writeString(directory.resolve("result.json"), "{}");
        assertRefused("it has no data.json.gz, so an older grusim wrote it; run its spec again");
        Files.writeString(directory.resolve(RunArchive.FILE), "{}");
        assertRefused("it is not a file of grusim: Not in GZIP format");
        pack("[1, 2]");
        assertRefused("it is broken: its format is not \"grusim run\"");
        pack("{\"format\": \"grusim run\", \"formatVersion\": 7, \"version\": \"9.1\"}");
        assertRefused("it is broken: format version 7 of grusim 9.1; accepted: 1");
        pack("{\"format\": \"grusim run\", \"formatVersion\": 1, \"version\": \"9.1\", \"runs\": [{\"name\": 3}]}");
        assertRefused("it is broken: key \"name\" is missing or not a text");
        pack("{\"format\": ");
        assertRefused("it is broken: Unexpected end-of-input");
    }

    @Test
    void read_refusesHalfAFile() throws IOException {
        RunArchive.write(Replications.of(BusyRun.of()), directory.resolve(RunArchive.FILE));
        byte[] whole = Files.readAllBytes(directory.resolve(RunArchive.FILE));
        byte[] half = new ByteArrayInputStream(whole).readNBytes(whole.length / 2);
        Files.write(directory.resolve(RunArchive.FILE), half);
        assertRefused("Unexpected end of ZLIB input stream");
    }

    @Test
    void read_refusesCountsThatDoNotFit() throws IOException {
        RunArchive.write(Replications.of(ExampleRun.small()), directory.resolve(RunArchive.FILE));
        pack(unpacked().replace("\"counts\":\"1 1\"", "\"counts\":\"1 1 1\""));
        assertRefused("it is broken: ");
        pack(unpacked().replace("\"counts\":\"1 1 1\"", "\"counts\":\"1 x\""));
        assertRefused("it is broken: key \"counts\" holds more than whole numbers");
    }

    private static RunResult full() {
        RunResult example = ExampleRun.small();
        RunResultBuilder builder = RunResult.builder("example", "0.1.0", Long.MIN_VALUE);
        builder.view("process", example.attribution());
        builder.waterfall(
                new Waterfall("dropin.user", List.of("walk", "write"), List.of(9L, 4L), 3, 7, List.of(5L, 2L), 1));
        builder.chiplets(new ChipletCounts(ExampleRun.HITS, 2, List.of(1L, 0L, 3L, 4L)));
        return builder.build();
    }

    private Replications roundTrip(Replications written) {
        RunArchive.write(written, directory.resolve(RunArchive.FILE));
        return RunArchive.read(directory);
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(() -> RunArchive.read(directory))
                .isInstanceOf(OutputException.class)
                .hasMessageStartingWith("cannot read results from " + directory)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("\n");
    }

    private void pack(String text) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(directory.resolve(RunArchive.FILE)))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private String unpacked() throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(directory.resolve(RunArchive.FILE)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
