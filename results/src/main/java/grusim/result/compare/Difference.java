package grusim.result.compare;

import grusim.result.stat.Interval;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One figure of two designs and what can be said of its change from A to B. Immutable.
 *
 * @param name what was measured, for example {@code latency.dropin.interrupt}
 * @param statistic which number of it, for example {@code p99Ns} or {@code value}
 * @param unit the unit of {@code a}, {@code b}, {@code difference} and {@code absolute}
 * @param headline whether it is one of the figures that designs are judged by: throughput, mean and percentiles of
 *     latencies, or those that the terms name
 * @param a the value in design A, the mean over its replications; null if unknown
 * @param b the same of design B
 * @param difference B minus A
 * @param absolute how well that is known, at the level of the figures tested together
 * @param change B / A - 1, for example -0.125 for 12.5% lower; null if unknown or if A is zero
 * @param relative how well that is known
 * @param pDifferent how likely so large a difference is by chance, corrected for the number of figures; null if unknown
 * @param alone how well the change is known if no other figure is looked at
 * @param outcome what follows
 */
public record Difference(
        String name,
        String statistic,
        String unit,
        boolean headline,
        @Nullable BigDecimal a,
        @Nullable BigDecimal b,
        @Nullable BigDecimal difference,
        Interval absolute,
        @Nullable BigDecimal change,
        Interval relative,
        @Nullable BigDecimal pDifferent,
        Alone alone,
        Outcome outcome) {
    /** The place of the number among the results, for example {@code latency.dropin.interrupt.p99Ns}. */
    public String path() {
        return statistic.equals("value") ? name : name + "." + statistic;
    }

    /** Whether the figure is a latency: lower is better. */
    public boolean latency() {
        return name.startsWith("latency.");
    }

    /** The same with another outcome. */
    Difference with(Outcome other) {
        return new Difference(
                name,
                statistic,
                unit,
                headline,
                a,
                b,
                difference,
                absolute,
                change,
                relative,
                pDifferent,
                alone,
                other);
    }

    /** Whether the whole interval of the change lies within a margin. */
    boolean within(BigDecimal margin) {
        return relative instanceof Interval.Known known
                && known.low().compareTo(margin.negate()) >= 0
                && known.high().compareTo(margin) <= 0;
    }

    /** The figure in words, for example {@code dropin.interrupt p99} or {@code throughput}. */
    public String subject() {
        return Words.subject(name, statistic);
    }
}
