package grusim.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WaterfallHistogramTest {
    private static final List<String> PHASES = List.of("record", "wait", "never", "write");

    private static void record(WaterfallHistogram lives, long recordPs, long waitPs, long writePs) {
        lives.begin(recordPs + waitPs + writePs);
        lives.add(0, recordPs);
        lives.add(1, waitPs);
        lives.add(3, writePs);
    }

    @Test
    void waterfall_tellsTheSlowestOfAHundredApart() {
        WaterfallHistogram lives = new WaterfallHistogram("miss", PHASES);
        // 98 lives of 10 + 100 + 5, then two slow ones: rank 99 of 100 is the first of them.
        for (int i = 0; i < 98; i++) {
            record(lives, 10, 100, 5);
        }
        record(lives, 10, 1000, 5);
        record(lives, 10, 3000, 7);

        assertThat(lives.waterfall())
                .isEqualTo(new Waterfall(
                        "miss",
                        List.of("record", "wait", "write"),
                        List.of(1000L, 9800L + 4000, 490L + 12),
                        100,
                        1015,
                        List.of(20L, 4000L, 12L),
                        2));
    }

    @Test
    void waterfall_countsAllOfAStepAsSlow() {
        WaterfallHistogram lives = new WaterfallHistogram("miss", PHASES);
        // 1024 to 1055 is one step: the slowest 1% cannot be told from the rest.
        record(lives, 0, 1024, 0);
        record(lives, 0, 1055, 0);
        record(lives, 0, 1023, 0);

        Waterfall waterfall = lives.waterfall();
        assertThat(waterfall.tailFromPs()).isEqualTo(1024);
        assertThat(waterfall.tailCount()).isEqualTo(2);
        assertThat(waterfall.tailTotalPs()).isEqualTo(1024 + 1055);
    }

    @Test
    void waterfall_takesLivesOfNoTimeAndOfTheLongest() {
        WaterfallHistogram lives = new WaterfallHistogram("miss", PHASES);
        record(lives, 0, 0, 0);
        record(lives, 31, 0, 0);
        record(lives, 32, 0, 0);
        record(lives, 0, Long.MAX_VALUE - 63, 0);

        assertThat(lives.count()).isEqualTo(4);
        assertThat(lives.waterfall().totalPs()).isEqualTo(Long.MAX_VALUE);
        assertThat(lives.waterfall().tailFromPs()).isEqualTo(Long.MAX_VALUE - 63);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void waterfall_agreesWithASort(long seed) {
        Random random = new Random(seed);
        WaterfallHistogram lives = new WaterfallHistogram("miss", PHASES);
        long[] wholes = new long[1 + random.nextInt(3000)];
        for (int i = 0; i < wholes.length; i++) {
            long waitPs = (long) Math.exp(random.nextDouble() * 20);
            wholes[i] = waitPs + 7;
            record(lives, 3, waitPs, 4);
        }
        Arrays.sort(wholes);
        long p99 = wholes[wholes.length - wholes.length / 100 - 1];

        Waterfall waterfall = lives.waterfall();
        assertThat(waterfall.count()).isEqualTo(wholes.length);
        assertThat(waterfall.tailFromPs()).isLessThanOrEqualTo(p99).isGreaterThanOrEqualTo(p99 - p99 / 32);
        long slow = Arrays.stream(wholes)
                .filter(whole -> whole >= waterfall.tailFromPs())
                .count();
        assertThat(waterfall.tailCount()).isEqualTo(slow);
        assertThat(waterfall.tailTotalPs())
                .isEqualTo(Arrays.stream(wholes)
                        .filter(whole -> whole >= waterfall.tailFromPs())
                        .sum());
    }

    @Test
    void waterfall_refusesPartsThatDoNotAddUp() {
        WaterfallHistogram lives = new WaterfallHistogram("miss", PHASES);
        lives.begin(100);
        lives.add(0, 99);
        assertThatThrownBy(lives::waterfall)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("miss: phases add up to 99 ps, the whole is 100 ps");
    }

    @Test
    void plus_putsPhasesOfBothInTheirOrder() {
        Waterfall one = new Waterfall("miss", List.of("a", "c"), List.of(1L, 2L), 1, 3, List.of(1L, 2L), 1);
        Waterfall other =
                new Waterfall("miss", List.of("b", "c", "d"), List.of(4L, 5L, 6L), 2, 9, List.of(4L, 5L, 0L), 1);
        assertThat(one.plus(other))
                .isEqualTo(new Waterfall(
                        "miss",
                        List.of("b", "a", "c", "d"),
                        List.of(4L, 1L, 7L, 6L),
                        3,
                        3,
                        List.of(4L, 1L, 7L, 0L),
                        2));
    }
}
