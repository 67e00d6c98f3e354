package grusim.workload.calibration;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One figure of a target: what was published, how it is computed from simulated figures, and what is accepted.
 *
 * @param what which figure
 * @param unit of published, simulated and accepted values
 * @param published the published value or the two ends of its range; empty if there are only words
 * @param simulated how it follows from figures of the trials
 * @param accepted the simulated values that agree
 * @param basis how far the value was put in by hand
 */
public record Part(
        String what, String unit, List<BigDecimal> published, Formula simulated, Accepted accepted, Basis basis) {
    /** Copies the published range. */
    public Part {
        published = List.copyOf(published);
    }

    /** The simulated value's distance from the published one relative to that: zero inside a range; null if none. */
    public @Nullable BigDecimal error(BigDecimal value) {
        if (published.isEmpty()) {
            return null;
        }
        BigDecimal low = published.get(0);
        BigDecimal high = published.get(published.size() - 1);
        BigDecimal beyond = value.subtract(value.max(low).min(high));
        if (beyond.signum() == 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal edge = beyond.signum() < 0 ? low : high;
        return edge.signum() == 0 ? null : beyond.divide(edge.abs(), MathContext.DECIMAL64);
    }

    static Part of(Json json) {
        if (json.what() == null || json.simulated() == null || json.basis() == null) {
            throw new IllegalArgumentException("parts: one without what, simulated or basis; accepted: all three");
        }
        List<BigDecimal> published = json.published() == null ? List.of() : json.published();
        if (published.size() > 2) {
            throw new IllegalArgumentException("parts: \"" + json.what() + "\" has " + published.size()
                    + " published values; accepted: one, or the two ends of a range");
        }
        return new Part(
                json.what(),
                json.unit() == null ? "" : json.unit(),
                published,
                Formula.parse(json.simulated()),
                Accepted.of(json.what(), published, json.within(), json.low(), json.high()),
                Basis.valueOf(json.basis().toUpperCase(Locale.ROOT)));
    }

    /** A part as its file has it. */
    record Json(
            @Nullable String what,
            @Nullable String unit,
            @Nullable List<BigDecimal> published,
            @Nullable String simulated,
            @Nullable String within,
            @Nullable BigDecimal low,
            @Nullable BigDecimal high,
            @Nullable String basis) {}
}
