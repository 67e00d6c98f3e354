package grusim.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.SequentialMemory;
import grusim.engine.StateContract;
import grusim.engine.Why;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class IntervalTreeTest {
    private final Engine engine = Engine.timed(new SequentialMemory(), 1);
    private final IntervalTree tree = new IntervalTree(engine, "tree", 0x1000);
    private final Agent agent = new Agent(engine, "cpu");

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

    @Test
    void ranges_meetIntervalsHalfOpen() {
        step(a -> assertThat(tree.add(a, 0x2345)).isZero());
        step(a -> assertThat(tree.next(a, 0x1000, 0x2000)).isEqualTo(IntervalTree.NONE));
        step(a -> assertThat(tree.next(a, 0x1000, 0x2001)).isEqualTo(0x2000));
        step(a -> assertThat(tree.next(a, 0x2fff, 0x3000)).isEqualTo(0x2000));
        step(a -> assertThat(tree.next(a, 0x3000, 0x4000)).isEqualTo(IntervalTree.NONE));
    }

    @Test
    void removed_freesItsSlotAtTheEndOfTheLastRange() {
        step(a -> tree.add(a, 0x1000));
        step(a -> tree.add(a, 0x2000));
        step(a -> assertThat(tree.begin(a, 0x1000, 0x2000)).isTrue());
        step(a -> tree.removeLater(a, 0x1000));
        step(a -> assertThat(tree.find(a, 0x1000)).isZero());
        step(a -> assertThat(tree.end(a)).isTrue());
        step(tree::settle);
        step(a -> assertThat(tree.find(a, 0x1000)).isEqualTo(IntervalTree.NONE));
        step(a -> assertThat(tree.add(a, 0x5000)).isZero());
        step(a -> assertThat(tree.find(a, 0x2000)).isOne());
    }

    @Test
    void manyIntervals_keepTheirSlots() {
        for (int i = 199; i >= 0; i--) {
            long start = i * 0x1000L;
            step(a -> tree.add(a, start));
        }
        for (int i = 0; i < 200; i++) {
            long start = i * 0x1000L;
            int slot = 199 - i;
            step(a -> assertThat(tree.find(a, start)).isEqualTo(slot));
        }
    }

    @Test
    void state_isKept() {
        step(a -> tree.add(a, 0x1000));
        step(a -> tree.begin(a, 0, 0x9000));
        step(a -> tree.add(a, 0x3000));
        step(a -> tree.removeLater(a, 0x1000));
        Engine other = Engine.timed(new SequentialMemory(), 1);
        StateContract.assertRoundTrip(tree, new IntervalTree(other, "tree", 0x1000), true);
    }
}
