package grusim.result.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of text in aligned columns: the first column to the left, the others to the right. A name in the first
 * column that would make the table wider than allowed stands on a line of its own above its row.
 */
final class TextTable {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final int columns;
    private boolean textLast;

    TextTable(String... header) {
        columns = header.length;
        row(header);
    }

    void row(String... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException(cells.length + " cells in a table of " + columns + " columns");
        }
        rows.add(List.of(cells));
    }

    /** Makes the last column text, aligned to the left. */
    TextTable textLast() {
        textLast = true;
        return this;
    }

    boolean isEmpty() {
        return rows.size() == 1;
    }

    /** The lines, header first, none wider than the limit as long as the right-hand columns leave room. */
    List<String> lines(int limit) {
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        int others = 0;
        for (int column = 1; column < columns; column++) {
            others += GAP.length() + widths[column];
        }
        widths[0] = Math.min(widths[0], Math.max(8, limit - others));
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            String name = row.get(0);
            boolean apart = name.length() > widths[0] && !lines.isEmpty();
            if (apart) {
                lines.add(shorten(name, limit));
            }
            lines.add(line(apart ? "" : name, row, widths, textLast));
        }
        return lines;
    }

    private static String line(String name, List<String> row, int[] widths, boolean textLast) {
        StringBuilder line = new StringBuilder(shorten(name, widths[0]));
        int end = widths[0];
        for (int column = 1; column < widths.length; column++) {
            end += GAP.length() + widths[column];
            String cell = row.get(column);
            int start = textLast && column == widths.length - 1 ? end - widths[column] : end - cell.length();
            line.append(" ".repeat(start - line.length())).append(cell);
        }
        return line.toString().stripTrailing();
    }

    /** The text within the width, its middle replaced by two dots if it is longer. */
    static String shorten(String text, int width) {
        if (text.length() <= width) {
            return text;
        }
        int tail = (width - 2) / 2;
        return text.substring(0, width - 2 - tail) + ".." + text.substring(text.length() - tail);
    }
}
