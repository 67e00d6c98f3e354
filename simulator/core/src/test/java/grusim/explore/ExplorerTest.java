package grusim.explore;

import static grusim.explore.Subjects.idle;
import static grusim.explore.Subjects.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.engine.Cell;
import grusim.engine.Cells;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Order;
import grusim.engine.ScriptedRoutine;
import grusim.engine.Why;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExplorerTest {
    private static Verdict explore(boolean reduction, Function<Engine, Supplier<@Nullable String>> program) {
        return explore(reduction, Bounds.NONE, program);
    }

    private static Verdict explore(
            boolean reduction, Bounds bounds, Function<Engine, Supplier<@Nullable String>> program) {
        return new Explorer(Subjects.of(program), bounds, 1, reduction, Progress.SILENT).run();
    }

    /** The agents and steps of a counterexample, in order. */
    private static List<String> steps(Verdict verdict, Function<Engine, Supplier<@Nullable String>> program) {
        List<String> steps = new ArrayList<>();
        Schedule schedule = Objects.requireNonNull(verdict.counterexample());
        String again = new Replay(
                        Subjects.of(program).get(),
                        schedule,
                        (number, agent, routine, pc, move) -> steps.add(agent.name() + " " + pc))
                .run();
        assertThat(again).isEqualTo(verdict.explanation());
        return steps;
    }

    /** The invariant of what cannot go wrong. */
    private static @Nullable String nothing() {
        return null;
    }

    @ParameterizedTest
    @CsvSource({"1, 5", "2, 3", "3, 2", "4, 3"})
    void independentAgents_makeAGrid(int agents, int steps) {
        Function<Engine, Supplier<@Nullable String>> program = engine -> {
            for (int i = 0; i < agents; i++) {
                start(engine, "agent " + i, (agent, pc) -> {
                    if (pc == steps - 1) {
                        agent.done(0);
                    } else {
                        agent.next(pc + 1, 10, Why.COMPUTE);
                    }
                });
            }
            return ExplorerTest::nothing;
        };
        Verdict all = explore(false, program);
        // Each agent stands before one of its steps or behind the last: (steps + 1) to the power of agents states. Each
        // agent moves from each of its steps positions, whatever the others' positions are.
        assertThat(all.outcome()).isEqualTo(Outcome.SAFE);
        assertThat(all.states()).isEqualTo((long) Math.pow(steps + 1, agents));
        assertThat(all.transitions()).isEqualTo((long) agents * steps * (long) Math.pow(steps + 1, agents - 1));
        // Nobody notices any of it.
        Verdict reduced = explore(true, program);
        assertThat(reduced.outcome()).isEqualTo(Outcome.SAFE);
        assertThat(reduced.states()).isEqualTo(1);
        assertThat(reduced.transitions()).isZero();
    }

    @Test
    void stepsThatCommute_areNotFollowedInBothOrders() {
        // Three agents that each write a cell of their own, which a fourth one looks at later on.
        Verdict reduced = explore(true, engine -> {
            Cells cells = engine.cells("cells", 3);
            for (int i = 0; i < 3; i++) {
                int mine = i;
                start(engine, "writer " + i, (agent, pc) -> {
                    cells.store(agent, mine, 1, Order.RELAXED);
                    agent.done(0);
                });
            }
            start(engine, "reader", (agent, pc) -> {
                cells.load(agent, pc, Order.RELAXED);
                if (pc == 2) {
                    agent.done(0);
                } else {
                    agent.next(pc + 1, 0, Why.COMPUTE);
                }
            });
            return ExplorerTest::nothing;
        });
        // A state is which of the writers are done and which of its 3 looks the reader has taken: 2^3 * 4. Without
        // reduction
        // there are 12 moves of writers at each of the reader's 4 positions, and 8 of the reader at each of the first
        // 3.
        assertThat(reduced.states()).isEqualTo(32);
        assertThat(reduced.transitions()).isGreaterThanOrEqualTo(31).isLessThan(4 * 12 + 3 * 8);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void choices_areAllTaken(boolean reduction) {
        List<String> taken = Collections.synchronizedList(new ArrayList<>());
        Verdict verdict = explore(reduction, engine -> {
            taken.clear();
            start(engine, "chooser", (agent, pc) -> {
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
            return ExplorerTest::nothing;
        });
        // 0, 10, 11 and 20 after the first step; each twice after the second: 1 + 4 + 8 states, 4 + 8 transitions.
        assertThat(verdict.states()).isEqualTo(13);
        assertThat(verdict.transitions()).isEqualTo(12);
        assertThat(taken).containsExactlyInAnyOrder("0/0", "0/1", "10/0", "10/1", "11/0", "11/1", "20/0", "20/1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void lostUpdate_isFoundWithTheLeastPath(boolean reduction) {
        Function<Engine, Supplier<@Nullable String>> program = counting(false);
        Verdict verdict = explore(reduction, program);
        assertThat(verdict.outcome()).isEqualTo(Outcome.VIOLATED);
        assertThat(verdict.explanation()).isEqualTo("the counter is 1");
        assertThat(verdict.least()).isTrue();
        // Two changes of agent are needed: one agent's load and store lie between the other's.
        assertThat(steps(verdict, program)).containsExactly("agent 0 0", "agent 1 0", "agent 1 1", "agent 0 1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void atomicUpdate_isSafe(boolean reduction) {
        Verdict verdict = explore(reduction, counting(true));
        assertThat(verdict.outcome()).isEqualTo(Outcome.SAFE);
        assertThat(verdict.states()).isEqualTo(4); // which of the two are done
    }

    /** Two agents that each add one to a counter, at once or in two steps. */
    private static Function<Engine, Supplier<@Nullable String>> counting(boolean atomic) {
        return engine -> {
            Cell counter = engine.cell("counter", 0);
            for (int i = 0; i < 2; i++) {
                start(engine, "agent " + i, (agent, pc) -> {
                    if (atomic) {
                        counter.add(agent, 1, Order.FULL);
                        agent.done(0);
                    } else if (pc == 0) {
                        agent.local(0, counter.load(agent, Order.RELAXED));
                        agent.next(1, 0, Why.COMPUTE);
                    } else {
                        counter.store(agent, agent.local(0) + 1, Order.RELAXED);
                        agent.done(0);
                    }
                });
            }
            return () -> idle(engine) && counter.peek() != 2 ? "the counter is " + counter.peek() : null;
        };
    }

    @Test
    void petersonsLock_isSafe() {
        Verdict verdict = explore(false, peterson(true));
        assertThat(verdict.outcome()).isEqualTo(Outcome.SAFE);
        Peterson model = new Peterson(true);
        model.explore();
        assertThat(model.violated).isFalse();
        assertThat(verdict.states()).isEqualTo(model.states.size());
        assertThat(verdict.transitions()).isEqualTo(model.transitions);
        Verdict reduced = explore(true, peterson(true));
        assertThat(reduced.outcome()).isEqualTo(Outcome.SAFE);
        assertThat(reduced.states()).isLessThanOrEqualTo(verdict.states());
        assertThat(reduced.transitions()).isLessThan(verdict.transitions());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void petersonsLock_thatYieldsBeforeItClaims_isBroken(boolean reduction) {
        Function<Engine, Supplier<@Nullable String>> program = peterson(false);
        Verdict verdict = explore(reduction, program);
        assertThat(verdict.outcome()).isEqualTo(Outcome.VIOLATED);
        // Yielding first lets the other yield and claim and enter; that it yielded is then no longer known.
        assertThat(steps(verdict, program))
                .containsExactly(
                        "agent 0 0",
                        "agent 1 0",
                        "agent 1 1",
                        "agent 1 2",
                        "agent 1 4",
                        "agent 0 1",
                        "agent 0 2",
                        "agent 0 3",
                        "agent 0 4");
        Peterson model = new Peterson(false);
        model.explore();
        assertThat(model.violated).isTrue();
    }

    /** Two agents that each pass a critical section once: 0 claim, 1 yield, 2 and 3 spin, 4 enter, 5 leave, 6 unclaim. */
    private static Function<Engine, Supplier<@Nullable String>> peterson(boolean claimFirst) {
        return engine -> {
            Cell[] claims = {engine.cell("claim 0", 0), engine.cell("claim 1", 0)};
            Cell turn = engine.cell("turn", 0);
            Cell inside = engine.cell("inside", 0);
            for (int i = 0; i < 2; i++) {
                int me = i;
                start(engine, "agent " + i, (agent, pc) -> {
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
        };
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

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void locksTakenInOppositeOrder_deadlock(boolean reduction) {
        Verdict verdict = explore(reduction, lockers(false));
        assertThat(verdict.outcome()).isEqualTo(Outcome.VIOLATED);
        assertThat(verdict.explanation()).isEqualTo("""
                        agent 0: agent 0 step 1 waits (lock wait) for right lock
                        agent 1: agent 1 step 1 waits (lock wait) for left lock
                        """);
        assertThat(steps(verdict, lockers(false))).containsExactly("agent 0 0", "agent 1 0", "agent 1 1", "agent 0 1");
    }

    @Test
    void outcome_isThatOfTheVerdict() {
        for (boolean oneOrder : new boolean[] {true, false}) {
            assertThat(new Explorer(Subjects.of(lockers(oneOrder)), Bounds.NONE, 1, true, Progress.SILENT).outcome())
                    .isEqualTo(oneOrder ? Outcome.SAFE : Outcome.VIOLATED);
        }
    }

    /** Only a subject that minds agents waiting for ever is wrong for it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void standstill_isWrongOnlyForWhoMinds(boolean reduction) {
        Supplier<Subject> careless = () -> new Subject() {
            private final Subject locking = Subjects.of(lockers(false)).get();

            @Override
            public Engine engine() {
                return locking.engine();
            }

            @Override
            public @Nullable String violation() {
                return null;
            }

            @Override
            public long observed() {
                return 0;
            }

            @Override
            public boolean mindsStandstill() {
                return false;
            }
        };
        Explorer explorer = new Explorer(careless, Bounds.NONE, 1, reduction, Progress.SILENT);
        assertThat(explorer.run().outcome()).isEqualTo(Outcome.SAFE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void locksTakenInOneOrder_doNot(boolean reduction) {
        assertThat(explore(reduction, lockers(true)).outcome()).isEqualTo(Outcome.SAFE);
    }

    /** Two agents that take both locks in steps 0 and 1 and give them back in steps 2 and 3. */
    private static Function<Engine, Supplier<@Nullable String>> lockers(boolean oneOrder) {
        return engine -> {
            Cell[] locks = {engine.cell("left lock", 0), engine.cell("right lock", 0)};
            for (int i = 0; i < 2; i++) {
                int first = oneOrder ? 0 : i;
                start(engine, "agent " + i, (agent, pc) -> {
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
            return ExplorerTest::nothing;
        };
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void wakeUp_isLostIfTheWaiterSleepsOnWhatItSawBefore(boolean reduction) {
        Function<Engine, Supplier<@Nullable String>> program = engine -> {
            Cell flag = engine.cell("flag", 0);
            start(engine, "waiter", (agent, pc) -> {
                switch (pc) {
                    case 0 -> agent.next(flag.load(agent, Order.FULL) == 0 ? 1 : 2, 0, Why.POLL);
                    case 1 -> agent.await(flag, 0, Why.POLL);
                    default -> agent.done(0);
                }
            });
            startSetter(engine, flag);
            return ExplorerTest::nothing;
        };
        Verdict verdict = explore(reduction, program);
        assertThat(verdict.outcome()).isEqualTo(Outcome.VIOLATED);
        assertThat(steps(verdict, program)).containsExactly("waiter 0", "setter 0", "waiter 1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void wakeUp_isNotLostIfTheWaiterLooksInTheStepInWhichItSleeps(boolean reduction) {
        Verdict verdict = explore(reduction, engine -> {
            Cell flag = engine.cell("flag", 0);
            start(engine, "waiter", (agent, pc) -> {
                if (flag.load(agent, Order.FULL) == 0) {
                    agent.await(flag, 0, Why.POLL);
                } else {
                    agent.done(0);
                }
            });
            startSetter(engine, flag);
            return ExplorerTest::nothing;
        });
        assertThat(verdict.outcome()).isEqualTo(Outcome.SAFE);
    }

    private static void startSetter(Engine engine, Cell flag) {
        start(engine, "setter", (agent, pc) -> {
            flag.store(agent, 1, Order.FULL);
            agent.done(0);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void idleWait_isNoDeadlock(boolean reduction) {
        Verdict verdict = explore(reduction, engine -> {
            Cell work = engine.cell("work", 0);
            start(engine, "unit", (agent, pc) -> agent.await(work, 0, Why.IDLE));
            return ExplorerTest::nothing;
        });
        assertThat(verdict.outcome()).isEqualTo(Outcome.SAFE);
    }

    @Test
    void agentThatGoesOnForEverUnnoticed_isALivelock() {
        Verdict verdict = explore(true, engine -> {
            start(engine, "spinner", (agent, pc) -> agent.next(0, 0, Why.POLL));
            return ExplorerTest::nothing;
        });
        assertThat(verdict.outcome()).isEqualTo(Outcome.VIOLATED);
        assertThat(verdict.explanation()).startsWith("livelock: spinner: spinner step 0 goes on for ever");
    }

    @Test
    void interrupts_comeAtEveryPoint() {
        Set<Long> atSteps = Collections.synchronizedSet(new HashSet<>());
        Verdict verdict = explore(false, engine -> {
            Cpu cpu = new Cpu(engine, "cpu");
            Cell seen = engine.cell("seen", 0);
            int line = cpu.connect(new ScriptedRoutine(engine, "handler", (agent, pc) -> {
                seen.add(agent, 1, Order.FULL);
                agent.done(0);
            }));
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
            start(engine, "device", (agent, pc) -> {
                cpu.raise(line, 100);
                agent.done(0);
            });
            return ExplorerTest::nothing;
        });
        assertThat(verdict.outcome()).isEqualTo(Outcome.SAFE);
        assertThat(atSteps).containsExactlyInAnyOrder(0L, 1L, 2L, 10L, 11L, 12L);
    }

    /** Two agents that count for ever, one noticed by the other. */
    private static Supplier<@Nullable String> endless(Engine engine) {
        Cell counter = engine.cell("counter", 0);
        for (int i = 0; i < 2; i++) {
            start(engine, "endless " + i, (agent, pc) -> {
                counter.add(agent, 1, Order.FULL);
                agent.next(0, 0, Why.COMPUTE);
            });
        }
        return ExplorerTest::nothing;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void boundOnStates_endsTheExploration(boolean reduction) {
        Verdict verdict = explore(reduction, Bounds.NONE.withStates(1000), ExplorerTest::endless);
        assertThat(verdict.outcome()).isEqualTo(Outcome.BOUNDED);
        assertThat(verdict.states()).isEqualTo(1000);
        assertThat(verdict.bound()).isEqualTo("states 1000");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void boundOnDepth_cutsPaths(boolean reduction) {
        Verdict verdict = explore(reduction, Bounds.NONE.withDepth(7), ExplorerTest::endless);
        assertThat(verdict.outcome()).isEqualTo(Outcome.BOUNDED);
        assertThat(verdict.states()).isEqualTo(8); // the counter is 0 to 7
        assertThat(verdict.bound()).isEqualTo("depth 7");
    }

    @Test
    void boundOnTime_endsTheExploration() {
        Verdict verdict = explore(true, Bounds.NONE.withMillis(150), ExplorerTest::endless);
        assertThat(verdict.outcome()).isEqualTo(Outcome.BOUNDED);
        assertThat(verdict.bound()).isEqualTo("time 150 ms");
    }

    @ParameterizedTest
    @CsvSource({"0, BOUNDED", "1, VIOLATED"})
    void boundOnPreemptions_leavesOutWhatNeedsMore(int preemptions, Outcome outcome) {
        // Losing an update takes one preemption: between one agent's load and its store.
        Verdict verdict = explore(true, Bounds.NONE.withPreemptions(preemptions), counting(false));
        assertThat(verdict.outcome()).isEqualTo(outcome);
        assertThat(verdict.bound()).isEqualTo(outcome == Outcome.BOUNDED ? "preemptions 0" : "");
    }

    @Test
    void boundsThatAreNotReached_leaveTheVerdictComplete() {
        Bounds bounds = new Bounds(1_000_000, 100, 10, 100_000);
        Verdict verdict = explore(true, bounds, lockers(true));
        assertThat(verdict.outcome()).isEqualTo(Outcome.SAFE);
        assertThat(verdict.bound()).isEmpty();
        assertThat(verdict.states()).isEqualTo(explore(true, lockers(true)).states());
    }

    @Test
    void stop_returnsWhatThereIs() {
        Explorer[] explorer = new Explorer[1];
        List<Long> told = new ArrayList<>();
        explorer[0] =
                new Explorer(Subjects.of(ExplorerTest::endless), Bounds.NONE, 1, true, (states, rate, depth, left) -> {
                    told.add(states);
                    explorer[0].stop();
                });
        Verdict verdict = explorer[0].run();
        assertThat(verdict.outcome()).isEqualTo(Outcome.BOUNDED);
        assertThat(verdict.bound()).isEqualTo("interrupted");
        assertThat(told).isNotEmpty();
        assertThat(verdict.states()).isGreaterThanOrEqualTo(told.get(0)).isPositive();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void initialState_isJudgedToo(boolean reduction) {
        Verdict verdict = explore(reduction, engine -> {
            start(engine, "agent", (agent, pc) -> agent.done(0));
            return () -> "bad from the start";
        });
        assertThat(verdict.outcome()).isEqualTo(Outcome.VIOLATED);
        assertThat(verdict.counterexample()).isEqualTo(new Schedule(List.of()));
        assertThat(verdict.transitions()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void failingStep_tellsTheWayToIt(boolean reduction) {
        Function<Engine, Supplier<@Nullable String>> program = engine -> {
            start(engine, "agent", (agent, pc) -> {
                if (pc == 1) {
                    throw new IllegalArgumentException("broken model");
                }
                agent.next(1, 0, Why.COMPUTE);
            });
            return ExplorerTest::nothing;
        };
        // The way: agent 0 takes two steps, the second of which fails.
        Schedule way = new Schedule(List.of(Schedule.move(0, new int[0]), Schedule.move(0, new int[0])));
        assertThatThrownBy(() -> explore(reduction, program))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("broken model; replay " + way.token())
                .hasRootCauseMessage("broken model");
    }

    @Test
    void searchThatWouldGoTooFar_tellsAWayThatIsNotTheLeast() {
        Explorer explorer = new Explorer(Subjects.of(peterson(false)), Bounds.NONE, 1, true, Progress.SILENT);
        explorer.mostNodes(3);
        Verdict verdict = explorer.run();
        assertThat(verdict.outcome()).isEqualTo(Outcome.VIOLATED);
        assertThat(verdict.least()).isFalse();
        assertThat(steps(verdict, peterson(false))).endsWith("agent 1 4");
    }
}
