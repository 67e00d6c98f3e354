package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.explore.Bounds;
import grusim.explore.Explorer;
import grusim.explore.Outcome;
import grusim.explore.Progress;
import grusim.workload.Expectation;
import grusim.workload.Expectation.Claim;
import grusim.workload.KernelSpec.MemoryModel;
import grusim.workload.ScenarioSpec;
import grusim.workload.Spec;
import grusim.workload.load.SpecLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The verdicts that the shipped scenarios claim, for each of their settings and each memory model, are those that a complete
 * exploration gives.
 */
@Timeout(600)
final class ClaimsTest {
    private static final Path CHECKS = Path.of("../../workloads/checks");

    /** Claims whose exploration takes minutes: here a part of it is walked, {@code grusim check --all} walks it all. */
    private static final Set<List<String>> LONG = Set.of(
            List.of("driver.findVmaChecksContainment=true", "kernel.memoryModel=relaxed"),
            List.of("kernel.era=6.1.192", "kernel.memoryModel=relaxed"));

    private static final long PART = 200_000;

    /** One claim; the settings include the memory model. */
    record Claimed(Path file, List<String> settings, Claim claim) {
        @Override
        public String toString() {
            return file.getFileName() + " " + String.join(" ", settings);
        }
    }

    static List<Claimed> claims() throws IOException {
        List<Claimed> claims = new ArrayList<>();
        try (Stream<Path> files = Files.list(CHECKS)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                ScenarioSpec scenario = Objects.requireNonNull(
                        SpecLoader.load(file, List.of()).spec().scenario());
                for (Expectation expectation : scenario.expect()) {
                    for (MemoryModel model : MemoryModel.values()) {
                        if (expectation.claim(model) != Claim.NONE) {
                            List<String> settings = new ArrayList<>(expectation.settings());
                            settings.add("kernel.memoryModel=" + model.name().toLowerCase(Locale.ROOT));
                            claims.add(new Claimed(file, settings, expectation.claim(model)));
                        }
                    }
                }
            }
        }
        return claims;
    }

    @ParameterizedTest
    @MethodSource("claims")
    void claim_isTheVerdict(Claimed claimed) {
        Spec spec = SpecLoader.load(claimed.file, claimed.settings).spec();
        boolean part = LONG.contains(
                claimed.settings.stream().map(s -> s.replace("\"", "")).toList());
        Bounds bounds = part ? Bounds.NONE.withStates(PART) : Bounds.NONE;
        Outcome safe = part ? Outcome.BOUNDED : Outcome.SAFE;
        Outcome outcome = new Explorer(() -> ScenarioBuilder.build(spec), bounds, 1, true, Progress.SILENT).outcome();
        assertThat(outcome).isEqualTo(claimed.claim == Claim.SAFE ? safe : Outcome.VIOLATED);
    }

    @Test
    void claims_areManyAndOfBothKinds() throws IOException {
        assertThat(claims()).hasSizeGreaterThan(100);
        assertThat(claims()).filteredOn(c -> c.claim == Claim.VIOLATED).hasSizeGreaterThan(40);
    }
}
