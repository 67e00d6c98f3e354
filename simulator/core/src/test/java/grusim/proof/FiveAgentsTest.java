package grusim.proof;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.explore.Bounds;
import grusim.explore.Explorer;
import grusim.explore.Outcome;
import grusim.explore.Progress;
import grusim.explore.Verdict;
import org.junit.jupiter.api.Test;

/** One model for timing and proving: the routines of every timed run, walked through all interleavings. */
final class FiveAgentsTest {
    private static Verdict explore(boolean reduction, String... settings) {
        return new Explorer(() -> new FiveAgents(settings), Bounds.NONE, 1, reduction, Progress.SILENT).run();
    }

    @Test
    void killBits_keepEveryInterleavingSafe() {
        Verdict all = explore(false);
        assertThat(all.outcome()).as(all.explanation()).isEqualTo(Outcome.SAFE);
        assertThat(all.states()).isGreaterThan(10_000);
        Verdict reduced = explore(true);
        assertThat(reduced.outcome()).as(reduced.explanation()).isEqualTo(Outcome.SAFE);
        assertThat(reduced.states()).isLessThan(all.states());
        assertThat(reduced.transitions()).isLessThan(all.transitions() / 2);
    }
}
