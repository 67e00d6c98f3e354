package grusim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Each rule of the view machine by hand; the choices of loads are scripted: the n-th older message. */
final class RelaxedMemoryTest {
    private final Engine engine = Engine.exploring(new RelaxedMemory(0));
    private final Cpu writer = new Cpu(engine, "writer");
    private final Cpu reader = new Cpu(engine, "reader");
    private final Cell x = engine.cell("x", 0);
    private final Cell y = engine.cell("y", 0);
    private int older;
    private int offered;

    RelaxedMemoryTest() {
        engine.choices((agent, alternatives) -> {
            offered = alternatives;
            return older;
        });
    }

    private void perform(Agent agent, Consumer<Agent> access) {
        agent.start(
                new ScriptedRoutine(engine, "access", (a, pc) -> {
                    access.accept(a);
                    a.done(0);
                }),
                0);
        engine.exploring().step(agent);
    }

    private long load(Cpu cpu, Cell cell, Order order, int pick) {
        long[] value = new long[1];
        older = pick;
        offered = 1;
        perform(cpu, a -> value[0] = cell.load(a, order));
        return value[0];
    }

    private void store(Agent agent, Cell cell, long value, Order order) {
        perform(agent, a -> cell.store(a, value, order));
    }

    private void fence(Cpu cpu, Fence fence) {
        perform(cpu, a -> engine.memory().fence(a, fence));
    }

    /** How many values a load of the cell could return now. */
    private int readable(Cpu cpu, Cell cell) {
        load(cpu, cell, Order.RELAXED, 0);
        return offered;
    }

    @Test
    void load_mayReturnAnyMessageNotOlderThanTheView() {
        store(writer, x, 1, Order.RELAXED);
        store(writer, x, 2, Order.RELAXED);
        assertThat(load(reader, x, Order.RELAXED, 1)).isEqualTo(1);
        assertThat(offered).as("0, 1, 2").isEqualTo(3);
        assertThat(load(reader, x, Order.RELAXED, 1)).isEqualTo(1);
        assertThat(offered).as("1, 2").isEqualTo(2);
        assertThat(load(reader, x, Order.RELAXED, 0)).isEqualTo(2);
        assertThat(readable(reader, x)).isEqualTo(1);
        assertThat(engine.memory().staleLoads()).isEqualTo(2);
        assertThat(readable(writer, x)).as("its own store").isEqualTo(1);
    }

    @Test
    void plainStore_passesOnWhatWasFenced() {
        store(writer, x, 1, Order.RELAXED);
        store(writer, y, 1, Order.RELAXED);
        load(reader, y, Order.ACQUIRE, 0);
        assertThat(readable(reader, x)).isEqualTo(2);
        fence(writer, Fence.WRITE);
        store(writer, y, 2, Order.RELAXED);
        load(reader, y, Order.ACQUIRE, 0);
        assertThat(readable(reader, x)).isEqualTo(1);
    }

    @Test
    void releaseStore_passesOnWhatWasSeen() {
        store(writer, x, 1, Order.RELAXED);
        store(writer, y, 1, Order.RELEASE);
        load(reader, y, Order.ACQUIRE, 0);
        assertThat(readable(reader, x)).isEqualTo(1);
    }

    @Test
    void plainLoad_countsFromTheReadFenceOn() {
        store(writer, x, 1, Order.RELAXED);
        store(writer, y, 1, Order.RELEASE);
        load(reader, y, Order.RELAXED, 0);
        assertThat(load(reader, x, Order.RELAXED, 1)).isZero();
        fence(reader, Fence.WRITE);
        assertThat(load(reader, x, Order.RELAXED, 1)).isZero();
        fence(reader, Fence.READ);
        assertThat(readable(reader, x)).isEqualTo(1);
    }

    @Test
    void anOldMessage_passesOnOnlyItsOwnView() {
        store(writer, y, 1, Order.RELEASE);
        store(writer, x, 1, Order.RELAXED);
        store(writer, y, 2, Order.RELEASE);
        assertThat(load(reader, y, Order.ACQUIRE, 1)).isEqualTo(1);
        assertThat(load(reader, x, Order.RELAXED, 1)).isZero();
        assertThat(load(reader, y, Order.ACQUIRE, 0)).isEqualTo(2);
        assertThat(readable(reader, x)).isEqualTo(1);
    }

    @Test
    void fullFences_exchangeBothWays() {
        store(writer, x, 1, Order.RELAXED);
        fence(reader, Fence.FULL);
        assertThat(load(reader, x, Order.RELAXED, 1)).isZero();
        fence(writer, Fence.FULL);
        assertThat(load(reader, x, Order.RELAXED, 1)).isZero();
        fence(reader, Fence.FULL);
        assertThat(readable(reader, x)).isEqualTo(1);
        assertThat(engine.footprint().everything()).as("a load").isFalse();
        fence(reader, Fence.FULL);
        assertThat(engine.footprint().everything()).isTrue();
    }

    @Test
    void fullStoreAndFullUpdate_areFencedOnBothSides() {
        store(writer, x, 1, Order.RELAXED);
        store(writer, y, 1, Order.FULL);
        fence(reader, Fence.FULL);
        assertThat(readable(reader, x)).isEqualTo(1);
        assertThat(readable(reader, y)).isEqualTo(1);
        store(writer, x, 2, Order.RELAXED);
        perform(writer, a -> y.add(a, 1, Order.FULL));
        perform(reader, a -> y.compareAndSet(a, 77, 78, Order.FULL));
        assertThat(readable(reader, x)).isEqualTo(1);
    }

    @Test
    void update_readsTheNewest() {
        store(writer, x, 1, Order.RELAXED);
        older = 1;
        perform(reader, a -> assertThat(x.add(a, 1, Order.RELAXED)).isEqualTo(2));
        assertThat(load(writer, x, Order.RELAXED, 1)).isEqualTo(1);
        assertThat(offered).isEqualTo(2);
    }

    @Test
    void update_continuesAReleaseSequence() {
        Cpu middle = new Cpu(engine, "middle");
        store(writer, x, 1, Order.RELAXED);
        store(writer, y, 1, Order.RELEASE);
        perform(middle, a -> y.add(a, 1, Order.RELAXED));
        assertThat(load(middle, x, Order.RELAXED, 1))
                .as("relaxed: nothing learnt yet")
                .isZero();
        load(reader, y, Order.ACQUIRE, 0);
        assertThat(readable(reader, x)).as("passed on all the same").isEqualTo(1);
        fence(middle, Fence.READ);
        assertThat(readable(middle, x)).isEqualTo(1);
    }

    @Test
    void update_acquiresAndReleasesAsItsOrderSays() {
        store(writer, x, 1, Order.RELAXED);
        perform(writer, a -> y.exchange(a, 1, Order.ACQUIRE));
        perform(reader, a -> y.orBits(a, 2, Order.ACQUIRE));
        assertThat(load(reader, x, Order.RELAXED, 1))
                .as("acquire only: not passed on")
                .isZero();
        perform(writer, a -> y.exchange(a, 1, Order.RELEASE));
        perform(reader, a -> y.orBits(a, 2, Order.RELEASE));
        assertThat(load(reader, x, Order.RELAXED, 1))
                .as("release only: not learnt")
                .isZero();
        perform(reader, a -> y.orBits(a, 2, Order.ACQUIRE));
        assertThat(readable(reader, x)).isEqualTo(1);
    }

    @Test
    void failedCompareAndSet_isALoadOfTheNewest() {
        store(writer, x, 1, Order.RELAXED);
        store(writer, y, 1, Order.RELEASE);
        perform(reader, a -> assertThat(y.compareAndSet(a, 0, 5, Order.ACQUIRE)).isFalse());
        assertThat(readable(reader, y)).isEqualTo(1);
        assertThat(readable(reader, x)).isEqualTo(1);
        assertThat(y.peek()).isEqualTo(1);
    }

    @Test
    void unit_readsTheNewestAndPassesOnAllItHasSeen() {
        store(writer, x, 1, Order.RELAXED);
        store(writer, y, 1, Order.RELEASE);
        Cell answer = engine.cell("answer", 0);
        Unit unit = new IdleUnit();
        older = 1;
        perform(unit, a -> assertThat(y.load(a, Order.RELAXED)).isEqualTo(1));
        store(unit, answer, 1, Order.RELAXED);
        load(reader, answer, Order.ACQUIRE, 0);
        assertThat(readable(reader, x)).isEqualTo(1);
    }

    /** A unit that commands do nothing to. */
    private final class IdleUnit extends Unit {
        IdleUnit() {
            super(engine, "unit");
        }

        @Override
        protected void begin(long delayPs) {}
    }

    @Test
    void command_givesTheUnitWhatWasFenced() {
        Cell answer = engine.cell("answer", 0);
        Unit unit = new IdleUnit();
        store(writer, x, 1, Order.RELAXED);
        perform(writer, a -> engine.memory().command(a, unit, 0));
        store(unit, answer, 1, Order.RELEASE);
        load(reader, answer, Order.ACQUIRE, 0);
        assertThat(load(reader, x, Order.RELAXED, 1)).isZero();
        fence(writer, Fence.WRITE);
        perform(writer, a -> engine.memory().command(a, unit, 0));
        store(unit, answer, 2, Order.RELEASE);
        load(reader, answer, Order.ACQUIRE, 0);
        assertThat(readable(reader, x)).isEqualTo(1);
    }

    /** A lock that is told when it is given back. */
    private final class PlainLock extends Shared {
        private int releases;

        PlainLock() {
            super(engine, "lock");
        }

        @Override
        protected void released(Agent agent) {
            releases++;
        }

        @Override
        public void state(StateIo io) {}
    }

    @Test
    void lock_passesOnWhatWasSeen_butIsNoFence() {
        PlainLock lock = new PlainLock();
        store(writer, x, 1, Order.RELAXED);
        perform(writer, a -> engine.memory().release(a, lock));
        assertThat(lock.releases).isEqualTo(1);
        store(writer, y, 1, Order.RELAXED);
        load(reader, y, Order.ACQUIRE, 0);
        assertThat(load(reader, x, Order.RELAXED, 1)).as("y's plain store").isZero();
        perform(reader, a -> engine.memory().acquired(a, lock));
        assertThat(readable(reader, x)).isEqualTo(1);
        store(writer, x, 2, Order.RELAXED);
        perform(writer, a -> engine.memory().releasing(a, lock));
        assertThat(lock.releases).isEqualTo(1);
        perform(reader, a -> engine.memory().acquired(a, lock));
        assertThat(readable(reader, x)).isEqualTo(1);
    }

    @Test
    void poke_leavesOneMessage() {
        Cells page = engine.cells("page", 2);
        perform(writer, a -> page.store(a, 1, 5, Order.RELAXED));
        page.poke(1, 7);
        older = 1;
        offered = 1;
        perform(reader, a -> assertThat(page.load(a, 1, Order.RELAXED)).isEqualTo(7));
        assertThat(offered).isEqualTo(1);
        perform(writer, a -> page.store(a, 1, 8, Order.RELAXED));
        perform(reader, a -> assertThat(page.load(a, 1, Order.RELAXED)).isEqualTo(7));
    }

    @Test
    void settled_makesAllVisible() {
        store(writer, x, 1, Order.RELAXED);
        engine.memory().settled();
        assertThat(readable(reader, x)).isEqualTo(1);
        assertThat(load(reader, x, Order.RELAXED, 0)).isEqualTo(1);
    }

    // ---- waiting ----

    @Test
    void await_ofAnOldValueLooksAgainUntilTheNewestWasSeen() {
        List<Long> looks = new ArrayList<>();
        reader.start(
                new ScriptedRoutine(engine, "poll", (a, pc) -> {
                    looks.add(x.load(a, Order.RELAXED));
                    a.await(x, 0, Why.POLL);
                }),
                0);
        store(writer, x, 1, Order.RELAXED);
        store(writer, x, 2, Order.RELAXED);
        for (int left = 2; left >= 0; left--) { // always the oldest that is left
            assertThat(engine.exploring().enabled(reader)).isTrue();
            older = left;
            engine.exploring().step(reader);
        }
        assertThat(looks).containsExactly(0L, 1L, 2L);
        assertThat(reader.waiting()).isTrue();
        store(writer, x, 3, Order.RELAXED);
        assertThat(engine.exploring().enabled(reader)).isTrue();
    }

    @Test
    void await_ofAnArrayLooksAgainForTheCellLoaded() {
        Cells cells = engine.cells("cells", 4);
        reader.start(
                new ScriptedRoutine(engine, "poll", (a, pc) -> {
                    cells.load(a, 2, Order.RELAXED);
                    a.await(cells, 0, Why.POLL);
                }),
                0);
        perform(writer, a -> cells.store(a, 1, 1, Order.RELAXED));
        older = 0;
        engine.exploring().step(reader);
        assertThat(reader.waiting()).as("cell 2 is up to date").isTrue();
        perform(writer, a -> cells.store(a, 2, 1, Order.RELAXED));
        older = 1;
        engine.exploring().step(reader);
        assertThat(reader.waiting()).isFalse();
        older = 0;
        offered = 1;
        engine.exploring().step(reader);
        assertThat(offered).isEqualTo(1);
        assertThat(reader.waiting()).isTrue();
    }

    // ---- state ----

    @Test
    void state_doesNotDependOnTheOrderOfIndependentWrites() {
        Engine[] engines = {Engine.exploring(new RelaxedMemory(0)), Engine.exploring(new RelaxedMemory(0))};
        List<Snapshot> states = new ArrayList<>();
        for (int first = 0; first < 2; first++) {
            Engine e = engines[first];
            Cpu[] cpus = {new Cpu(e, "a"), new Cpu(e, "b"), new Cpu(e, "c")};
            Cell[] cells = {e.cell("x", 0), e.cell("y", 0)};
            cpus[2].connect(new ScriptedRoutine(e, "handler", (a, pc) -> a.done(0)));
            ScriptedRoutine load = new ScriptedRoutine(e, "load", (a, pc) -> {
                cells[pc].load(a, Order.RELAXED);
                if (pc == 1) {
                    a.done(0);
                } else {
                    a.next(1, 0, Why.COMPUTE);
                }
            });
            ScriptedRoutine[] stores = {store(e, cells[0]), store(e, cells[1])};
            cpus[2].start(load, 0);
            e.exploring().step(cpus[2]);
            e.exploring().step(cpus[2]); // an interrupt might have it load both again
            for (int i = 0; i < 2; i++) {
                int which = first == 0 ? i : 1 - i;
                cpus[which].start(stores[which], 0);
                e.exploring().step(cpus[which]);
            }
            states.add(Snapshot.of(e, false));
        }
        assertThat(states.get(0)).isEqualTo(states.get(1));
    }

    private static ScriptedRoutine store(Engine engine, Cell cell) {
        return new ScriptedRoutine(engine, "store", (a, pc) -> {
            cell.store(a, 1, Order.RELEASE);
            a.done(0);
        });
    }

    @Test
    void state_keepsNothingThatNobodyCanRead() {
        Snapshot before = Snapshot.of(engine, false);
        store(writer, x, 1, Order.RELEASE);
        store(writer, y, 1, Order.RELEASE);
        assertThat(Snapshot.of(engine, false).length())
                .as("CPUs without interrupts that have ended")
                .isEqualTo(before.length());
    }

    @Test
    void discoveries_countReadersWhoseMessagesWereForgotten() {
        reader.start(
                new ScriptedRoutine(engine, "late", (a, pc) -> {
                    x.load(a, Order.RELAXED);
                    a.done(0);
                }),
                0);
        store(writer, x, 1, Order.RELAXED);
        Snapshot.of(engine, false); // nobody is known to read x
        assertThat(engine.memory().discoveries()).isZero();
        older = 0;
        offered = 1;
        engine.exploring().step(reader);
        assertThat(offered).isEqualTo(1);
        assertThat(engine.memory().discoveries()).isEqualTo(1);

        Engine next = Engine.exploring(new RelaxedMemory(0));
        Cpu nextWriter = new Cpu(next, "writer");
        Cpu nextReader = new Cpu(next, "reader");
        Cell cell = next.cell("x", 0);
        next.memory().learn(engine.memory());
        next.choices((a, alternatives) -> alternatives - 1);
        nextReader.start(
                new ScriptedRoutine(next, "late", (a, pc) -> {
                    assertThat(cell.load(a, Order.RELAXED))
                            .as("the old value is kept")
                            .isZero();
                    a.done(0);
                }),
                0);
        nextWriter.start(store(next, cell), 0);
        next.exploring().step(nextWriter);
        Snapshot.of(next, false).into(next);
        next.exploring().step(nextReader);
        assertThat(next.memory().discoveries()).isZero();
    }

    /** Three CPUs that store, load, update and fence in a mix given by their numbers. */
    private static Engine busy(boolean timed, boolean knowing) {
        RelaxedMemory memory = new RelaxedMemory(400);
        Engine engine = timed ? Engine.timed(memory, 1) : Engine.exploring(memory);
        Cells words = engine.cells("words", 3);
        PassedLock lock = new PassedLock(engine);
        for (int i = 0; i < 3; i++) {
            int own = i;
            ScriptedRoutine mix = new ScriptedRoutine(engine, "busy " + i, (a, pc) -> {
                switch ((pc * (own + 1) + own) % 7) {
                    case 0 -> words.store(a, own, pc, Order.RELAXED);
                    case 1 -> words.store(a, (own + 1) % 3, pc, Order.RELEASE);
                    case 2 -> a.local(0, words.load(a, (own + 1) % 3, Order.RELAXED));
                    case 3 -> a.local(1, words.load(a, (own + 2) % 3, Order.ACQUIRE));
                    case 4 -> words.exchange(a, pc % 3, pc, Order.ACQUIRE);
                    case 5 -> engine.memory().fence(a, Fence.values()[(pc + own) % 3]);
                    default -> lock.pass(a);
                }
                if (pc == 30) {
                    a.done(0);
                } else {
                    a.next(pc + 1, 70 + 10 * own, Why.COMPUTE);
                }
            });
            new Cpu(engine, "cpu" + i).start(mix, 0);
        }
        if (knowing) {
            for (int i = 0; i < 3; i++) {
                for (int word = 0; word < 3; word++) {
                    memory.reads(engine.agents().get(i), (Words) words, word);
                }
            }
        }
        return engine;
    }

    /** Whoever passes has seen what those before it had seen. */
    private static final class PassedLock extends Shared {
        PassedLock(Engine engine) {
            super(engine, "lock");
        }

        void pass(Agent agent) {
            access(agent, Access.UPDATE);
            engine().memory().acquired(agent, this);
            engine().memory().releasing(agent, this);
        }

        @Override
        public void state(StateIo io) {}
    }

    @Test
    void state_resumesAndReplays() {
        StateContract.assertResumes(() -> busy(true, false), 4_000, 1, 350, 777, 1_500);
        for (long seed = 0; seed < 30; seed++) {
            StateContract.assertReplays(() -> busy(false, true), seed, 90);
        }
    }

    // ---- time ----

    @Test
    void timed_oldValuesAreReadWithinTheWindowOnly() {
        // Stores 1 at 100 and 2 at 200, window 50: 0 may be read before 150, 1 from 200 (when it is overwritten) before
        // 250.
        int[] stale = new int[400];
        for (int seed = 0; seed < 60; seed++) {
            Engine timed = Engine.timed(new RelaxedMemory(50), seed);
            Cell word = timed.cell("word", 0);
            new Cpu(timed, "writer")
                    .start(
                            new ScriptedRoutine(timed, "store", (a, pc) -> {
                                word.store(a, pc + 1, Order.RELAXED);
                                if (pc == 1) {
                                    a.done(0);
                                } else {
                                    a.next(1, 100, Why.COMPUTE);
                                }
                            }),
                            100);
            int first = seed % 10;
            new Cpu(timed, "reader")
                    .start(
                            new ScriptedRoutine(timed, "load", (a, pc) -> {
                                int nowPs = (int) timed.nowPs();
                                long newest = word.peek();
                                long value = word.load(a, Order.RELAXED);
                                stale[nowPs] += value == newest ? 0 : 1;
                                if (nowPs > 300) {
                                    a.done(0);
                                } else {
                                    a.next(0, 10, Why.COMPUTE);
                                }
                            }),
                            first);
            timed.timed().run(Long.MAX_VALUE);
            int total = 0;
            for (int ps = 0; ps < 400; ps++) {
                total += stale[ps];
            }
            assertThat(timed.memory().staleLoads()).isLessThanOrEqualTo(total);
        }
        for (int ps = 0; ps < 400; ps++) {
            boolean within = (ps >= 100 && ps <= 150) || (ps >= 200 && ps <= 250);
            if (!within) {
                assertThat(stale[ps]).as("at %d ps", ps).isZero();
            }
        }
        assertThat(stale[105] + stale[110] + stale[115]).isPositive();
        assertThat(stale[205] + stale[210] + stale[215]).isPositive();
    }

    @Test
    void timed_nothingIsKeptPastTheWindow() {
        RelaxedMemory memory = new RelaxedMemory(50);
        Engine timed = Engine.timed(memory, 1);
        Cells words = timed.cells("words", 100_000);
        new Cpu(timed, "writer")
                .start(
                        new ScriptedRoutine(timed, "store", (a, pc) -> {
                            words.store(a, pc, 1, Order.RELEASE);
                            assertThat(memory.tracked()).isLessThanOrEqualTo(6);
                            if (pc == 99_999) {
                                a.done(0);
                            } else {
                                a.next(pc + 1, 10, Why.COMPUTE);
                            }
                        }),
                        0);
        timed.timed().run(Long.MAX_VALUE);
    }
}
