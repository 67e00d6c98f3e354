package grusim.workload.calibration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The figures that one quotes of the simulator, by which assumptions are weighed.
 *
 * @param trial what is simulated for all of them
 * @param figures which they are
 */
public record Headlines(Trial trial, List<Headline> figures) {
    /**
     * One of them.
     *
     * @param what which figure
     * @param unit its unit
     * @param simulated how it follows from figures of the trial
     */
    public record Headline(String what, String unit, Formula simulated) {}

    /** Copies the figures. */
    public Headlines {
        figures = List.copyOf(figures);
    }

    static Headlines of(Json json) {
        if (json.trial() == null || json.figures() == null) {
            throw new IllegalArgumentException("without trial or figures; accepted: both");
        }
        return new Headlines(
                Trial.of(json.trial()),
                json.figures().stream().map(FigureJson::headline).toList());
    }

    /** Headlines as their file has them. */
    record Json(Trial.@Nullable Json trial, @Nullable List<FigureJson> figures) {}

    /** A headline as its file has it. */
    record FigureJson(
            @Nullable String what,
            @Nullable String unit,
            @Nullable String simulated) {
        Headline headline() {
            if (what == null || unit == null || simulated == null) {
                throw new IllegalArgumentException("figures: one without what, unit or simulated; accepted: all three");
            }
            return new Headline(what, unit, Formula.parse(simulated));
        }
    }
}
