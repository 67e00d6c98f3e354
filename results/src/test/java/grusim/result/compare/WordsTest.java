package grusim.result.compare;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.stat.Interval;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WordsTest {
    private static String words(String low, String high, Outcome outcome) {
        Interval relative =
                new Interval.Known(new BigDecimal(low), new BigDecimal(high), new BigDecimal("0.95"), "test", 5);
        Difference d = new Difference(
                "latency.dropin.interrupt",
                "p99Ns",
                "ns",
                true,
                BigDecimal.TEN,
                BigDecimal.ONE,
                BigDecimal.ONE,
                relative,
                BigDecimal.ONE,
                relative,
                new BigDecimal("0.01"),
                new Alone(relative, relative),
                outcome);
        return Words.outcome(d, Terms.STANDARD);
    }

    @ParameterizedTest
    @CsvSource({
        "-0.1512, -0.1224, LOWER, 12 to 15% lower",
        "0.0312, 0.0401, HIGHER, 3.1 to 4% higher",
        "0.0001, 0.0562, HIGHER, 0.01 to 5.62% higher",
        "0.1, 0.1, HIGHER, 10% higher",
        "3.1, 3.3, HIGHER, 4.1 to 4.3 times as high",
        "-1.2, -0.3, LOWER, 30 to 100% lower",
        "-1.3, 0.5, UNDECIDED, undecided: between 100% lower and 50% higher",
        "-0.9971, -0.9964, LOWER, 99.64 to 99.71% lower",
        "-0.03, 0.05, UNDECIDED, undecided: between 3% lower and 5% higher",
        "-0.003, 0.004, NO_CHANGE, no detectable change within 1%"
    })
    void outcome_saysHowMuch(String low, String high, Outcome outcome, String words) {
        assertThat(words(low, high, outcome)).isEqualTo(words);
    }

    @Test
    void outcome_saysThatADetectedChangeMayNotMatter() {
        assertThat(words("0.001", "0.003", Outcome.HIGHER)).isEqualTo("0.1 to 0.3% higher (within 1%)");
    }

    @ParameterizedTest
    @CsvSource({
        "throughput, instructionsPerSecond, throughput",
        "latency.dropin.interrupt, p999Ns, dropin.interrupt p99.9",
        "latency.dropin.interrupt, p9999Ns, dropin.interrupt p99.99",
        "latency.callOs, meanNs, callOs mean",
        "counters.driver.tlb_dropin, value, driver.tlb_dropin",
        "simulatedPs, value, simulatedPs"
    })
    void subject_isWhatPeopleCallIt(String name, String statistic, String subject) {
        assertThat(Words.subject(name, statistic)).isEqualTo(subject);
    }
}
