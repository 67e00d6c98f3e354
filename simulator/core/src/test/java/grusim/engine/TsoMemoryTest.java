package grusim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TsoMemoryTest {
    private final Engine engine = Engine.exploring(new TsoMemory(0));
    private final Cpu cpu = new Cpu(engine, "cpu");
    private final Agent buffer = engine.agents().get(1);
    private final Cell x = engine.cell("x", 0);
    private final Cell y = engine.cell("y", 0);
    private final List<Long> read = new ArrayList<>();

    /** A device unit that notes when it is set to work. */
    private static final class Worker extends Unit {
        private final Routine routine;
        private int begun;

        Worker(Engine engine, Routine routine) {
            super(engine, "unit");
            this.routine = routine;
        }

        @Override
        protected void begin(long delayPs) {
            begun++;
            start(routine, delayPs);
        }
    }

    private static final class PlainLock extends Shared {
        private boolean taken = true;

        PlainLock(Engine engine) {
            super(engine, "lock");
        }

        @Override
        protected void released(Agent agent) {
            taken = false;
            changed();
        }

        @Override
        public void state(StateIo io) {
            taken = io.bool(taken);
        }
    }

    /** Lets the CPU perform one access. */
    private void perform(Agent agent, java.util.function.Consumer<Agent> access) {
        agent.start(
                new ScriptedRoutine(engine, "access", (a, pc) -> {
                    access.accept(a);
                    a.done(0);
                }),
                0);
        step(agent);
    }

    private void step(Agent agent) {
        assertThat(engine.exploring().enabled(agent)).isTrue();
        engine.exploring().step(agent);
    }

    private boolean draining() {
        return engine.exploring().enabled(buffer);
    }

    @Test
    void store_reachesMemoryWhenTheBufferSteps() {
        assertThat(draining()).isFalse();
        perform(cpu, a -> x.store(a, 5, Order.RELEASE));
        assertThat(x.peek()).isZero();
        assertThat(x.seen(cpu)).isEqualTo(5);
        perform(cpu, a -> read.add(x.load(a, Order.RELAXED)));
        assertThat(read).as("forwarded").containsExactly(5L);
        step(buffer);
        assertThat(x.peek()).isEqualTo(5);
        assertThat(draining()).isFalse();
        assertThat(buffer.idle()).isTrue();
    }

    @Test
    void stores_leaveInOrder() {
        perform(cpu, a -> x.store(a, 1, Order.RELAXED));
        perform(cpu, a -> y.store(a, 1, Order.RELAXED));
        perform(cpu, a -> x.store(a, 2, Order.RELAXED));
        perform(cpu, a -> read.add(x.load(a, Order.RELAXED)));
        assertThat(read).as("the newest of two").containsExactly(2L);
        step(buffer);
        assertThat(x.peek()).isEqualTo(1);
        assertThat(y.peek()).isZero();
        step(buffer);
        assertThat(y.peek()).isEqualTo(1);
        step(buffer);
        assertThat(x.peek()).isEqualTo(2);
    }

    @Test
    void fullFence_drains_othersDoNot() {
        perform(cpu, a -> x.store(a, 1, Order.RELAXED));
        perform(cpu, a -> engine.memory().fence(a, Fence.READ));
        perform(cpu, a -> engine.memory().fence(a, Fence.WRITE));
        assertThat(x.peek()).isZero();
        perform(cpu, a -> engine.memory().fence(a, Fence.FULL));
        assertThat(x.peek()).isEqualTo(1);
        assertThat(buffer.idle()).isTrue();
        assertThat(draining()).isFalse();
    }

    @Test
    void atomicUpdate_drainsAndActsOnMemory() {
        perform(cpu, a -> x.store(a, 1, Order.RELAXED));
        perform(cpu, a -> read.add(y.add(a, 1, Order.RELAXED)));
        assertThat(x.peek()).isEqualTo(1);
        assertThat(y.peek()).isEqualTo(1);
        perform(cpu, a -> x.store(a, 2, Order.RELAXED));
        perform(cpu, a -> read.add(x.compareAndSet(a, 1, 7, Order.RELAXED) ? 1L : 0));
        assertThat(x.peek()).as("failed, but drained").isEqualTo(2);
        perform(cpu, a -> x.store(a, 3, Order.RELAXED));
        perform(cpu, a -> read.add(x.exchange(a, 4, Order.RELAXED)));
        perform(cpu, a -> read.add(x.orBits(a, 3, Order.RELAXED)));
        assertThat(read).containsExactly(1L, 0L, 3L, 4L);
        assertThat(x.peek()).isEqualTo(7);
    }

    @Test
    void fullStore_actsAtOnce() {
        perform(cpu, a -> x.store(a, 1, Order.RELAXED));
        perform(cpu, a -> y.store(a, 1, Order.FULL));
        assertThat(x.peek()).isEqualTo(1);
        assertThat(y.peek()).isEqualTo(1);
    }

    @Test
    void unitsStore_actsAtOnce() {
        Worker unit = new Worker(engine, new ScriptedRoutine(engine, "unit", (a, pc) -> {
            x.store(a, 9, Order.RELEASE);
            a.done(0);
        }));
        unit.commanded(0);
        step(unit);
        assertThat(x.peek()).isEqualTo(9);
    }

    @Test
    void command_takesItsTurnWithItsStore() {
        Worker unit = new Worker(engine, new ScriptedRoutine(engine, "unit", (a, pc) -> a.done(0)));
        perform(cpu, a -> x.store(a, 1, Order.RELAXED));
        perform(cpu, a -> {
            y.store(a, 1, Order.RELAXED);
            engine.memory().command(a, unit, 7);
        });
        step(buffer);
        assertThat(x.peek()).isEqualTo(1);
        assertThat(unit.begun).isZero();
        step(buffer);
        assertThat(y.peek()).isEqualTo(1);
        assertThat(unit.begun).isEqualTo(1);
        assertThat(engine.footprint().disturbed() >> unit.id() & 1).isEqualTo(1);
        assertThat(draining()).isFalse();
    }

    @Test
    void command_ofAnEmptyBufferActsAtOnce() {
        Worker unit = new Worker(engine, new ScriptedRoutine(engine, "unit", (a, pc) -> a.done(0)));
        perform(cpu, a -> engine.memory().command(a, unit, 0));
        assertThat(unit.begun).isEqualTo(1);
    }

    @Test
    void locks_takingDrains_givingBackTakesItsTurn() {
        PlainLock lock = new PlainLock(engine);
        perform(cpu, a -> x.store(a, 1, Order.RELAXED));
        perform(cpu, a -> engine.memory().release(a, lock));
        assertThat(lock.taken).isTrue();
        step(buffer);
        assertThat(lock.taken).isTrue();
        step(buffer);
        assertThat(lock.taken).isFalse();
        perform(cpu, a -> x.store(a, 2, Order.RELAXED));
        perform(cpu, a -> engine.memory().acquired(a, lock));
        assertThat(x.peek()).isEqualTo(2);
        perform(cpu, a -> x.store(a, 3, Order.RELAXED));
        perform(cpu, a -> engine.memory().releasing(a, lock));
        assertThat(x.peek()).isEqualTo(3);
    }

    @Test
    void waiter_isWokenWhenTheStoreReachesMemory() {
        Cpu other = new Cpu(engine, "other");
        other.start(
                new ScriptedRoutine(engine, "waiter", (a, pc) -> {
                    if (x.load(a, Order.RELAXED) == 0) {
                        a.await(x, 0, Why.POLL);
                    } else {
                        a.done(0);
                    }
                }),
                0);
        step(other);
        perform(cpu, a -> x.store(a, 1, Order.RELAXED));
        assertThat(other.waiting()).isTrue();
        step(buffer);
        assertThat(engine.exploring().enabled(other)).isTrue();
        step(other);
        assertThat(other.idle()).isTrue();
    }

    @Test
    void poke_comesAfterWhatIsUnderWay() {
        Cells page = engine.cells("page", 2);
        perform(cpu, a -> page.store(a, 1, 5, Order.RELAXED));
        page.poke(1, 0);
        assertThat(page.peek(1)).isZero();
        assertThat(draining()).isFalse();
    }

    @Test
    void settled_drainsAll() {
        perform(cpu, a -> x.store(a, 1, Order.RELAXED));
        engine.memory().settled();
        assertThat(x.peek()).isEqualTo(1);
        assertThat(draining()).isFalse();
    }

    @Test
    void staleLoads_countsLoadsPastAnotherCpusStore() {
        Cpu other = new Cpu(engine, "other");
        perform(cpu, a -> x.store(a, 1, Order.RELAXED));
        perform(cpu, a -> x.load(a, Order.RELAXED));
        assertThat(engine.memory().staleLoads()).isZero();
        perform(other, a -> read.add(x.load(a, Order.RELAXED)));
        assertThat(read).containsExactly(0L);
        assertThat(engine.memory().staleLoads()).isEqualTo(1);
    }

    @Test
    void footprints_nameTheBufferThenTheCell() {
        perform(cpu, a -> x.store(a, 1, Order.RELAXED));
        assertThat(touched(x)).isFalse();
        step(buffer);
        assertThat(touched(x)).isTrue();
        perform(cpu, a -> x.store(a, 2, Order.RELAXED));
        perform(cpu, a -> engine.memory().fence(a, Fence.FULL));
        assertThat(touched(x)).isTrue();
        perform(cpu, a -> engine.memory().fence(a, Fence.FULL));
        assertThat(engine.footprint().isEmpty()).isTrue();
    }

    private boolean touched(Shared state) {
        Footprint footprint = engine.footprint();
        for (int i = 0; i < footprint.count(); i++) {
            if (footprint.shared(i) == state.id() && footprint.written(i)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void observer_hearsOfTheStoreAndOfItsArrival() {
        List<String> heard = new ArrayList<>();
        engine.accessObserver(new Listener(heard));
        perform(cpu, a -> x.store(a, 1, Order.RELAXED));
        step(buffer);
        perform(cpu, a -> x.load(a, Order.RELAXED));
        assertThat(heard)
                .containsExactly(
                        "cpu x WRITE 0 1 newest 0", "cpu store buffer x WRITE 0 1 newest 0", "cpu x READ 1 1 newest 1");
    }

    /** Notes accesses in words. */
    record Listener(List<String> heard) implements AccessObserver {
        @Override
        public void touched(Agent agent, Shared state, Access kind) {
            heard.add(agent.name() + " " + state.name() + " " + kind);
        }

        @Override
        public void accessed(
                Agent agent, Shared state, int index, Access kind, Order order, long was, long now, long newest) {
            heard.add(agent.name() + " " + state.name() + " " + kind + " " + was + " " + now + " newest " + newest);
        }

        @Override
        public void fenced(Agent agent, Fence fence) {
            heard.add(agent.name() + " " + fence);
        }
    }

    // ---- state and time ----

    /** Two CPUs that store and load two words in turn, through more stores than a new buffer holds. */
    private static Engine busy(boolean timed) {
        Engine engine = timed ? Engine.timed(new TsoMemory(900), 1) : Engine.exploring(new TsoMemory(0));
        Cells words = engine.cells("words", 2);
        for (int i = 0; i < 2; i++) {
            int own = i;
            new Cpu(engine, "cpu" + i)
                    .start(
                            new ScriptedRoutine(engine, "busy " + i, (a, pc) -> {
                                if (pc == 24) {
                                    a.done(a.local(0));
                                    return;
                                }
                                if (pc % 8 < 6) {
                                    words.store(a, own, pc, Order.RELAXED);
                                } else {
                                    a.local(0, 100 * a.local(0) + words.load(a, 1 - own, Order.RELAXED));
                                }
                                a.next(pc + 1, 100, Why.COMPUTE);
                            }),
                            0);
        }
        return engine;
    }

    @Test
    void state_resumesAndReplays() {
        StateContract.assertResumes(() -> busy(true), 10_000, 100, 450, 1_000, 2_300);
        for (long seed = 0; seed < 20; seed++) {
            StateContract.assertReplays(() -> busy(false), seed, 80);
        }
    }

    @Test
    void timed_everyStoreArrivesWithinTheWindowAndInOrder() {
        Engine timed = busy(true);
        List<String> heard = new ArrayList<>();
        timed.accessObserver(new Listener(heard));
        timed.timed().run(2_400 + 900);
        List<String> issued = new ArrayList<>();
        List<String> arrived = new ArrayList<>();
        for (String line : heard) {
            if (line.startsWith("cpu0 words WRITE")) {
                issued.add(line.split(" ", -1)[4]);
            } else if (line.startsWith("cpu0 store buffer words WRITE")) {
                arrived.add(line.split(" ", -1)[6]);
            }
        }
        assertThat(issued).hasSize(18);
        assertThat(arrived).isEqualTo(issued);
        assertThat(timed.memory().staleLoads())
                .as("loads past the other's stores")
                .isPositive();
    }

    @Test
    void timed_storesAfterAFenceDoNotWaitForThoseItDrained() {
        for (long seed = 0; seed < 50; seed++) {
            Engine timed = Engine.timed(new TsoMemory(1_000), seed);
            Cells words = timed.cells("words", 20);
            List<Long> issuedPs = new ArrayList<>();
            List<Long> latePs = new ArrayList<>();
            timed.observer((agent, routine, pc) -> {
                for (int i = 0; i < issuedPs.size(); i++) {
                    if (words.peek(i) == 0 && timed.nowPs() > issuedPs.get(i) + 1_000) {
                        latePs.add(timed.nowPs() - issuedPs.get(i));
                    }
                }
            });
            new Cpu(timed, "cpu")
                    .start(
                            new ScriptedRoutine(timed, "store and fence", (a, pc) -> {
                                if (pc % 3 == 2) {
                                    timed.memory().fence(a, Fence.FULL);
                                } else {
                                    words.store(a, issuedPs.size(), 1, Order.RELAXED);
                                    issuedPs.add(timed.nowPs());
                                }
                                if (pc == 28) {
                                    a.done(0);
                                } else {
                                    a.next(pc + 1, 100, Why.COMPUTE);
                                }
                            }),
                            0);
            timed.timed().run(Long.MAX_VALUE);
            assertThat(latePs).as("seed %d", seed).isEmpty();
            assertThat(issuedPs).hasSize(20);
        }
    }

    @Test
    void timed_withoutAWindowStoresArriveAtTheirTime() {
        Engine timed = Engine.timed(new TsoMemory(0), 1);
        Cell word = timed.cell("word", 0);
        List<Long> arrivedPs = new ArrayList<>();
        timed.observer((agent, routine, pc) -> {
            if (agent.name().equals("cpu store buffer")) {
                arrivedPs.add(timed.nowPs());
            }
        });
        new Cpu(timed, "cpu")
                .start(
                        new ScriptedRoutine(timed, "store", (a, pc) -> {
                            word.store(a, pc + 1, Order.RELAXED);
                            if (pc == 2) {
                                a.done(0);
                            } else {
                                a.next(pc + 1, 50, Why.COMPUTE);
                            }
                        }),
                        10);
        timed.timed().run(Long.MAX_VALUE);
        assertThat(arrivedPs).containsExactly(10L, 60L, 110L);
        assertThat(word.peek()).isEqualTo(3);
    }
}
