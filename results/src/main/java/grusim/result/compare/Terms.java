package grusim.result.compare;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/**
 * On what terms designs are compared.
 *
 * @param level the confidence of verdicts; what is wrong with at most 1 - level depends on the correction
 * @param margin the relative change that makes no difference to anybody, for example 0.01
 * @param correction what accounts for the number of figures
 * @param judged patterns of the figures that designs are judged by, {@code *} standing for any text; they are corrected
 *     for their own number only, so fewer of them see more. Without any: throughput, and mean and percentiles of all
 *     latencies
 */
public record Terms(BigDecimal level, BigDecimal margin, Correction correction, List<String> judged) {
    /** 95%, 1% and false discoveries, all latencies and the throughput. */
    public static final Terms STANDARD =
            new Terms(new BigDecimal("0.95"), new BigDecimal("0.01"), Correction.FDR, List.of());

    public Terms {
        judged = List.copyOf(judged);
        if (level.compareTo(new BigDecimal("0.5")) < 0 || level.compareTo(BigDecimal.ONE) >= 0) {
            throw new IllegalArgumentException("confidence " + level + "; accepted: from 0.5 to below 1");
        }
        if (margin.signum() <= 0 || margin.compareTo(BigDecimal.ONE) >= 0) {
            throw new IllegalArgumentException("margin " + margin + "; accepted: above 0 and below 1");
        }
    }

    /** Whether a pattern names this figure, by its path or by what people call it. */
    public static boolean names(String pattern, String path, String subject) {
        String expression = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
        return path.matches(expression) || subject.matches(expression);
    }

    /** What the correction keeps small. */
    double significance() {
        return BigDecimal.ONE.subtract(level).doubleValue();
    }
}
