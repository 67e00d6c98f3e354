package grusim.result.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import org.jspecify.annotations.Nullable;

/** Tick labels of counts and other plain numbers: 0.5, 40, 1,500, 20k, 1.2M; the same in every locale. */
final class CountFormat extends NumberFormat {
    private static final long serialVersionUID = 1L;
    private static final String[] SUFFIXES = {"", "k", "M", "G", "T"};

    @Override
    public StringBuffer format(double number, StringBuffer out, FieldPosition position) {
        BigDecimal value = new BigDecimal(number).round(new MathContext(6, RoundingMode.HALF_EVEN));
        int suffix = 0;
        BigDecimal limit = BigDecimal.valueOf(10_000);
        while (suffix < SUFFIXES.length - 1 && value.abs().compareTo(limit) >= 0) {
            value = value.scaleByPowerOfTen(-3);
            suffix++;
            limit = BigDecimal.valueOf(1000);
        }
        BigDecimal plain = value.stripTrailingZeros();
        String text = (plain.scale() < 0 ? plain.setScale(0) : plain).toPlainString();
        if (plain.scale() <= 0 && text.length() == 4 && !text.startsWith("-")) {
            text = text.charAt(0) + "," + text.substring(1);
        }
        return out.append(text).append(SUFFIXES[suffix]);
    }

    @Override
    public StringBuffer format(long number, StringBuffer out, FieldPosition position) {
        return format((double) number, out, position);
    }

    @Override
    public @Nullable Number parse(String source, ParsePosition position) {
        position.setErrorIndex(position.getIndex());
        return null;
    }
}
