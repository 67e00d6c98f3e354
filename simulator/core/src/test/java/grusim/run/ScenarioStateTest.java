package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.StateContract;
import grusim.workload.Spec;
import grusim.workload.load.SpecLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On random walks through every scenario, a state that was restored goes on as the one that was saved. */
final class ScenarioStateTest {
    private static final Path CHECKS = Path.of("..", "..", "workloads", "checks");
    private static final int WALKS = 6;
    private static final int STEPS = 120;

    @ParameterizedTest
    @ValueSource(strings = {"sc", "tso", "relaxed"})
    void restoredStates_goOnAsTheSaved(String model) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(CHECKS)) {
            files = listed.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            Spec spec = SpecLoader.load(file, List.of("kernel.memoryModel=" + model))
                    .spec();
            for (long seed = 0; seed < WALKS; seed++) {
                StateContract.assertReplays(() -> ScenarioBuilder.build(spec).engine(), seed, STEPS);
            }
        }
    }
}
