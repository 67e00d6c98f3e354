package grusim.linux.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.engine.SequentialMemory;
import grusim.engine.Why;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RwSemaphoreTest {
    private final Engine engine = Engine.timed(new SequentialMemory(), 1);
    private final List<LockWaits.Kind> waits = new ArrayList<>();
    private final RwSemaphore semaphore = new RwSemaphore(engine, "sem", waits::add);
    private final List<String> log = new ArrayList<>();
    private final Holder reader = new Holder(false);
    private final Holder writer = new Holder(true);

    /** Takes the lock, holds it for the time in slot 0, releases it. */
    private final class Holder extends Routine {
        private final boolean writes;

        Holder(boolean writes) {
            super(engine, "holder", 1);
            this.writes = writes;
        }

        @Override
        public String stepName(int pc) {
            return "hold";
        }

        @Override
        public void step(Agent agent, int pc) {
            if (pc == 0) {
                if (writes ? semaphore.downWrite(agent) : semaphore.downRead(agent)) {
                    log.add(engine.nowPs() + " " + agent.name());
                    agent.next(1, agent.local(0), Why.VM);
                } else {
                    agent.await(semaphore, 0, Why.LOCK);
                }
            } else {
                if (writes) {
                    semaphore.upWrite(agent);
                } else {
                    semaphore.upRead(agent);
                }
                agent.done(0);
            }
        }
    }

    private void at(long startPs, String name, Routine routine, long holdPs) {
        new Agent(engine, name).start(routine, startPs, holdPs);
    }

    private void tryAt(long startPs, boolean write) {
        Routine trier = new Routine(engine, "trier", 0) {
            @Override
            public String stepName(int pc) {
                return "try";
            }

            @Override
            public void step(Agent agent, int pc) {
                boolean taken = write ? semaphore.tryDownWrite(agent) : semaphore.tryDownRead(agent);
                log.add(engine.nowPs() + " try " + taken);
                agent.done(0);
            }
        };
        new Agent(engine, "trier at " + startPs).start(trier, startPs);
    }

    @Test
    void readers_shareTheLock() {
        at(0, "r1", reader, 100);
        at(10, "r2", reader, 100);
        engine.timed().run(Long.MAX_VALUE);
        assertThat(log).containsExactly("0 r1", "10 r2");
        assertThat(waits).isEmpty();
    }

    @Test
    void waitingWriter_holdsBackLaterReadersAndTrylocks() {
        at(0, "r1", reader, 100);
        at(10, "w1", writer, 50);
        at(20, "r2", reader, 30);
        tryAt(25, false);
        at(30, "w2", writer, 5);
        at(40, "r3", reader, 5);
        engine.timed().run(Long.MAX_VALUE);
        // r1 until 100, w1 until 150, r2 until 180, w2 until 185, r3
        assertThat(log).containsExactly("0 r1", "25 try false", "100 w1", "150 r2", "180 w2", "185 r3");
        assertThat(waits)
                .containsExactlyInAnyOrder(
                        LockWaits.Kind.SEMAPHORE_WRITE,
                        LockWaits.Kind.SEMAPHORE_WRITE,
                        LockWaits.Kind.SEMAPHORE_READ,
                        LockWaits.Kind.SEMAPHORE_READ);
    }

    @Test
    void releaseByAWriter_letsAllReadersInFrontOfTheNextWriterIn() {
        at(0, "w1", writer, 100);
        at(10, "r1", reader, 50);
        at(20, "r2", reader, 60);
        at(30, "w2", writer, 10);
        at(40, "r3", reader, 10);
        tryAt(170, true);
        engine.timed().run(Long.MAX_VALUE);
        assertThat(log).containsExactly("0 w1", "100 r1", "100 r2", "160 w2", "170 try false", "170 r3");
    }

    @Test
    void handedOverLock_cannotBeStolenBeforeTheWaiterRuns() {
        at(0, "w1", writer, 100);
        at(10, "w2", writer, 10);
        // Arrives in the same instant as the release, one step behind it and ahead of the waiter's next look.
        at(100, "w3", writer, 10);
        engine.timed().run(Long.MAX_VALUE);
        assertThat(log).containsExactly("0 w1", "100 w2", "110 w3");
    }

    @Test
    void trylocks_succeedOnAFreeLock() {
        tryAt(0, false);
        tryAt(5, false);
        tryAt(10, true);
        engine.timed().run(Long.MAX_VALUE);
        assertThat(log).containsExactly("0 try true", "5 try true", "10 try false");
        assertThat(semaphore.readers()).isEqualTo(2);
        assertThat(semaphore.writeLocked()).isFalse();
    }

    /** Takes the lock for writing, downgrades it at 100 and releases it at 200. */
    private final class Downgrader extends Routine {
        Downgrader() {
            super(engine, "downgrader", 0);
        }

        @Override
        public String stepName(int pc) {
            return "step " + pc;
        }

        @Override
        public void step(Agent agent, int pc) {
            switch (pc) {
                case 0 -> {
                    assertThat(semaphore.downWrite(agent)).isTrue();
                    agent.next(1, 100, Why.VM);
                }
                case 1 -> {
                    assertThat(semaphore.heldForWriting(agent)).isTrue();
                    semaphore.downgradeWrite(agent);
                    agent.next(2, 100, Why.VM);
                }
                default -> {
                    assertThat(semaphore.heldForWriting(agent)).isFalse();
                    semaphore.upRead(agent);
                    agent.done(0);
                }
            }
        }
    }

    /** Tries once and gives back at once what it got. */
    private final class Trier extends Routine {
        private final boolean writes;

        Trier(boolean writes) {
            super(engine, "trier", 0);
            this.writes = writes;
        }

        @Override
        public String stepName(int pc) {
            return "step " + pc;
        }

        @Override
        public void step(Agent agent, int pc) {
            if (pc == 0) {
                boolean taken = writes ? semaphore.tryDownWrite(agent) : semaphore.tryDownRead(agent);
                log.add(engine.nowPs() + " " + agent.name() + " " + taken);
                agent.next(taken ? 1 : 2, 0, Why.VM);
            } else {
                if (pc == 1 && writes) {
                    semaphore.upWrite(agent);
                } else if (pc == 1) {
                    semaphore.upRead(agent);
                }
                agent.done(0);
            }
        }
    }

    /**
     * The queue when the writer downgrades at 100 (r and w arrive at 10, 20, ... and hold for 70), and what follows: the
     * readers in front of the first writer come in at 100, a writer comes in when the downgraded lock is released at 200 and
     * holds until 270, a reader that arrives at 120 ("late") and the trylock for reading at 150 get in at once only if no
     * writer waits, and the one for writing at 160 never.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''   | 120 late, 150 tryR true, 160 tryW false",
                "r    | 100 r0, 120 late, 150 tryR true, 160 tryW false",
                "rr   | 100 r0, 100 r1, 120 late, 150 tryR true, 160 tryW false",
                "w    | 150 tryR false, 160 tryW false, 200 w0, 270 late",
                "rw   | 100 r0, 150 tryR false, 160 tryW false, 200 w1, 270 late",
                "wr   | 150 tryR false, 160 tryW false, 200 w0, 270 r1, 270 late",
                "ww   | 150 tryR false, 160 tryW false, 200 w0, 270 w1, 340 late",
                "rrwr | 100 r0, 100 r1, 150 tryR false, 160 tryW false, 200 w2, 270 r3, 270 late",
                "rwrw | 100 r0, 150 tryR false, 160 tryW false, 200 w1, 270 r2, 340 w3, 410 late",
                "wrw  | 150 tryR false, 160 tryW false, 200 w0, 270 r1, 340 w2, 410 late"
            })
    void downgrade_letsInTheReadersInFrontOfTheNextWriter(String waiting, String expected) {
        new Agent(engine, "downgrader").start(new Downgrader(), 0);
        for (int i = 0; i < waiting.length(); i++) {
            char kind = waiting.charAt(i);
            at(10L + 10L * i, "" + kind + i, kind == 'w' ? writer : reader, 70);
        }
        at(120, "late", reader, 70);
        new Agent(engine, "tryR").start(new Trier(false), 150);
        new Agent(engine, "tryW").start(new Trier(true), 160);
        assertThat(engine.timed().run(Long.MAX_VALUE)).isFalse();
        assertThat(log).containsExactly(expected.split(", ", -1));
        assertThat(semaphore.readers()).isZero();
        assertThat(semaphore.writeLocked()).isFalse();
        assertThat(engine.waitGraph()).isEmpty();
    }

    @Test
    void downgrade_byAReader_isAnError() {
        Routine wrong = new Routine(engine, "wrong", 0) {
            @Override
            public String stepName(int pc) {
                return "downgrade";
            }

            @Override
            public void step(Agent agent, int pc) {
                semaphore.downgradeWrite(agent);
                agent.done(0);
            }
        };
        new Agent(engine, "wrong").start(wrong, 0);
        assertThatThrownBy(() -> engine.timed().run(Long.MAX_VALUE))
                .isInstanceOf(AssertionError.class)
                .hasMessage("sem is not locked for writing by wrong");
    }
}
