package grusim.result.text;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Parts of a whole for people. */
final class Shares {
    private static final BigDecimal SMALLEST = BigDecimal.valueOf(5, 1);

    private Shares() {}

    /** A part as whole percents, for example {@code 12%}; what rounds to none is {@code <1%}. */
    static String percent(long part, long whole) {
        if (whole == 0) {
            return Quantity.ABSENT;
        }
        BigDecimal percent = BigDecimal.valueOf(part)
                .scaleByPowerOfTen(2)
                .divide(BigDecimal.valueOf(whole), 3, RoundingMode.HALF_UP);
        return part > 0 && percent.compareTo(SMALLEST) < 0 ? "<1%" : percent.setScale(0, RoundingMode.HALF_UP) + "%";
    }
}
