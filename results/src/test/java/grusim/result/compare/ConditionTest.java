package grusim.result.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.stat.Interval;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

final class ConditionTest {
    /** One figure of 1,000 ns that is 3 to 7% higher in B: 30 to 70 ns. */
    private static Comparison comparison(Interval absolute, Interval relative) {
        Replications none = Replications.of(RunResult.builder("x", "0", 1).build());
        Difference only = new Difference(
                "latency.callOs",
                "p99Ns",
                "ns",
                true,
                new BigDecimal("1000"),
                new BigDecimal("1050"),
                new BigDecimal("50"),
                absolute,
                new BigDecimal("0.05"),
                relative,
                new BigDecimal("0.001"),
                new Alone(absolute, relative),
                Outcome.HIGHER);
        SpecChanges changes =
                SpecChanges.between(JsonNodeFactory.instance.objectNode(), JsonNodeFactory.instance.objectNode());
        Family family = Family.of(Correction.FDR, List.of(0.001), 0.05);
        return new Comparison(none, none, Terms.STANDARD, true, false, changes, family, family, List.of(only));
    }

    private static Interval known(String low, String high) {
        return new Interval.Known(new BigDecimal(low), new BigDecimal(high), new BigDecimal("0.95"), "test", 5);
    }

    @ParameterizedTest
    @CsvSource({
        "latency.callOs.p99Ns > +2%, true",
        "latency.callOs.p99Ns > +3%, false",
        "latency.callOs.p99Ns >= +3%, true",
        "latency.callOs.p99Ns > +5%, false",
        "possibly latency.callOs.p99Ns > +5%, true",
        "possibly latency.callOs.p99Ns > 7%, false",
        "latency.callOs.p99Ns < -1%, false",
        "latency.callOs.p99Ns < 8%, true",
        "possibly latency.callOs.p99Ns < 3.5%, true",
        "latency.callOs.p99Ns > 29, true",
        "latency.callOs.p99Ns > 0.031 us, false",
        "latency.callOs.p99Ns>29999ps, true"
    })
    void judge_comparesTheIntervalWithTheLimit(String text, boolean met) {
        Comparison comparison = comparison(known("30", "70"), known("0.03", "0.07"));
        assertThat(Condition.parse(text).judge(comparison).met()).isEqualTo(met);
    }

    @Test
    void judge_doesNotLetPassWhatCannotBeJudged() {
        Comparison comparison = comparison(new Interval.None("one run"), new Interval.None("one run"));
        Condition.Judgement judgement =
                Condition.parse("latency.callOs.p99Ns > 5%").judge(comparison);
        assertThat(judgement.met()).isTrue();
        assertThat(judgement.words()).isEqualTo("callOs p99: cannot be judged, one run");
    }

    @Test
    void judge_refusesUnknownFiguresAndUnits() {
        Comparison comparison = comparison(known("30", "70"), known("0.03", "0.07"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Condition.parse("latency.callOS.p99Ns > 5%").judge(comparison))
                .withMessageContaining("neither run has the figure latency.callOS.p99Ns");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "p99", "p99 > ", "p99 = 5%", "p99 > 5 %%", "p99 > 5 h", "> 5%", "p99 > five", "surely p > 1"
            })
    void parse_saysWhatIsAccepted(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Condition.parse(text))
                .withMessage("\"" + text + "\"; accepted: " + Condition.GRAMMAR);
    }
}
