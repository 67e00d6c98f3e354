package grusim.result.chart;

import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.ui.RectangleEdge;

/**
 * Named rows above one common axis. The names stand at the left in at most two fifths of the width, with as many of
 * their notes under them as the height has room for.
 */
final class RowsPlot extends Canvas {
    private static final long serialVersionUID = 1L;
    private static final double WIDEST_NAME = 0.4;
    private static final double GAP = 8;
    private static final double LANE_SHARE = 0.8;
    private static final double TALLEST_LANE = 84;
    private static final int ROW_HEIGHT = 17;
    private static final int AROUND_ROWS = 190;

    private final transient List<Row> rows;
    private final ValueAxis axis;

    RowsPlot(Theme theme, List<Row> rows, ValueAxis axis) {
        super(theme);
        this.rows = List.copyOf(rows);
        this.axis = House.axis(theme, axis);
    }

    /** What a row shows, drawn along the axis. */
    interface Content {
        void draw(Pen pen, Lane lane);
    }

    /** A row: its name, fainter lines under it in order of importance, and what it shows. */
    record Row(String name, List<String> notes, Content content) {}

    /** Where a row is drawn: between the top and bottom of its area, along the axis. */
    record Lane(Rectangle2D area, ValueAxis axis) {
        /** Where a value lies; values beyond the axis lie at its ends. */
        double x(double value) {
            double inside = Math.max(axis.getLowerBound(), Math.min(axis.getUpperBound(), value));
            return axis.valueToJava2D(inside, area, RectangleEdge.BOTTOM);
        }

        double middle() {
            return area.getCenterY();
        }
    }

    /** How many rows a chart of that size has room for. */
    static int most(ChartSize size) {
        return Math.max(3, (size.height() - AROUND_ROWS) / ROW_HEIGHT);
    }

    @Override
    boolean isEmpty() {
        return rows.isEmpty();
    }

    @Override
    void paint(Pen pen, Rectangle2D area) {
        double height = area.getHeight() - Axes.HEIGHT;
        int most = Math.max(1, (int) (height / (pen.height(House.TEXT) + 1)));
        List<Row> shown = rows.size() <= most ? rows : rows.subList(0, Math.max(1, most - 1));
        int places = shown.size() + (shown.size() < rows.size() ? 1 : 0);
        double rowHeight = height / places;
        int lines = Math.max(1, (int) (rowHeight / (pen.height(House.TEXT) + 1)));
        double names = nameWidth(pen, area.getWidth() * WIDEST_NAME, lines);
        double left = area.getX() + names + GAP;
        Rectangle2D inside = new Rectangle2D.Double(left, area.getY(), area.getMaxX() - left - GAP, height);
        Axes.horizontal(pen, axis, inside, area, true);
        double laneHeight = Math.min(TALLEST_LANE, rowHeight * LANE_SHARE);
        for (int n = 0; n < shown.size(); n++) {
            double middle = area.getY() + (n + 0.5) * rowHeight;
            name(pen, shown.get(n), lines, names, area.getX() + names, middle);
            Rectangle2D lane = new Rectangle2D.Double(left, middle - laneHeight / 2, inside.getWidth(), laneHeight);
            shown.get(n).content().draw(pen, new Lane(lane, axis));
        }
        if (places > shown.size()) {
            String more = "and " + (rows.size() - shown.size()) + " more";
            pen.left(more, House.SMALL, theme().faint(), left, area.getY() + (places - 0.5) * rowHeight);
        }
    }

    private double nameWidth(Pen pen, double most, int lines) {
        double widest = 0;
        for (Row row : rows) {
            widest = Math.max(widest, pen.width(row.name(), House.TEXT));
            for (String note :
                    row.notes().subList(0, Math.min(lines - 1, row.notes().size()))) {
                widest = Math.max(widest, pen.width(note, House.SMALL));
            }
        }
        return Math.min(most, widest);
    }

    private void name(Pen pen, Row row, int lines, double width, double x, double middle) {
        int notes = Math.min(lines - 1, row.notes().size());
        double step = pen.height(House.TEXT) + 1;
        double y = middle - notes * step / 2;
        text(pen, row.name(), House.TEXT, true, width, x, y);
        for (int note = 0; note < notes; note++) {
            text(pen, row.notes().get(note), House.SMALL, false, width, x, y + (note + 1) * step);
        }
    }

    private void text(Pen pen, String text, Font font, boolean strong, double width, double x, double y) {
        pen.right(pen.fit(text, font, width), font, strong ? theme().text() : theme().faint(), x, y);
    }
}
