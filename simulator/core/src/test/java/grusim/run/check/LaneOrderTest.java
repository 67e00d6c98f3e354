package grusim.run.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LaneOrderTest {
    /**
     * 0 and 2 pass each other three values, 1 and 2 one. Beside each other in the order given they cost 3 * 2 + 1 = 7; with
     * 2 in the middle 3 + 1 = 4, and 0 2 1 comes before 1 2 0.
     */
    @Test
    void partners_areNeighbours() {
        int[][] values = {{0, 0, 2}, {0, 0, 1}, {1, 0, 0}};
        assertThat(LaneOrder.of(values)).containsExactly(0, 2, 1);
        assertThat(LaneOrder.places(LaneOrder.of(values))).containsExactly(0, 2, 1);
    }

    @Test
    void strangers_keepTheirOrder() {
        assertThat(LaneOrder.of(new int[4][4])).containsExactly(0, 1, 2, 3);
        assertThat(LaneOrder.of(new int[0][0])).isEmpty();
    }

    @Test
    void places_areTheInverse() {
        assertThat(LaneOrder.places(List.of(2, 0, 1))).containsExactly(1, 2, 0);
    }
}
