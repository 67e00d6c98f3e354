package grusim.run.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.result.calibration.PartOutcome;
import grusim.result.calibration.TargetOutcome;
import grusim.result.stat.Interval;
import grusim.run.RunProgress;
import grusim.workload.calibration.CalibrationData;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class CalibrationTest {
    private static final String RANDOM = "{random latency.instruction.vload.meanNs}";
    private static final String LOADS = "{random latency.instruction.vload.count}";
    private static final String FIXED = "{fixed latency.instruction.vload.meanNs}";
    private static final String COUNTED = "{structure structure.contexts}";

    @TempDir
    private Path directory;

    @BeforeEach
    void writeSpecs() throws IOException {
        Files.createDirectories(directory.resolve("targets"));
        Files.createDirectories(directory.resolve("profiles"));
        Files.writeString(
                directory.resolve("profiles/m.json"), "{\"name\": \"m\", \"description\": \"d\", \"settings\": []}");
        Files.writeString(directory.resolve("random.json"), spec("{\"kind\": \"uniform\"}"));
        Files.writeString(directory.resolve("fixed.json"), spec("{\"kind\": \"sequential\"}"));
    }

    private static String spec(String pattern) {
        return """
                {"name": "s", "machine": {"preset": "uv1000", "blades": 1}, "processes": [{"name": "p",
                 "regions": [{"name": "r", "size": "256 KiB"}],
                 "threads": [{"name": "t", "program": [
                  {"op": "vload", "region": "r", "count": 100, "pattern": %s}]}]}]}""".formatted(pattern);
    }

    private TargetOutcome compare(int replications, String low, String... formulas) throws IOException {
        StringBuilder parts = new StringBuilder();
        for (String formula : formulas) {
            parts.append(parts.isEmpty() ? "" : ",").append("""
                    {"what": "%s", "simulated": "%s", "low": %s, "basis": "prediction"}""".formatted(formula, formula, low));
        }
        Files.writeString(directory.resolve("targets/T1.json"), """
                {"id": "T1", "observable": "o", "quoted": "q", "source": "s", "tag": "V", "kind": "Q", "profile": "m",
                 "trials": [{"name": "random", "spec": "random.json"}, {"name": "fixed", "spec": "fixed.json"},
                            {"name": "structure", "spec": "fixed.json", "does": "structure"}],
                 "parts": [%s], "controls": [{"name": "c", "set": ["gru.decodeLatency=1 us"]}]}""".formatted(parts));
        CalibrationData data = CalibrationData.read(directory);
        return new Calibration(data, replications).compare(data.targets().get(0), RunProgress.NONE);
    }

    private static String reason(PartOutcome part) {
        return ((Interval.None) part.interval()).reason();
    }

    private static BigDecimal simulated(PartOutcome part) {
        return Objects.requireNonNull(part.simulated());
    }

    @Test
    void whatDependsOnTheSeed_hasAnInterval_andTheRestSaysWhyNot() throws IOException {
        List<PartOutcome> parts = compare(4, "0", RANDOM, LOADS, FIXED, COUNTED).parts();
        Interval.Known known = (Interval.Known) parts.get(0).interval();
        assertThat(known.low()).isLessThan(simulated(parts.get(0)));
        assertThat(known.high()).isGreaterThan(simulated(parts.get(0)));
        assertThat(known.samples()).isEqualTo(4);
        assertThat(reason(parts.get(1))).isEqualTo("same in every run");
        assertThat(reason(parts.get(2))).isEqualTo("same run for any seed");
        assertThat(reason(parts.get(3))).isEqualTo("nothing is random");
    }

    @Test
    void oneRun_hasNoInterval_andIsTheFirstReplication() throws IOException {
        PartOutcome once = compare(1, "0", RANDOM, COUNTED).parts().get(0);
        assertThat(reason(once)).isEqualTo("one run");
        // With two replications the mean lies half way to the other one.
        PartOutcome twice = compare(2, "0", RANDOM).parts().get(0);
        assertThat(simulated(twice)).isNotEqualByComparingTo(simulated(once));
        assertThat(simulated(compare(2, "0", FIXED).parts().get(0)))
                .isEqualByComparingTo(simulated(compare(1, "0", FIXED).parts().get(0)));
    }

    @Test
    void intervalThatReachesOverTheBound_isOpen() throws IOException {
        PartOutcome free = compare(4, "0", RANDOM).parts().get(0);
        assertThat(free.open()).isFalse();
        BigDecimal mean = simulated(free);
        TargetOutcome met = compare(4, mean.toPlainString(), RANDOM);
        assertThat(met.words()).isEqualTo("passed; interval reaches over the bound");
        TargetOutcome missed = compare(4, mean.add(new BigDecimal("0.001")).toPlainString(), RANDOM);
        assertThat(missed.words()).isEqualTo("FAILED; interval reaches over the bound");
        // Beyond the interval the verdict is sure.
        BigDecimal high = ((Interval.Known) free.interval()).high();
        assertThat(compare(4, high.add(BigDecimal.ONE).toPlainString(), RANDOM).words())
                .isEqualTo("FAILED");
    }

    @Test
    void control_isRunOnce() throws IOException {
        TargetOutcome outcome = compare(3, "0", RANDOM);
        PartOutcome controlled = outcome.controls().get(0).parts().get(0);
        assertThat(reason(controlled)).isEqualTo("one run");
        assertThat(simulated(controlled))
                .isGreaterThan(simulated(outcome.parts().get(0)));
    }

    @Test
    void noReplication_isRefused() {
        CalibrationData data = CalibrationData.read(Path.of("../../workloads/calibration"));
        assertThatThrownBy(() -> new Calibration(data, 0)).hasMessage("0 replications; accepted: 1 and more");
    }
}
