package grusim.proof;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.MemoryModels;
import grusim.explore.ExhaustiveWalk;
import grusim.run.ScenarioBuilder;
import grusim.workload.Spec;
import grusim.workload.load.SpecLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nothing in driver, kernel and device is shared in secret: in the states of every scenario, steps of different agents
 * that say they touch nothing in common lead to the same state in either order.
 */
@Tag("protocol")
final class IndependenceTest {
    private static final Path CHECKS = Path.of("../../workloads/checks");
    private static final long MOST_STATES = 6_000;
    private static final int AUDIT_EVERY = 2;

    static Stream<Arguments> scenarios() throws IOException {
        try (Stream<Path> files = Files.list(CHECKS)) {
            List<Path> specs = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
            return specs.stream()
                    .flatMap(spec -> MemoryModels.NAMES.stream().map(model -> Arguments.of(spec.getFileName(), model)));
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void stepsTakenForIndependent_commute(Path file, String model) {
        Spec spec = SpecLoader.load(CHECKS.resolve(file), List.of("kernel.memoryModel=" + model))
                .spec();
        ExhaustiveWalk walk = new ExhaustiveWalk(ScenarioBuilder.build(spec), MOST_STATES).run(AUDIT_EVERY);
        assertThat(walk.audited).isPositive();
        assertThat(walk.dependent).isEmpty();
    }
}
