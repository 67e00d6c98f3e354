package grusim.workload.calibration;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One simulation of a target.
 *
 * @param name by which formulas call it
 * @param does what is done with the spec
 * @param spec file of the spec, relative to the directory of the calibration
 * @param profile profile whose settings apply first, or empty for none
 * @param set settings on top, as {@code path=value}
 */
public record Trial(String name, Does does, String spec, String profile, List<String> set) {
    /** What is done with a spec. */
    public enum Does {
        /** It is run. */
        RUN,
        /** Its scenario is explored. */
        CHECK,
        /** Its machine is built and counted. */
        STRUCTURE,
        /** The driver's tests of itself are done on its first chiplet. */
        SELFTEST;

        /** The word in files. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Copies the settings. */
    public Trial {
        set = List.copyOf(set);
    }

    static Trial of(Json json) {
        if (json.name() == null || json.spec() == null) {
            throw new IllegalArgumentException("trials: one without name or spec; accepted: both");
        }
        return new Trial(
                json.name(),
                json.does() == null ? Does.RUN : Does.valueOf(json.does().toUpperCase(Locale.ROOT)),
                json.spec(),
                json.profile() == null ? "" : json.profile(),
                json.set() == null ? List.of() : json.set());
    }

    /** A trial as its file has it. */
    record Json(
            @Nullable String name,
            @Nullable String does,
            @Nullable String spec,
            @Nullable String profile,
            @Nullable List<String> set) {}
}
