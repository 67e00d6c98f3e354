package grusim.workload.load;

import grusim.workload.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Quantities with units, read and written exactly: no value ever passes through a double.
 *
 * <p>Durations are held in picoseconds, sizes in bytes, bandwidths in bytes per second, rates as their mean interval in
 * picoseconds, rounded to the nearest.
 */
final class Quantities {
    /** A quantity that cannot be read; the message says what is wrong with it. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    private record Unit(String name, BigDecimal factor) {}

    private static final Pattern FORM = Pattern.compile("([+-]?)(\\d{1,30}(?:\\.\\d{1,30})?)\\s?(\\S{0,8})");
    private static final BigDecimal PS_PER_SECOND = BigDecimal.TEN.pow(12);
    private static final List<Unit> DURATIONS =
            List.of(ten("ps", 0), ten("ns", 3), ten("us", 6), ten("ms", 9), ten("s", 12));
    private static final List<Unit> SIZES =
            List.of(two("B", 0), two("KiB", 10), two("MiB", 20), two("GiB", 30), two("TiB", 40));
    private static final List<Unit> BANDWIDTHS =
            List.of(ten("B/s", 0), ten("KB/s", 3), ten("MB/s", 6), ten("GB/s", 9), ten("TB/s", 12));
    private static final List<Unit> RATES = List.of(ten("/s", 0), ten("/ms", 3), ten("/us", 6));

    private Quantities() {}

    /** Reads a quantity of the kind. */
    static long parse(Kind kind, String text) throws Unreadable {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new Unreadable("is not a number with a unit");
        }
        String sign = matcher.group(1);
        String unitName = matcher.group(3);
        if (unitName.isEmpty()) {
            throw new Unreadable("has no unit");
        }
        Unit unit = units(kind).stream()
                .filter(u -> u.name().equals(unitName))
                .findFirst()
                .orElseThrow(() -> new Unreadable("has the unknown unit \"" + unitName + "\""));
        if (!sign.isEmpty() && kind != Kind.SIZE_CHANGE) {
            throw new Unreadable(sign.equals("-") ? "is negative" : "has a sign");
        }
        BigDecimal value = new BigDecimal(sign + matcher.group(2)).multiply(unit.factor());
        if (kind == Kind.RATE) {
            if (value.signum() == 0) {
                throw new Unreadable("is zero");
            }
            value = PS_PER_SECOND.divide(value, 0, RoundingMode.HALF_EVEN);
            if (value.signum() == 0) {
                throw new Unreadable("is more than one per picosecond");
            }
        }
        return exact(kind, value);
    }

    private static long exact(Kind kind, BigDecimal value) throws Unreadable {
        BigInteger whole;
        try {
            whole = value.toBigIntegerExact();
        } catch (ArithmeticException e) {
            throw new Unreadable("is not a whole number of " + base(kind));
        }
        if (whole.bitLength() > 63) {
            throw new Unreadable("is too large");
        }
        return whole.longValueExact();
    }

    /** Writes a quantity so that reading it gives the same value; the same value is always written the same way. */
    static String format(Kind kind, long value) {
        return switch (kind) {
            case DURATION, BANDWIDTH -> decimal(kind, value);
            case SIZE -> binary(value);
            case SIZE_CHANGE -> value < 0 ? "-" + binary(Math.negateExact(value)) : "+" + binary(value);
            case RATE -> rate(value);
            default -> throw new IllegalArgumentException(kind + " has no unit");
        };
    }

    /** The unit names of a kind, smallest first. */
    static List<String> unitNames(Kind kind) {
        return units(kind).stream().map(Unit::name).toList();
    }

    /** What the kind is called. */
    static String noun(Kind kind) {
        return kind == Kind.SIZE_CHANGE ? "signed size" : kind.name().toLowerCase(Locale.ROOT);
    }

    /** An example of the kind. */
    static String example(Kind kind) {
        return switch (kind) {
            case DURATION -> "1.5 us";
            case SIZE -> "64 KiB";
            case SIZE_CHANGE -> "+64 KiB";
            case RATE -> "10000/s";
            case BANDWIDTH -> "7.5 GB/s";
            default -> throw new IllegalArgumentException(kind + " has no unit");
        };
    }

    private static String decimal(Kind kind, long value) {
        List<Unit> units = units(kind);
        Unit chosen = kind == Kind.DURATION ? units.get(1) : units.get(0);
        if (value != 0) {
            BigDecimal exact = BigDecimal.valueOf(value);
            for (Unit unit : units) {
                if (exact.compareTo(unit.factor()) >= 0) {
                    chosen = unit;
                }
            }
        }
        BigDecimal number = BigDecimal.valueOf(value).divide(chosen.factor());
        return plain(number) + " " + chosen.name();
    }

    private static String binary(long value) {
        List<Unit> divisors = new ArrayList<>(SIZES);
        int i = divisors.size() - 1;
        while (i > 0 && (value == 0 || value % divisors.get(i).factor().longValueExact() != 0)) {
            i--;
        }
        return value / divisors.get(i).factor().longValueExact() + " "
                + divisors.get(i).name();
    }

    private static String rate(long intervalPs) {
        for (int digits = 1; ; digits++) {
            BigDecimal perSecond = PS_PER_SECOND.divide(
                    BigDecimal.valueOf(intervalPs), new MathContext(digits, RoundingMode.HALF_EVEN));
            BigDecimal back = PS_PER_SECOND.divide(perSecond, 0, RoundingMode.HALF_EVEN);
            if (back.compareTo(BigDecimal.valueOf(intervalPs)) == 0) {
                return plain(perSecond) + "/s";
            }
        }
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static List<Unit> units(Kind kind) {
        return switch (kind) {
            case DURATION -> DURATIONS;
            case SIZE, SIZE_CHANGE -> SIZES;
            case BANDWIDTH -> BANDWIDTHS;
            case RATE -> RATES;
            default -> throw new IllegalArgumentException(kind + " has no unit");
        };
    }

    private static String base(Kind kind) {
        return switch (kind) {
            case DURATION, RATE -> "picoseconds";
            case SIZE, SIZE_CHANGE -> "bytes";
            case BANDWIDTH -> "bytes per second";
            default -> throw new IllegalArgumentException(kind + " has no unit");
        };
    }

    private static Unit ten(String name, int exponent) {
        return new Unit(name, BigDecimal.TEN.pow(exponent));
    }

    private static Unit two(String name, int exponent) {
        return new Unit(name, new BigDecimal(BigInteger.TWO.pow(exponent)));
    }
}
