package grusim.result.calibration;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The section of the calibration's document on values that are published nowhere: what each is, and what hangs on it. */
public final class AssumptionsText {
    private final List<Weighing> weighings;
    /** Of each path the first row, which says what the value is. */
    private final Map<String, SensitivityRow> values = new LinkedHashMap<>();

    private final StringBuilder text = new StringBuilder();

    private AssumptionsText(List<Weighing> weighings) {
        this.weighings = weighings;
        weighings.forEach(weighing -> weighing.rows().forEach(row -> values.putIfAbsent(row.path(), row)));
    }

    /** The whole section; figures are numbered through. */
    public static String of(List<Weighing> weighings) {
        return new AssumptionsText(weighings).write();
    }

    private String write() {
        text.append("## Assumptions and sensitivity\n\n").append(values.size());
        text.append(
                        " values of a spec are published nowhere. Each was halved and doubled in runs of the specs below (same ")
                .append(
                        "seed), those of `workloads/calibration/headlines.json`, wherever the spec leaves it assumed. After each ")
                .append(
                        "figure stands how far it moves when only the seed is another (the most of eight). The tables show the ")
                .append(
                        "change of each figure when the value is halved / doubled, largest first; a dot is no more than another ")
                .append(
                        "seed does, and less than half a per cent; a dash: the value cannot be halved or doubled alone.\n");
        int number = 1;
        for (Weighing weighing : weighings) {
            weighing(weighing, number);
            number += weighing.headlines().size();
        }
        all();
        return text.toString();
    }

    private void weighing(Weighing weighing, int first) {
        List<Headline> headlines = weighing.headlines();
        text.append("\n### `").append(weighing.spec()).append("`\n\n");
        for (int i = 0; i < headlines.size(); i++) {
            Headline headline = headlines.get(i);
            text.append(first + i).append(". ").append(headline.what()).append(": ");
            text.append(CalibrationTable.digits(headline.value())).append(' ').append(headline.unit());
            text.append(", ±")
                    .append(CalibrationTable.error(headline.chance()).replace("+", ""))
                    .append('\n');
        }
        text.append("\n| value | is |");
        for (int i = 0; i < headlines.size(); i++) {
            text.append(' ').append(first + i).append(" |");
        }
        text.append("\n|---|---|").append("---|".repeat(headlines.size())).append('\n');
        weighing.rows().stream()
                .filter(row -> row.largest(headlines).signum() > 0)
                .sorted(Comparator.comparing((SensitivityRow row) -> row.largest(headlines))
                        .reversed())
                .forEach(row ->
                        CalibrationDocument.row(text, changes(row, headlines).toArray(String[]::new)));
    }

    private static List<String> changes(SensitivityRow row, List<Headline> headlines) {
        List<String> cells = new ArrayList<>(List.of("`" + row.path() + "`", row.value()));
        for (int i = 0; i < headlines.size(); i++) {
            cells.add(change(row.halved(), i, headlines.get(i)) + " / " + change(row.doubled(), i, headlines.get(i)));
        }
        return cells;
    }

    private static String change(List<@Nullable BigDecimal> changes, int figure, Headline headline) {
        if (changes.isEmpty()) {
            return "-";
        }
        BigDecimal change = changes.get(figure);
        if (change == null) {
            return "gone";
        }
        return SensitivityRow.beyond(change, headline) ? CalibrationTable.percent(change) : ".";
    }

    /** Every value with what stands behind it and the figure that owes most to it. */
    private void all() {
        text.append(
                        "\n### All values\n\nWith what stands behind them, and the largest change of any figure above, whose number ")
                .append("is in parentheses; \"none\" is exactly none: no run uses the value.\n\n")
                .append("| value | is | source | largest change |\n|---|---|---|---|\n");
        for (SensitivityRow row : values.values()) {
            CalibrationDocument.row(text, "`" + row.path() + "`", row.value(), row.source(), largest(row.path()));
        }
    }

    private String largest(String path) {
        BigDecimal largest = BigDecimal.ZERO;
        int at = 0;
        int first = 1;
        boolean tried = false;
        boolean unused = true;
        for (Weighing weighing : weighings) {
            for (SensitivityRow row : weighing.rows()) {
                if (row.path().equals(path)) {
                    BigDecimal change = row.largest(weighing.headlines());
                    if (change.compareTo(largest) > 0) {
                        largest = change;
                        at = first + row.mostMoved(weighing.headlines());
                    }
                    tried |= row.tried();
                    unused &= row.unused();
                }
            }
            first += weighing.headlines().size();
        }
        if (!tried) {
            return "not tried: no quantity of its own";
        } else if (unused) {
            return "none";
        }
        return largest.signum() == 0
                ? "within chance"
                : CalibrationTable.error(largest).replace("+", "") + " (" + at + ")";
    }
}
