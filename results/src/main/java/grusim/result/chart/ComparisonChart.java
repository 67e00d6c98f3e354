package grusim.result.chart;

import grusim.result.compare.Comparison;
import grusim.result.compare.Difference;
import grusim.result.compare.Outcome;
import grusim.result.compare.SpecChange;
import grusim.result.stat.Interval;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/**
 * The changes from A to B, one line per figure: the estimate as a mark, its interval as a bar, the margin within which
 * changes do not matter as a band around zero. Shape and colour of the mark say the outcome. Figures without an interval
 * are not drawn; where there are too many, those that changed most are.
 */
public final class ComparisonChart {
    /** The chart's name. */
    public static final String ID = "comparison";

    private static final int ROW = 20;
    private static final int AROUND = 150;
    private static final double WIDEST_PART = 0.45;
    private static final double WIDEST_LABEL = 230;
    private static final double WIDEST_LABEL_PART = 0.42;

    private ComparisonChart() {}

    /** Draws the chart in files {@code comparison-<theme>.<format>} of a directory that exists; returns the files. */
    public static List<Path> render(
            Comparison comparison, Path directory, Set<ChartFormat> formats, Set<Theme> themes, ChartSize size)
            throws IOException {
        Host.prepare();
        List<Path> files = new ArrayList<>();
        for (Theme theme : themes) {
            JFreeChart chart = of(comparison, theme, size);
            for (ChartFormat format : formats) {
                Path file = directory.resolve(ID + "-" + theme.key() + "." + format.extension());
                Picture.write(chart, size, format, file);
                files.add(file);
            }
        }
        return files;
    }

    /** The chart as the bytes of a file. */
    public static byte[] draw(Comparison comparison, ChartFormat format, Theme theme, ChartSize size)
            throws IOException {
        Host.prepare();
        return Picture.file(of(comparison, theme, size), size, format);
    }

    /** Whether the change of any figure is known with an interval. */
    public static boolean applies(Comparison comparison) {
        return !KnownChanges.of(comparison).all().isEmpty();
    }

    /** One sentence, from the figures, on what the chart shows. */
    public static String says(Comparison comparison) {
        return KnownChanges.of(comparison).says();
    }

    /** The chart as an SVG element to put into a page; what it defines has names of its own. */
    public static String svg(Comparison comparison, Theme theme, ChartSize size) {
        return Picture.svg(of(comparison, theme, size), size, ID + "-" + theme.key() + "-" + size.width() + "-");
    }

    static JFreeChart of(Comparison comparison, Theme theme, ChartSize size) {
        KnownChanges known = KnownChanges.of(comparison);
        List<Difference> rows = known.largest(Math.max(3, (size.height() - AROUND) / ROW));
        XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
        XYErrorRenderer marks = renderer();
        for (Outcome outcome : List.of(Outcome.LOWER, Outcome.HIGHER, Outcome.NO_CHANGE, Outcome.UNDECIDED)) {
            XYIntervalSeries series = series(rows, outcome);
            if (series.getItemCount() > 0) {
                style(marks, data.getSeriesCount(), outcome, theme);
                data.addSeries(series);
            }
        }
        XYPlot plot = new XYPlot(data, changeAxis(theme), figureAxis(theme, rows, size), marks);
        House.grid(theme, plot);
        plot.setDomainGridlinesVisible(!rows.isEmpty());
        plot.setDomainGridlinePaint(theme.grid());
        plot.setRangeGridlinesVisible(false);
        plot.setNoDataMessage("no figure whose change is known with an interval");
        double margin = comparison.terms().margin().doubleValue() * 100;
        if (!rows.isEmpty()) {
            IntervalMarker band = new IntervalMarker(-margin, margin, theme.grid());
            band.setAlpha(0.6f);
            plot.addDomainMarker(band, Layer.BACKGROUND);
            plot.addDomainMarker(new ValueMarker(0, theme.faint(), House.HAIR), Layer.BACKGROUND);
        }
        String context = (comparison.paired() ? comparison.a().count() + " pairs of runs" : "independent runs")
                + ", bars are " + comparison.judged().levelText() + " intervals, the band is the margin of "
                + percent(comparison.terms().margin())
                + (rows.size() < known.all().size()
                        ? ", the largest " + rows.size() + " of " + known.all().size()
                        : "");
        return House.chart(theme, size, title(comparison, size), context, plot, data.getSeriesCount() > 0);
    }

    private static String title(Comparison comparison, ChartSize size) {
        List<SpecChange> design = comparison.changes().design();
        String a = comparison.a().first().name();
        String b = comparison.b().first().name();
        return design.size() == 1
                ? "Change when " + part(design.get(0).path(), size) + " goes from "
                        + part(design.get(0).a(), size) + " to "
                        + part(design.get(0).b(), size)
                : a.equals(b) ? "Change from A to B" : "Change from " + part(a, size) + " to " + part(b, size);
    }

    /** A part of the title, which is broken into lines between its words. */
    private static String part(String text, ChartSize size) {
        return House.fit(text, House.TITLE, size.width() * WIDEST_PART);
    }

    private static XYIntervalSeries series(List<Difference> rows, Outcome outcome) {
        XYIntervalSeries series = new XYIntervalSeries(label(outcome), false, true);
        for (int row = 0; row < rows.size(); row++) {
            Difference d = rows.get(row);
            if (d.outcome() == outcome && d.change() != null && d.relative() instanceof Interval.Known known) {
                double y = rows.size() - 1.0 - row;
                series.add(
                        d.change().doubleValue() * 100,
                        known.low().doubleValue() * 100,
                        known.high().doubleValue() * 100,
                        y,
                        y,
                        y);
            }
        }
        return series;
    }

    private static String label(Outcome outcome) {
        return switch (outcome) {
            case LOWER -> "B lower";
            case HIGHER -> "B higher";
            case NO_CHANGE -> "no detectable change";
            default -> outcome.text();
        };
    }

    private static XYErrorRenderer renderer() {
        XYErrorRenderer marks = new XYErrorRenderer();
        marks.setDefaultLinesVisible(false);
        marks.setDrawYError(false);
        marks.setDrawXError(true);
        marks.setCapLength(5);
        marks.setErrorStroke(House.LINE);
        return marks;
    }

    private static void style(XYErrorRenderer marks, int series, Outcome outcome, Theme theme) {
        Color colour = switch (outcome) {
            case LOWER -> theme.series(0);
            case HIGHER -> theme.series(1);
            case NO_CHANGE -> theme.series(2);
            default -> theme.faint();
        };
        marks.setSeriesPaint(series, colour);
        marks.setSeriesShape(series, shape(outcome));
        marks.setSeriesShapesFilled(series, outcome != Outcome.UNDECIDED);
    }

    private static Shape shape(Outcome outcome) {
        return switch (outcome) {
            case LOWER -> triangle(-1);
            case HIGHER -> triangle(1);
            default -> new Ellipse2D.Double(-4, -4, 8, 8);
        };
    }

    /** A triangle that points to the left or to the right, the way of the change. */
    private static Shape triangle(int way) {
        Path2D path = new Path2D.Double();
        path.moveTo(6.0 * way, 0);
        path.lineTo(-4.0 * way, -5);
        path.lineTo(-4.0 * way, 5);
        path.closePath();
        return path;
    }

    private static NumberAxis changeAxis(Theme theme) {
        NumberAxis axis = House.axis(theme, new NumberAxis("change from A to B (%)"));
        axis.setAutoRangeIncludesZero(true);
        axis.setNumberFormatOverride(new CountFormat());
        return axis;
    }

    private static SymbolAxis figureAxis(Theme theme, List<Difference> rows, ChartSize size) {
        double most = Math.min(WIDEST_LABEL, size.width() * WIDEST_LABEL_PART);
        String[] labels = new String[rows.size()];
        for (int row = 0; row < labels.length; row++) {
            labels[labels.length - 1 - row] = House.fit(rows.get(row).subject(), House.SMALL, most);
        }
        SymbolAxis axis = House.axis(theme, new SymbolAxis(null, labels));
        axis.setGridBandsVisible(false);
        axis.setTickLabelPaint(theme.text());
        axis.setTickMarksVisible(false);
        axis.setRange(-0.6, Math.max(0.6, rows.size() - 0.4));
        return axis;
    }

    private static String percent(BigDecimal fraction) {
        BigDecimal percent = fraction.movePointRight(2).stripTrailingZeros();
        return (percent.scale() < 0 ? percent.setScale(0) : percent).toPlainString() + "%";
    }
}
