package grusim.result.report;

import grusim.result.stat.Figure;
import grusim.result.text.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Figures as tables: by name and statistic side by side, or one below the other with everything known of each. */
final class FigureTable {
    private FigureTable() {}

    /** A row for each name under a prefix, a column for each statistic; names that were never counted are left out. */
    static PageTable.Rows byStatistic(String title, String prefix, Collection<Figure> figures) {
        Map<String, Map<String, Figure>> names = new LinkedHashMap<>();
        Set<String> statistics = new LinkedHashSet<>();
        for (Figure figure : figures) {
            names.computeIfAbsent(figure.name().substring(prefix.length()), n -> new LinkedHashMap<>())
                    .put(figure.statistic(), figure);
            statistics.add(figure.statistic());
        }
        List<PageTable.Column> columns = new ArrayList<>();
        columns.add(PageTable.Column.text(title));
        statistics.forEach(statistic -> columns.add(PageTable.Column.number(words(statistic))));
        PageTable.Rows rows = new PageTable.Rows(title, columns);
        names.forEach((name, known) -> {
            if (!neverCounted(known)) {
                rows.path(name);
                statistics.forEach(statistic -> cell(rows, known.get(statistic)));
                rows.end();
            }
        });
        return rows;
    }

    /** Every figure with all that is known of it. */
    static PageTable all(List<Figure> figures) {
        PageTable.Rows rows = new PageTable.Rows(
                "all figures",
                List.of(
                        PageTable.Column.text("figure"),
                        PageTable.Column.number("value"),
                        PageTable.Column.text("unit"),
                        PageTable.Column.text("interval"),
                        PageTable.Column.number("samples"),
                        PageTable.Column.text("how known")));
        for (Figure figure : figures) {
            BigDecimal value = figure.value();
            rows.path(figure.path())
                    .number(value == null ? "" : value.toPlainString(), "", value)
                    .text(figure.unit())
                    .text(FigureWords.interval(figure))
                    .number(Quantity.count(figure.count()), figure.count())
                    .text(FigureWords.source(figure))
                    .end();
        }
        return rows.table();
    }

    private static void cell(PageTable.Rows rows, @Nullable Figure figure) {
        if (figure == null) {
            rows.number("", "", null);
        } else {
            rows.figure(figure);
        }
    }

    private static boolean neverCounted(Map<String, Figure> known) {
        Figure count = known.get("count");
        return count != null && count.value() != null && count.value().signum() == 0;
    }

    /** The title of a statistic's column, for example {@code p99.9} of {@code p999Ns}. */
    static String words(String statistic) {
        String bare = statistic.endsWith("Ns") ? statistic.substring(0, statistic.length() - 2) : statistic;
        return bare.matches("p\\d{3,}") ? bare.substring(0, 3) + "." + bare.substring(3) : bare;
    }
}
