package grusim.result.chart;

import java.awt.Color;
import java.awt.geom.Path2D;

/** Draws a timeline into a panel: its mean as levels, with gaps, over a faint band from lowest to highest. */
final class Levels {
    private static final int BAND_ALPHA = 60;

    private Levels() {}

    static void draw(Pen pen, PanelsPlot.Frame frame, Timeline timeline, TimeScale scale, Color colour) {
        Path2D line = new Path2D.Double();
        Path2D band = new Path2D.Double();
        boolean open = false;
        for (int step = 0; step < timeline.steps(); step++) {
            if (Double.isNaN(timeline.middle(step))) {
                open = false;
                continue;
            }
            double from = frame.x(scale.from(timeline.fromPs(step)));
            double to = frame.x(scale.from(timeline.toPs(step)));
            double y = frame.y(timeline.middle(step));
            if (open) {
                line.lineTo(from, y);
            } else {
                line.moveTo(from, y);
            }
            line.lineTo(to, y);
            open = true;
            rectangle(band, from, frame.y(timeline.high(step)), to, frame.y(timeline.low(step)));
        }
        pen.fill(band, new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), BAND_ALPHA));
        pen.draw(line, colour, House.LINE);
    }

    private static void rectangle(Path2D path, double left, double top, double right, double bottom) {
        if (bottom - top > 0.5) {
            path.moveTo(left, top);
            path.lineTo(right, top);
            path.lineTo(right, bottom);
            path.lineTo(left, bottom);
            path.closePath();
        }
    }
}
