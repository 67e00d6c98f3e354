package grusim.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HoldModelTest {
    @ParameterizedTest
    @EnumSource
    void everySet_runsTheSameEventsAtTheSameTimes(PendingSet set) {
        for (int pending : new int[] {1, 64, 4096}) {
            HoldModel reference = PendingSet.PRIORITY_QUEUE.hold(pending);
            HoldModel model = set.hold(pending);
            SplittableRandom random = new SplittableRandom(pending);
            long fired = 0;
            for (int i = 0; i < 50; i++) {
                int events = random.nextInt(1, 2000);
                fired += events;
                reference.hold(events);
                model.hold(events);
                assertThat(model.fired()).isEqualTo(fired);
                assertThat(model.nowTicks()).isEqualTo(reference.nowTicks());
            }
        }
    }

    @Test
    void delays_haveTheirShares() {
        int[] ticks = new DelayTable(1).ticks();
        assertThat(share(ticks, 1, 64)).isCloseTo(0.70, within(0.01));
        // 1,000 to 1,024 belong to both the middle and the far class.
        assertThat(share(ticks, 65, 999)).isCloseTo(0.25 * 935 / 960, within(0.01));
        assertThat(share(ticks, 1025, 20_000)).isCloseTo(0.05 * 18_976 / 19_001, within(0.005));
        assertThat(IntStream.of(ticks).max().orElse(0)).isBetween(19_900, 20_000);
    }

    private static double share(int[] ticks, int from, int to) {
        return (double) Arrays.stream(ticks).filter(t -> t >= from && t <= to).count() / ticks.length;
    }
}
