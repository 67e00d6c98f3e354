package grusim.workload.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.workload.load.SpecLoader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AssumptionTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "1.5 us, a.b=0.75 us, a.b=3 us",
                "32, a.b=16, a.b=64",
                "1, -, a.b=2",
                "2 MiB, a.b=1 MiB, a.b=4 MiB",
                "0 ns, -, -",
                "lru, -, -",
            })
    void quantities_areHalvedAndDoubled(String value, String halved, String doubled) {
        Assumption assumption = new Assumption("a.b", value, "assumed");
        assertThat(assumption.halved().orElse(null)).isEqualTo(halved);
        assertThat(assumption.doubled().orElse(null)).isEqualTo(doubled);
    }

    @Test
    void assumptions_areThoseOfDefaultsAndPreset_untilTheSpecSaysOtherwise() {
        List<Assumption> all = Assumption.of(SpecLoader.resolveJson("{\"name\": \"a\"}"));
        assertThat(all)
                .contains(new Assumption("machine.hopLatency", "60 ns", "assumed"))
                .anyMatch(
                        a -> a.path().equals("gru.tghFixedLatency") && a.value().equals("2 us"))
                .noneMatch(a -> a.path().equals("machine.linkBandwidth"));
        assertThat(Assumption.of(SpecLoader.resolveJson("{\"name\": \"a\"}", "machine.hopLatency=70 ns")))
                .noneMatch(a -> a.path().equals("machine.hopLatency"));
    }
}
