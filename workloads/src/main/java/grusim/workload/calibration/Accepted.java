package grusim.workload.calibration;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values that agree with what was published: from one end to the other, both included; an end that is null is open.
 *
 * @param why how the range was written: a tolerance around the published value, or empty for its ends
 */
public record Accepted(@Nullable BigDecimal low, @Nullable BigDecimal high, String why) {
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3})?)%");

    /** Whether a value agrees. */
    public boolean holds(BigDecimal value) {
        return (low == null || value.compareTo(low) >= 0) && (high == null || value.compareTo(high) <= 0);
    }

    /** Whether a bound lies between two values, so that one agrees and the other may not. */
    public boolean divides(BigDecimal from, BigDecimal to) {
        return (low != null && from.compareTo(low) < 0 && to.compareTo(low) >= 0)
                || (high != null && from.compareTo(high) <= 0 && to.compareTo(high) > 0);
    }

    /** The range in words, in a unit. */
    public String text(String unit) {
        String with = unit.isEmpty() ? "" : " " + unit;
        if (!why.isEmpty()) {
            return "±" + why;
        } else if (low != null && high != null) {
            return low.compareTo(high) == 0
                    ? low.toPlainString() + with
                    : low.toPlainString() + " .. " + high.toPlainString() + with;
        }
        return low != null
                ? ">= " + low.toPlainString() + with
                : high != null ? "<= " + high.toPlainString() + with : "anything";
    }

    static Accepted of(
            String what,
            List<BigDecimal> published,
            @Nullable String within,
            @Nullable BigDecimal low,
            @Nullable BigDecimal high) {
        if (within == null) {
            if (low == null && high == null) {
                throw new IllegalArgumentException(
                        "parts: \"" + what + "\" accepts everything; accepted: low, high, both, or within");
            }
            if (low != null && high != null && low.compareTo(high) > 0) {
                throw new IllegalArgumentException("parts: \"" + what + "\": low " + low + " above high " + high);
            }
            return new Accepted(low, high, "");
        }
        Matcher percent = PERCENT.matcher(within);
        if (!percent.matches() || published.isEmpty() || low != null || high != null) {
            throw new IllegalArgumentException("parts: \"" + what + "\": within \"" + within
                    + "\"; accepted: a percentage such as 15% of a published value, without low and high");
        }
        BigDecimal share = new BigDecimal(percent.group(1)).movePointLeft(2);
        BigDecimal first = published.get(0);
        BigDecimal last = published.get(published.size() - 1);
        return new Accepted(
                first.multiply(BigDecimal.ONE.subtract(share), MathContext.DECIMAL64),
                last.multiply(BigDecimal.ONE.add(share), MathContext.DECIMAL64),
                within);
    }
}
