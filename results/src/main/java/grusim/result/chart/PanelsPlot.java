package grusim.result.chart;

import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.ui.RectangleEdge;

/** Panels above each other on one horizontal axis, each with its own vertical one and a line that says what that is. */
final class PanelsPlot extends Canvas {
    private static final long serialVersionUID = 1L;
    private static final double GAP = 14;
    private static final double RIGHT = 8;

    private final transient List<Panel> panels;
    private final ValueAxis across;
    private final boolean verticals;

    /** Panels over an axis, with grid lines at its ticks or without. */
    PanelsPlot(Theme theme, List<Panel> panels, ValueAxis across, boolean verticals) {
        super(theme);
        this.panels = List.copyOf(panels);
        this.across = House.axis(theme, across);
        this.verticals = verticals;
        panels.forEach(panel -> House.axis(theme, panel.axis()));
    }

    /** What a panel shows, drawn between its axes. */
    interface Content {
        void draw(Pen pen, Frame frame);
    }

    /** One panel under a line of text; its axis has no label of its own. */
    record Panel(String text, ValueAxis axis, Content content) {}

    /** The inside of a panel and its two axes. */
    record Frame(Rectangle2D area, ValueAxis across, ValueAxis values) {
        double x(double value) {
            return across.valueToJava2D(value, area, RectangleEdge.BOTTOM);
        }

        double y(double value) {
            return values.valueToJava2D(value, area, RectangleEdge.LEFT);
        }
    }

    @Override
    boolean isEmpty() {
        return panels.isEmpty();
    }

    @Override
    void paint(Pen pen, Rectangle2D area) {
        double text = pen.height(House.TEXT) + 6;
        double height = (area.getHeight() - Axes.HEIGHT - (panels.size() - 1) * GAP) / panels.size();
        double ticks = 0;
        for (Panel panel : panels) {
            Rectangle2D shape = new Rectangle2D.Double(0, 0, area.getWidth(), height - text);
            ticks = Math.max(ticks, Axes.width(pen, panel.axis(), shape));
        }
        double left = area.getX() + ticks;
        double width = area.getMaxX() - left - RIGHT;
        for (int n = 0; n < panels.size(); n++) {
            Panel panel = panels.get(n);
            double top = area.getY() + n * (height + GAP);
            Rectangle2D inside = new Rectangle2D.Double(left, top + text, width, height - text);
            String says = pen.fit(panel.text(), House.TEXT, area.getWidth());
            pen.left(says, House.TEXT, theme().faint(), area.getX(), top + pen.height(House.TEXT) / 2 - 3);
            Axes.vertical(pen, panel.axis(), inside);
            if (n == panels.size() - 1) {
                Axes.horizontal(pen, across, inside, area, verticals);
            }
            panel.content().draw(pen, new Frame(inside, across, panel.axis()));
        }
    }
}
