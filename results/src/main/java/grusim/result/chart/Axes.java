package grusim.result.chart;

import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.axis.ValueAxis;

/** Draws the axes of our own plots: faint lines at the ticks, labels that never touch, the axis' name in the middle. */
final class Axes {
    /** The height that a horizontal axis takes. */
    static final double HEIGHT = 38;

    private static final double TICK_LABEL_AT = 11;
    private static final double NAME_AT = 29;

    private Axes() {}

    /** Draws a horizontal axis below an area, its grid lines into the area; the labels stay within the whole. */
    static void horizontal(Pen pen, ValueAxis axis, Rectangle2D inside, Rectangle2D whole, boolean gridLines) {
        Theme theme = pen.theme();
        double bottom = inside.getMaxY();
        for (Ticks.Tick tick : Ticks.below(pen, axis, inside, whole.getX(), whole.getMaxX())) {
            double top = gridLines ? inside.getY() : bottom;
            pen.line(tick.place(), top, tick.place(), bottom + 3, theme.grid(), House.HAIR);
            pen.centre(tick.text(), House.SMALL, theme.faint(), tick.labelAt(), bottom + TICK_LABEL_AT);
        }
        pen.line(inside.getX(), bottom, inside.getMaxX(), bottom, theme.grid(), House.HAIR);
        String name = pen.fit(axis.getLabel() == null ? "" : axis.getLabel(), House.TEXT, inside.getWidth());
        pen.centre(name, House.TEXT, theme.faint(), inside.getCenterX(), bottom + NAME_AT);
    }

    /** Draws a vertical axis at the left of an area, its grid lines into the area. */
    static void vertical(Pen pen, ValueAxis axis, Rectangle2D inside) {
        Theme theme = pen.theme();
        for (Ticks.Tick tick : Ticks.left(pen, axis, inside)) {
            pen.line(inside.getX(), tick.place(), inside.getMaxX(), tick.place(), theme.grid(), House.HAIR);
            pen.right(tick.text(), House.SMALL, theme.faint(), inside.getX() - 5, tick.place());
        }
    }

    /** The width that the labels of a vertical axis take. */
    static double width(Pen pen, ValueAxis axis, Rectangle2D inside) {
        List<Ticks.Tick> ticks = Ticks.left(pen, axis, inside);
        double widest = 0;
        for (Ticks.Tick tick : ticks) {
            widest = Math.max(widest, pen.width(tick.text(), House.SMALL));
        }
        return widest + 6;
    }
}
