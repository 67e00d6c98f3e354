package grusim.result.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/**
 * An inverse logarithmic axis of percentiles: every step to the right leaves a tenth of the slower samples. Zero lies at
 * 0, 90% at 1, 99% at 2, 99.9% at 3.
 */
final class TailAxis extends NumberAxis {
    private static final long serialVersionUID = 1L;
    private static final String[] LABELS = {"0%", "90%", "99%", "99.9%", "99.99%", "99.999%", "99.9999%"};
    private static final String[] HALVES = {"50%", "95%", "99.5%", "99.95%", "99.995%", "99.9995%", "99.99995%"};
    private static final double GAP = 9;

    /** The axis up to the last position in use. */
    TailAxis(String label, double last) {
        super(label);
        setRange(0, Math.max(1, last) * 1.02);
    }

    /** Where the share of samples that are faster lies. */
    static double position(double share) {
        return -Math.log10(1 - share);
    }

    @Override
    protected List<NumberTick> refreshTicksHorizontal(Graphics2D g2, Rectangle2D area, RectangleEdge edge) {
        List<NumberTick> ticks = new ArrayList<>();
        double half = position(0.5);
        int last = Math.min(LABELS.length - 1, (int) getUpperBound());
        double room = area.getWidth() / getUpperBound() * half - GAP;
        boolean halves = House.width(HALVES[last], House.SMALL) <= room;
        boolean middle = House.width(LABELS[last], House.SMALL) <= room;
        for (int nines = 0; nines <= last; nines++) {
            ticks.add(tick(nines, LABELS[nines]));
            if ((halves || (middle && nines == 0)) && nines + half <= getUpperBound()) {
                ticks.add(tick(nines + half, HALVES[nines]));
            }
        }
        return ticks;
    }

    private static NumberTick tick(double value, String text) {
        return new NumberTick(value, text, TextAnchor.TOP_CENTER, TextAnchor.CENTER, 0);
    }
}
