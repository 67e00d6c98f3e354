package grusim.result;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One number of a result, as in a row of a table: what was measured, which statistic of it, and the value with its unit.
 *
 * @param name what was measured, for example {@code latency.dropin.interrupt} or {@code counters.driver.tlb_dropin}
 * @param statistic which number of it, for example {@code p99Ns} or {@code value}
 * @param value the value, or null where too few samples are known
 * @param unit the unit of the value
 */
public record Metric(
        String name, String statistic, @Nullable BigDecimal value, String unit) {
    /** The place of the number in {@code result.json}, for example {@code latency.dropin.interrupt.p99Ns}. */
    public String path() {
        return statistic.equals("value") ? name : name + "." + statistic;
    }
}
