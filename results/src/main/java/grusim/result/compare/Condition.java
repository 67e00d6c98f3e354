package grusim.result.compare;

import grusim.result.stat.Interval;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A change that must not be, for example {@code latency.dropin.interrupt.p99Ns > +5%}. A condition is met when it is
 * shown: the whole interval of the change lies beyond the limit, at the level of the terms and whatever other figures
 * there are, for what must not be is written down before. With {@code possibly} before it, it is met already when
 * the interval reaches beyond the limit. A figure without an interval cannot be judged, which counts as met: what cannot
 * be judged must not pass.
 *
 * <p>{@code [possibly] PATH > | >= | < | <= LIMIT}; a limit is a signed number with {@code %}, relative to A, or with
 * {@code ps}, {@code ns}, {@code us}, {@code ms}, {@code s} or nothing, in the figure's unit.
 *
 * @param text as it was given
 * @param possibly whether it is met already if it is not ruled out
 * @param path the figure, for example {@code latency.dropin.interrupt.p99Ns}
 * @param above whether changes above the limit meet it, or those below
 * @param orEqual whether the limit itself does
 * @param limit a fraction of A, or a difference in {@code unit}
 * @param unit {@code %}, a unit of time, or nothing for the figure's own unit
 */
public record Condition(
        String text, boolean possibly, String path, boolean above, boolean orEqual, BigDecimal limit, String unit) {
    /** What is accepted, for error messages. */
    public static final String GRAMMAR =
            "[possibly] PATH >|>=|<|<= LIMIT, a limit being a signed number with %, ps, ns,"
                    + " us, ms, s or no unit, e.g. \"latency.dropin.interrupt.p99Ns > +5%\"";

    private static final Pattern PATTERN = Pattern.compile("\\s*(possibly\\s+)?([A-Za-z][A-Za-z0-9_.]*)\\s*([<>]=?)"
            + "\\s*([+-]?\\d+(?:\\.\\d+)?)\\s*(%|ps|ns|us|ms|s)?\\s*");

    private static final String RELATIVE = "%";

    /** Powers of ten of a unit of time in nanoseconds. */
    private static final Map<String, Integer> POWERS = Map.of("ps", -3, "ns", 0, "us", 3, "ms", 6, "s", 9);

    /**
     * Reads a condition.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    public static Condition parse(String text) {
        Matcher matcher = PATTERN.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\"; accepted: " + GRAMMAR);
        }
        String unit = matcher.group(5) == null ? "" : matcher.group(5);
        BigDecimal number = new BigDecimal(matcher.group(4));
        String relation = matcher.group(3);
        return new Condition(
                text.strip(),
                matcher.group(1) != null,
                matcher.group(2),
                relation.startsWith(">"),
                relation.endsWith("="),
                unit.equals(RELATIVE) ? number.movePointLeft(2) : number,
                unit);
    }

    /** What became of a condition: whether it is met, and why, in words. */
    public record Judgement(Condition condition, boolean met, String words) {}

    /**
     * Judges the condition.
     *
     * @throws IllegalArgumentException with a message for the user, if neither design has such a figure or its unit is
     *     another
     */
    public Judgement judge(Comparison comparison) {
        Difference difference = comparison
                .find(path)
                .orElseThrow(() -> new IllegalArgumentException("\"" + text + "\": neither run has the figure " + path
                        + "; accepted: the figures of comparison.csv, such as "
                        + comparison.differences().get(0).path()));
        BigDecimal inUnit = inUnitOf(difference);
        String words = difference.subject() + ": ";
        if (difference.outcome() == Outcome.IDENTICAL) {
            return new Judgement(this, beyond(BigDecimal.ZERO, inUnit), words + comparison.words(difference));
        }
        Interval interval = unit.equals(RELATIVE)
                ? difference.alone().relative()
                : difference.alone().absolute();
        if (!(interval instanceof Interval.Known known)) {
            String reason = interval instanceof Interval.None none ? none.reason() : "";
            return new Judgement(this, true, difference.subject() + ": cannot be judged, " + reason);
        }
        BigDecimal near = above == possibly ? known.high() : known.low();
        return new Judgement(
                this,
                beyond(near, inUnit),
                words + Words.alone(difference) + ", looked at alone, at " + Words.percent(known.level(), 2));
    }

    private boolean beyond(BigDecimal change, BigDecimal inUnit) {
        int order = change.compareTo(inUnit);
        return (orEqual && order == 0) || (above ? order > 0 : order < 0);
    }

    private BigDecimal inUnitOf(Difference difference) {
        if (unit.isEmpty() || unit.equals(RELATIVE)) {
            return limit;
        }
        Integer power = POWERS.get(unit);
        Integer figures = POWERS.get(difference.unit());
        if (power == null || figures == null) {
            throw new IllegalArgumentException("\"" + text + "\": " + path + " is counted in " + difference.unit()
                    + ", not in " + unit + "; accepted: a number alone or with %");
        }
        return limit.scaleByPowerOfTen(power - figures);
    }
}
