package grusim.result.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class HolmTest {
    @Test
    void adjust_multipliesTheSmallestByTheNumberAndNeverFalls() {
        // rising: 0.005 * 4, 0.01 * 3, 0.03 * 2, 0.04 * 1, the last raised to its predecessor
        assertThat(Holm.adjust(List.of(0.01, 0.04, 0.03, 0.005))).containsExactly(0.03, 0.06, 0.06, 0.02);
    }

    @Test
    void adjust_staysAtOne() {
        assertThat(Holm.adjust(List.of(0.9, 0.8))).containsExactly(1.0, 1.0);
        assertThat(Holm.adjust(List.of())).isEmpty();
    }
}
