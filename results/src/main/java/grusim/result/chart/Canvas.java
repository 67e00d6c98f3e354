package grusim.result.chart;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.PlotState;
import org.jspecify.annotations.Nullable;

/** A plot whose inside we draw ourselves, with a legend of colours. */
abstract class Canvas extends Plot {
    private static final long serialVersionUID = 1L;

    private final Theme theme;
    private final transient List<Entry> legend = new ArrayList<>();

    Canvas(Theme theme) {
        this.theme = theme;
    }

    /** One colour of the legend. */
    record Entry(String label, Color colour, int line, int stripes) {}

    /** Draws the inside; there is something to draw. */
    abstract void paint(Pen pen, Rectangle2D area);

    /** Whether there is nothing to draw but the message that says so. */
    abstract boolean isEmpty();

    /** Adds a colour to the legend. */
    final void explain(String label, Color colour) {
        legend.add(new Entry(label, colour, -1, 0));
    }

    /** Adds the look of a reason to the legend. */
    final void explain(String label, Reasons.Look look) {
        legend.add(new Entry(label, theme.series(look.colour()), -1, look.stripes()));
    }

    /** Adds the n-th line to the legend. */
    final void explain(String label, Color colour, int line) {
        legend.add(new Entry(label, colour, line, 0));
    }

    /** How many colours the legend has so far. */
    final int legendSize() {
        return legend.size();
    }

    final Theme theme() {
        return theme;
    }

    @Override
    public final String getPlotType() {
        return "canvas";
    }

    @Override
    public final LegendItemCollection getLegendItems() {
        LegendItemCollection items = new LegendItemCollection();
        for (Entry entry : legend) {
            items.add(
                    entry.line() < 0
                            ? new LegendItem(
                                    entry.label(),
                                    null,
                                    null,
                                    null,
                                    Stripes.of(House.swatch(), entry.stripes()),
                                    entry.colour())
                            : new LegendItem(
                                    entry.label(),
                                    null,
                                    null,
                                    null,
                                    new Line2D.Double(-10, 0, 10, 0),
                                    House.line(entry.line()),
                                    entry.colour()));
        }
        return items;
    }

    @Override
    public final void draw(
            Graphics2D g2,
            Rectangle2D area,
            @Nullable Point2D anchor,
            @Nullable PlotState parent,
            @Nullable PlotRenderingInfo info) {
        getInsets().trim(area);
        if (isEmpty()) {
            drawNoDataMessage(g2, area);
        } else {
            paint(new Pen(g2, theme), area);
        }
    }
}
