package grusim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.calibration.CalibrationDocument;
import grusim.result.calibration.TargetOutcome;
import grusim.run.RunProgress;
import grusim.run.calibration.Calibration;
import grusim.workload.calibration.CalibrationData;
import grusim.workload.calibration.CalibrationStatus;
import grusim.workload.calibration.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The calibration that people read is the one the simulator gives: quick targets always, everything with
 * {@code -Dcalibration=all}. After a change of the model write it again with {@code mvn -pl simulator/cli -am test
 * -Dtest=CalibrationDocumentTest -Dsurefire.failIfNoSpecifiedTests=false -Dwrite=true}.
 */
@Timeout(900)
final class CalibrationDocumentTest {
    private static final Path DATA = Path.of("../../workloads/calibration");
    private static final Path STATUS = DATA.resolve("status.json");
    private static final Path DOCUMENT = Path.of("../../results/CALIBRATION.md");

    /** So many runs are behind each value of the document. */
    private static final int REPLICATIONS = 5;

    private static TargetOutcome outcome(CalibrationData data, Target target) {
        return new Calibration(data, REPLICATIONS).compare(target, RunProgress.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"C02", "C03", "C05", "C06", "C08", "C11", "C12", "C14", "C15", "C16", "C17", "C19", "C20"})
    void documentedTarget_isWhatTheSimulatorGives(String id) throws IOException {
        CalibrationData data = CalibrationData.read(DATA);
        Target target = data.targets().stream()
                .filter(t -> t.id().equals(id))
                .findFirst()
                .orElseThrow();
        if (!Boolean.getBoolean("write")) {
            assertThat(Files.readString(DOCUMENT)).contains(CalibrationDocument.target(outcome(data, target)));
        }
    }

    @Test
    void document_isWhatTheCommandWrites() throws IOException {
        CalibrationData data = CalibrationData.read(DATA);
        CalibrationWriter writer = new CalibrationWriter(data, REPLICATIONS, 2);
        boolean write = Boolean.getBoolean("write");
        if (write || "all".equals(System.getProperty("calibration"))) {
            List<TargetOutcome> outcomes = new ArrayList<>();
            Workers.inOrder(2, data.targets(), target -> outcome(data, target), outcome -> {
                outcomes.add(outcome);
                return ExitCode.DONE;
            });
            String document = writer.document(outcomes);
            if (write) {
                Files.writeString(DOCUMENT, document);
                Files.writeString(STATUS, CalibrationDocument.status(outcomes));
            }
            assertThat(Files.readString(DOCUMENT)).isEqualTo(document);
            assertThat(Files.readString(STATUS)).isEqualTo(CalibrationDocument.status(outcomes));
        }
        assertThat(Files.readString(DOCUMENT)).contains(writer.profiles());
    }

    @Test
    void status_saysWhatTheDocumentSays() throws IOException {
        String document = Files.readString(DOCUMENT);
        JsonNode verdicts =
                JsonMapper.shared().readTree(Files.readString(STATUS)).get("verdicts");
        List<Target> targets = CalibrationData.read(DATA).targets();
        assertThat(verdicts.size()).isEqualTo(targets.size());
        for (Target target : targets) {
            String verdict = verdicts.get(target.id()).stringValue();
            assertThat(Set.of("passed", "FAILED", "warned", "not yet simulated"))
                    .contains(verdict.replace("; interval reaches over the bound", ""));
            assertThat(document).contains("### " + target.id() + ": " + target.observable() + " - " + verdict + "\n");
            assertThat(verdict.equals("not yet simulated")).isEqualTo(!target.simulated());
        }
        assertThat(CalibrationStatus.shipped())
                .hasValueSatisfying(text -> assertThat(text).contains(" predictions of published figures met"));
    }
}
