package grusim.result.report;

import grusim.result.stat.Figure;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table of a report that its reader can sort by any column. In a narrow window each row becomes a card, whose heading is
 * the row's first cell. Immutable.
 *
 * @param heading the line above, or empty
 * @param intro what to know before reading it, or empty
 * @param label what it is, for those who do not see it
 * @param folded if not empty, the table is hidden under these words until asked for
 * @param note what to know after reading it, or empty
 */
record PageTable(
        String heading, String intro, String label, String folded, List<Column> columns, List<Row> rows, String note) {
    /** So that browsers stay quick; what is cut is in the files. */
    static final int MOST_ROWS = 1500;

    PageTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        for (Row row : rows) {
            if (row.cells().size() != columns.size()) {
                throw new IllegalArgumentException("table \"" + label + "\": a row of "
                        + row.cells().size() + " cells under " + columns.size() + " columns");
            }
        }
    }

    /** Cards are for rows of more than two cells. */
    boolean cards() {
        return columns.size() > 2;
    }

    PageTable heading(String line) {
        return new PageTable(line, intro, label, folded, columns, rows, note);
    }

    PageTable intro(String words) {
        return new PageTable(heading, words, label, folded, columns, rows, note);
    }

    PageTable folded(String words) {
        return new PageTable(heading, intro, label, words, columns, rows, note);
    }

    PageTable note(String words) {
        return new PageTable(heading, intro, label, folded, columns, rows, words);
    }

    /**
     * A column.
     *
     * @param number whether its cells are numbers, which stand at the right and sort by size
     * @param hint the meaning of the title, or empty
     */
    record Column(String title, boolean number, String hint) {
        static Column text(String title) {
            return new Column(title, false, "");
        }

        static Column number(String title) {
            return new Column(title, true, "");
        }
    }

    /**
     * A row.
     *
     * @param tone {@code alert}, {@code better}, {@code worse} or empty
     */
    record Row(String tone, List<Cell> cells) {
        Row {
            cells = List.copyOf(cells);
        }
    }

    /**
     * A cell.
     *
     * @param text what it shows; empty if there is nothing to show
     * @param sub a second, fainter line, or empty
     * @param key by what it sorts; empty sorts last
     * @param style classes of the style sheet
     * @param title the column's title
     * @param bar a share as a width, or empty
     * @param hint more to know of it, or empty
     * @param first whether it is the heading of its row
     */
    record Cell(
            String text, String sub, String key, String style, String title, String bar, String hint, boolean first) {}

    /** Collects rows, cell by cell. One thread. */
    static final class Rows {
        private final String label;
        private final List<Column> columns;
        private final List<Row> rows = new ArrayList<>();
        private List<Cell> open = new ArrayList<>();
        private String tone = "";
        private int cut;

        Rows(String label, List<Column> columns) {
            this.label = label;
            this.columns = List.copyOf(columns);
        }

        /** Adds a text. */
        Rows text(String text) {
            return add(text, "", text, "");
        }

        /** Adds a text that needs the whole width of a card. */
        Rows longText(String text, String sub) {
            return cell(text, sub, text, "long", "");
        }

        /** Adds a verdict, which the row's tone colours. */
        Rows verdict(String words) {
            return cell(words, "", words, "verdict long", "");
        }

        /** Adds a path or value as it stands in files. */
        Rows path(String text) {
            return cell(text, "", text, "path", "");
        }

        /** Adds a value as it stands in files, which may be long. */
        Rows longPath(String text) {
            return cell(text, "", text, "path long", "");
        }

        /** Adds a number as it is shown, with what it sorts by. */
        Rows number(String text, String sub, @Nullable BigDecimal key) {
            return cell(text, sub, key == null ? "" : key.toPlainString(), "number", "");
        }

        /** Adds a figure with its interval. */
        Rows figure(Figure figure) {
            BigDecimal value = figure.value();
            return cell(
                    FigureWords.value(figure),
                    FigureWords.interval(figure),
                    value == null ? "" : value.toPlainString(),
                    "number",
                    "",
                    FigureWords.source(figure));
        }

        Rows number(String text, long key) {
            return number(text, "", BigDecimal.valueOf(key));
        }

        /** Adds a share of a whole, in percent and as a bar. */
        Rows share(long part, long whole) {
            if (whole == 0) {
                return number("", "", null);
            }
            BigDecimal percent = BigDecimal.valueOf(part)
                    .scaleByPowerOfTen(2)
                    .divide(BigDecimal.valueOf(whole), MathContext.DECIMAL64);
            String shown = percent.setScale(1, RoundingMode.HALF_UP).toPlainString() + "%";
            return cell(shown, "", percent.toPlainString(), "number", shown);
        }

        /** Marks the row that is being filled. */
        Rows tone(String name) {
            tone = name;
            return this;
        }

        /** Ends a row. */
        void end() {
            if (rows.size() < MOST_ROWS) {
                rows.add(new Row(tone, open));
            } else {
                cut++;
            }
            open = new ArrayList<>();
            tone = "";
        }

        boolean isEmpty() {
            return rows.isEmpty();
        }

        int size() {
            return rows.size() + cut;
        }

        PageTable table() {
            String note = cut == 0 ? "" : cut + " more rows are in the files beside this report.";
            return new PageTable("", "", label, "", columns, rows, note);
        }

        private Rows add(String text, String sub, String key, String style) {
            return cell(text, sub, key, style, "");
        }

        private Rows cell(String text, String sub, String key, String style, String bar) {
            return cell(text, sub, key, style, bar, "");
        }

        private Rows cell(String text, String sub, String key, String style, String bar, String more) {
            boolean first = open.isEmpty();
            String title = first ? "" : columns.get(open.size()).title();
            open.add(new Cell(text, sub, key, style, title, bar, more, first));
            return this;
        }
    }
}
