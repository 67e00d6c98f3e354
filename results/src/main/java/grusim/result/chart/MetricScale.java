package grusim.result.chart;

import grusim.result.stat.Figure;
import grusim.result.stat.Interval;
import grusim.result.text.Quantity;
import java.math.BigDecimal;
import java.util.List;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;

/**
 * The vertical axis of a metric: from zero, times in the unit that suits the largest; logarithmic when all values are
 * above zero and the largest is at least fifty times the least. Intervals are on it from end to end; on a logarithmic axis
 * the lower ends lie at most a decade below the least value.
 *
 * @param factor turns a value into a position on the axis
 * @param known how many points of the sweep know the value
 */
record MetricScale(
        String label, double factor, boolean time, boolean logarithmic, double least, double largest, int known) {
    private static final double LOG_FROM = 50;
    private static final double FOOT = 0.03;

    static MetricScale of(String path, List<Figure> figures) {
        double least = Double.MAX_VALUE;
        double largest = 0;
        double lowest = Double.MAX_VALUE;
        double highest = 0;
        int known = 0;
        String unit = "";
        for (Figure figure : figures) {
            BigDecimal value = figure.value();
            if (value != null) {
                least = Math.min(least, value.doubleValue());
                largest = Math.max(largest, value.doubleValue());
                boolean bar = figure.interval() instanceof Interval.Known;
                lowest = Math.min(lowest, bar ? low(figure) : value.doubleValue());
                highest = Math.max(highest, bar ? high(figure) : value.doubleValue());
                unit = figure.unit();
                known++;
            }
        }
        boolean time = unit.equals("ns") || unit.equals("ps");
        double toPs = unit.equals("ns") ? 1000 : 1;
        boolean logarithmic = least * toPs >= 1 && largest / least >= LOG_FROM;
        least = logarithmic ? Math.max(lowest, least / 10) : lowest;
        largest = highest;
        String name = House.shorter(path.substring(path.lastIndexOf('.') + 1), 32);
        if (time && logarithmic) {
            return new MetricScale(bare(name), toPs, true, true, least * toPs, largest * toPs, known);
        }
        if (time) {
            TimeScale scale = TimeScale.of((long) (largest * toPs));
            double factor = toPs * scale.from(1);
            String label = bare(name) + " (" + scale.unit() + ")";
            return new MetricScale(label, factor, true, false, least * factor, largest * factor, known);
        }
        String label = unit.isEmpty() ? name : name + " (" + unit + ")";
        return new MetricScale(label, 1, false, logarithmic, least, largest, known);
    }

    private static double low(Figure figure) {
        return ((Interval.Known) figure.interval()).low().doubleValue();
    }

    private static double high(Figure figure) {
        return ((Interval.Known) figure.interval()).high().doubleValue();
    }

    private static String bare(String name) {
        return name.replaceFirst("(Ns|Ps)$", "");
    }

    /** Where a value lies on the axis. */
    double position(BigDecimal value) {
        return value.doubleValue() * factor;
    }

    ValueAxis axis() {
        if (logarithmic) {
            return new DecadeAxis(label, least * 0.97, largest * 1.03, time ? Quantity::time : Quantity::shortCount);
        }
        NumberAxis axis = House.zeroBased(label, largest, false);
        if (least < FOOT * largest) {
            axis.setLowerBound(-FOOT * largest);
        }
        return axis;
    }
}
