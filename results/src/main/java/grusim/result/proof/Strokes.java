package grusim.result.proof;

import grusim.result.page.Markup;
import grusim.result.proof.Scene.Area;
import grusim.result.proof.Scene.End;
import grusim.result.proof.Scene.Label;
import grusim.result.proof.Scene.Point;
import grusim.result.proof.Scene.Route;
import java.util.List;

/** Writes the shapes of a scene as SVG elements, one per line. */
final class Strokes {
    private static final int RADIUS = 7;
    private static final int CORNER = 5;
    private static final int HEAD = 9;
    private static final int CROSS = 5;
    private static final int BEFORE = 10;

    private Strokes() {}

    /** The shapes, moved by so much. */
    static void append(StringBuilder out, List<Scene.Shape> shapes, int dx, int dy) {
        for (Scene.Shape shape : shapes) {
            if (shape instanceof Area area) {
                Scene.Box box = area.box();
                out.append("<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\"/>\n"
                        .formatted(area.css(), box.x() + dx, box.y() + dy, box.width(), box.height(), CORNER));
            } else if (shape instanceof Label label) {
                out.append("<text class=\"%s %s\" x=\"%d\" y=\"%d\">%s</text>\n"
                        .formatted(
                                label.face().css(),
                                label.css(),
                                label.x() + dx,
                                label.baseline() + dy,
                                Markup.text(label.text())));
            } else if (shape instanceof Route route) {
                route(out, route, dx, dy);
            }
        }
    }

    private static void route(StringBuilder out, Route route, int dx, int dy) {
        List<Point> points = route.points().stream()
                .map(p -> new Point(p.x() + dx, p.y() + dy))
                .toList();
        Point last = points.get(points.size() - 1);
        Point before = points.get(points.size() - 2);
        int stepX = Integer.signum(last.x() - before.x());
        int stepY = Integer.signum(last.y() - before.y());
        int back = route.end() == End.ARROW ? HEAD - 1 : route.end() == End.CROSS ? BEFORE : 0;
        Point stop = new Point(last.x() - stepX * back, last.y() - stepY * back);
        out.append("<path class=\"")
                .append(route.css())
                .append("\" d=\"")
                .append(path(points, stop))
                .append("\"/>\n");
        switch (route.end()) {
            case NONE -> {}
            case ARROW -> {
                int side = HEAD / 2 + 1;
                out.append("<path class=\"%s-head\" d=\"M%d,%d L%d,%d L%d,%d Z\"/>\n"
                        .formatted(
                                route.css(),
                                last.x(),
                                last.y(),
                                last.x() - stepX * HEAD - stepY * side,
                                last.y() - stepY * HEAD - stepX * side,
                                last.x() - stepX * HEAD + stepY * side,
                                last.y() - stepY * HEAD + stepX * side));
            }
            case CROSS ->
                out.append("<path class=\"%s-cross\" d=\"M%d,%d l%d,%d M%d,%d l%d,%d\"/>\n"
                        .formatted(
                                route.css(),
                                stop.x() - CROSS,
                                stop.y() - CROSS,
                                2 * CROSS,
                                2 * CROSS,
                                stop.x() - CROSS,
                                stop.y() + CROSS,
                                2 * CROSS,
                                -2 * CROSS));
        }
    }

    /** Straight pieces with round corners. */
    private static String path(List<Point> points, Point stop) {
        StringBuilder path = new StringBuilder();
        Point first = points.get(0);
        path.append('M').append(first.x()).append(',').append(first.y());
        for (int i = 1; i < points.size() - 1; i++) {
            Point corner = points.get(i);
            Point from = points.get(i - 1);
            Point to = i + 1 == points.size() - 1 ? stop : points.get(i + 1);
            int radius = Math.min(RADIUS, Math.min(distance(from, corner) / 2, distance(corner, to) / 2));
            Point in = toward(corner, from, radius);
            Point off = toward(corner, to, radius);
            path.append(" L%d,%d Q%d,%d %d,%d".formatted(in.x(), in.y(), corner.x(), corner.y(), off.x(), off.y()));
        }
        return path.append(" L").append(stop.x()).append(',').append(stop.y()).toString();
    }

    private static int distance(Point a, Point b) {
        return Math.abs(a.x() - b.x()) + Math.abs(a.y() - b.y());
    }

    private static Point toward(Point from, Point to, int pixels) {
        return new Point(
                from.x() + Integer.signum(to.x() - from.x()) * pixels,
                from.y() + Integer.signum(to.y() - from.y()) * pixels);
    }
}
