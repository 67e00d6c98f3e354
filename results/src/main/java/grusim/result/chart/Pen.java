package grusim.result.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;

/** Draws the insides of plots that are ours; every text is measured before it is placed. Units are CSS pixels. */
final class Pen {
    private static final int SHORTEST = 6;

    private final Graphics2D g;
    private final Theme theme;

    Pen(Graphics2D g, Theme theme) {
        this.g = g;
        this.theme = theme;
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    }

    Graphics2D graphics() {
        return g;
    }

    Theme theme() {
        return theme;
    }

    double width(String text, Font font) {
        return House.width(text, font);
    }

    double height(Font font) {
        FontMetrics metrics = g.getFontMetrics(font);
        return metrics.getAscent() + metrics.getDescent();
    }

    /** The text, its middle left out as far as the width demands; empty if nothing readable would be left. */
    String fit(String text, Font font, double width) {
        if (width(text, font) <= width) {
            return text;
        }
        for (int most = Math.min(text.length() - 1, 80); most >= SHORTEST; most--) {
            String shorter = House.shorter(text, most);
            if (width(shorter, font) <= width) {
                return shorter;
            }
        }
        return "";
    }

    /** Draws a text that begins at x, its middle line at y. */
    void left(String text, Font font, Color colour, double x, double y) {
        if (!text.isEmpty()) {
            FontMetrics metrics = g.getFontMetrics(font);
            g.setFont(font);
            g.setPaint(colour);
            g.drawString(text, (float) x, (float) (y + (metrics.getAscent() - metrics.getDescent()) / 2.0));
        }
    }

    /** Draws a text that ends at x, its middle line at y. */
    void right(String text, Font font, Color colour, double x, double y) {
        left(text, font, colour, x - width(text, font), y);
    }

    /** Draws a text around x, its middle line at y. */
    void centre(String text, Font font, Color colour, double x, double y) {
        left(text, font, colour, x - width(text, font) / 2, y);
    }

    void fill(Shape shape, Color colour) {
        g.setPaint(colour);
        g.fill(shape);
    }

    /** Fills the upright rectangle between two corners; nothing if it has no area. */
    void box(double x1, double y1, double x2, double y2, Color colour) {
        if (x2 > x1 && y2 > y1) {
            fill(new Rectangle2D.Double(x1, y1, x2 - x1, y2 - y1), colour);
        }
    }

    void dot(double x, double y, double radius, Color colour) {
        fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius), colour);
    }

    void line(double x1, double y1, double x2, double y2, Color colour, BasicStroke stroke) {
        draw(new Line2D.Double(x1, y1, x2, y2), colour, stroke);
    }

    void draw(Shape shape, Color colour, BasicStroke stroke) {
        g.setPaint(colour);
        g.setStroke(stroke);
        g.draw(shape);
    }
}
