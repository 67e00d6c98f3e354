package grusim.workload.calibration;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How far this version of the simulator agrees with published figures: the last calibration, kept beside its targets. */
public final class CalibrationStatus {
    private static final String RESOURCE = "/grusim/workload/calibration/status.json";

    private CalibrationStatus() {}

    /** The outcome in a sentence, if the build holds one. */
    public static Optional<String> shipped() {
        try (InputStream in = CalibrationStatus.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                return Optional.empty();
            }
            JsonNode text = JsonMapper.shared().readTree(in).get("text");
            return text == null ? Optional.empty() : Optional.of(text.stringValue());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
