package grusim.result.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/**
 * A logarithmic axis over whole values from 1, labelled at powers of ten, and at 2 and 5 times those where they are few.
 * When labels would come too close, only every second, third ... decade is labelled.
 */
final class DecadeAxis extends LogAxis {
    private static final long serialVersionUID = 1L;
    private static final int LABEL_WIDTH = 64;
    private static final int LABEL_HEIGHT = 22;

    private final transient LongFunction<String> labels;

    /** An axis from the decade-fraction (1, 2 or 5) at or below the least value to the one at or above the largest. */
    DecadeAxis(String label, double least, double largest, LongFunction<String> labels) {
        super(label);
        this.labels = labels;
        double lower = floor(Math.max(1, least));
        double upper = ceiling(Math.max(1, largest));
        setRange(lower, upper > lower ? upper : lower * 10);
        setSmallestValue(1);
    }

    @Override
    protected List<NumberTick> refreshTicksHorizontal(Graphics2D g2, Rectangle2D area, RectangleEdge edge) {
        return ticks(area.getWidth() / LABEL_WIDTH, TextAnchor.TOP_CENTER);
    }

    @Override
    protected List<NumberTick> refreshTicksVertical(Graphics2D g2, Rectangle2D area, RectangleEdge edge) {
        return ticks(area.getHeight() / LABEL_HEIGHT, TextAnchor.CENTER_RIGHT);
    }

    private List<NumberTick> ticks(double room, TextAnchor anchor) {
        double lower = getLowerBound();
        double upper = getUpperBound();
        double decades = Math.log10(upper / lower);
        boolean fractions = decades * 3 <= room;
        int every = Math.max(1, (int) Math.ceil(decades / Math.max(1, room)));
        List<NumberTick> ticks = new ArrayList<>();
        int exponent = 0;
        for (double decade = 1; decade <= upper * 1.0001; decade *= 10, exponent++) {
            for (int digit = 1; digit < 10; digit++) {
                double value = decade * digit;
                if (value >= lower * 0.9999 && value <= upper * 1.0001) {
                    boolean major = digit == 1 ? exponent % every == 0 : fractions && (digit == 2 || digit == 5);
                    String text = major ? labels.apply(Math.round(value)) : "";
                    ticks.add(new NumberTick(
                            major ? TickType.MAJOR : TickType.MINOR, value, text, anchor, TextAnchor.CENTER, 0));
                }
            }
        }
        return ticks;
    }

    private static double floor(double value) {
        double decade = 1;
        while (decade * 10 <= value) {
            decade *= 10;
        }
        return value >= decade * 5 ? decade * 5 : value >= decade * 2 ? decade * 2 : decade;
    }

    private static double ceiling(double value) {
        double decade = 1;
        while (decade < value) {
            decade *= 10;
        }
        return decade / 5 >= value ? decade / 5 : decade / 2 >= value ? decade / 2 : decade;
    }
}
