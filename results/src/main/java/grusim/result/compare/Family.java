package grusim.result.compare;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/**
 * Figures that were tested together for a difference, and what follows for all of them. Immutable.
 *
 * @param correction how their number was accounted for
 * @param figures how many were tested: those with an interval, whose values are not the same in every run anyway
 * @param differing how many of them differ
 * @param significance what the correction keeps small, for example 0.05
 * @param threshold the probability, not corrected, up to which a figure differs
 */
public record Family(Correction correction, int figures, int differing, double significance, double threshold) {
    /** The family of these two-sided probabilities. */
    static Family of(Correction correction, List<Double> probabilities, double significance) {
        double threshold = correction.threshold(probabilities.stream().sorted().toList(), significance);
        long differing = probabilities.stream().filter(p -> p <= threshold).count();
        return new Family(correction, probabilities.size(), (int) differing, significance, threshold);
    }

    /** The level of the interval of each figure, for example 0.988: it excludes zero exactly where a figure differs. */
    public BigDecimal level() {
        return BigDecimal.ONE
                .subtract(new BigDecimal(threshold).round(new MathContext(6, RoundingMode.HALF_EVEN)))
                .stripTrailingZeros();
    }

    /** The same as people write it: {@code 98.8%}. */
    public String levelText() {
        BigDecimal rest = new BigDecimal(threshold * 100).round(new MathContext(2, RoundingMode.HALF_UP));
        BigDecimal percent = BigDecimal.valueOf(100).subtract(rest).stripTrailingZeros();
        return (percent.scale() < 0 ? percent.setScale(0) : percent).toPlainString() + "%";
    }

    /** What was corrected, how, and what that means for verdicts and intervals, in one sentence. */
    public String sentence() {
        if (figures == 0) {
            return "No figure could be tested for a difference.";
        }
        if (figures == 1) {
            return "One figure was tested, which needs no correction; its interval is at " + levelText()
                    + " and excludes 0 exactly if a difference is found.";
        }
        String percent = Words.percent(BigDecimal.valueOf(significance), 2);
        String means = switch (correction) {
            case FDR -> "of the differences found, at most " + percent + " are false on average";
            case HOLM -> "the chance that any difference found is false is at most " + percent;
            case NONE -> "of figures that do not change, " + percent + " are called different on average";
        };
        return differing + " of " + figures + " figures tested differ (correction " + correction.text() + ": " + means
                + "); all intervals are at " + levelText()
                + ", so that one excludes 0 exactly where a difference is found.";
    }
}
