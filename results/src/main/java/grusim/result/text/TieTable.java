package grusim.result.text;

import grusim.result.stat.Figure;
import grusim.result.stat.Interval;
import grusim.result.stat.TieReport;
import grusim.result.stat.TieShift;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What other orders of events of the same time change, for a terminal: how many figures, and those that change most. */
public final class TieTable {
    private static final int COLUMNS = 100;
    private static final int SHOWN = 8;
    private static final Set<String> LEADING = Set.of("meanNs", "p50Ns", "p99Ns");
    private static final MathContext DIGITS = new MathContext(4, RoundingMode.HALF_EVEN);

    private TieTable() {}

    /** The lines. */
    public static List<String> lines(TieReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(summary(report));
        add(lines, report, TieShift.Kind.BEYOND, "beyond its interval");
        add(lines, report, TieShift.Kind.NO_INTERVAL, "changes, has no interval");
        return lines;
    }

    /** The same in a sentence for all figures, and one for each leading figure that leaves its interval. */
    public static List<String> sentences(TieReport report) {
        List<String> sentences = new ArrayList<>();
        sentences.add(summary(report));
        report.strongest(TieShift.Kind.BEYOND).stream()
                .filter(shift -> isLeading(shift.figure().path()))
                .limit(SHOWN)
                .forEach(shift -> sentences.add(sentence(shift)));
        return sentences;
    }

    private static boolean isLeading(String path) {
        return path.startsWith("throughput.")
                || (path.startsWith("latency.") && LEADING.contains(path.substring(path.lastIndexOf('.') + 1)));
    }

    private static String sentence(TieShift shift) {
        Figure figure = shift.figure();
        String interval = figure.interval() instanceof Interval.Known known
                ? ", its interval " + range(known.low(), known.high(), figure.unit())
                : "";
        return figure.path() + " depends on that order: " + FigureText.value(figure) + " as it was run" + interval
                + ", but " + range(shift.least(), shift.most(), figure.unit()) + " in other orders, outside in "
                + shift.beyond() + " of " + shift.orders() + ".";
    }

    private static String summary(TieReport report) {
        long beyond = report.count(TieShift.Kind.BEYOND);
        long without = report.count(TieShift.Kind.NO_INTERVAL);
        return "Events of the same time in %d other %s: of %d figures %d stay the same, %d change within their interval, %d leave it%s"
                .formatted(
                        report.orders(),
                        report.orders() == 1 ? "order" : "orders",
                        report.shifts().size(),
                        report.count(TieShift.Kind.SAME),
                        report.count(TieShift.Kind.WITHIN),
                        beyond,
                        without == 0 ? "." : ", " + without + " change and have no interval.");
    }

    private static void add(List<String> lines, TieReport report, TieShift.Kind kind, String title) {
        List<TieShift> shifts = report.strongest(kind);
        if (shifts.isEmpty()) {
            return;
        }
        TextTable table = new TextTable(title, "in order", "interval", "other orders", "change", "outside in");
        for (TieShift shift : shifts.subList(0, Math.min(SHOWN, shifts.size()))) {
            Figure figure = shift.figure();
            BigDecimal value = figure.value();
            table.row(
                    figure.path(),
                    value == null ? Quantity.ABSENT : text(value, figure.unit()),
                    figure.interval() instanceof Interval.Known known
                            ? range(known.low(), known.high(), figure.unit())
                            : Quantity.ABSENT,
                    range(shift.least(), shift.most(), figure.unit()),
                    percent(shift.relative()),
                    kind == TieShift.Kind.BEYOND ? shift.beyond() + " of " + shift.orders() : Quantity.ABSENT);
        }
        lines.add("");
        lines.addAll(table.lines(COLUMNS));
        if (shifts.size() > SHOWN) {
            lines.add("and %d more, see ties.csv".formatted(shifts.size() - SHOWN));
        }
    }

    private static String percent(double part) {
        BigDecimal percent = new BigDecimal(part).movePointRight(2).round(new MathContext(2, RoundingMode.HALF_EVEN));
        return (percent.signum() == 0 ? "0" : percent.stripTrailingZeros().toPlainString()) + "%";
    }

    private static String range(BigDecimal low, BigDecimal high, String unit) {
        return text(low, unit) + " .. " + text(high, unit);
    }

    private static String text(BigDecimal value, String unit) {
        return switch (unit) {
            case "ns" ->
                Quantity.time(value.movePointRight(3)
                        .setScale(0, RoundingMode.HALF_EVEN)
                        .longValueExact());
            case "ps" -> Quantity.time(value.setScale(0, RoundingMode.HALF_EVEN).longValueExact());
            default -> plain(value);
        };
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0
                ? "0"
                : value.round(DIGITS).stripTrailingZeros().toPlainString();
    }
}
