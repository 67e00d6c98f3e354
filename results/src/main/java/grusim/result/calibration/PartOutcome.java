package grusim.result.calibration;

import grusim.result.stat.Interval;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One figure of a target, simulated and compared.
 *
 * @param what which figure
 * @param unit of the values
 * @param published the published value, or both ends of its range, or nothing where there are only words
 * @param simulated the simulated value, a mean if there are several runs; null where a control has left nothing to measure
 * @param interval how well it is known
 * @param error relative distance from the published value, null without one
 * @param accepted what is accepted, in words
 * @param basis built, fitted, input or prediction
 * @param holds whether the simulated value is accepted
 * @param open whether the interval reaches over a bound of what is accepted: more runs might change the verdict
 */
public record PartOutcome(
        String what,
        String unit,
        List<BigDecimal> published,
        @Nullable BigDecimal simulated,
        Interval interval,
        @Nullable BigDecimal error,
        String accepted,
        String basis,
        boolean holds,
        boolean open) {
    public PartOutcome {
        published = List.copyOf(published);
    }
}
