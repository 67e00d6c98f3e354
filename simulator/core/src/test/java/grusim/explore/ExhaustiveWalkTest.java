package grusim.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.engine.Agent;
import grusim.engine.Cell;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Order;
import grusim.engine.ScriptedRoutine;
import grusim.engine.SequentialMemory;
import grusim.engine.Why;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExhaustiveWalkTest {
    private static final long NO_BOUND = Long.MAX_VALUE;

    private final Engine engine = Engine.exploring(new SequentialMemory());

    private Verdict walk(Supplier<@Nullable String> invariant) {
        return new ExhaustiveWalk(engine, invariant, NO_BOUND).run();
    }

    private void start(String name, ScriptedRoutine.Script script, long... arguments) {
        new Agent(engine, name).start(new ScriptedRoutine(engine, name, script), 0, arguments);
    }

    @ParameterizedTest
    @CsvSource({"1, 5", "2, 3", "3, 2", "4, 3"})
    void independentAgents_makeAGrid(int agents, int steps) {
        for (int i = 0; i < agents; i++) {
            start("agent " + i, (agent, pc) -> {
                if (pc == steps - 1) {
                    agent.done(0);
                } else {
                    agent.next(pc + 1, 10, Why.COMPUTE);
                }
            });
        }
        Verdict verdict = walk(() -> null);
        // Each agent stands before one of its steps or behind the last: (steps + 1) to the power of agents states. Each
        // agent moves from each of its steps positions, whatever the others' positions are.
        assertThat(verdict.outcome()).isEqualTo(Outcome.SAFE);
        assertThat(verdict.states()).isEqualTo((long) Math.pow(steps + 1, agents));
        assertThat(verdict.transitions()).isEqualTo((long) agents * steps * (long) Math.pow(steps + 1, agents - 1));
    }

    @Test
    void choices_areAllTaken() {
        List<String> taken = new ArrayList<>();
        start("chooser", (agent, pc) -> {
            if (pc == 0) {
                int first = engine.choose(agent, 3);
                int second = first == 1 ? engine.choose(agent, 2) : 0;
                agent.local(0, 10 * first + second);
                agent.next(1, 0, Why.COMPUTE);
            } else {
                int third = engine.choose(agent, 2);
                taken.add(agent.local(0) + "/" + third);
                agent.done(agent.local(0) * 2 + third);
            }
        });
        Verdict verdict = walk(() -> null);
        // 0, 10, 11 and 20 after the first step; each twice after the second: 1 + 4 + 8 states, 4 + 8 transitions.
        assertThat(verdict.states()).isEqualTo(13);
        assertThat(verdict.transitions()).isEqualTo(12);
        assertThat(taken).containsExactlyInAnyOrder("0/0", "0/1", "10/0", "10/1", "11/0", "11/1", "20/0", "20/1");
    }

    @Test
    void lostUpdate_isFoundWithItsPath() {
        Cell counter = engine.cell("counter", 0);
        for (int i = 0; i < 2; i++) {
            start("agent " + i, (agent, pc) -> {
                if (pc == 0) {
                    agent.local(0, counter.load(agent, Order.RELAXED));
                    agent.next(1, 0, Why.COMPUTE);
                } else {
                    counter.store(agent, agent.local(0) + 1, Order.RELAXED);
                    agent.done(0);
                }
            });
        }
        Verdict verdict = walk(() -> idle() && counter.peek() != 2 ? "the counter is " + counter.peek() : null);
        assertThat(verdict.outcome()).isEqualTo(Outcome.VIOLATED);
        assertThat(verdict.explanation()).isEqualTo("the counter is 1");
        // Depth first and lower agents first: the first bad path has both loads before the stores.
        assertThat(verdict.path())
                .extracting(Move::toString)
                .containsExactly(
                        "agent 0: agent 0 step 0",
                        "agent 1: agent 1 step 0",
                        "agent 0: agent 0 step 1",
                        "agent 1: agent 1 step 1");
        assertThat(counter.peek())
                .as("the engine is left in the violating state")
                .isEqualTo(1);
    }

    private boolean idle() {
        return engine.agents().stream().allMatch(Agent::idle);
    }

    @Test
    void atomicUpdate_isSafe() {
        Cell counter = engine.cell("counter", 0);
        for (int i = 0; i < 3; i++) {
            start("agent " + i, (agent, pc) -> {
                counter.add(agent, 1, Order.FULL);
                agent.done(0);
            });
        }
        Verdict verdict = walk(() -> idle() && counter.peek() != 3 ? "the counter is " + counter.peek() : null);
        assertThat(verdict.outcome()).isEqualTo(Outcome.SAFE);
        assertThat(verdict.states()).isEqualTo(8); // which of the three are done
    }

    @Test
    void petersonsLock_isSafe() {
        Verdict verdict = walk(peterson(true));
        assertThat(verdict.outcome()).isEqualTo(Outcome.SAFE);
        Peterson model = new Peterson(true);
        model.explore();
        assertThat(model.violated).isFalse();
        assertThat(verdict.states()).isEqualTo(model.states.size());
        assertThat(verdict.transitions()).isEqualTo(model.transitions);
    }

    @Test
    void petersonsLock_thatYieldsBeforeItClaims_isBroken() {
        Verdict verdict = walk(peterson(false));
        assertThat(verdict.outcome()).isEqualTo(Outcome.VIOLATED);
        assertThat(verdict.path().get(verdict.path().size() - 1).step()).endsWith("step 4");
        Peterson model = new Peterson(false);
        model.explore();
        assertThat(model.violated).isTrue();
    }

    /** Two agents that each pass a critical section once: 0 claim, 1 yield, 2 and 3 spin, 4 enter, 5 leave, 6 unclaim. */
    private Supplier<@Nullable String> peterson(boolean claimFirst) {
        Cell[] claims = {engine.cell("claim 0", 0), engine.cell("claim 1", 0)};
        Cell turn = engine.cell("turn", 0);
        Cell inside = engine.cell("inside", 0);
        for (int i = 0; i < 2; i++) {
            int me = i;
            start("agent " + i, (agent, pc) -> {
                boolean claim = pc == (claimFirst ? 0 : 1);
                switch (pc) {
                    case 0, 1 -> {
                        if (claim) {
                            claims[me].store(agent, 1, Order.FULL);
                        } else {
                            turn.store(agent, 1 - me, Order.FULL);
                        }
                        agent.next(pc + 1, 0, Why.LOCK);
                    }
                    case 2 -> agent.next(claims[1 - me].load(agent, Order.FULL) == 0 ? 4 : 3, 0, Why.LOCK);
                    case 3 -> agent.next(turn.load(agent, Order.FULL) == me ? 4 : 2, 0, Why.LOCK);
                    case 4, 5 -> {
                        inside.add(agent, pc == 4 ? 1 : -1, Order.FULL);
                        agent.next(pc + 1, 0, Why.COMPUTE);
                    }
                    default -> {
                        claims[me].store(agent, 0, Order.FULL);
                        agent.done(0);
                    }
                }
            });
        }
        return () -> inside.peek() > 1 ? "both inside" : null;
    }

    /** The same lock written down a second time, as plain integers. */
    private static final class Peterson {
        final boolean claimFirst;
        final Set<List<Integer>> states = new HashSet<>();
        long transitions;
        boolean violated;

        Peterson(boolean claimFirst) {
            this.claimFirst = claimFirst;
        }

        void explore() {
            explore(0, 0, 0, 0, 0, 0);
        }

        private void explore(int pc0, int pc1, int claim0, int claim1, int turn, int inside) {
            violated |= inside > 1;
            if (!states.add(List.of(pc0, pc1, claim0, claim1, turn, inside))) {
                return;
            }
            if (pc0 < 7) {
                transitions++;
                int[] after = step(0, pc0, claim0, claim1, turn, inside);
                explore(after[0], pc1, after[1], claim1, after[2], after[3]);
            }
            if (pc1 < 7) {
                transitions++;
                int[] after = step(1, pc1, claim1, claim0, turn, inside);
                explore(pc0, after[0], claim0, after[1], after[2], after[3]);
            }
        }

        private int[] step(int me, int pc, int mine, int others, int turn, int inside) {
            boolean claim = pc == (claimFirst ? 0 : 1);
            return switch (pc) {
                case 0, 1 -> new int[] {pc + 1, claim ? 1 : mine, claim ? turn : 1 - me, inside};
                case 2 -> new int[] {others == 0 ? 4 : 3, mine, turn, inside};
                case 3 -> new int[] {turn == me ? 4 : 2, mine, turn, inside};
                case 4 -> new int[] {5, mine, turn, inside + 1};
                case 5 -> new int[] {6, mine, turn, inside - 1};
                default -> new int[] {7, 0, turn, inside};
            };
        }
    }

    @Test
    void locksTakenInOppositeOrder_deadlock() {
        lockers(false);
        Verdict verdict = walk(() -> null);
        assertThat(verdict.outcome()).isEqualTo(Outcome.DEADLOCK);
        assertThat(verdict.explanation()).isEqualTo("""
                        agent 0: agent 0 step 1 waits (lock wait) for right lock
                        agent 1: agent 1 step 1 waits (lock wait) for left lock
                        """);
    }

    @Test
    void locksTakenInOneOrder_doNot() {
        lockers(true);
        assertThat(walk(() -> null).outcome()).isEqualTo(Outcome.SAFE);
    }

    /** Two agents that take both locks in steps 0 and 1 and give them back in steps 2 and 3. */
    private void lockers(boolean oneOrder) {
        Cell[] locks = {engine.cell("left lock", 0), engine.cell("right lock", 0)};
        for (int i = 0; i < 2; i++) {
            int first = oneOrder ? 0 : i;
            start("agent " + i, (agent, pc) -> {
                Cell lock = locks[pc % 2 == 0 ? first : 1 - first];
                if (pc >= 2) {
                    lock.store(agent, 0, Order.RELEASE);
                } else if (!lock.compareAndSet(agent, 0, 1, Order.FULL)) {
                    agent.await(lock, pc, Why.LOCK);
                    return;
                }
                if (pc == 3) {
                    agent.done(0);
                } else {
                    agent.next(pc + 1, 0, Why.COMPUTE);
                }
            });
        }
    }

    @Test
    void wakeUp_isLostIfTheWaiterSleepsOnWhatItSawBefore() {
        Cell flag = engine.cell("flag", 0);
        start("waiter", (agent, pc) -> {
            switch (pc) {
                case 0 -> agent.next(flag.load(agent, Order.FULL) == 0 ? 1 : 2, 0, Why.POLL);
                case 1 -> agent.await(flag, 0, Why.POLL);
                default -> agent.done(0);
            }
        });
        startSetter(flag);
        Verdict verdict = walk(() -> null);
        assertThat(verdict.outcome()).isEqualTo(Outcome.DEADLOCK);
        assertThat(verdict.path()).extracting(Move::agent).containsExactly("waiter", "setter", "waiter");
    }

    @Test
    void wakeUp_isNotLostIfTheWaiterLooksInTheStepInWhichItSleeps() {
        Cell flag = engine.cell("flag", 0);
        start("waiter", (agent, pc) -> {
            if (flag.load(agent, Order.FULL) == 0) {
                agent.await(flag, 0, Why.POLL);
            } else {
                agent.done(0);
            }
        });
        startSetter(flag);
        assertThat(walk(() -> null).outcome()).isEqualTo(Outcome.SAFE);
    }

    private void startSetter(Cell flag) {
        start("setter", (agent, pc) -> {
            flag.store(agent, 1, Order.FULL);
            agent.done(0);
        });
    }

    @Test
    void idleWait_isNoDeadlock() {
        Cell work = engine.cell("work", 0);
        start("unit", (agent, pc) -> agent.await(work, 0, Why.IDLE));
        assertThat(walk(() -> null).outcome()).isEqualTo(Outcome.SAFE);
    }

    @Test
    void interrupts_comeAtEveryPoint() {
        Cpu cpu = new Cpu(engine, "cpu");
        Cell seen = engine.cell("seen", 0);
        int line = cpu.connect(new ScriptedRoutine(engine, "handler", (agent, pc) -> {
            seen.add(agent, 1, Order.FULL);
            agent.done(0);
        }));
        Set<Long> atSteps = new HashSet<>();
        cpu.start(
                new ScriptedRoutine(engine, "program", (agent, pc) -> {
                    atSteps.add(seen.peek() * 10 + pc);
                    if (pc == 2) {
                        agent.done(0);
                    } else {
                        agent.next(pc + 1, 5, Why.COMPUTE);
                    }
                }),
                0);
        start("device", (agent, pc) -> {
            cpu.raise(line, 100);
            agent.done(0);
        });
        assertThat(walk(() -> null).outcome()).isEqualTo(Outcome.SAFE);
        assertThat(atSteps).containsExactlyInAnyOrder(0L, 1L, 2L, 10L, 11L, 12L);
    }

    @Test
    void bound_endsTheWalk() {
        Cell counter = engine.cell("counter", 0);
        start("endless", (agent, pc) -> {
            counter.add(agent, 1, Order.FULL);
            agent.next(0, 0, Why.COMPUTE);
        });
        Verdict verdict = new ExhaustiveWalk(engine, () -> null, 1000).run();
        assertThat(verdict.outcome()).isEqualTo(Outcome.BOUNDED);
        assertThat(verdict.states()).isEqualTo(1000);
    }

    @Test
    void initialState_isJudgedToo() {
        start("agent", (agent, pc) -> agent.done(0));
        Verdict verdict = walk(() -> "bad from the start");
        assertThat(verdict.outcome()).isEqualTo(Outcome.VIOLATED);
        assertThat(verdict.path()).isEmpty();
        assertThat(verdict.transitions()).isZero();
    }

    @Test
    void failingStep_tellsThePathToIt() {
        start("agent", (agent, pc) -> {
            if (pc == 1) {
                throw new IllegalArgumentException("broken model");
            }
            agent.next(1, 0, Why.COMPUTE);
        });
        assertThatThrownBy(() -> walk(() -> null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("agent: agent step 1 failed after [agent: agent step 0]")
                .hasRootCauseMessage("broken model");
    }
}
