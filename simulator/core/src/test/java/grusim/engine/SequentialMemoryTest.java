package grusim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SequentialMemoryTest {
    private final Engine engine = Engine.timed(new SequentialMemory(), 1);

    /** Performs the accesses, one per step of one agent, and returns what each gave. */
    private List<Long> perform(List<Operation> operations) {
        List<Long> results = new ArrayList<>();
        new Agent(engine, "agent " + engine.agents().size())
                .start(
                        new ScriptedRoutine(engine, "operations", (agent, pc) -> {
                            if (pc == operations.size()) {
                                agent.done(0);
                            } else {
                                results.add(operations.get(pc).on(agent));
                                agent.next(pc + 1, 1, Why.COMPUTE);
                            }
                        }),
                        0);
        engine.timed().run(Long.MAX_VALUE);
        return results;
    }

    private interface Operation {
        long on(Agent agent);
    }

    @Test
    void cell_operationsReturnWhatTheyShould() {
        Cell cell = engine.cell("cell", 5);
        assertThat(perform(List.of(
                        a -> cell.load(a, Order.RELAXED), // 5
                        a -> cell.add(a, 3, Order.FULL), // 8, the new value
                        a -> cell.exchange(a, 2, Order.FULL), // 8, the old value
                        a -> cell.orBits(a, 5, Order.FULL), // 2, the old value; now 7
                        a -> cell.compareAndSet(a, 6, 1, Order.FULL) ? 1 : 0, // 7 is not 6
                        a -> cell.compareAndSet(a, 7, 1, Order.FULL) ? 1 : 0,
                        a -> cell.load(a, Order.ACQUIRE))))
                .containsExactly(5L, 8L, 8L, 2L, 0L, 1L, 1L);
        assertThat(cell.peek()).isEqualTo(1);
    }

    @Test
    void cells_operationsReturnWhatTheyShould() {
        Cells cells = engine.cells("cells", 2);
        assertThat(perform(List.of(
                        a -> {
                            cells.store(a, 1, 9, Order.RELEASE);
                            return 0;
                        },
                        a -> cells.load(a, 0, Order.RELAXED),
                        a -> cells.exchange(a, 1, 4, Order.FULL),
                        a -> cells.compareAndSet(a, 1, 9, 1, Order.FULL) ? 1 : 0,
                        a -> cells.compareAndSet(a, 1, 4, 6, Order.FULL) ? 1 : 0)))
                .containsExactly(0L, 0L, 9L, 0L, 1L);
        assertThat(cells.peek(1)).isEqualTo(6);
    }

    @Test
    void grownCells_areZeroEvenAfterAShorterStateWasLoaded() {
        Cells cells = engine.cells("cells", 1);
        Snapshot shorter = Snapshot.of(cells, false);
        cells.grow(4);
        cells.poke(3, 77);
        shorter.into(cells);
        cells.grow(4);
        assertThat(cells.peek(3)).isZero();
    }

    @Test
    void cells_wakeTheirWaitersOnChange() {
        Cells cells = engine.cells("cells", 8);
        List<Long> seenPs = new ArrayList<>();
        new Agent(engine, "waiter")
                .start(
                        new ScriptedRoutine(engine, "waiter", (agent, pc) -> {
                            if (cells.load(agent, 3, Order.ACQUIRE) == 0) {
                                agent.await(cells, 0, Why.POLL);
                            } else {
                                seenPs.add(engine.nowPs());
                                agent.done(0);
                            }
                        }),
                        0);
        new Agent(engine, "setter")
                .start(
                        new ScriptedRoutine(engine, "setter", (agent, pc) -> {
                            cells.store(agent, 3, 1, Order.RELEASE);
                            agent.done(0);
                        }),
                        40);
        engine.timed().run(Long.MAX_VALUE);
        assertThat(seenPs).containsExactly(40L);
    }

    @Test
    void state_roundTrips() {
        Cell cell = engine.cell("cell", 5);
        Cells cells = engine.cells("cells", 3);
        cells.poke(2, -1);
        StateContract.assertRoundTrip(cell, engine.cell("twin", 0), false);
        StateContract.assertRoundTrip(cells, engine.cells("twins", 0), false);
    }
}
