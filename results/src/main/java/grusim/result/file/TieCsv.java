package grusim.result.file;

import grusim.result.stat.Figure;
import grusim.result.stat.Interval;
import grusim.result.stat.TieReport;
import grusim.result.stat.TieShift;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** {@code ties.csv}: every figure with its interval and its range over the other orders of events of the same time. */
public final class TieCsv {
    private TieCsv() {}

    /** The file as text. */
    public static String print(TieReport report) {
        List<String> header = List.of(
                "metric", "statistic", "unit", "value", "low", "high", "least", "most", "beyond", "orders", "verdict");
        return Csv.print(header, csv -> {
            for (TieShift shift : report.shifts()) {
                Figure figure = shift.figure();
                csv.writeRecord(List.of(
                        figure.name(),
                        figure.statistic(),
                        figure.unit(),
                        figure.value() == null ? "" : text(figure.value()),
                        figure.interval() instanceof Interval.Known known ? text(known.low()) : "",
                        figure.interval() instanceof Interval.Known known ? text(known.high()) : "",
                        text(shift.least()),
                        text(shift.most()),
                        Integer.toString(shift.beyond()),
                        Integer.toString(shift.orders()),
                        shift.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
            }
        });
    }

    private static String text(BigDecimal value) {
        return value.toPlainString();
    }
}
