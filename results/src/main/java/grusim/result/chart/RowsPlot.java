package grusim.result.chart;

import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.util.Comparator;
import java.util.List;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.ui.RectangleEdge;

/**
 * Named rows above one common axis. The names stand at the left in at most two fifths of the width, with as many of
 * their notes under them as the height has room for. Rows without room are left out, the lightest first, and a last line
 * says how many those are.
 */
final class RowsPlot extends Canvas {
    private static final long serialVersionUID = 1L;
    private static final double WIDEST_NAME = 0.4;
    private static final double GAP = 8;
    private static final double LANE_SHARE = 0.8;
    private static final double TALLEST_LANE = 84;

    private final transient List<Row> rows;
    private final ValueAxis axis;
    private final transient Choice choice;

    RowsPlot(Theme theme, List<Row> rows, ValueAxis axis, Choice choice) {
        super(theme);
        this.rows = List.copyOf(rows);
        this.axis = House.axis(theme, axis);
        this.choice = choice;
    }

    /**
     * What to do with rows for which there is no room.
     *
     * @param all how many there are with those that the rows do not have, for want of data
     * @param least what those have that are left out, for example {@code fewest samples}
     * @param rowHeight what a row takes at least
     */
    record Choice(int all, String least, double rowHeight) {
        /** Which rows to draw, in their order. */
        List<Row> of(List<Row> rows, int most) {
            List<Row> heaviest = rows.stream()
                    .sorted(Comparator.comparingLong((Row row) -> -row.weight()))
                    .limit(most)
                    .toList();
            return rows.stream().filter(heaviest::contains).toList();
        }

        String words(int shown) {
            return "not shown: " + (all - shown) + " of " + all + " with " + least;
        }
    }

    /** What a row shows, drawn along the axis. */
    interface Content {
        void draw(Pen pen, Lane lane);
    }

    /** A row: its name, fainter lines under it in order of importance, how much it matters, and what it shows. */
    record Row(String name, List<String> notes, long weight, Content content) {}

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

    @Override
    boolean isEmpty() {
        return rows.isEmpty();
    }

    @Override
    void paint(Pen pen, Rectangle2D area) {
        double height = area.getHeight() - Axes.HEIGHT;
        double line = pen.height(House.SMALL) + 2;
        double least = Math.max(choice.rowHeight(), pen.height(House.TEXT) + 1);
        boolean fits = rows.size() == choice.all() && rows.size() * least <= height;
        int most = Math.max(1, (int) ((height - line) / least));
        List<Row> shown = fits ? rows : choice.of(rows, most);
        double rowHeight = (fits ? height : height - line) / shown.size();
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
        if (!fits) {
            String words = pen.fit(choice.words(shown.size()), House.SMALL, area.getWidth());
            pen.left(words, House.SMALL, theme().faint(), area.getX(), inside.getMaxY() - line / 2);
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
