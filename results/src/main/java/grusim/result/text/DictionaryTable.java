package grusim.result.text;

import grusim.result.Dictionary;

/** A data dictionary for a terminal: a metric and its unit on a line, what it means indented below. */
public final class DictionaryTable {
    private static final String INDENT = "    ";

    private DictionaryTable() {}

    /** The entries as text that ends with a line feed, none of its lines wider than the limit. */
    public static String render(Dictionary dictionary, int width, boolean ansi) {
        Ink ink = ansi ? Ink.ANSI : Ink.PLAIN;
        StringBuilder out = new StringBuilder();
        for (Dictionary.Entry entry : dictionary.entries()) {
            String metric =
                    TextTable.shorten(entry.metric(), width - entry.unit().length() - 2);
            out.append(ink.heading(metric))
                    .append("  ")
                    .append(ink.faint(entry.unit()))
                    .append('\n');
            String source = entry.source().equals("model") ? "" : " (" + entry.source() + ")";
            Lines.wrap(INDENT, entry.meaning() + source, width)
                    .forEach(line -> out.append(line).append('\n'));
        }
        return out.toString();
    }
}
