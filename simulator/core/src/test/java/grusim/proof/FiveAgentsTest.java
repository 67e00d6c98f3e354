package grusim.proof;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.explore.Bounds;
import grusim.explore.ExhaustiveWalk;
import grusim.explore.Explorer;
import grusim.explore.Outcome;
import grusim.explore.Progress;
import grusim.explore.Replay;
import grusim.explore.Schedule;
import grusim.explore.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One model for timing and proving: the routines of every timed run, walked through all interleavings. */
final class FiveAgentsTest {
    private static Verdict explore(int workers, boolean reduction, String... settings) {
        return new Explorer(() -> new FiveAgents(settings), Bounds.NONE, workers, reduction, Progress.SILENT).run();
    }

    @Test
    void killBits_keepEveryInterleavingSafe() {
        Verdict all = explore(1, false);
        assertThat(all.outcome()).as(all.explanation()).isEqualTo(Outcome.SAFE);
        assertThat(all.states()).isGreaterThan(10_000);
        Verdict reduced = explore(1, true);
        assertThat(reduced.outcome()).as(reduced.explanation()).isEqualTo(Outcome.SAFE);
        assertThat(reduced.states()).isLessThan(all.states());
        assertThat(reduced.transitions()).isLessThan(all.transitions() / 3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void numberOfWorkers_changesNothing(boolean reduction) {
        Verdict one = explore(1, reduction);
        Verdict two = explore(2, reduction);
        assertThat(two.outcome()).isEqualTo(one.outcome());
        assertThat(two.states()).isEqualTo(one.states());
    }

    @Test
    void withoutKillBits_aDropinInFlightSurvivesTheFlush() {
        Verdict verdict = explore(1, true, "gru.killBits=false");
        assertThat(verdict.outcome()).isEqualTo(Outcome.VIOLATED);
        assertThat(verdict.least()).isTrue();
        Schedule schedule = Objects.requireNonNull(verdict.counterexample());
        assertThat(explore(2, true, "gru.killBits=false").counterexample()).isEqualTo(schedule);
        assertThat(explore(1, false, "gru.killBits=false").counterexample()).isNotNull();

        List<String> steps = new ArrayList<>();
        String violation = new Replay(
                        new FiveAgents("gru.killBits=false"),
                        Schedule.parse(schedule.token()),
                        (number, agent, routine, pc, move) -> steps.add(routine.name() + ": " + routine.stepName(pc)))
                .run();
        assertThat(violation).isEqualTo(verdict.explanation());
        // The pte is read before the reclaimer clears it, and the entry is written after the flush.
        assertThat(steps)
                .containsSubsequence(
                        "gru_try_dropin: 5 range active?",
                        "atomic_pte_lookup: read the pte",
                        "gru_invalidate_range_start: 1 count active range",
                        "gru0 TLB global handle: PE_INVAL: remove entries",
                        "gru0 TLB fault handle: WRITE_TLB: look at the kill bit, write the entry");
    }

    @Test
    void stepsTakenForIndependent_commute() {
        ExhaustiveWalk walk = new ExhaustiveWalk(new FiveAgents(), 1_000_000).run(7);
        assertThat(walk.audited).isGreaterThan(10_000);
        assertThat(walk.dependent).isEmpty();
    }
}
