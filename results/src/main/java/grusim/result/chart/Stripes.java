package grusim.result.chart;

import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** Areas with slanted gaps in them, so that more things than colours can be told apart, also without colour. */
final class Stripes {
    private static final double APART = 7;
    private static final double GAP = 1.6;

    private Stripes() {}

    /** The area whole, or with gaps: 1 rising, 2 falling, 3 both, 4 and more upright. */
    static Shape of(Rectangle2D area, int stripes) {
        if (stripes == 0) {
            return area;
        }
        Area striped = new Area(area);
        double height = area.getHeight();
        double from = Math.floor((area.getX() - height) / APART) * APART;
        for (double x = from; x < area.getMaxX() + height; x += APART) {
            if (stripes == 1 || stripes == 3) {
                striped.subtract(gap(x, area.getMaxY(), x + height, area.getY()));
            }
            if (stripes == 2 || stripes == 3) {
                striped.subtract(gap(x, area.getY(), x + height, area.getMaxY()));
            }
            if (stripes > 3) {
                striped.subtract(gap(x, area.getY(), x, area.getMaxY()));
            }
        }
        return striped;
    }

    private static Area gap(double x1, double y1, double x2, double y2) {
        Path2D gap = new Path2D.Double();
        gap.moveTo(x1, y1);
        gap.lineTo(x2, y2);
        gap.lineTo(x2 + GAP, y2);
        gap.lineTo(x1 + GAP, y1);
        gap.closePath();
        return new Area(gap);
    }
}
