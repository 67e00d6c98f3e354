package grusim.result.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StoryTest {
    /** Steps 1 clear, 2 lower | 3 enter, 4 range active?, 5 pgd, 6 pmd, 7 walk; 4 had to come before 7. */
    private final Counterexample mp = Proofs.messagePassing();

    private final Story story = new Story(mp);

    @Test
    void racing_areTheEndsOfTheOrderAndTheWritesTheyReadOrMissed() {
        assertThat(mp.steps().stream().filter(story::racing).map(Step::number)).containsExactly(1, 2, 4, 7);
        assertThat(mp.steps().stream().filter(story::shared).map(Step::number)).containsExactly(1, 2, 4, 7);
    }

    @Test
    void flows_nameWhatWasReadAndWhatWasMissed() {
        assertThat(story.flows())
                .containsExactly(new Story.Flow(2, 4, true), new Story.Flow(0, 7, true), new Story.Flow(1, 7, false));
        assertThat(story.missedBy(mp.step(7))).isEqualTo(1);
        assertThat(story.missedBy(mp.step(4))).isZero();
        assertThat(story.initially()).isEqualTo(Map.of("pte", "frame 5"));
    }

    @Test
    void runs_foldStepsThatTouchNothingShared() {
        List<Story.Run> runs = story.runs(Detail.SHARED);
        assertThat(runs).extracting(Story.Run::lane).containsExactly(0, 1);
        assertThat(runs.get(1).lines())
                .extracting(line -> line.steps().stream().map(Step::number).toList())
                .containsExactly(List.of(3), List.of(4), List.of(5, 6), List.of(7));
        assertThat(story.runs(Detail.ALL).get(1).lines()).noneMatch(Story.Line::folded);
    }

    @Test
    void shared_needsAnotherLaneAndAWrite() {
        Script s = new Script().lane("a", "").lane("b", "");
        s.in(0, "r")
                .read("both read", "constant")
                .write("own", "mine", "1")
                .read("own", "mine")
                .write("give", "x", "1");
        s.in(1, "r").read("both read", "constant").read("take", "x");
        Story shared = new Story(proof(s, List.of()));
        assertThat(s.steps().stream().filter(shared::shared).map(Step::text)).containsExactly("give", "take");
    }

    @Test
    void shown_isEveryStepWithANote() {
        Script s = new Script().lane("a", "").lane("b", "");
        s.in(0, "r")
                .step("one")
                .step("two")
                .step("three")
                .readNote("four", "x", "sleeps")
                .step("five")
                .step("six");
        s.in(1, "r").step("last");
        assertThat(new Story(proof(s, List.of())).runs(Detail.SHARED).get(0).lines())
                .extracting(line -> line.steps().size())
                .containsExactly(3, 1, 2);
    }

    @Test
    void flows_leaveOutAValueFromTheSameLane() {
        Script s = new Script().lane("a", "").lane("b", "");
        s.in(1, "r").write("w", "x", "1");
        s.in(0, "r").write("w", "x", "2").read("r", "x");
        Story own = new Story(proof(s, List.of(new Missing(3, 1, "", "x"))));
        assertThat(own.flows()).isEmpty();
        assertThat(own.elsewhere(s.steps().get(2))).isZero();
    }

    private static Counterexample proof(Script s, List<Missing> missing) {
        Finding finding = new Finding(1, "x", "", "");
        return new Counterexample("s", "sc", List.of(), finding, s.lanes(), s.steps(), missing, "", s.switches());
    }
}
