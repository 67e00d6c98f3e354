package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.workload.load.ResolvedSpec;
import grusim.workload.load.SpecLoader;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class ShuffledTiesTest {
    /** Four threads that run in step until they contend for a lock: their steps of the same time can come in any order. */
    private static final String STEP =
            RunRig.threads(4, "{\"name\": \"r\", \"size\": \"1 MiB\"}", """
            {"op": "barrier"}, {"op": "touch", "region": "r"},
            {"op": "gamir", "exopc": "inc", "region": "r", "count": 50}""", "{\"region\": \"r\", \"equals\": 200}");

    /** The same, with a random pause of each thread's next instruction. */
    private static final String DRAWN = STEP.replace(
            "\"count\": 50}",
            "\"count\": 50}, {\"op\": \"nop\", \"count\": 5, \"arrivals\": {\"rate\": \"1000000/s\"}}");

    private static List<Replications> orders(String spec, int replications, int orders, int workers) {
        ResolvedSpec resolved = SpecLoader.resolveJson(spec);
        return ShuffledTies.run(resolved, RunRig.STANDARD, replications, orders, workers, RunProgress.NONE);
    }

    private static List<String> hashes(List<Replications> orders) {
        return orders.stream()
                .flatMap(order -> order.runs().stream())
                .map(RunResult::eventHash)
                .toList();
    }

    @Test
    void orders_areOtherRunsOfTheSameSpec_whateverTheWorkers() {
        List<Replications> orders = orders(DRAWN, 2, 3, 1);
        assertThat(hashes(orders))
                .hasSize(6)
                .doesNotHaveDuplicates()
                .doesNotContain(RunRig.run(DRAWN).eventHash())
                .isEqualTo(hashes(orders(DRAWN, 2, 3, 4)));
        assertThat(orders).allSatisfy(order -> {
            assertThat(order.count()).isEqualTo(2);
            assertThat(order.first().seed()).isEqualTo(1);
            assertThat(order.runs())
                    .allMatch(run -> run.counter("device.instructions")
                            == orders.get(0).first().counter("device.instructions"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"sc", "tso", "relaxed"})
    void contract_holdsInEveryOrder(String memory) {
        ResolvedSpec busy = SpecLoader.resolveJson(RunRig.BUSY, "kernel.memoryModel=" + memory);
        assertThat(ShuffledTies.run(busy, RunRig.STANDARD, 1, 6, 2, RunProgress.NONE))
                .allSatisfy(order -> {
                    assertThat(order.first().contract().texts()).isEmpty();
                    assertThat(order.first().contract().checks()).isPositive();
                });
    }

    @Test
    void data_isRightInEveryOrder() {
        assertThat(orders(STEP, 1, 10, 2)).allSatisfy(order -> {
            assertThat(order.first().dataChecks().texts()).isEmpty();
            assertThat(order.first().dataChecks().passed()).isPositive();
        });
    }

    @Test
    void seed_neverStandsForTheOrderOfScheduling() {
        assertThat(LongStream.range(0, 1000).map(master -> ShuffledTies.seed(master, 3)))
                .doesNotContain(RunOptions.TIES_IN_ORDER)
                .doesNotHaveDuplicates();
    }
}
