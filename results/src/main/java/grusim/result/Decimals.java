package grusim.result;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Numbers for result files. Picoseconds become nanoseconds by moving the decimal point, so no double takes part and the
 * text is the same on every JDK.
 */
public final class Decimals {
    private static final int DOUBLE_DIGITS = 17;

    private Decimals() {}

    /** Picoseconds as nanoseconds, exactly, without trailing zeros. */
    public static BigDecimal ns(long ps) {
        return plain(BigDecimal.valueOf(ps, 3));
    }

    /** Picoseconds as nanoseconds, null if absent. */
    public static @Nullable BigDecimal ns(OptionalLong ps) {
        return ps.isPresent() ? ns(ps.getAsLong()) : null;
    }

    /** The shortest decimal that reads back as this double; {@code Double.toString} differs between JDK 17 and 19. */
    public static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < DOUBLE_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == value) {
                return plain(rounded);
            }
        }
        return plain(exact.round(new MathContext(DOUBLE_DIGITS, RoundingMode.HALF_EVEN)));
    }

    /** Integer division that rounds to the nearest whole, halves up, for values that are not negative. */
    static long divide(long dividend, long divisor) {
        long quotient = dividend / divisor;
        long rest = dividend % divisor;
        return rest >= divisor - rest ? quotient + 1 : quotient;
    }

    private static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
