package grusim.result.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.OptionalLong;

/** Quantities for people: three significant digits and the unit that suits the size. Integers and decimals only. */
public final class Quantity {
    /** What stands for a value that is not known. */
    public static final String ABSENT = "-";

    private static final String[] TIME_UNITS = {"ps", "ns", "us", "ms", "s"};
    private static final String[] BYTE_UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final String[] COUNT_UNITS = {"", "k", "M", "G", "T"};

    private Quantity() {}

    /** A duration, for example {@code 1.25 us}. */
    public static String time(long ps) {
        return time(BigDecimal.valueOf(ps));
    }

    /** A duration that may be a mean. */
    public static String time(BigDecimal ps) {
        return scaled(ps, 1000, TIME_UNITS);
    }

    /** A count that is a mean, for example {@code 2,468.3}. */
    public static String decimal(BigDecimal value) {
        BigDecimal tenths = value.setScale(1, RoundingMode.HALF_UP);
        BigDecimal whole = tenths.setScale(0, RoundingMode.DOWN);
        if (whole.abs().compareTo(BigDecimal.TEN) < 0) {
            return round(value).toPlainString();
        }
        String fraction =
                tenths.subtract(whole).abs().movePointRight(1).toBigInteger().toString();
        return count(whole.longValueExact()) + "." + fraction;
    }

    /** A duration, or a dash if it is absent. */
    public static String time(OptionalLong ps) {
        return ps.isPresent() ? time(ps.getAsLong()) : ABSENT;
    }

    /** A number of bytes, for example {@code 48 KiB}. */
    public static String bytes(long bytes) {
        return scaled(BigDecimal.valueOf(bytes), 1024, BYTE_UNITS);
    }

    /** A count in full with separators, for example {@code 1,234,567}. */
    public static String count(long count) {
        StringBuilder digits = new StringBuilder(Long.toString(Math.abs(count)));
        for (int i = digits.length() - 3; i > 0; i -= 3) {
            digits.insert(i, ',');
        }
        return count < 0 ? "-" + digits : digits.toString();
    }

    /** A rate or large count in short, for example {@code 12.3 M}. */
    public static String shortCount(long count) {
        return scaled(BigDecimal.valueOf(count), 1000, COUNT_UNITS).trim();
    }

    /** A value of a declared unit. */
    public static String of(long value, String unit) {
        return switch (unit) {
            case "ps" -> time(value);
            case "ns" -> time(Math.multiplyExact(value, 1000L));
            case "B" -> bytes(value);
            default -> count(value);
        };
    }

    private static String scaled(BigDecimal value, int step, String[] units) {
        BigDecimal limit = BigDecimal.valueOf(step);
        BigDecimal rest = value;
        int unit = 0;
        while (unit < units.length - 1 && round(rest).abs().compareTo(limit) >= 0) {
            rest = rest.divide(limit, MathContext.DECIMAL64);
            unit++;
        }
        return round(rest).toPlainString() + " " + units[unit];
    }

    /** Three significant digits, but never fewer than all digits before the point. */
    private static BigDecimal round(BigDecimal value) {
        int whole = value.precision() - value.scale();
        BigDecimal rounded = value.setScale(Math.max(0, 3 - Math.max(1, whole)), RoundingMode.HALF_UP);
        BigDecimal stripped = rounded.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
