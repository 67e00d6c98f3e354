package grusim.result.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class CounterexampleTest {
    private static final Lane LANE = new Lane("cpu0", "");

    private static Step step(int number, int lane, int writtenAt) {
        return new Step(number, lane, "r", "t", Touch.read("x", "1", writtenAt), "");
    }

    private static ThrowingCallable making(List<Lane> lanes, List<Step> steps, Missing... missing) {
        Finding finding = new Finding(1, "x", "", "");
        return () -> new Counterexample("s", "sc", List.of(), finding, lanes, steps, List.of(missing), "", 0);
    }

    @Test
    void accepts_noSteps() {
        assertThat(Proofs.countVsPte().step(6).text()).isEqualTo("1 count active range");
        assertThatCode(making(List.of(LANE), List.of())).doesNotThrowAnyException();
    }

    @Test
    void refuses_whatNoPictureCanShow() {
        assertThatThrownBy(making(List.of(), List.of())).hasMessage("a counterexample needs at least one lane");
        assertThatThrownBy(making(List.of(LANE), List.of(step(2, 0, 0)))).hasMessage("step 2 where step 1 belongs");
        assertThatThrownBy(making(List.of(LANE), List.of(step(1, 1, 0))))
                .hasMessage("step 1: lane 1, accepted are 0 to 0");
        assertThatThrownBy(making(List.of(LANE), List.of(step(1, 0, 1))))
                .hasMessage("step 1: reads what step 1 writes, which comes later");
        assertThatThrownBy(making(List.of(LANE), List.of(step(1, 0, 0)), new Missing(1, 2, "", "")))
                .hasMessage("an order of step 2, accepted are 1 to 1");
        assertThatThrownBy(making(List.of(LANE), List.of(step(1, 0, 0)), new Missing(1, 1, "", "")))
                .hasMessage("an order between step 1 and itself");
    }

    @Test
    void touch_refusesWhatCannotBe() {
        assertThatThrownBy(() -> new Touch("pte", Touch.Kind.WRITE, "", "1", "2", 0))
                .hasMessage("pte: only an access that reads can miss the newest value");
        assertThatThrownBy(() -> Touch.read("pte", "1", -1))
                .hasMessage("pte: written at step -1, accepted is 0 or more");
    }
}
