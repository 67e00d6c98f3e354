package grusim.proof;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.explore.Outcome;
import grusim.explore.Verdict;
import org.junit.jupiter.api.Test;

/** One model for timing and proving: the routines of every timed run, walked through all interleavings. */
final class FiveAgentsTest {
    @Test
    void killBits_keepEveryInterleavingSafe() {
        Verdict verdict = new FiveAgents().walk();
        assertThat(verdict.outcome()).as(verdict.explanation()).isEqualTo(Outcome.SAFE);
        assertThat(verdict.states()).isGreaterThan(10_000);
    }

    @Test
    void withoutKillBits_aDropinInFlightSurvivesTheFlush() {
        Verdict verdict = new FiveAgents("gru.killBits=false").walk();
        assertThat(verdict.outcome()).isEqualTo(Outcome.VIOLATED);
        assertThat(verdict.path().toString()).contains("range active", "walk", "write and restart", "flush");
    }
}
