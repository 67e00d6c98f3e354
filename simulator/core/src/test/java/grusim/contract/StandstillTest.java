package grusim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Cell;
import grusim.engine.Engine;
import grusim.engine.Order;
import grusim.engine.ScriptedRoutine;
import grusim.engine.SequentialMemory;
import grusim.engine.Shared;
import grusim.engine.Why;
import grusim.isa.handle.TfhOpcode;
import grusim.linux.VmCounters;
import grusim.linux.lock.Mutex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StandstillTest {
    /** Agents that take mutexes in the order of their names, and keep them. */
    private static final class Takers {
        final Scene scene;
        private final VmCounters counters = new VmCounters();

        Takers(Engine engine) {
            scene = new Scene(engine, MemoryContent.MOST_PAGES);
            engine.lockObserver(scene.contract.locks());
        }

        Mutex mutex(String name) {
            return new Mutex(scene.engine, name, counters);
        }

        /** Sets an agent to take locks, one after the other. */
        void start(Agent agent, long delayPs, Mutex... locks) {
            agent.start(
                    new ScriptedRoutine(scene.engine, "taker of " + agent.name(), (a, pc) -> {
                        if (pc == locks.length) {
                            a.done(0);
                        } else if (locks[pc].lock(a)) {
                            a.next(pc + 1, 100, Why.COMPUTE);
                        } else {
                            a.await(locks[pc], pc, Why.LOCK);
                        }
                    }),
                    delayPs);
        }
    }

    private static Takers deadlock(Engine engine) {
        Takers takers = new Takers(engine);
        Mutex one = takers.mutex("one");
        Mutex other = takers.mutex("other");
        takers.start(takers.scene.cpu0, 10, one, other);
        takers.start(takers.scene.cpu1, 20, other, one);
        return takers;
    }

    @Test
    void twoThatWaitForEachOther_areADeadlock() {
        Takers takers = deadlock(Engine.timed(new SequentialMemory(), 1));
        Contract contract = takers.scene.contract;
        takers.scene.engine.timed().run(115);
        assertThat(contract.deadlocked()).isFalse();
        takers.scene.engine.timed().run(1000);
        assertThat(contract.deadlocked()).isTrue();
        contract.stuck();
        assertThat(contract.violations(Invariant.DEADLOCK)).isEqualTo(1);
        assertThat(contract.violations(Invariant.LOCK_ORDER)).isEqualTo(1);
        assertThat(contract.violations()).isEqualTo(2);
        assertThat(contract.kept().get(1).text())
                .isEqualTo(
                        "point 5, no agents wait for each other in a circle: cpu0 began to wait for other, held by cpu1,"
                                + " in \"taker of cpu0 step 1\" at 110 ps; then cpu1 waits for one, held by cpu0, in \"taker of cpu1"
                                + " step 1\" at 120 ps");
        assertThat(contract.kept().get(1).step()).isEqualTo(4);
    }

    @Test
    void aDeadlock_hasWordsInExplorations() {
        Takers takers = deadlock(Engine.exploring(new SequentialMemory()));
        for (Agent agent : new Agent[] {takers.scene.cpu0, takers.scene.cpu1, takers.scene.cpu0, takers.scene.cpu1}) {
            takers.scene.engine.exploring().step(agent);
        }
        assertThat(takers.scene.contract.deadlock())
                .hasValue(
                        "deadlock: cpu0 waits for other, held by cpu1, in \"taker of cpu0 step 1\"; cpu1 waits for one, held"
                                + " by cpu0, in \"taker of cpu1 step 1\"");
        assertThat(takers.scene.contract.violations()).isZero();
    }

    @Test
    void threeInACircle_andOneBehindThem_areOneDeadlock() {
        Takers takers = new Takers(Engine.timed(new SequentialMemory(), 1));
        Scene scene = takers.scene;
        Mutex[] locks = {takers.mutex("a"), takers.mutex("b"), takers.mutex("c")};
        Agent behind = new Agent(scene.engine, "behind");
        takers.start(behind, 150, locks[1]);
        takers.start(scene.cpu0, 30, locks[0], locks[1]);
        takers.start(scene.cpu1, 20, locks[1], locks[2]);
        takers.start(scene.cpu2, 10, locks[2], locks[0]);
        scene.engine.timed().run(1000);
        scene.contract.stuck();
        assertThat(scene.contract.violations(Invariant.DEADLOCK)).isEqualTo(1);
        assertThat(scene.contract.violations(Invariant.LOST_WAKE_UP)).isZero();
        Violation violation = scene.contract.kept().get(scene.contract.kept().size() - 1);
        assertThat(violation.first().text())
                .isEqualTo("cpu1 began to wait for c, held by cpu2, in \"taker of cpu1 step 1\" at 120 ps");
        assertThat(violation.second().text())
                .startsWith(
                        "cpu0 waits for b, held by cpu1, in \"taker of cpu0 step 1\"; cpu2 began to wait for a, held by"
                                + " cpu0,");
    }

    @Test
    void whoWaitsForAHolderThatSleepsOnSomethingElse_isNotInACircle() {
        Takers takers = new Takers(Engine.timed(new SequentialMemory(), 1));
        Scene scene = takers.scene;
        Mutex lock = takers.mutex("lock");
        Cell word = scene.engine.cell("word", 0);
        takers.start(scene.cpu0, 100, lock);
        scene.cpu1.start(
                new ScriptedRoutine(scene.engine, "holder", (a, pc) -> {
                    if (pc == 0) {
                        lock.lock(a);
                        a.next(1, 0, Why.COMPUTE);
                    } else if (word.load(a, Order.ACQUIRE) == 0) {
                        a.await(word, 1, Why.COMMAND);
                    } else {
                        a.done(0);
                    }
                }),
                0);
        scene.engine.timed().run(1000);
        assertThat(scene.contract.deadlocked()).isFalse();
        scene.contract.stuck();
        assertThat(scene.contract.violations(Invariant.LOST_WAKE_UP)).isEqualTo(2);
        assertThat(scene.contract.violations()).isEqualTo(2);
        assertThat(scene.contract.kept().get(1).text())
                .isEqualTo(
                        "point 5, whoever sleeps is woken: cpu1 began to wait for word in \"holder step 1\" at 0 ps; then"
                                + " cpu0 took the last step, which woke nobody at 100 ps");
    }

    /** The lock bit and the status of a handle lie in one word: who waits for its own command's end waits not for itself. */
    @Test
    void whoWaitsForTheStatusOfAHandleItHasLocked_isNotInACircle() {
        Scene scene = new Scene();
        Cell handle = scene.engine.cell("gru0.cch0", 0);
        scene.cpu0.start(
                new ScriptedRoutine(scene.engine, "loader", (a, pc) -> {
                    handle.load(a, Order.ACQUIRE);
                    scene.contract.locks().taken(a, handle, true);
                    a.await(handle, 0, Why.COMMAND);
                }),
                0);
        scene.engine.timed().run(1000);
        assertThat(scene.contract.deadlocked()).isFalse();
    }

    @Test
    void idleAgents_areNoSleepers() {
        Scene scene = new Scene();
        Shared memory = scene.engine.cell("free memory", 0);
        scene.cpu0.start(new ScriptedRoutine(scene.engine, "daemon", (a, pc) -> a.await(memory, 0, Why.IDLE)), 0);
        scene.engine.timed().run(1000);
        assertThat(scene.contract.deadlock()).isEmpty();
        scene.contract.stuck();
        assertThat(scene.contract.violations()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aMissThatIsLeft_wasNeverAnswered(boolean faulted) {
        Scene scene = new Scene();
        scene.load(0);
        scene.device.missRecorded(0, 0, 3, Scene.asid(0), 0x5040, false);
        if (faulted) {
            scene.device.faultBitSet(0, 0, 3);
        }
        scene.contract.ended();
        assertThat(scene.contract.violations(Invariant.UNANSWERED)).isEqualTo(1);
        assertThat(scene.contract.kept().get(0).first().text())
                .isEqualTo(
                        faulted
                                ? "gru0.cbr3 raised a fault at 0x5040 in context 0 at 0 ps"
                                : "gru0.cbr3 recorded a miss at 0x5040 in context 0 at 0 ps");
    }

    @ParameterizedTest
    @ValueSource(strings = {"WRITE_RESTART", "EXCEPTION"})
    void aMissThatIsAnswered_isDone(String answer) {
        Scene scene = new Scene();
        scene.load(0);
        scene.device.missRecorded(0, 0, 3, Scene.asid(0), 0x5040, false);
        scene.device.faultBitSet(0, 0, 3);
        scene.device.faultAnswered(0, 0, 3, TfhOpcode.valueOf(answer));
        scene.contract.ended();
        assertThat(scene.contract.violations()).isZero();
    }
}
