package grusim.result.stat;

import java.math.BigDecimal;

/**
 * How one figure changes with the order of events of the same time. Immutable.
 *
 * @param figure the figure in the order of scheduling
 * @param least the smallest value in the other orders
 * @param most the largest
 * @param beyond in how many of the other orders it lies outside the figure's interval
 * @param orders how many other orders there are
 * @param kind what that amounts to
 */
public record TieShift(Figure figure, BigDecimal least, BigDecimal most, int beyond, int orders, Kind kind) {
    /** What becomes of a figure. */
    public enum Kind {
        /** It has the same value in every order. */
        SAME,
        /** It changes, and stays within its interval in every order. */
        WITHIN,
        /** It lies outside its interval in some order. */
        BEYOND,
        /** It changes, and has no interval to be compared with. */
        NO_INTERVAL
    }

    /** The largest change, as a part of the figure; of a figure of zero, one. */
    public double relative() {
        BigDecimal value = figure.value();
        if (value == null || value.signum() == 0) {
            return least.signum() == 0 && most.signum() == 0 ? 0 : 1;
        }
        double at = value.doubleValue();
        return Math.max(Math.abs(most.doubleValue() - at), Math.abs(least.doubleValue() - at)) / Math.abs(at);
    }
}
