package grusim.result.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class StepListTest {
    private static Counterexample told(int point) {
        return new Counterexample(
                "s",
                "relaxed",
                List.of(),
                new Finding(point, point == 0 ? "nothing is wrong" : "x is read late", "", ""),
                List.of(new Lane("writer", ""), new Lane("reader", "")),
                List.of(
                        new Step(1, 0, "put", "1 write", Touch.write("x", "5"), ""),
                        new Step(2, 0, "put", "2 go on", null, "sleeps"),
                        new Step(3, 1, "get", "1 read", Touch.read("x", "5", 1), ""),
                        new Step(4, 1, "get", "2 again", Touch.readOld("x", "0", 0, "5"), "")),
                List.of(),
                "",
                1);
    }

    @Test
    void render_isALinePerStep() {
        assertThat(StepList.render(told(6), List.of(), false)).isEqualTo("""
                        1  writer  put  1 write  writes x: 5
                        2          put  2 go on  [sleeps]
                        3  reader  get  1 read  reads x: 5 (from step 1)
                        4          get  2 again  reads x: 0  OLD: it is 5
                        => step 4 violates point 6: x is read late
                        """);
    }

    @Test
    void render_givesTimesInNanoseconds() {
        assertThat(StepList.render(told(0), List.of(0L, 1_500L, 1_500L, 12_345_678L), false))
                .isEqualTo("""
                        1      0.000 ns  writer  put  1 write  writes x: 5
                        2      1.500 ns          put  2 go on  [sleeps]
                        3      1.500 ns  reader  get  1 read  reads x: 5 (from step 1)
                        4  12345.678 ns          get  2 again  reads x: 0  OLD: it is 5
                        => nothing is wrong after step 4
                        """);
    }
}
