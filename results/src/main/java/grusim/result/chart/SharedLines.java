package grusim.result.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines through marked points that stay visible where they coincide: a stretch that several lines share is drawn in
 * dashes, each line having its turn, and a point that several share is drawn as rings inside each other. Bars through the
 * points end in strokes across, wider from line to line.
 */
final class SharedLines {
    private static final float DASH = 7;
    private static final double RADIUS = 4;
    private static final double RING = 2.6;
    private static final double END = 5;
    private static final double WIDER = 1.5;
    private static final BasicStroke THIN = new BasicStroke(1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);

    private SharedLines() {}

    /** A stretch between two neighbouring points. */
    private record Stretch(Point2D from, Point2D to) {}

    /** What a point may really be: from one height to another. */
    record Bar(double x, double low, double high) {}

    /** Draws the lines and their bars into a panel, each in its colour; without stretches only the points. */
    static void draw(
            Pen pen, PanelsPlot.Frame frame, List<List<Point2D>> lines, List<List<Bar>> bars, boolean stretches) {
        for (int line = 0; stretches && line < lines.size(); line++) {
            for (Stretch stretch : stretches(lines.get(line))) {
                List<Integer> sharing = sharing(lines, stretch);
                pen.line(
                        frame.x(stretch.from().getX()),
                        frame.y(stretch.from().getY()),
                        frame.x(stretch.to().getX()),
                        frame.y(stretch.to().getY()),
                        pen.theme().series(line),
                        stroke(sharing.indexOf(line), sharing.size()));
            }
        }
        for (int line = bars.size() - 1; line >= 0; line--) {
            for (Bar bar : bars.get(line)) {
                bar(pen, frame, bar, line);
            }
        }
        for (int line = 0; line < lines.size(); line++) {
            for (Point2D point : lines.get(line)) {
                List<Integer> there = at(lines, point);
                if (there.get(0) == line) {
                    rings(pen, frame.x(point.getX()), frame.y(point.getY()), there);
                }
            }
        }
    }

    private static void bar(Pen pen, PanelsPlot.Frame frame, Bar bar, int line) {
        Color colour = pen.theme().series(line);
        double x = frame.x(bar.x());
        double half = END + WIDER * line;
        pen.line(x, frame.y(bar.low()), x, frame.y(bar.high()), colour, THIN);
        pen.line(x - half, frame.y(bar.low()), x + half, frame.y(bar.low()), colour, THIN);
        pen.line(x - half, frame.y(bar.high()), x + half, frame.y(bar.high()), colour, THIN);
    }

    private static void rings(Pen pen, double x, double y, List<Integer> lines) {
        for (int rank = 0; rank < lines.size(); rank++) {
            Color colour = pen.theme().series(lines.get(rank));
            pen.dot(x, y, RADIUS + RING * (lines.size() - 1 - rank), colour);
        }
    }

    /** Whether two lines have a point or a stretch in common. */
    static boolean any(List<List<Point2D>> lines) {
        return lines.stream()
                .flatMap(List::stream)
                .anyMatch(point -> at(lines, point).size() > 1);
    }

    /** The lines that go through a point, in their order. */
    private static List<Integer> at(List<List<Point2D>> lines, Point2D point) {
        List<Integer> there = new ArrayList<>();
        for (int line = 0; line < lines.size(); line++) {
            if (lines.get(line).contains(point)) {
                there.add(line);
            }
        }
        return there;
    }

    private static List<Integer> sharing(List<List<Point2D>> lines, Stretch stretch) {
        List<Integer> sharing = new ArrayList<>();
        for (int line = 0; line < lines.size(); line++) {
            if (stretches(lines.get(line)).contains(stretch)) {
                sharing.add(line);
            }
        }
        return sharing;
    }

    private static List<Stretch> stretches(List<Point2D> points) {
        List<Stretch> stretches = new ArrayList<>();
        for (int n = 1; n < points.size(); n++) {
            stretches.add(new Stretch(points.get(n - 1), points.get(n)));
        }
        return stretches;
    }

    /** Every line's turn in a stretch that several share: dashes that together leave no gap. */
    static BasicStroke stroke(int rank, int sharing) {
        if (sharing <= 1) {
            return House.LINE;
        }
        float others = DASH * (sharing - 1);
        float phase = DASH * (sharing - rank) % (DASH * sharing);
        return new BasicStroke(2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {DASH, others}, phase);
    }
}
