package grusim.run.calibration;

import grusim.result.stat.Clusters;
import grusim.result.stat.Interval;
import grusim.result.stat.MeanInterval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * A quantity that was simulated one time or more, with other random numbers each time: its mean, and how well that is
 * known. Trials whose replications have equal numbers have equal seeds, so that a difference of trials is one of pairs.
 *
 * @param value the mean
 * @param interval its interval, or why it has none
 */
record Replicated(BigDecimal value, Interval interval) {
    private static final MathContext DIGITS = new MathContext(6);

    /**
     * The mean of some values.
     *
     * @param what what they are, from which the bootstrap of many values takes its seed
     * @param chance how the runs behind them depend on the seed
     */
    static Replicated of(String what, List<BigDecimal> values, Chance chance) {
        BigDecimal first = values.get(0);
        if (values.stream().allMatch(value -> value.compareTo(first) == 0)) {
            return new Replicated(first, new Interval.None(chance.words));
        }
        BigDecimal mean = values.stream()
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .divide(BigDecimal.valueOf(values.size()), MathContext.DECIMAL64);
        Clusters clusters = Clusters.ofValues(
                values.stream().mapToDouble(BigDecimal::doubleValue).toArray());
        return new Replicated(
                mean,
                MeanInterval.of(clusters, values.size() + " replications", what, end -> new BigDecimal(end, DIGITS)));
    }

    /** How runs depend on the seed, as far as it is known. */
    enum Chance {
        /** Nothing was run: structure was counted, orders explored. */
        NOT_RUN("nothing is random"),
        /** There was one run only. */
        ONE_RUN("one run"),
        /** Step by step, the runs were the same with every seed. */
        SAME_RUN("same run for any seed"),
        /** The runs differed, but not in the value. */
        SAME_VALUE("same in every run");

        private final String words;

        Chance(String words) {
            this.words = words;
        }
    }
}
