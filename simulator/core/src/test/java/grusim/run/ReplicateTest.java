package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.file.ResultJson;
import grusim.result.stat.Figure;
import grusim.result.stat.Figures;
import grusim.result.stat.Interval;
import grusim.workload.SpecException;
import grusim.workload.load.ResolvedSpec;
import grusim.workload.load.SpecLoader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class ReplicateTest {
    private static final String RANDOM = RunRig.oneThread(
            "{\"name\": \"r\", \"size\": \"256 KiB\"}",
            "{\"op\": \"vload\", \"region\": \"r\", \"count\": 200, \"pattern\": {\"kind\": \"uniform\"}}",
            "");

    private static final String FIXED = RunRig.oneThread(
            "{\"name\": \"r\", \"size\": \"64 KiB\"}", "{\"op\": \"vload\", \"region\": \"r\", \"count\": 20}", "");

    private static Replications run(int workers, String spec, String... settings) {
        ResolvedSpec resolved = SpecLoader.resolveJson(spec, settings);
        ReplicationPlan plan = ReplicationPlan.of(resolved.spec().run());
        return Replicate.run(resolved, RunRig.STANDARD, plan, workers, RunProgress.NONE);
    }

    private static List<String> json(Replications runs) {
        return runs.runs().stream().map(ResultJson::print).toList();
    }

    private static List<String> hashes(Replications runs) {
        return runs.runs().stream().map(RunResult::eventHash).toList();
    }

    @Test
    void first_isTheRunOfTheSpec_andEachOtherOneThatOfItsSeed() {
        Replications runs = run(1, RANDOM, "seed=7", "run.replications=3");
        assertThat(runs.count()).isEqualTo(3);
        assertThat(ResultJson.print(runs.first()))
                .isEqualTo(RunRig.json(RunRig.STANDARD, RANDOM, "seed=7", "run.replications=3"));
        for (int i = 1; i < 3; i++) {
            long seed = Replicate.seed(7, i);
            assertThat(runs.runs().get(i).seed()).isEqualTo(seed);
            assertThat(ResultJson.print(runs.runs().get(i)))
                    .isEqualTo(RunRig.json(RunRig.STANDARD, RANDOM, "seed=" + seed, "run.replications=3"));
        }
    }

    @Test
    void replications_differ() {
        assertThat(hashes(run(2, RANDOM, "run.replications=6"))).doesNotHaveDuplicates();
    }

    @Test
    void nothingDrawn_givesTheSameRunAgain() {
        assertThat(hashes(run(1, FIXED, "run.replications=3")))
                .containsOnly(RunRig.run(FIXED).eventHash());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 16})
    void results_doNotDependOnWorkers(int workers) {
        assertThat(json(run(workers, RANDOM, "run.replications=5")))
                .isEqualTo(json(run(1, RANDOM, "run.replications=5")));
    }

    @Test
    void designs_haveTheSameRandomNumbersInEqualReplications() {
        Replications one = run(1, RANDOM, "run.replications=4");
        Replications other = run(1, RANDOM, "run.replications=4", "gru.tlb.sets=1", "gru.tlb.ways=2");
        assertThat(one.runs().stream().map(RunResult::seed))
                .isEqualTo(other.runs().stream().map(RunResult::seed).toList());
        for (int i = 0; i < 4; i++) {
            // each page drawn is faulted in once: as many faults in both designs mean the same pages were drawn
            assertThat(other.runs().get(i).counter("vm.faults"))
                    .isEqualTo(one.runs().get(i).counter("vm.faults"));
            assertThat(other.runs().get(i).counter("device.tlbMisses"))
                    .isGreaterThan(one.runs().get(i).counter("device.tlbMisses"));
        }
    }

    @Test
    void seeds_ofReplications_areDistinctAndReadableByEveryReaderOfJson() {
        List<Long> seeds =
                IntStream.range(0, 10_000).mapToObj(i -> Replicate.seed(1, i)).toList();
        assertThat(seeds).doesNotHaveDuplicates().allMatch(seed -> seed >= 0 && seed < 1L << 53);
        assertThat(seeds.get(0)).isEqualTo(1);
        assertThat(Replicate.seed(2, 1)).isNotEqualTo(Replicate.seed(1, 1));
    }

    @Test
    void precision_ofNoFigure_isRefused() {
        String[] rule = {"run.precision.metric=vm.nothing", "run.precision.atMost=20"};
        assertThatThrownBy(() -> run(1, RANDOM, rule))
                .isInstanceOf(SpecException.class)
                .hasMessageStartingWith("run.precision.metric: no figure of test is called \"vm.nothing\"; accepted:");
    }

    private static Replications until(String within, int workers) {
        return run(
                workers,
                RANDOM,
                "run.precision.metric=latency.instruction.vload.meanNs",
                "run.precision.within=" + within,
                "run.precision.atMost=60");
    }

    @Test
    void precision_stopsAtTheFirstReplicationThatReachesIt_whateverTheWorkers() {
        BigDecimal ofFifty = new PrecisionRule("latency.instruction.vload.meanNs", BigDecimal.ONE)
                .known(run(1, RANDOM, "run.replications=50"))
                .orElseThrow();
        String within = ofFifty.toPlainString();
        PrecisionRule rule = new PrecisionRule("latency.instruction.vload.meanNs", ofFifty);
        Replications runs = until(within, 1);
        assertThat(runs.count()).isBetween(21, 50);
        assertThat(rule.reached(runs)).isTrue();
        for (int fewer = 20; fewer < runs.count(); fewer++) {
            assertThat(rule.reached(new Replications(runs.runs().subList(0, fewer))))
                    .isFalse();
        }
        assertThat(hashes(until(within, 3))).isEqualTo(hashes(runs));
        assertThat(hashes(run(1, RANDOM, "run.replications=" + runs.count()))).isEqualTo(hashes(runs));
    }

    @Test
    void precision_thatIsEasy_stillMakesAFewReplications_andOneThatIsNot_theMostAllowed() {
        assertThat(until("1", 2).count()).isEqualTo(20);
        assertThat(until("0.0001", 2).count()).isEqualTo(60);
    }

    @Test
    void known_isTheLargerDistanceOfAnEndOfTheInterval() {
        Replications runs = until("1", 1);
        Figure mean = Figures.find(runs, "latency.instruction.vload.meanNs").orElseThrow();
        Interval.Known interval = (Interval.Known) mean.interval();
        double value = Objects.requireNonNull(mean.value()).doubleValue();
        double distance = Math.max(
                interval.high().doubleValue() - value, value - interval.low().doubleValue());
        PrecisionRule rule = new PrecisionRule("latency.instruction.vload.meanNs", BigDecimal.ONE);
        assertThat(rule.known(runs).orElseThrow().doubleValue()).isCloseTo(distance / value, Offset.offset(1e-12));
        assertThat(new PrecisionRule("latency.instruction.vload.maxNs", BigDecimal.ONE).known(runs))
                .as("a maximum has no interval")
                .isEmpty();
    }

    @Test
    void progress_isThatOfAllReplicationsTogether() {
        ResolvedSpec resolved = SpecLoader.resolveJson(RANDOM, "run.replications=4");
        AtomicLong instructions = new AtomicLong();
        AtomicLong expected = new AtomicLong();
        Replicate.run(resolved, RunRig.STANDARD, ReplicationPlan.fixed(4), 2, (ps, steps, ended, all) -> {
            instructions.set(ended);
            expected.set(all);
        });
        assertThat(instructions).hasValue(800);
        assertThat(expected).hasValue(800);
    }
}
