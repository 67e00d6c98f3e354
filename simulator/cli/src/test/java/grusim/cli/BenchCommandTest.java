package grusim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.RunResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BenchCommandTest {
    @Test
    void bench_measuresEveryCaseWithAndWithoutContractAndStatistics() {
        Invocation run = Invocation.of("", "bench", "--rounds", "1", "--loads", "400", "--blades", "1,3");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        List<String> lines = run.out().lines().toList();
        assertThat(lines).hasSize(1 + 12 + 2 * (2 + 6) + 2 + 2 + 2 + 6);
        assertThat(lines.get(0)).startsWith("case").contains("M steps/s", "k done/s");
        for (String line : lines.subList(1, 13)) {
            String[] cells = line.strip().split("\\s+", -1);
            double instructionsPerSecond = Double.parseDouble(cells[cells.length - 2]);
            double stepsPerInstruction = Double.parseDouble(cells[cells.length - 1]);
            assertThat(instructionsPerSecond).isPositive();
            assertThat(stepsPerInstruction).isGreaterThan(2);
        }
        assertThat(lines.get(1)).contains(" off ");
        assertThat(lines.get(2)).contains(" on ");
        assertThat(lines.get(14)).startsWith("contract cost").contains("median", "least", "most");
        assertThat(lines.get(22)).startsWith("statistics and attribution").contains("median", "least", "most");
        List<String> costs = new ArrayList<>(lines.subList(15, 21));
        costs.addAll(lines.subList(23, 29));
        assertThat(costs)
                .allSatisfy(
                        line -> assertThat(line).matches(".{42} +[+-]\\d+\\.\\d% +[+-]\\d+\\.\\d% +[+-]\\d+\\.\\d%"));
        assertThat(lines.get(30)).startsWith("blades").contains("contexts", "idle MB", "k hits/s", "k flushes/s");
        String measured = " +\\d+\\.\\d\\d +\\d+\\.\\d\\d +\\d+\\.\\d +\\d+\\.\\d +[1-9]\\d* +[1-9]\\d*";
        assertThat(lines.get(31)).matches("1 +2 +32" + measured);
        assertThat(lines.get(32)).matches("3 +6 +96" + measured);
        assertThat(lines.get(34)).startsWith("exploration").contains("k states/s", "k moves/s");
        assertThat(lines.subList(35, 41))
                .allSatisfy(line -> assertThat(line)
                        .matches("memory model (sc|tso|relaxed) +(on|off) +[1-9]\\d* +[1-9]\\d* +\\d{5,6}"));
    }

    @Test
    void cost_isTheMedianOfThePairs() {
        RunCost cost = new RunCost("case");
        RunResult result = RunResult.builder("r", "v", 1).build();
        long[][] pairs = {{100, 110}, {200, 260}, {100, 104}};
        for (long[] pair : pairs) {
            cost.add(new Timed(result, 7, pair[0]), new Timed(result, 9 - pair[0] / 100, pair[1]));
        }
        // 1.10, 1.30 and 1.04
        assertThat(cost.text().strip().split("\\s+", -1)).containsExactly("case", "+10.0%", "+4.0%", "+30.0%");
        assertThat(cost.fastestOn().cpuNanos()).isEqualTo(260);
    }

    @Test
    void badOptions_areRefused() {
        assertThat(Invocation.of("", "bench", "--rounds", "0").err())
                .startsWith("grusim: --rounds 0; accepted: 1 and above");
        assertThat(Invocation.of("", "bench", "--loads", "0").err())
                .startsWith("grusim: --loads 0; accepted: 1 and above");
        assertThat(Invocation.of("", "bench", "--blades", "16,513").err())
                .startsWith("grusim: --blades 513; accepted: 1 .. 512");
    }
}
