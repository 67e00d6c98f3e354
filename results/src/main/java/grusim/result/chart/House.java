package grusim.result.chart;

import grusim.result.text.Quantity;
import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Paint;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.general.DatasetUtils;
import org.jfree.data.xy.XYDataset;

/**
 * The house style of every chart: a title at the left that says what is shown, a faint line under it with the run and
 * the main number, no box around the plot, faint grid lines across the reading direction, the legend at the bottom left.
 * Fonts are logical ones, which every JDK maps to what the host has.
 */
final class House {
    static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 16);
    static final Font NARROW_TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 14);
    static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
    static final BasicStroke LINE = new BasicStroke(2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
    static final BasicStroke THICK = new BasicStroke(4f);
    static final BasicStroke HAIR = new BasicStroke(1f);

    private static final int VERTICAL_TICKS = 6;
    private static final int TICK_WIDTH = 86;
    private static final double HEADROOM = 1.06;
    private static final RectangleInsets NONE = RectangleInsets.ZERO_INSETS;

    private static final FontRenderContext METRICS = new FontRenderContext(new AffineTransform(), true, true);

    private House() {}

    /** Puts a plot under a title and a line of context, with a legend if there is more than one thing to tell apart. */
    static JFreeChart chart(Theme theme, ChartSize size, String title, String context, Plot plot, boolean legend) {
        plot.setBackgroundPaint(theme.background());
        plot.setOutlineVisible(false);
        plot.setInsets(new RectangleInsets(10, 0, 4, 14));
        plot.setNoDataMessageFont(TEXT);
        plot.setNoDataMessagePaint(theme.faint());
        JFreeChart chart = new JFreeChart(null, null, plot, false);
        chart.setBackgroundPaint(theme.background());
        chart.setPadding(new RectangleInsets(14, 16, 12, 12));
        chart.setTitle(line(title, size.narrow() ? NARROW_TITLE : TITLE, theme.text()));
        chart.addSubtitle(line(context, size.narrow() ? SMALL : TEXT, theme.faint()));
        if (legend) {
            chart.addSubtitle(legend(theme, plot));
        }
        return chart;
    }

    private static TextTitle line(String text, Font font, Paint paint) {
        TextTitle line = new TextTitle(text, font);
        line.setPaint(paint);
        line.setHorizontalAlignment(HorizontalAlignment.LEFT);
        line.setTextAlignment(HorizontalAlignment.LEFT);
        line.setPadding(new RectangleInsets(0, 0, 3, 0));
        return line;
    }

    private static LegendTitle legend(Theme theme, Plot plot) {
        LegendTitle legend = new LegendTitle(plot);
        legend.setItemFont(SMALL);
        legend.setItemPaint(theme.text());
        legend.setBackgroundPaint(theme.background());
        legend.setFrame(BlockBorder.NONE);
        legend.setPosition(RectangleEdge.BOTTOM);
        legend.setHorizontalAlignment(HorizontalAlignment.LEFT);
        legend.setLegendItemGraphicPadding(new RectangleInsets(2, 0, 2, 4));
        legend.setItemLabelPadding(new RectangleInsets(2, 0, 2, 14));
        legend.setMargin(new RectangleInsets(6, 0, 0, 0));
        return legend;
    }

    /** A plot with grid lines across the value axis only. */
    static XYPlot xyPlot(Theme theme, XYDataset data, ValueAxis domain, ValueAxis range, XYLineAndShapeRenderer lines) {
        XYPlot plot = new XYPlot(data, axis(theme, domain), axis(theme, range), lines);
        grid(theme, plot);
        plot.setRangeGridlinesVisible(!DatasetUtils.isEmptyOrNull(data));
        return plot;
    }

    /** Draws faint lines down from the ticks of the horizontal axis too. */
    static void verticals(Theme theme, XYPlot plot, boolean visible) {
        plot.setDomainGridlinesVisible(visible);
        plot.setDomainGridlinePaint(theme.grid());
        plot.setDomainGridlineStroke(HAIR);
    }

    static void grid(Theme theme, XYPlot plot) {
        plot.setBackgroundPaint(theme.background());
        plot.setOutlineVisible(false);
        plot.setAxisOffset(NONE);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinePaint(theme.grid());
        plot.setRangeGridlineStroke(HAIR);
        plot.setRangeZeroBaselineVisible(false);
        plot.setNoDataMessageFont(TEXT);
        plot.setNoDataMessagePaint(theme.faint());
    }

    static <A extends Axis> A axis(Theme theme, A axis) {
        axis.setLabelFont(TEXT);
        axis.setLabelPaint(theme.faint());
        axis.setTickLabelFont(SMALL);
        axis.setTickLabelPaint(theme.faint());
        axis.setAxisLinePaint(theme.grid());
        axis.setTickMarkPaint(theme.grid());
        return axis;
    }

    /** An axis for shares from 0 to 100 percent. */
    static NumberAxis percent(String label) {
        NumberAxis axis = new NumberAxis(label);
        axis.setRange(0, 100);
        axis.setTickUnit(new NumberTickUnit(20));
        axis.setNumberFormatOverride(new PercentFormat());
        return axis;
    }

    /** An axis for values from zero to the largest, with a few round ticks; whole numbers only where asked. */
    static NumberAxis zeroBased(String label, double largest, boolean whole) {
        NumberAxis axis = new NumberAxis(label);
        axis.setNumberFormatOverride(new CountFormat());
        axis.setRange(0, largest > 0 ? largest * HEADROOM : 1);
        double step = step(axis.getUpperBound(), VERTICAL_TICKS);
        axis.setTickUnit(new NumberTickUnit(whole ? Math.max(1, step) : step));
        return axis;
    }

    /** The axis of simulated time, from zero to the end of the run. */
    static NumberAxis time(long endPs, ChartSize size) {
        TimeScale scale = TimeScale.of(endPs);
        NumberAxis axis = new NumberAxis("simulated time (" + scale.unit() + ")");
        axis.setNumberFormatOverride(new CountFormat());
        axis.setRange(0, scale.from(Math.max(1, endPs)));
        axis.setTickUnit(new NumberTickUnit(step(axis.getUpperBound(), Math.max(2, size.width() / TICK_WIDTH))));
        return axis;
    }

    /** The smallest of 1, 2, 5, 10, 20 ... and their fractions that divides the span into at most that many parts. */
    static double step(double span, int most) {
        double decade = StrictMath.pow(10, StrictMath.floor(StrictMath.log10(span / most)));
        for (int digit : new int[] {1, 2, 5}) {
            if (span / (decade * digit) <= most) {
                return decade * digit;
            }
        }
        return decade * 10;
    }

    /** Lines in the theme's colours, drawn as whole paths; beyond the first seven they are dashed as well. */
    static XYLineAndShapeRenderer lines(Theme theme, int count) {
        XYLineAndShapeRenderer lines = new XYLineAndShapeRenderer(true, false);
        lines.setDrawSeriesLineAsPath(true);
        lines.setLegendLine(new Line2D.Double(-10, 0, 10, 0));
        for (int n = 0; n < count; n++) {
            lines.setSeriesPaint(n, theme.series(n));
            lines.setSeriesStroke(n, n < theme.colours() / 2 ? LINE : dashed());
        }
        return lines;
    }

    /** How the n-th line is drawn: whole for the first seven of the colours, dashed for the others. */
    static BasicStroke line(int n) {
        return n % 14 < 7 ? LINE : dashed();
    }

    static Rectangle2D swatch() {
        return new Rectangle2D.Double(-5, -5, 10, 10);
    }

    /** A label that fits into a legend of a chart of that size. */
    static String label(String name, ChartSize size) {
        return fit(name, SMALL, size.legendWidth());
    }

    /** A label with a number in brackets, which is never shortened. */
    static String label(String name, long number, ChartSize size) {
        String count = " (" + Quantity.count(number) + ")";
        return fit(name, SMALL, size.legendWidth() - width(count, SMALL)) + count;
    }

    /** How wide a text is. */
    static double width(String text, Font font) {
        return font.getStringBounds(text, METRICS).getWidth();
    }

    /** The text, its middle left out as far as the width demands. */
    static String fit(String text, Font font, double width) {
        String fitting = text;
        for (int most = Math.min(text.length() - 1, 80); most >= 6 && width(fitting, font) > width; most--) {
            fitting = shorter(text, most);
        }
        return fitting;
    }

    /** The text in at most that many characters, its middle replaced by two dots if it is longer. */
    static String shorter(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int half = most / 2 - 1;
        return text.substring(0, half) + ".." + text.substring(text.length() - half);
    }

    private static BasicStroke dashed() {
        return new BasicStroke(2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {6, 3}, 0);
    }
}
