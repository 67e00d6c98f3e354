package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.compare.Comparison;
import grusim.result.compare.Difference;
import grusim.result.compare.Outcome;
import grusim.result.compare.Terms;
import grusim.result.stat.Interval;
import grusim.workload.load.SpecLoader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Comparisons of simulated designs: of equal ones, and of ones whose difference is known beforehand. */
final class ComparedRunsTest {
    private static final String SPEC = """
            {"name": "compared", "processes": [{"name": "p",
             "regions": [{"name": "r", "size": "64 KiB"}],
             "threads": [{"name": "t", "program": [
              {"op": "vload", "region": "r", "count": 300, "think": "100 ns",
               "pattern": {"kind": "zipf", "exponent": 0.8}}]}]}],
             "disturbances": [{"name": "d", "op": "madvise-dontneed", "process": "p", "region": "r",
              "length": "16 KiB", "rate": "50000/s"}]}
            """;

    private static Replications runs(int count, long firstSeed, String... settings) {
        List<RunResult> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<String> all = new ArrayList<>(List.of(settings));
            all.add("seed=" + (firstSeed + i));
            runs.add(Runs.simulate(
                    SpecLoader.resolveJson(SPEC, all.toArray(String[]::new)),
                    RunOptions.standard("test"),
                    RunProgress.NONE,
                    null));
        }
        return new Replications(runs);
    }

    @Test
    void equalDesigns_areRarelyCalledDifferent() {
        int comparisons = 25;
        int wrong = 0;
        int intervals = 0;
        int missed = 0;
        for (int i = 0; i < comparisons; i++) {
            Comparison c = Comparison.of(runs(4, 1 + 8L * i), runs(4, 5 + 8L * i), Terms.STANDARD);
            assertThat(c.paired()).isFalse();
            wrong += c.headline().stream().anyMatch(d -> d.outcome().changed()) ? 1 : 0;
            for (Difference d : c.headline()) {
                if (d.alone().absolute() instanceof Interval.Known known && known.samples() == 4) {
                    intervals++;
                    missed += known.low().signum() > 0 || known.high().signum() < 0 ? 1 : 0;
                }
            }
        }
        // five of a hundred intervals miss; figures of one run go together, hence the room
        assertThat(intervals).isGreaterThan(300);
        assertThat(missed / (double) intervals).isBetween(0.01, 0.09);
        // any figure of a comparison is called changed in one of twenty comparisons at most: 1.25 of 25, and 4 in one
        // of 100
        assertThat(wrong).isLessThanOrEqualTo(4);
    }

    @Test
    void statusWriteThatTakesLonger_isFoundToThePicosecond() {
        // a load that hits takes 314 ns, 100 ns of them the status write: 31.4 ns more are 10%
        Comparison c = Comparison.of(runs(5, 1), runs(5, 1, "gru.statusWriteLatency=131.4 ns"), Terms.STANDARD);
        assertThat(c.paired()).isTrue();
        Difference p50 = c.find("latency.instruction.vload.p50Ns").orElseThrow();
        assertThat(p50.outcome()).isEqualTo(Outcome.HIGHER);
        assertThat(c.words(p50)).isEqualTo("9.8 to 10.3% higher");
        Interval.Known known = (Interval.Known) p50.relative();
        assertThat(new BigDecimal("0.1")).isBetween(known.low(), known.high());
        assertThat(c.find("counters.device.dropinsWritten").orElseThrow().outcome())
                .isNotEqualTo(Outcome.HIGHER);
    }

    @Test
    void settingWithoutEffect_leavesTheSameEvents() {
        Comparison c = Comparison.of(runs(2, 1), runs(2, 1, "gru.amoLatency=1 us"), Terms.STANDARD);
        assertThat(c.sameRuns()).isTrue();
        assertThat(c.differences()).allMatch(d -> !d.outcome().changed());
    }
}
