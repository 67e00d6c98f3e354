package grusim.driver;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Cell;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Order;
import grusim.engine.ScriptedRoutine;
import grusim.engine.Snapshot;
import grusim.engine.TsoMemory;
import grusim.linux.lock.WaitQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WaitQueueTest {
    private final DriverRig rig = new DriverRig();
    private final WaitQueue queue = new WaitQueue(rig.engine, "queue");
    private final Cell condition = rig.engine.cell("condition", 1);

    /** prepare, look at the condition, sleep while queued and it does not hold, leave. */
    private Play sleeper(long delayPs, long gapPs) {
        boolean[] holds = new boolean[1];
        return rig.play()
                .pause(delayPs)
                .then(queue::prepare)
                .pause(gapPs)
                .then(a -> holds[0] = condition.load(a, Order.RELAXED) == 0)
                .pause(gapPs)
                .until(queue, a -> holds[0] || !queue.sleeping(a))
                .then(queue::finish);
    }

    /** clear the condition, peek, wake if anybody is there. */
    private Play waker(long delayPs, long gapPs) {
        boolean[] somebody = new boolean[1];
        return rig.play()
                .pause(delayPs)
                .then(a -> condition.store(a, 0, Order.FULL))
                .pause(gapPs)
                .then(a -> somebody[0] = queue.peek(a))
                .pause(gapPs)
                .then(a -> {
                    if (somebody[0]) {
                        queue.wakeAll(a);
                    }
                });
    }

    @Test
    void wakeAll_wakesEverySleeper() {
        Play[] sleepers = new Play[5];
        for (int i = 0; i < sleepers.length; i++) {
            sleepers[i] = rig.start(rig.cpu(i), sleeper(0, 1));
        }
        rig.run();
        assertThat(sleepers).allMatch(s -> s.endPs() < 0);
        rig.start(rig.cpu(6), waker(100, 0));
        rig.run();
        assertThat(sleepers).allMatch(s -> s.endPs() >= 100);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8})
    void wakeUp_isNeverLostWhereverTheWakerCutsIn(long delayPs) {
        Play sleeper = rig.start(rig.cpu(0), sleeper(4, 1));
        rig.start(rig.cpu(1), waker(delayPs, 1));
        rig.run();
        assertThat(sleeper.endPs()).as("waker begins at %d", delayPs).isNotNegative();
    }

    @Test
    void peek_seesWhetherAnybodyIsQueued() {
        boolean[] seen = new boolean[3];
        rig.start(
                rig.cpu(0),
                rig.play()
                        .then(a -> seen[0] = queue.peek(a))
                        .then(queue::prepare)
                        .then(queue::prepare)
                        .then(a -> seen[1] = queue.peek(a))
                        .then(queue::finish)
                        .then(a -> seen[2] = queue.peek(a)));
        rig.run();
        assertThat(seen).containsExactly(false, true, false);
    }

    @Test
    void state_bringsSleepersBack() {
        for (int i = 0; i < 6; i++) {
            rig.start(rig.cpu(i), rig.play().then(queue::prepare));
        }
        rig.run();
        Snapshot saved = Snapshot.of(queue, true);
        rig.start(rig.cpu(0), rig.play().then(queue::finish));
        rig.run();
        assertThat(Snapshot.of(queue, true)).isNotEqualTo(saved);
        saved.into(queue);
        assertThat(Snapshot.of(queue, true)).isEqualTo(saved);
    }

    /** Lets a CPU perform one operation; says what it returned. */
    private static boolean perform(Engine engine, Cpu cpu, Predicate<Agent> operation) {
        boolean[] done = new boolean[1];
        cpu.start(
                new ScriptedRoutine(engine, "operation", (a, pc) -> {
                    done[0] = operation.test(a);
                    a.done(0);
                }),
                0);
        engine.exploring().step(cpu);
        return done[0];
    }

    @Test
    void operations_waitUntilTheUnlockBeforeThemIsVisible() {
        Engine engine = Engine.exploring(new TsoMemory(0));
        Cpu waker = new Cpu(engine, "waker");
        Cpu sleeper = new Cpu(engine, "sleeper");
        WaitQueue shared = new WaitQueue(engine, "queue");
        assertThat(perform(engine, waker, shared::wakeAll)).isTrue();
        assertThat(perform(engine, sleeper, shared::prepare)).isFalse();
        Agent buffer = engine.agents().get(1);
        engine.exploring().step(buffer); // the head
        assertThat(perform(engine, sleeper, shared::prepare)).isFalse();
        engine.exploring().step(buffer); // the unlock
        assertThat(perform(engine, sleeper, shared::prepare)).isTrue();
        assertThat(perform(engine, sleeper, shared::finish))
                .as("its own unlock drains")
                .isTrue();
    }
}
