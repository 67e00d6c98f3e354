package grusim.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.SequentialMemory;
import grusim.engine.StateContract;
import grusim.engine.Why;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class UnderwayTest {
    private final Engine engine = Engine.timed(new SequentialMemory(), 1);
    private final Underway ranges = new Underway(engine, "ranges");
    private final Agent agent = new Agent(engine, "cpu");
    private final Agent sleeper = new Agent(engine, "sleeper");

    /** One access in a step of its own. */
    private void step(Consumer<Agent> access) {
        agent.start(
                new Script(engine, "step", 0)
                        .then("access", (a, here) -> {
                            access.accept(a);
                            a.next(here + 1, 0, Why.VM);
                        })
                        .end(),
                0);
        engine.timed().run(Long.MAX_VALUE);
    }

    private void sleep() {
        sleeper.start(
                new Script(engine, "sleep", 0)
                        .then("wait", (a, here) -> {
                            if (ranges.quiet(a)) {
                                a.next(here + 1, 0, Why.RANGE_ACTIVE);
                            } else {
                                a.await(ranges, here, Why.RANGE_ACTIVE);
                            }
                        })
                        .end(),
                0);
        engine.timed().run(Long.MAX_VALUE);
    }

    @Test
    void sleeper_isWokenByTheLastEnd() {
        step(a -> assertThat(ranges.begin(a)).isTrue());
        step(a -> assertThat(ranges.begin(a)).isTrue());
        sleep();
        assertThat(sleeper.waiting()).isTrue();
        step(ranges::end);
        assertThat(sleeper.waiting()).isTrue();
        step(ranges::end);
        assertThat(sleeper.idle()).isTrue();
        assertThat(ranges.ended()).isEqualTo(2);
    }

    @Test
    void bothKinds_keepEachOtherOut() {
        step(a -> assertThat(ranges.keepOut(a)).isTrue());
        step(a -> assertThat(ranges.keepOut(a)).isTrue());
        step(a -> assertThat(ranges.begin(a)).isFalse());
        step(ranges::letIn);
        step(a -> assertThat(ranges.begin(a)).isFalse());
        step(ranges::letIn);
        step(a -> assertThat(ranges.begin(a)).isTrue());
        step(a -> assertThat(ranges.keepOut(a)).isFalse());
    }

    @Test
    void state_isKept() {
        step(ranges::begin);
        step(ranges::end);
        step(ranges::keepOut);
        Underway other = new Underway(Engine.timed(new SequentialMemory(), 1), "ranges");
        StateContract.assertRoundTrip(ranges, other, true);
        assertThat(other.ended()).isOne();
    }
}
