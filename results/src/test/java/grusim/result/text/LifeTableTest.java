package grusim.result.text;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.Waterfall;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LifeTableTest {
    private static final Waterfall INTERRUPT = new Waterfall(
            "miss.interrupt",
            List.of("record", "delivery", "restart"),
            List.of(2_000L, 90_000L, 10_000L),
            100,
            1900,
            List.of(20L, 1_900L, 100L),
            1);
    private static final Waterfall USER = new Waterfall(
            "miss.user",
            List.of("record", "delivery", "tiny", "page fault", "restart"),
            List.of(20L, 900L, 1L, 4_000L, 100L),
            1,
            5000,
            List.of(20L, 900L, 1L, 4_000L, 100L),
            1);

    @Test
    void columns_areMeansThatAddUpToTheWhole() {
        assertThat(LifeTable.of("a miss's life", List.of(INTERRUPT, USER)).lines(100))
                .containsExactly(
                        "a miss's life  interrupt  slowest     user  slowest",
                        "cases                100        1        1        1",
                        "record             20 ps    20 ps    20 ps    20 ps",
                        "delivery          900 ps   1.9 ns   900 ps   900 ps",
                        "page fault             -        -     4 ns     4 ns",
                        "restart           100 ps   100 ps   100 ps   100 ps",
                        "tiny                   -        -     1 ps     1 ps",
                        "whole            1.02 ns  2.02 ns  5.02 ns  5.02 ns");
    }

    @Test
    void noWaterfall_givesNoTable() {
        assertThat(LifeTable.of("a miss's life", List.of()).isEmpty()).isTrue();
    }
}
