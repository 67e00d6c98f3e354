package grusim.result.chart;

import grusim.result.text.Quantity;
import java.awt.Color;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** A stream from one bar at the left to one bar for each part at the right, with names, numbers and shares. */
final class FlowPlot extends Canvas {
    private static final long serialVersionUID = 1L;
    private static final double BAR = 14;
    private static final double GAP = 8;
    private static final double WIDEST_LABEL = 0.46;
    private static final double LEAST_BAR = 2;
    private static final int STREAM_ALPHA = 110;

    private final String whole;
    private final transient List<Outcomes.Outcome> parts;

    FlowPlot(Theme theme, String whole, List<Outcomes.Outcome> parts) {
        super(theme);
        this.whole = whole;
        this.parts = List.copyOf(parts);
    }

    @Override
    boolean isEmpty() {
        return parts.isEmpty();
    }

    @Override
    void paint(Pen pen, Rectangle2D area) {
        double line = pen.height(House.TEXT) + 2;
        int most = Math.max(1, Math.min(theme().colours(), (int) (area.getHeight() / line)));
        List<Outcomes.Outcome> shown = parts.size() <= most ? parts : parts.subList(0, Math.max(1, most - 1));
        int places = shown.size() + (shown.size() < parts.size() ? 1 : 0);
        long total = parts.stream().mapToLong(Outcomes.Outcome::total).sum();
        String count = Quantity.count(total);
        double labels = Math.max(pen.width(whole, House.TEXT), pen.width(count, House.SMALL)) + GAP;
        double left = area.getX() + labels;
        double names = Math.min(area.getWidth() * WIDEST_LABEL, widest(pen, shown, total) + 2 * GAP);
        double right = area.getMaxX() - names - BAR;
        double spare = Math.max(0, area.getHeight() - places * line);
        double top = area.getY() + (area.getHeight() - spare) / 2;
        pen.box(left, top, left + BAR, top + spare, theme().faint());
        double centre = top + spare / 2;
        pen.right(whole, House.TEXT, theme().text(), left - GAP / 2, centre - line / 2);
        pen.right(count, House.SMALL, theme().faint(), left - GAP / 2, centre + line / 2);
        double from = top;
        double to = area.getY();
        for (int n = 0; n < shown.size(); n++) {
            Outcomes.Outcome part = shown.get(n);
            double height = Math.max(LEAST_BAR, spare * part.total() / total);
            double slot = Math.max(line, spare * part.total() / total + line);
            double y = to + (slot - height) / 2;
            Color colour = theme().series(part.place());
            stream(pen, left + BAR, from, right, y, spare * part.total() / total, height, colour);
            pen.box(right, y, right + BAR, y + height, colour);
            label(pen, part, total, right + BAR + GAP, to + slot / 2, area.getMaxX());
            from += spare * part.total() / total;
            to += slot;
        }
        if (places > shown.size()) {
            String more = "and " + (parts.size() - shown.size()) + " more";
            pen.left(more, House.SMALL, theme().faint(), right + BAR + GAP, to + line / 2);
        }
    }

    private static double widest(Pen pen, List<Outcomes.Outcome> parts, long total) {
        double widest = 0;
        for (Outcomes.Outcome part : parts) {
            widest = Math.max(
                    widest, pen.width(part.name(), House.TEXT) + GAP + pen.width(number(part, total), House.SMALL));
        }
        return widest;
    }

    private static String number(Outcomes.Outcome part, long total) {
        return Quantity.count(part.total()) + " (" + Words.share(part.total(), total) + ")";
    }

    private void label(Pen pen, Outcomes.Outcome part, long total, double x, double y, double end) {
        String share = Words.share(part.total(), total);
        String number = number(part, total);
        double room = end - x - GAP;
        boolean both = pen.width(part.name(), House.TEXT) + pen.width(number, House.SMALL) + GAP <= room + 1;
        number = both ? number : share;
        String name = pen.fit(part.name(), House.TEXT, room - pen.width(number, House.SMALL));
        pen.left(name, House.TEXT, theme().text(), x, y);
        double after = name.isEmpty() ? x : x + pen.width(name, House.TEXT) + GAP;
        pen.left(number, House.SMALL, theme().faint(), after, y);
    }

    private static void stream(
            Pen pen, double x1, double y1, double x2, double y2, double height1, double height2, Color colour) {
        double bend = (x1 + x2) / 2;
        Path2D path = new Path2D.Double();
        path.moveTo(x1, y1);
        path.curveTo(bend, y1, bend, y2, x2, y2);
        path.lineTo(x2, y2 + height2);
        path.curveTo(bend, y2 + height2, bend, y1 + height1, x1, y1 + height1);
        path.closePath();
        pen.fill(path, new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), STREAM_ALPHA));
    }
}
