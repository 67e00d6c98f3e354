package grusim.workload.calibration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of the model that takes away what a target shows: with it the target must fail, or the target shows nothing.
 *
 * @param name what is taken away
 * @param set settings on top of those of the trials
 * @param trial the one trial that is changed, or empty for all
 */
public record Control(String name, List<String> set, String trial) {
    /** Fills in what a file leaves out, and refuses a control that changes nothing. */
    public Control(@Nullable String name, @Nullable List<String> set, @Nullable String trial) {
        if (name == null || set == null || set.isEmpty()) {
            throw new IllegalArgumentException("controls: one without name or set; accepted: both");
        }
        this.name = name;
        this.set = List.copyOf(set);
        this.trial = trial == null ? "" : trial;
    }

    /** Whether a trial is changed. */
    public boolean changes(Trial changed) {
        return trial.isEmpty() || trial.equals(changed.name());
    }
}
