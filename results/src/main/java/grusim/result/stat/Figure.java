package grusim.result.stat;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One number of an output with all that is needed to judge it. Immutable.
 *
 * @param name what was measured, for example {@code latency.dropin.interrupt} or {@code counters.driver.tlb_dropin}
 * @param statistic which number of it, for example {@code p99Ns} or {@code value}
 * @param value the number, or null where too few samples are known
 * @param unit the unit of the number and of its interval
 * @param count how many samples it was made from
 * @param interval how well it is known
 */
public record Figure(
        String name, String statistic, @Nullable BigDecimal value, String unit, long count, Interval interval) {
    /** The place of the number among the results, for example {@code latency.dropin.interrupt.p99Ns}. */
    public String path() {
        return statistic.equals("value") ? name : name + "." + statistic;
    }
}
