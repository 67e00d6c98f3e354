package grusim.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.SequentialMemory;
import grusim.engine.StateContract;
import grusim.engine.Why;
import grusim.protocol.PinTable.Pinned;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class PinTableTest {
    private final Engine engine = Engine.timed(new SequentialMemory(), 1);
    private final PinTable pins = new PinTable(engine, "pins");
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
    void secondFillOfAPage_needsNoReference() {
        step(a -> assertThat(pins.pin(a, 0x2000, 7)).isEqualTo(Pinned.NEWLY));
        step(a -> assertThat(pins.pin(a, 0x2000, 7)).isEqualTo(Pinned.BEFORE));
        assertThat(pins.pins()).isOne();
    }

    @Test
    void pageWithAnotherFrame_hasAPinOnEach() {
        step(a -> pins.pin(a, 0x2000, 7));
        step(a -> assertThat(pins.pin(a, 0x2000, 3)).isEqualTo(Pinned.NEWLY));
        step(a -> assertThat(pins.takeOne(a, 0x2000, 0x3000)).isEqualTo(7));
        step(a -> assertThat(pins.takeOne(a, 0x2000, 0x3000)).isEqualTo(3));
        step(a -> assertThat(pins.takeOne(a, 0x2000, 0x3000)).isEqualTo(PinTable.NONE));
    }

    @Test
    void range_isHalfOpenAndTakenFromItsEnd() {
        for (long page = 1; page <= 4; page++) {
            long pfn = page;
            step(a -> pins.pin(a, pfn << 12, pfn));
        }
        step(a -> assertThat(pins.takeOne(a, 0x2000, 0x4000)).isEqualTo(3));
        step(a -> assertThat(pins.takeOne(a, 0x2000, 0x4000)).isEqualTo(2));
        step(a -> assertThat(pins.takeOne(a, 0x2000, 0x4000)).isEqualTo(PinTable.NONE));
        assertThat(pins.pins()).isEqualTo(2);
    }

    @Test
    void closedTable_notesNothingAndStillGivesBack() {
        step(a -> pins.pin(a, 0x1000, 1));
        step(pins::close);
        step(a -> assertThat(pins.pin(a, 0x2000, 2)).isEqualTo(Pinned.NEVER));
        step(a -> assertThat(pins.takeOne(a, 0, Long.MAX_VALUE)).isOne());
    }

    @Test
    void randomPinsAndRanges_areThoseOfASet() {
        Random random = new Random(5);
        TreeSet<Long> model = new TreeSet<>();
        for (int i = 0; i < 3000; i++) {
            long page = random.nextInt(64);
            long pfn = random.nextInt(4);
            if (random.nextInt(3) > 0) {
                boolean first = model.add(page << 8 | pfn);
                step(a -> assertThat(pins.pin(a, page << 12, pfn)).isEqualTo(first ? Pinned.NEWLY : Pinned.BEFORE));
            } else {
                long end = page + random.nextInt(8);
                Long last = model.lower(end << 8);
                long expected = last == null || last < page << 8 ? PinTable.NONE : last & 255;
                if (expected != PinTable.NONE) {
                    model.remove(last);
                }
                step(a -> assertThat(pins.takeOne(a, page << 12, end << 12)).isEqualTo(expected));
            }
            assertThat(pins.pins()).isEqualTo(model.size());
        }
    }

    @Test
    void state_isKeptAndDoesNotDependOnTheWayThere() {
        step(a -> pins.pin(a, 0x1000, 1));
        step(a -> pins.pin(a, 0x3000, 2));
        step(pins::close);
        PinTable other = new PinTable(Engine.timed(new SequentialMemory(), 1), "pins");
        StateContract.assertRoundTrip(pins, other, true);
        assertThat(other.pins()).isEqualTo(2);
    }
}
