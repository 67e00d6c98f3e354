package grusim.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ReplicationsTest {
    private static final List<String> PHASES = List.of("walk", "write");

    @Test
    void latency_poolsTheSamplesOfAllRuns() {
        Replications runs = new Replications(List.of(run(1, 10, 30), run(2, 20, 2_000)));
        LatencyDistribution pooled = Objects.requireNonNull(runs.latency().get("op"));
        assertThat(pooled.count()).isEqualTo(4);
        assertThat(pooled.sumPs()).isEqualTo(2_060);
        assertThat(pooled.minPs()).isEqualTo(OptionalLong.of(10));
        assertThat(pooled.maxPs()).isEqualTo(OptionalLong.of(2_000));
        assertThat(pooled.steps()).isEqualTo(4);
        assertThat(pooled.stepUpToPs(1)).isEqualTo(20);
        assertThat(pooled.cumulativeCount(1)).isEqualTo(2);
    }

    @Test
    void attribution_addsRunsUpAndTakesKindsOfOneRunOver() {
        Attribution one = new Attribution(List.of("vload"), PHASES);
        one.add(0, 0, 5);
        one.finished(0, 5);
        Attribution other = new Attribution(List.of("vstore", "vload"), PHASES);
        other.add(1, 1, 7);
        other.finished(1, 7);
        AttributionShares both = one.shares().plus(other.shares());
        assertThat(both.kinds()).containsExactly("vload", "vstore");
        assertThat(both.totalPs(0)).isEqualTo(12);
        assertThat(both.instructions(0)).isEqualTo(2);
        assertThat(both.totalPs(1)).isZero();
    }

    @Test
    void waterfall_addsPhaseByPhase() {
        Waterfall one = new Waterfall("miss", PHASES, List.of(10L, 4L), 3, 6, List.of(6L, 1L), 1);
        Waterfall other = new Waterfall("miss", PHASES, List.of(1L, 2L), 1, 3, List.of(1L, 2L), 1);
        Waterfall both = one.plus(other);
        assertThat(both.allPs()).containsExactly(11L, 6L);
        assertThat(both.totalPs()).isEqualTo(17);
        assertThat(both.tailTotalPs()).isEqualTo(10);
        assertThat(both.tailCount()).isEqualTo(2);
        assertThat(both.tailFromPs()).isEqualTo(3);
    }

    @Test
    void none_isRefused() {
        assertThatThrownBy(() -> new Replications(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one and more");
    }

    private static RunResult run(long seed, long onePs, long otherPs) {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.record(onePs);
        histogram.record(otherPs);
        return RunResult.builder("r", "0", seed).latency("op", histogram).build();
    }
}
