package grusim.result.report;

import grusim.result.stat.Figure;
import grusim.result.stat.Interval;
import grusim.result.text.Quantity;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Figures in words: three significant digits with the unit that suits the size, and how well they are known. */
final class FigureWords {
    private static final MathContext DIGITS = new MathContext(3, RoundingMode.HALF_UP);

    /** Where the name of a method ends and what it was used on begins. */
    private static final Pattern METHOD_ENDS = Pattern.compile(",| over ");

    private static final int REASONS_SHOWN = 3;

    private FigureWords() {}

    /** The value with its unit, or empty if it is not known. */
    static String value(Figure figure) {
        return figure.value() == null ? "" : quantity(figure.value(), figure.unit());
    }

    /** The ends of the interval, or empty if there is none. */
    static String interval(Figure figure) {
        return figure.interval() instanceof Interval.Known known
                ? range(quantity(known.low(), figure.unit()), quantity(known.high(), figure.unit()))
                : "";
    }

    /** How the interval of a figure was found, or why it has none. */
    static String source(Figure figure) {
        return figure.interval() instanceof Interval.Known known
                ? percent(known.level()) + " by " + known.method()
                : "no interval: " + ((Interval.None) figure.interval()).reason();
    }

    /** By which methods the intervals of these figures were found, and the first reasons why others have none. */
    static String sources(Collection<Figure> figures) {
        Set<String> ways = new LinkedHashSet<>();
        Set<String> reasons = new LinkedHashSet<>();
        for (Figure figure : figures) {
            if (figure.interval() instanceof Interval.Known known) {
                ways.add(percent(known.level()) + " by " + METHOD_ENDS.split(known.method(), 2)[0]);
            } else if (figure.value() != null && figure.interval() instanceof Interval.None none) {
                reasons.add(none.reason());
            }
        }
        List<String> first = reasons.stream().limit(REASONS_SHOWN).toList();
        String with = ways.isEmpty() ? "" : "Intervals: " + String.join(", ", ways) + ".";
        String without = reasons.isEmpty()
                ? ""
                : "No interval: " + String.join("; ", first) + (reasons.size() > first.size() ? "; and others" : "")
                        + ".";
        String each =
                ways.size() + reasons.size() > 1 ? "Point at a figure for its own, or see all figures below." : "";
        return String.join(" ", List.of(with, without, each)).strip().replace("  ", " ");
    }

    /** A value with its unit, times and sizes scaled. */
    static String withUnit(BigDecimal value, String unit) {
        boolean rate = unit.endsWith("/s");
        return quantity(value, unit) + (rate ? " " + unit : "");
    }

    /** A value of a unit; times and sizes say their unit. */
    static String quantity(BigDecimal value, String unit) {
        return switch (unit) {
            case "ps" -> time(value);
            case "ns" -> time(value.movePointRight(3));
            case "B" -> Quantity.bytes(whole(value));
            default -> plain(value);
        };
    }

    private static String time(BigDecimal ps) {
        return (ps.signum() < 0 ? "-" : "") + Quantity.time(whole(ps.abs()));
    }

    private static String plain(BigDecimal value) {
        BigDecimal rounded = value.precision() - value.scale() > DIGITS.getPrecision()
                ? value.setScale(0, RoundingMode.HALF_UP)
                : value.round(DIGITS).stripTrailingZeros();
        return rounded.scale() <= 0 ? Quantity.count(whole(rounded)) : rounded.toPlainString();
    }

    private static long whole(BigDecimal value) {
        return value.setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    /** Two quantities, with the unit once if it is the same. */
    private static String range(String low, String high) {
        int space = low.lastIndexOf(' ');
        boolean same = space > 0 && high.endsWith(low.substring(space));
        return (same ? low.substring(0, space) : low) + ".." + high;
    }

    private static String percent(BigDecimal level) {
        return level.movePointRight(2).stripTrailingZeros().toPlainString() + "%";
    }
}
