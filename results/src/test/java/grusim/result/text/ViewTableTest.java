package grusim.result.text;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.Attribution;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ViewTableTest {
    @Test
    void groups_standByTheirTimeWithAsManyReasonsAsFit() {
        Attribution times = new Attribution(
                List.of("small", "large", "none"),
                List.of("a reason with a name that goes on", "another of the same sort of reason", "memory"));
        times.add(0, 2, 10_000);
        times.finished(0, 10_000);
        IntStream.range(0, 3).forEach(reason -> times.add(1, reason, 30_000 - 5_000L * reason));
        times.finished(1, 75_000);

        assertThat(ViewTable.of("process", times.shares()).lines(100))
                .containsExactly(
                        "process  count   mean  of which",
                        "large        1  75 ns  40% a reason with.. that goes on",
                        "small        1  10 ns  100% memory");
    }

    @Test
    void groupsBeyondTheLargest_areOneRow() {
        List<String> names =
                IntStream.rangeClosed(1, 12).mapToObj(n -> "chiplet " + n).toList();
        Attribution times = new Attribution(names, List.of("memory"));
        for (int group = 0; group < 12; group++) {
            times.add(group, 0, 1000L * (group + 1));
            times.finished(group, 1000L * (group + 1));
        }
        List<String> lines = ViewTable.of("place", times.shares()).lines(100);
        assertThat(lines).hasSize(1 + 8 + 1);
        assertThat(lines.get(1)).startsWith("chiplet 12 ");
        // 1 to 4 ns are left, 2.5 ns each.
        assertThat(lines.get(9)).matches("4 with less time +4 +2\\.5 ns");
    }
}
