package grusim.result.chart;

import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import org.jspecify.annotations.Nullable;

/** Tick labels of percentages in whole numbers: 40%. */
final class PercentFormat extends NumberFormat {
    private static final long serialVersionUID = 1L;

    @Override
    public StringBuffer format(double number, StringBuffer out, FieldPosition position) {
        return format(Math.round(number), out, position);
    }

    @Override
    public StringBuffer format(long number, StringBuffer out, FieldPosition position) {
        return out.append(number).append('%');
    }

    @Override
    public @Nullable Number parse(String source, ParsePosition position) {
        position.setErrorIndex(position.getIndex());
        return null;
    }
}
