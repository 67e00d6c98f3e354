package grusim.result.text;

import grusim.result.Counter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The counters of group {@code lock} as one row per kind of lock that was taken. */
final class LockTable {
    /** The group of these counters. */
    static final String GROUP = "lock";

    private LockTable() {}

    static TextTable of(List<Counter> counters) {
        Map<String, Map<String, Counter>> kinds = new TreeMap<>();
        for (Counter counter : counters) {
            String key = counter.declaration().key();
            int dot = key.lastIndexOf('.');
            kinds.computeIfAbsent(key.substring(0, Math.max(0, dot)), k -> new TreeMap<>())
                    .put(key.substring(dot + 1), counter);
        }
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

    private static String text(Map<String, Counter> values, String key) {
        Counter counter = values.get(key);
        return counter == null
                ? Quantity.ABSENT
                : Quantity.of(counter.value(), counter.declaration().unit());
    }
}
