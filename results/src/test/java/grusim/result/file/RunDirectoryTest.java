package grusim.result.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.result.ExampleRun;
import grusim.result.HostFacts;
import grusim.result.Replications;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunDirectoryTest {
    private static final HostFacts HOST =
            new HostFacts("2026-01-01T00:00:00Z", 1_500_000_000L, 3000, 1, "jdk", "os", "amd64", 2);

    @TempDir
    Path root;

    @Test
    void commit_putsEveryFileInPlaceAndNothingElse() throws IOException {
        Path place = root.resolve("runs/quickstart");
        try (RunDirectory run = RunDirectory.open(place)) {
            run.write(Replications.of(ExampleRun.small()));
            run.write(HOST);
            Files.writeString(run.stagedDirectory("charts").resolve("tlb-light.svg"), "<svg/>");
            assertThat(names(place)).allMatch(name -> name.startsWith(".unfinished"));
            List<Path> written = run.commit();
            assertThat(written).isSorted().allMatch(file -> file.startsWith(place));
        }
        assertThat(names(place))
                .containsExactly(
                        "attribution.csv",
                        "charts/tlb-light.svg",
                        "chiplets.csv",
                        "data.json.gz",
                        "figures.csv",
                        "figures.jsonl",
                        "host.json",
                        "latency.csv",
                        "result.json",
                        "series.csv",
                        "views.csv",
                        "waterfalls.csv");
        assertThat(place.resolve("result.json")).hasContent(ResultJson.print(ExampleRun.small()));
    }

    @Test
    void host_isApartFromTheResult() {
        assertThat(HostJson.print(HOST)).isEqualTo("""
                        {
                          "startedAt": "2026-01-01T00:00:00Z",
                          "wallSeconds": 1.500,
                          "events": 3000,
                          "eventsPerSecond": 2000,
                          "workers": 1,
                          "jdk": "jdk",
                          "os": "os",
                          "arch": "amd64",
                          "processors": 2
                        }
                        """);
    }

    @Test
    void commit_replacesAnEarlierRunAndKeepsForeignFiles() throws IOException {
        try (RunDirectory run = RunDirectory.open(root)) {
            run.write("result.json", "old");
            run.write("trace.txt", "old");
            run.write("charts/dropins-dark.png", "old");
            run.commit();
        }
        Files.writeString(root.resolve("notes.txt"), "mine");
        Files.writeString(root.resolve("charts/mine-too.png"), "mine");
        try (RunDirectory run = RunDirectory.open(root)) {
            run.write("result.json", "new");
            run.commit();
        }
        assertThat(names(root)).containsExactly("charts/mine-too.png", "notes.txt", "result.json");
        assertThat(root.resolve("result.json")).hasContent("new");
    }

    @Test
    void close_withoutCommitLeavesNothing() {
        Path place = root.resolve("a/b");
        try (RunDirectory run = RunDirectory.open(place)) {
            run.write(Replications.of(ExampleRun.small()));
        }
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void close_withoutCommitKeepsAnEarlierRun() throws IOException {
        Files.writeString(root.resolve("result.json"), "old");
        try (RunDirectory run = RunDirectory.open(root)) {
            run.write(Replications.of(ExampleRun.small()));
        }
        assertThat(names(root)).containsExactly("result.json");
        assertThat(root.resolve("result.json")).hasContent("old");
    }

    @Test
    void open_underAFileIsOneClearLineAndMakesNothing() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "x");
        assertThatThrownBy(() -> RunDirectory.open(file))
                .isInstanceOf(OutputException.class)
                .hasMessage("cannot write results to " + file + ": " + file + " exists and is not a directory");
        assertThatThrownBy(() -> RunDirectory.open(file.resolve("runs/x")))
                .isInstanceOf(OutputException.class)
                .hasMessageStartingWith("cannot write results to " + file.resolve("runs/x") + ": ")
                .hasMessageNotContaining("\n");
        assertThat(names(root)).containsExactly("file");
    }

    @Test
    void open_whereDirectoriesCannotBeMadeLeavesNothing() {
        // A name longer than any file system takes, below two directories that can be made.
        Path place = root.resolve("made/and").resolve("x".repeat(300));
        assertThatThrownBy(() -> RunDirectory.open(place))
                .isInstanceOf(OutputException.class)
                .hasMessageEndingWith("File name too long");
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void commit_overADirectoryMovesNothing() throws IOException {
        Files.createDirectory(root.resolve("series.csv"));
        try (RunDirectory run = RunDirectory.open(root)) {
            run.write(Replications.of(ExampleRun.small()));
            assertThatThrownBy(run::commit)
                    .isInstanceOf(OutputException.class)
                    .hasMessageContaining(root.resolve("series.csv") + " is a directory");
        }
        assertThat(names(root)).isEmpty();
    }

    @Test
    void staged_refusesNamesThatLeaveTheDirectory() {
        try (RunDirectory run = RunDirectory.open(root)) {
            assertThatThrownBy(() -> run.staged("../x")).hasMessage("file name \"../x\" leaves the run directory");
            assertThatThrownBy(() -> run.write("/etc/x", "")).hasMessageContaining("leaves the run directory");
        }
    }

    @Test
    void ofCheck_replacesVerdictsAndLeavesRunsAlone() throws IOException {
        try (RunDirectory run = RunDirectory.open(root)) {
            run.write("result.json", "{}");
            run.commit();
        }
        try (RunDirectory check = RunDirectory.ofCheck(root)) {
            check.write("verdict.json", "1");
            check.write("counterexample.txt", "how");
            check.commit();
        }
        assertThat(names(root)).containsExactly("counterexample.txt", "result.json", "verdict.json");
        try (RunDirectory check = RunDirectory.ofCheck(root)) {
            check.write("verdict.json", "2");
            check.commit();
        }
        assertThat(names(root)).containsExactly("result.json", "verdict.json");
        assertThat(root.resolve("verdict.json")).hasContent("2");
    }

    private static List<String> names(Path place) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> place.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void open_ofNeighboursAtTheSameTimeSharesTheNewParents() {
        for (int round = 0; round < 50; round++) {
            Path parent = root.resolve("new" + round).resolve("deep");
            IntStream.range(0, 8).parallel().forEach(i -> {
                try (RunDirectory run = RunDirectory.open(parent.resolve("run" + i))) {
                    run.write("note.txt", "run " + i);
                    run.commit();
                }
            });
            for (int i = 0; i < 8; i++) {
                assertThat(parent.resolve("run" + i).resolve("note.txt")).hasContent("run " + i);
            }
        }
    }
}
