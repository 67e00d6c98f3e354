package grusim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class BenchCommandTest {
    @Test
    void bench_measuresEveryCaseWithAndWithoutTheContract() {
        Invocation run = Invocation.of("", "bench", "--rounds", "1", "--loads", "400");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        List<String> lines = run.out().lines().toList();
        assertThat(lines).hasSize(9);
        assertThat(lines.get(0)).startsWith("case").contains("M steps/s", "k instr/s");
        for (String line : lines.subList(1, 9)) {
            String[] cells = line.strip().split("\\s+", -1);
            double instructionsPerSecond = Double.parseDouble(cells[cells.length - 2]);
            double stepsPerInstruction = Double.parseDouble(cells[cells.length - 1]);
            assertThat(instructionsPerSecond).isPositive();
            assertThat(stepsPerInstruction).isGreaterThan(2);
        }
        assertThat(lines.get(1)).contains(" off ");
        assertThat(lines.get(2)).contains(" on ");
    }

    @Test
    void badOptions_areRefused() {
        assertThat(Invocation.of("", "bench", "--rounds", "0").err())
                .startsWith("grusim: --rounds 0; accepted: 1 and above");
        assertThat(Invocation.of("", "bench", "--loads", "0").err())
                .startsWith("grusim: --loads 0; accepted: 1 and above");
    }
}
