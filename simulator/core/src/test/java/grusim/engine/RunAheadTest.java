package grusim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RunAheadTest {
    private static final int STEPS_EACH = 400;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 25);
    }

    /** One line per step: time, agent, routine, step. */
    private static List<String> log(Engine engine) {
        List<String> log = new ArrayList<>();
        engine.observer((agent, routine, pc) ->
                log.add(engine.nowPs() + " " + agent.name() + ": " + routine.name() + " " + routine.stepName(pc)));
        return log;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void randomPrograms_runTheSameWithAndWithoutRunAhead(long seed) {
        Engine ahead = RandomPrograms.timed(seed, true, STEPS_EACH);
        Engine queued = RandomPrograms.timed(seed, false, STEPS_EACH);
        List<String> aheadLog = log(ahead);
        List<String> queuedLog = log(queued);
        ahead.timed().run(Long.MAX_VALUE);
        queued.timed().run(Long.MAX_VALUE);
        assertThat(aheadLog).hasSizeGreaterThan(STEPS_EACH).isEqualTo(queuedLog);
        assertThat(ahead.eventHash()).isEqualTo(queued.eventHash());
        assertThat(Snapshot.of(ahead, true)).isEqualTo(Snapshot.of(queued, true));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void randomPrograms_runTheSameInPieces(long seed) {
        Engine whole = RandomPrograms.timed(seed, true, STEPS_EACH);
        whole.timed().run(Long.MAX_VALUE);
        Engine pieces = RandomPrograms.timed(seed, true, STEPS_EACH);
        SplittableRandom random = new SplittableRandom(seed);
        long untilPs = 0;
        do {
            untilPs += random.nextLong(20_000_000);
            assertThat(pieces.nowPs()).isLessThanOrEqualTo(untilPs);
        } while (pieces.timed().run(untilPs));
        assertThat(pieces.eventHash()).isEqualTo(whole.eventHash());
        assertThat(pieces.steps()).isEqualTo(whole.steps());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void randomPrograms_resumeFromASnapshotAnywhere(long seed) {
        StateContract.assertResumes(
                () -> RandomPrograms.timed(seed, true, STEPS_EACH),
                Long.MAX_VALUE,
                0,
                999,
                1_000_000,
                30_000_000,
                200_000_000,
                900_000_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void randomPrograms_replayWhenExploring(long seed) {
        StateContract.assertReplays(() -> RandomPrograms.exploring(20), seed, 1500);
    }

    @Test
    void eventHash_isTheSameOnEveryMachineAndJdk() {
        Engine engine = RandomPrograms.timed(1, true, STEPS_EACH);
        engine.timed().run(Long.MAX_VALUE);
        assertThat(engine.eventHash()).isEqualTo(3375985937990888372L);
    }

    @Test
    void eventHash_dependsOnTimesAgentsAndSteps() {
        List<Long> hashes = new ArrayList<>();
        for (long seed = 1; seed <= 50; seed++) {
            Engine engine = RandomPrograms.timed(seed, true, 50);
            engine.timed().run(Long.MAX_VALUE);
            hashes.add(engine.eventHash());
        }
        assertThat(hashes).doesNotHaveDuplicates();
    }

    @Test
    void eventHash_keepsTimeApartFromTheStep() {
        // One step 5 ps later must not look like another agent's or step's number.
        List<Long> hashes = new ArrayList<>();
        for (int pc = 0; pc < 8; pc++) {
            for (long startPs = 0; startPs < 8; startPs++) {
                Engine engine = Engine.timed(new SequentialMemory(), 1);
                int last = pc;
                new Agent(engine, "A")
                        .start(
                                new ScriptedRoutine(engine, "two", (agent, at) -> {
                                    if (at == 0 && last != 0) {
                                        agent.next(last, 0, Why.COMPUTE);
                                    } else {
                                        agent.done(0);
                                    }
                                }),
                                startPs);
                engine.timed().run(Long.MAX_VALUE);
                hashes.add(engine.eventHash());
            }
        }
        assertThat(hashes).doesNotHaveDuplicates();
    }
}
