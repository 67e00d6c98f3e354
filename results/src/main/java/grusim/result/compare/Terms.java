package grusim.result.compare;

import java.math.BigDecimal;

/**
 * On what terms designs are compared.
 *
 * @param level the confidence of intervals; a change is detected if its corrected probability is at most 1 - level
 * @param margin the relative change that makes no difference to anybody, for example 0.01
 */
public record Terms(BigDecimal level, BigDecimal margin) {
    /** 95% and 1%. */
    public static final Terms STANDARD = new Terms(new BigDecimal("0.95"), new BigDecimal("0.01"));

    public Terms {
        if (level.compareTo(new BigDecimal("0.5")) < 0 || level.compareTo(BigDecimal.ONE) >= 0) {
            throw new IllegalArgumentException("confidence " + level + "; accepted: from 0.5 to below 1");
        }
        if (margin.signum() <= 0 || margin.compareTo(BigDecimal.ONE) >= 0) {
            throw new IllegalArgumentException("margin " + margin + "; accepted: above 0 and below 1");
        }
    }

    /** The probability from which on a hypothesis is no longer refused. */
    double significance() {
        return BigDecimal.ONE.subtract(level).doubleValue();
    }
}
