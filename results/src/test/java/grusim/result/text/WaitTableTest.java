package grusim.result.text;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.Attribution;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WaitTableTest {
    @Test
    void reasons_standByTheirShareOfAllTime() {
        Attribution times = new Attribution(List.of("vload", "gamir"), List.of("memory", "poll", "never"));
        times.add(0, 0, 300_000);
        times.add(0, 1, 100_000);
        times.finished(0, 400_000);
        times.add(1, 1, 597_000);
        times.add(1, 0, 3_000);
        times.finished(1, 600_000);

        assertThat(WaitTable.of(times.shares()).lines(100))
                .containsExactly(
                        "top reasons for waiting  of all time  in total  mostly in",
                        "poll                             70%    697 ns  gamir (86% of it)",
                        "memory                           30%    303 ns  vload (99% of it)");
    }

    @Test
    void smallReasons_areOneRowThatCompletesTheWhole() {
        List<String> reasons =
                IntStream.rangeClosed(1, 10).mapToObj(n -> "reason " + n).toList();
        Attribution times = new Attribution(List.of("vload"), reasons);
        IntStream.range(0, 10).forEach(n -> times.add(0, n, n == 9 ? 910_000 : 10_000));
        times.finished(0, 1_000_000);

        List<String> lines = WaitTable.of(times.shares()).lines(100);
        assertThat(lines).hasSize(1 + 8 + 1);
        assertThat(lines.get(1)).matches("reason 10 +91% +910 ns  vload");
        assertThat(lines.get(9)).matches("2 smaller ones +2% +20 ns");
    }

    @Test
    void noInstructions_giveNoTable() {
        assertThat(WaitTable.of(new Attribution(List.of("vload"), List.of("poll")).shares())
                        .isEmpty())
                .isTrue();
    }
}
