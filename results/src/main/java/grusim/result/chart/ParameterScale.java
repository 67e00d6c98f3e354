package grusim.result.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/**
 * Where the values of a swept parameter lie along the axis. Values that are all numbers, or all quantities of one kind,
 * lie by size; other values lie side by side in the order of the sweep. Ticks are the swept values as they were written.
 */
final class ParameterScale {
    private static final Pattern QUANTITY = Pattern.compile("(-?[0-9]+(?:\\.[0-9]+)?) ?([A-Za-z/]*)");
    private static final double LOG_FROM = 20;
    private static final Map<String, Unit> UNITS = Map.ofEntries(
            Map.entry("", new Unit("number", BigDecimal.ONE)),
            Map.entry("ps", new Unit("time", BigDecimal.ONE)),
            Map.entry("ns", new Unit("time", BigDecimal.valueOf(1_000))),
            Map.entry("us", new Unit("time", BigDecimal.valueOf(1_000_000))),
            Map.entry("ms", new Unit("time", BigDecimal.valueOf(1_000_000_000))),
            Map.entry("s", new Unit("time", BigDecimal.valueOf(1_000_000_000_000L))),
            Map.entry("B", new Unit("size", BigDecimal.ONE)),
            Map.entry("KiB", new Unit("size", BigDecimal.valueOf(1L << 10))),
            Map.entry("MiB", new Unit("size", BigDecimal.valueOf(1L << 20))),
            Map.entry("GiB", new Unit("size", BigDecimal.valueOf(1L << 30))),
            Map.entry("TiB", new Unit("size", BigDecimal.valueOf(1L << 40))),
            Map.entry("/s", new Unit("rate", BigDecimal.ONE)),
            Map.entry("MB/s", new Unit("bandwidth", BigDecimal.valueOf(1_000_000))),
            Map.entry("GB/s", new Unit("bandwidth", BigDecimal.valueOf(1_000_000_000))));

    private final Map<String, Double> positions;
    private final boolean ordered;

    private ParameterScale(Map<String, Double> positions, boolean ordered) {
        this.positions = positions;
        this.ordered = ordered;
    }

    static ParameterScale of(List<String> values) {
        Map<String, Double> sizes = new LinkedHashMap<>();
        String kind = "";
        for (String value : values) {
            Optional<Size> size = size(value);
            if (size.isEmpty() || !(kind.isEmpty() || kind.equals(size.get().kind()))) {
                return sideBySide(values);
            }
            kind = size.get().kind();
            sizes.put(value, size.get().value());
        }
        double least = sizes.values().stream().mapToDouble(d -> d).min().orElse(0);
        double largest = sizes.values().stream().mapToDouble(d -> d).max().orElse(0);
        if (least > 0 && largest / least >= LOG_FROM) {
            sizes.replaceAll((value, size) -> StrictMath.log10(size));
        }
        return new ParameterScale(sizes, true);
    }

    private static ParameterScale sideBySide(List<String> values) {
        Map<String, Double> places = new LinkedHashMap<>();
        for (String value : values) {
            places.put(value, (double) places.size());
        }
        return new ParameterScale(places, false);
    }

    private static Optional<Size> size(String text) {
        Matcher matcher = QUANTITY.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Unit unit = UNITS.get(matcher.group(2));
        return unit == null
                ? Optional.empty()
                : Optional.of(new Size(
                        unit.kind(),
                        new BigDecimal(matcher.group(1)).multiply(unit.factor()).doubleValue()));
    }

    /** Whether positions mean sizes, so that lines between points make sense. */
    boolean ordered() {
        return ordered;
    }

    double position(String value) {
        Double position = positions.get(value);
        if (position == null) {
            throw new IllegalArgumentException("\"" + value + "\" is not a value of this sweep");
        }
        return position;
    }

    ValueAxis axis(String parameter) {
        List<Map.Entry<String, Double>> ticks = new ArrayList<>(positions.entrySet());
        ticks.sort(Comparator.comparingDouble(Map.Entry::getValue));
        return new ValuesAxis(House.shorter(parameter, 44), ticks);
    }

    private record Unit(String kind, BigDecimal factor) {}

    private record Size(String kind, double value) {}

    /** An axis whose ticks are the swept values; a label that would touch the one before it is left out. */
    private static final class ValuesAxis extends NumberAxis {
        private static final long serialVersionUID = 1L;
        private static final int LABEL_LENGTH = 20;
        private static final double GAP = 10;

        private final transient List<Map.Entry<String, Double>> values;

        ValuesAxis(String label, List<Map.Entry<String, Double>> values) {
            super(label);
            this.values = values;
            double least = values.isEmpty() ? 0 : values.get(0).getValue();
            double largest =
                    values.isEmpty() ? 1 : values.get(values.size() - 1).getValue();
            double margin = largest > least ? (largest - least) * 0.06 : 0.5;
            setRange(least - margin, largest + margin);
        }

        @Override
        protected List<NumberTick> refreshTicksHorizontal(Graphics2D g2, Rectangle2D area, RectangleEdge edge) {
            List<NumberTick> ticks = new ArrayList<>();
            double free = Double.NEGATIVE_INFINITY;
            for (Map.Entry<String, Double> value : values) {
                String text = House.shorter(value.getKey(), LABEL_LENGTH);
                double x = valueToJava2D(value.getValue(), area, edge);
                double half = g2.getFontMetrics(getTickLabelFont()).stringWidth(text) / 2.0;
                boolean fits = x - half >= free;
                free = fits ? x + half + GAP : free;
                ticks.add(new NumberTick(
                        value.getValue(), fits ? text : "", TextAnchor.TOP_CENTER, TextAnchor.CENTER, 0));
            }
            return ticks;
        }
    }
}
