package grusim.benchmarks;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * The measured speeds as Markdown: a table per number of pending events, a row per pending-event set. A speed is that of
 * the fastest iteration, since other work on the machine can only slow an iteration down.
 */
final class RatioTable {
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    private record Speed(double eventsPerMicrosecond, double bytesPerEvent) {}

    private final Map<Integer, Map<PendingSet, Speed>> speeds = new TreeMap<>();

    private RatioTable() {}

    static String of(Collection<RunResult> results) {
        RatioTable table = new RatioTable();
        for (RunResult result : results) {
            int pending = Integer.parseInt(result.getParams().getParam("pending"));
            PendingSet set = PendingSet.valueOf(result.getParams().getParam("set"));
            Result<?> allocation = result.getSecondaryResults().get(ALLOCATION);
            double bytes = allocation == null ? Double.NaN : allocation.getScore();
            table.speeds
                    .computeIfAbsent(pending, key -> new EnumMap<>(PendingSet.class))
                    .put(
                            set,
                            new Speed(result.getPrimaryResult().getStatistics().getMax(), bytes));
        }
        return table.markdown();
    }

    private String markdown() {
        StringBuilder text = new StringBuilder();
        speeds.forEach((pending, bySet) -> {
            text.append(String.format(Locale.ROOT, "%n%,d pending%n%n", pending));
            text.append(String.format("| pending-event set | M events/s | B/event | grusim is faster by |%n"));
            text.append(String.format("|---|---:|---:|---:|%n"));
            Speed ours = bySet.get(PendingSet.GRUSIM);
            bySet.forEach((set, speed) -> text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.2f | %s |%n",
                    set.text(),
                    speed.eventsPerMicrosecond,
                    Math.abs(speed.bytesPerEvent),
                    ours == null
                            ? ""
                            : String.format(
                                    Locale.ROOT, "%.1f", ours.eventsPerMicrosecond / speed.eventsPerMicrosecond))));
        });
        return text.toString();
    }
}
