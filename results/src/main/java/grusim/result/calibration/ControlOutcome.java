package grusim.result.calibration;

import java.util.List;

/**
 * A target under a change of the model that must spoil it.
 *
 * @param name what was taken away
 * @param set the settings that did it
 * @param parts the target's figures under the change
 */
public record ControlOutcome(String name, List<String> set, List<PartOutcome> parts) {
    public ControlOutcome {
        set = List.copyOf(set);
        parts = List.copyOf(parts);
    }

    /** Whether the target failed, as it must. */
    public boolean spoils() {
        return parts.stream().anyMatch(part -> !part.holds());
    }
}
