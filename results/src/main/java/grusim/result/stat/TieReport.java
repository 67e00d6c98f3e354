package grusim.result.stat;

import grusim.result.Replications;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which figures change when events of the same time come in other orders, and by more than chance would explain. A figure
 * that is beyond its interval in a few orders may be so by chance, as the reruns vary too; one that is in most of them is
 * not. Immutable.
 *
 * @param shifts every figure that has a value in all orders, in the order of {@code result.json}
 * @param orders how many other orders were tried
 */
public record TieReport(List<TieShift> shifts, int orders) {
    public TieReport {
        shifts = List.copyOf(shifts);
    }

    /** Compares replications in the order of scheduling with the same ones in other orders, of which there is one. */
    public static TieReport of(Replications inOrder, List<Replications> others) {
        if (others.isEmpty()) {
            throw new IllegalArgumentException("no other order; accepted are one and more");
        }
        List<Map<String, BigDecimal>> values = new ArrayList<>();
        for (Replications other : others) {
            Map<String, BigDecimal> byPath = new HashMap<>();
            for (Figure figure : Figures.of(other)) {
                if (figure.value() != null) {
                    byPath.put(figure.path(), figure.value());
                }
            }
            values.add(byPath);
        }
        List<TieShift> shifts = new ArrayList<>();
        for (Figure figure : Figures.of(inOrder)) {
            String path = figure.path();
            BigDecimal value = figure.value();
            if (value != null && values.stream().allMatch(other -> other.containsKey(path))) {
                shifts.add(shift(
                        figure,
                        value,
                        values.stream().map(other -> other.get(path)).toList()));
            }
        }
        return new TieReport(shifts, others.size());
    }

    private static TieShift shift(Figure figure, BigDecimal value, List<BigDecimal> others) {
        BigDecimal least = others.get(0);
        BigDecimal most = others.get(0);
        int beyond = 0;
        for (BigDecimal other : others) {
            least = least.min(other);
            most = most.max(other);
            boolean outside = figure.interval() instanceof Interval.Known known
                    && (other.compareTo(known.low()) < 0 || other.compareTo(known.high()) > 0);
            beyond += outside ? 1 : 0;
        }
        TieShift.Kind kind = TieShift.Kind.WITHIN;
        if (least.compareTo(value) == 0 && most.compareTo(value) == 0) {
            kind = TieShift.Kind.SAME;
        } else if (figure.interval() instanceof Interval.None) {
            kind = TieShift.Kind.NO_INTERVAL;
        } else if (beyond > 0) {
            kind = TieShift.Kind.BEYOND;
        }
        return new TieShift(figure, least, most, beyond, others.size(), kind);
    }

    /** How many figures have become this. */
    public long count(TieShift.Kind kind) {
        return shifts.stream().filter(shift -> shift.kind() == kind).count();
    }

    /** The figures that have become this, those that change most first. */
    public List<TieShift> strongest(TieShift.Kind kind) {
        return shifts.stream()
                .filter(shift -> shift.kind() == kind)
                .sorted(Comparator.comparingDouble(TieShift::relative)
                        .thenComparingInt(TieShift::beyond)
                        .reversed())
                .toList();
    }
}
