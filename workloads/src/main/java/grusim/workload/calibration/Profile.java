package grusim.workload.calibration;

import java.util.List;

/**
 * A machine that figures were published of, as settings on top of a spec: no machine has a full set of them.
 *
 * @param name by which targets call it
 * @param description what it is
 * @param settings what it sets, in order
 */
public record Profile(String name, String description, List<ProfileSetting> settings) {
    /**
     * One value of a profile.
     *
     * @param set {@code path=value}
     * @param source where the value comes from, with its tag; "fitted to" a target; or "assumed"
     */
    public record ProfileSetting(String set, String source) {}

    /** Copies the settings. */
    public Profile {
        settings = List.copyOf(settings);
    }

    /** The settings as {@code path=value}. */
    public List<String> sets() {
        return settings.stream().map(ProfileSetting::set).toList();
    }
}
