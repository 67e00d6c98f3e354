package grusim.result.chart;

import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.List;

/** A line through points, left to right. */
final class Curve {
    private final List<Point2D> points = new ArrayList<>();

    void add(double x, double y) {
        points.add(new Point2D.Double(x, y));
    }

    List<Point2D> points() {
        return points;
    }

    /** Draws curves into a panel, each as the line of its metric. */
    static void draw(Pen pen, PanelsPlot.Frame frame, List<Curve> curves, List<Latencies.Metric> metrics) {
        for (int n = 0; n < curves.size(); n++) {
            Path2D path = new Path2D.Double();
            for (Point2D point : curves.get(n).points()) {
                double x = frame.x(point.getX());
                double y = frame.y(point.getY());
                if (path.getCurrentPoint() == null) {
                    path.moveTo(x, y);
                } else {
                    path.lineTo(x, y);
                }
            }
            int rank = metrics.get(n).rank();
            pen.draw(path, pen.theme().series(rank), House.line(rank));
        }
    }
}
