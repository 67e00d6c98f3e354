package grusim.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The explorer against the naive walk, on programs made at random. */
@Tag("protocol")
final class RandomProgramTest {
    private static final long MOST_STATES = 60_000;
    private static final int SEEDS = 150;

    static Stream<Arguments> seeds() {
        return Stream.of("sc", "tso", "relaxed")
                .flatMap(model -> IntStream.range(0, SEEDS).mapToObj(seed -> Arguments.of(model, (long) seed)));
    }

    /** The naive walk, repeated until the memory knows who reads what. */
    private static ExhaustiveWalk naive(String model, long seed) {
        Copies copies = new Copies(() -> new RandomProgram(seed, model));
        while (true) {
            ExhaustiveWalk walk = new ExhaustiveWalk(copies.make(), MOST_STATES).run(1);
            if (copies.complete()) {
                return walk;
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void explorer_findsWhatTheNaiveWalkFinds(String model, long seed) {
        ExhaustiveWalk naive = naive(model, seed);
        if (!naive.complete) {
            return;
        }
        assertThat(naive.dependent)
                .as("steps taken for independent that are not")
                .isEmpty();
        for (boolean reduction : new boolean[] {false, true}) {
            for (int workers = 1; workers <= 2; workers++) {
                TreeSet<Long> ends = new TreeSet<>();
                Verdict verdict = new Explorer(
                                () -> new RandomProgram(seed, model),
                                Bounds.NONE,
                                workers,
                                reduction,
                                Progress.SILENT,
                                Collections.synchronizedSet(ends)::add)
                        .run();
                String what = "reduction " + reduction + ", workers " + workers;
                if (naive.violations.isEmpty()) {
                    assertThat(verdict.outcome()).as(what + verdict).isEqualTo(Outcome.SAFE);
                    assertThat(ends).as(what).isEqualTo(naive.ends);
                    if (!reduction) {
                        assertThat(verdict.states()).isEqualTo(naive.states);
                        assertThat(verdict.transitions()).isEqualTo(naive.transitions);
                    }
                } else {
                    assertThat(verdict.outcome()).as(what).isEqualTo(Outcome.VIOLATED);
                    assertThat(naive.violations).as(what).contains(verdict.explanation());
                    Replay replay = new Replay(
                            new RandomProgram(seed, model),
                            Schedule.parse(Objects.requireNonNull(verdict.counterexample())
                                    .token()),
                            (number, agent, routine, pc, move) -> {});
                    assertThat(replay.run()).as(what).isEqualTo(verdict.explanation());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void counterexample_isTheLeast(String model, long seed) {
        Schedule all = explore(model, seed, 1, false).counterexample();
        if (all == null || naive(model, seed).states > MOST_STATES / 10) {
            return;
        }
        Copies copies = new Copies(() -> new RandomProgram(seed, model));
        String least = LeastWay.of(copies.make());
        while (!copies.complete()) {
            least = LeastWay.of(copies.make());
        }
        assertThat(LeastWay.text(all.switches(), all.moves().size())).isEqualTo(least);
        // Silent steps are no steps to a reduced search, so that it may prefer a way with more of them.
        Schedule reduced = explore(model, seed, 1, true).counterexample();
        assertThat(reduced).isNotNull().extracting(Schedule::switches).isEqualTo(all.switches());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void counterexample_doesNotDependOnWorkers(String model, long seed) {
        Verdict one = explore(model, seed, 1, true);
        Verdict two = explore(model, seed, 2, true);
        assertThat(two.outcome()).isEqualTo(one.outcome());
        assertThat(two.states()).isEqualTo(one.states());
        assertThat(two.explanation()).isEqualTo(one.explanation());
        assertThat(two.counterexample()).isEqualTo(one.counterexample());
    }

    private static Verdict explore(String model, long seed, int workers, boolean reduction) {
        return new Explorer(() -> new RandomProgram(seed, model), Bounds.NONE, workers, reduction, Progress.SILENT)
                .run();
    }
}
