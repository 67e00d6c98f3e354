package grusim.result.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.result.proof.CheckResult;
import grusim.result.proof.CheckResult.Limits;
import grusim.result.proof.CheckResult.Verdict;
import grusim.result.proof.Counterexample;
import grusim.result.proof.Finding;
import grusim.result.proof.Lane;
import grusim.result.proof.Missing;
import grusim.result.proof.Step;
import grusim.result.proof.Touch;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CheckJsonTest {
    private static final Counterexample TOLD = new Counterexample(
            "s",
            "tso",
            List.of("a.b=1"),
            new Finding(2, "it holds", "one", "two"),
            List.of(new Lane("cpu", "")),
            List.of(
                    new Step(1, 0, "r", "1 begin", null, ""),
                    new Step(2, 0, "r", "2 read", Touch.readOld("x", "0", 0, "5"), "late")),
            List.of(new Missing(2, 1, "full barrier", "these two")),
            "grusim check s --replay t",
            0);

    private static CheckResult result(Verdict verdict, Limits bounds, String reached, @Nullable Counterexample told) {
        return new CheckResult(
                "s", "tso", List.of("a.b=1"), verdict, 10, 20, 3, bounds, reached, "", told, told == null ? "" : "t");
    }

    @Test
    void safe_isComplete() {
        assertThat(CheckJson.print(result(Verdict.SAFE, Limits.NONE, "", null))).isEqualTo("""
                        {
                          "scenario": "s",
                          "memoryModel": "tso",
                          "settings": [
                            "a.b=1"
                          ],
                          "verdict": "safe",
                          "complete": true,
                          "states": 10,
                          "transitions": 20,
                          "schedules": 3,
                          "bounds": {
                            "states": null,
                            "depth": null,
                            "preemptions": null,
                            "timeMs": null,
                            "reached": null
                          },
                          "counterexample": null
                        }
                        """);
    }

    @Test
    void bounds_areThoseSetAndThoseReached() {
        CheckResult bounded = result(Verdict.WITHIN_BOUNDS, new Limits(10L, 5, 2, 30_000L), "states 10", null);
        assertThat(CheckJson.print(bounded))
                .contains("\"verdict\": \"safe-within-bounds\"", "\"complete\": false", """
                          "bounds": {
                            "states": 10,
                            "depth": 5,
                            "preemptions": 2,
                            "timeMs": 30000,
                            "reached": "states 10"
                          },
                        """);
        assertThat(bounded.sentence()).isEqualTo("safe within bounds only: left out beyond states 10");
    }

    @Test
    void violated_holdsTheStepsAndWhatWasMissing() {
        assertThat(CheckJson.print(result(Verdict.VIOLATED, Limits.NONE, "", TOLD)))
                .contains("""
                          "counterexample": {
                            "point": 2,
                            "invariant": "it holds",
                            "first": "one",
                            "second": "two",
                            "contextSwitches": 0,
                            "steps": [
                              {
                                "number": 1,
                                "agent": "cpu",
                                "routine": "r",
                                "step": "1 begin",
                                "access": null,
                                "note": ""
                              },
                              {
                                "number": 2,
                                "agent": "cpu",
                                "routine": "r",
                                "step": "2 read",
                                "access": {
                                  "kind": "read",
                                  "state": "x",
                                  "read": "0",
                                  "written": null,
                                  "newest": "5",
                                  "writtenAt": 0
                                },
                                "note": "late"
                              }
                            ],
                            "missing": [
                              {
                                "earlier": 2,
                                "later": 1,
                                "kind": "full barrier",
                                "sentence": "these two"
                              }
                            ],
                            "replay": "t",
                            "command": "grusim check s --replay t"
                          }
                        }
                        """);
    }

    @Test
    void replay_mayHaveTimes() {
        assertThat(CheckJson.print(TOLD, "t", List.of(0L, 1_500L))).contains("\"beginPs\": 1500");
        assertThat(CheckJson.print(TOLD, "t", List.of())).doesNotContain("beginPs");
    }

    @Test
    void counterexampleOfSomethingSafe_isRefused() {
        assertThatThrownBy(() -> result(Verdict.SAFE, Limits.NONE, "", TOLD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("only what is violated has a counterexample");
    }
}
