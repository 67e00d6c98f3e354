package grusim.result.text;

import grusim.result.stat.Figure;
import grusim.result.stat.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Figures for people: the value and how far its interval reaches to the larger side, relative to the value and rounded
 * up, for example {@code 1.23 us ±2%}; a value without interval is followed by {@value #NONE}.
 */
public final class FigureText {
    /** What follows a value whose interval is not known. */
    public static final String NONE = "*";

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal LEAST_SHOWN = new BigDecimal("0.1");

    /** From how many times the distance of the other end on an interval is lopsided. */
    private static final int LOPSIDED = 3;

    /** What part of a value a distance must be to matter: one by this. */
    private static final int LARGE_PART = 5;

    private FigureText() {}

    /** The value alone; a dash if it is not known. */
    public static String value(Figure figure) {
        return of(figure.value(), figure.unit());
    }

    /** The value with its interval, or the mark that it has none. */
    public static String withInterval(Figure figure) {
        return figure.value() == null ? Quantity.ABSENT : value(figure) + " " + reachOrEnds(figure);
    }

    /** As {@link #reach}; of an interval that reaches much farther to one side both ends, such as {@code 314ns..107us}. */
    static String reachOrEnds(Figure figure) {
        return figure.value() != null
                        && figure.interval() instanceof Interval.Known known
                        && isLopsided(figure.value(), known)
                ? (of(known.low(), figure.unit()) + ".." + of(known.high(), figure.unit())).replace(" ", "")
                : reach(figure);
    }

    /** Whether one end is {@value #LOPSIDED} times as far away as the other, and by no small part of the value. */
    private static boolean isLopsided(BigDecimal value, Interval.Known known) {
        BigDecimal above = known.high().subtract(value);
        BigDecimal below = value.subtract(known.low());
        BigDecimal farther = above.max(below);
        return value.signum() != 0
                && farther.compareTo(above.min(below).multiply(BigDecimal.valueOf(LOPSIDED))) > 0
                && farther.multiply(BigDecimal.valueOf(LARGE_PART)).compareTo(value.abs()) > 0;
    }

    /** How far the interval reaches, for example {@code ±2%}, or the mark that there is none. */
    public static String reach(Figure figure) {
        BigDecimal value = figure.value();
        if (value == null || !(figure.interval() instanceof Interval.Known known)) {
            return NONE;
        }
        BigDecimal reach = known.high().subtract(value).max(value.subtract(known.low()));
        if (reach.signum() == 0) {
            return "±0";
        }
        if (value.signum() == 0) {
            return "±" + of(reach, figure.unit());
        }
        BigDecimal percent = reach.multiply(HUNDRED).divide(value.abs(), MathContext.DECIMAL64);
        int digits = percent.compareTo(BigDecimal.TEN) < 0 ? 1 : 2;
        BigDecimal rounded = percent.max(LEAST_SHOWN).round(new MathContext(digits, RoundingMode.CEILING));
        return "±" + rounded.stripTrailingZeros().toPlainString() + "%";
    }

    /** The interval, for example {@code 1.2 us to 1.27 us (95%)}, or why there is none. */
    public static String interval(Figure figure) {
        if (figure.interval() instanceof Interval.Known known) {
            return of(known.low(), figure.unit()) + " to " + of(known.high(), figure.unit()) + " ("
                    + known.level().multiply(HUNDRED).stripTrailingZeros().toPlainString() + "%)";
        }
        return "no interval: " + ((Interval.None) figure.interval()).reason();
    }

    private static String of(@Nullable BigDecimal value, String unit) {
        if (value == null) {
            return Quantity.ABSENT;
        }
        return switch (unit) {
            case "ns" -> Quantity.time(value.movePointRight(3));
            case "ps" -> Quantity.time(value);
            default ->
                value.stripTrailingZeros().scale() <= 0
                        ? Quantity.of(value.longValueExact(), unit)
                        : Quantity.decimal(value);
        };
    }
}
