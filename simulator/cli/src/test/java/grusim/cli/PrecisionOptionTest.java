package grusim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PrecisionOptionTest {
    @Test
    void option_isThreeSettings() {
        assertThat(PrecisionOption.settings("latency.dropin.interrupt.p99Ns=2.5%,50"))
                .containsExactly(
                        "run.precision.metric=\"latency.dropin.interrupt.p99Ns\"",
                        "run.precision.within=0.025",
                        "run.precision.atMost=50");
        assertThat(PrecisionOption.settings("simulatedPs = 0.01"))
                .containsExactly("run.precision.metric=\"simulatedPs\"", "run.precision.within=0.01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "simulatedPs", "=2%", "a=%", "a=2%,", "a=-2%", "a=2%,x", "a b=2%"})
    void otherForms_areRefused(String option) {
        assertThatThrownBy(() -> PrecisionOption.settings(option))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("--precision " + option + "; accepted: PATH=PART[,N]");
    }
}
