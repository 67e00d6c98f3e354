package grusim.result.stat;

import java.math.BigDecimal;

/** How well a figure is known: an interval, or the reason why there is none. Immutable. */
public sealed interface Interval permits Interval.Known, Interval.None {
    /**
     * The figure's true value lies in here with the given confidence.
     *
     * @param low lower end, in the unit of the figure
     * @param high upper end, in the unit of the figure
     * @param level the confidence, for example 0.95
     * @param method how it was found, in words, for example {@code "Student t over 10 replications"}
     * @param samples how many values it rests on: replications, batches, or effectively independent samples
     */
    record Known(BigDecimal low, BigDecimal high, BigDecimal level, String method, long samples) implements Interval {
        public Known {
            if (low.compareTo(high) > 0) {
                throw new IllegalArgumentException("interval from " + low + " to " + high);
            }
        }
    }

    /**
     * There is no interval.
     *
     * @param reason why, as an ending of the sentence "no interval: ..."
     */
    record None(String reason) implements Interval {
        public None {
            if (reason.isBlank()) {
                throw new IllegalArgumentException("no interval, and no reason why");
            }
        }
    }
}
