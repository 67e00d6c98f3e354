package grusim.result.text;

import grusim.result.stat.Figure;
import java.util.Map;
import java.util.TreeMap;

/** The counters of group {@code lock} as one row per kind of lock that was taken. */
final class LockTable {
    /** The group of these counters. */
    static final String GROUP = "lock";

    private LockTable() {}

    static TextTable of(Map<String, Figure> counters) {
        Map<String, Map<String, Figure>> kinds = new TreeMap<>();
        counters.forEach((key, counter) -> {
            int dot = key.lastIndexOf('.');
            kinds.computeIfAbsent(key.substring(0, Math.max(0, dot)), k -> new TreeMap<>())
                    .put(key.substring(dot + 1), counter);
        });
        TextTable table = new TextTable("lock", "taken", "waited", "mean wait", "max wait", "mean hold", "max hold");
        kinds.forEach((kind, values) -> {
            if (!text(values, "acquisitions").equals("0")) {
                table.row(
                        kind,
                        text(values, "acquisitions"),
                        text(values, "contended"),
                        text(values, "waitMean"),
                        text(values, "waitMax"),
                        text(values, "holdMean"),
                        text(values, "holdMax"));
            }
        });
        return table;
    }

    private static String text(Map<String, Figure> values, String key) {
        Figure counter = values.get(key);
        return counter == null ? Quantity.ABSENT : FigureText.value(counter);
    }
}
