package grusim.result.chart;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.axis.ValueTick;
import org.jfree.chart.ui.RectangleEdge;

/** The labelled ticks of an axis; when they would come too close, only every second, third ... is kept. */
final class Ticks {
    private static final double GAP = 8;

    private Ticks() {}

    /** A tick: where it and the middle of its label lie on the picture. */
    record Tick(double place, double labelAt, String text) {}

    /** The ticks of a horizontal axis below an area; labels stay within a stretch of the picture. */
    static List<Tick> below(Pen pen, ValueAxis axis, Rectangle2D area, double least, double most) {
        List<Tick> ticks = all(pen, axis, area, RectangleEdge.BOTTOM);
        double widest = 0;
        for (Tick tick : ticks) {
            widest = Math.max(widest, pen.width(tick.text(), House.SMALL));
        }
        List<Tick> kept = new ArrayList<>();
        for (Tick tick : thinned(ticks, widest + GAP)) {
            double half = pen.width(tick.text(), House.SMALL) / 2;
            double middle = Math.max(least + half, Math.min(most - half, tick.place()));
            kept.add(new Tick(tick.place(), middle, tick.text()));
        }
        return kept;
    }

    /** The ticks of a vertical axis at the left of an area. */
    static List<Tick> left(Pen pen, ValueAxis axis, Rectangle2D area) {
        return thinned(all(pen, axis, area, RectangleEdge.LEFT), pen.height(House.SMALL) + GAP / 2);
    }

    private static List<Tick> all(Pen pen, ValueAxis axis, Rectangle2D area, RectangleEdge edge) {
        List<?> ticks = axis.refreshTicks(pen.graphics(), new AxisState(), area, edge);
        return ticks.stream()
                .map(ValueTick.class::cast)
                .filter(tick -> !tick.getText().isEmpty())
                .map(tick -> {
                    double place = axis.valueToJava2D(tick.getValue(), area, edge);
                    return new Tick(place, place, tick.getText());
                })
                .toList();
    }

    private static List<Tick> thinned(List<Tick> ticks, double apart) {
        double closest = Double.MAX_VALUE;
        for (int n = 1; n < ticks.size(); n++) {
            closest = Math.min(
                    closest, Math.abs(ticks.get(n).place() - ticks.get(n - 1).place()));
        }
        int every = closest >= apart ? 1 : (int) Math.ceil(apart / Math.max(0.5, closest));
        List<Tick> kept = new ArrayList<>();
        for (int n = 0; n < ticks.size(); n += every) {
            kept.add(ticks.get(n));
        }
        return kept;
    }
}
