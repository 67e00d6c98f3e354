package grusim.result.text;

import grusim.result.AttributionShares;
import grusim.result.Counter;
import grusim.result.HostFacts;
import grusim.result.LatencyDistribution;
import grusim.result.McsTiming;
import grusim.result.Percentile;
import grusim.result.RunResult;
import grusim.result.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A result on one screen, at most {@value #WIDTH} columns: verdicts first, then latencies, where instruction time went,
 * counters and control commands. Counters that are zero are named in one line per group at most; percentiles that too
 * few samples support are dashes.
 */
public final class SummaryTable {
    /** The widest line. */
    public static final int WIDTH = 100;

    private static final int TEXTS_SHOWN = 5;
    private static final int REASONS_SHOWN = 3;

    private final RunResult result;
    private final Ink ink;
    private final StringBuilder out = new StringBuilder();

    private SummaryTable(RunResult result, Ink ink) {
        this.result = result;
        this.ink = ink;
    }

    /** The summary as text that ends with a line feed, with colours if the terminal has them. */
    public static String render(RunResult result, @Nullable HostFacts host, boolean ansi) {
        SummaryTable table = new SummaryTable(result, ansi ? Ink.ANSI : Ink.PLAIN);
        table.header(host);
        table.verdict("contract", result.contract(), "violated");
        table.verdict("data", result.dataChecks(), "failed");
        table.latencies();
        table.attribution();
        table.print(WaitTable.of(result.attribution()));
        table.print(LifeTable.of("a miss's life", result.waterfalls().values()));
        table.counters();
        table.commands();
        return table.out.toString();
    }

    private void header(@Nullable HostFacts host) {
        String name = TextTable.shorten(result.name(), 60);
        line(ink.heading(name) + ink.faint("  grusim " + result.version() + ", seed " + result.seed()));
        String run = Quantity.time(result.simulatedPs()) + " simulated, " + Quantity.count(result.events())
                + " events, hash " + result.eventHash();
        line(ink.faint(run));
        if (host != null) {
            line(ink.faint(Quantity.time(host.wallNanos() * 1000) + " of wall time, "
                    + Quantity.shortCount(host.eventsPerSecond()) + " events/s"));
        }
        line("");
    }

    private void verdict(String what, Verdict verdict, String failed) {
        String label = String.format("%-10s", what);
        if (verdict.checks() == 0) {
            line(label + ink.faint("not checked"));
        } else if (verdict.failures() == 0) {
            line(label + ink.good("ok") + "  " + Quantity.count(verdict.checks()) + " checks");
        } else {
            line(label
                    + ink.bad(Quantity.count(verdict.failures()) + " " + failed)
                    + " of " + Quantity.count(verdict.checks()) + " checks");
            List<String> texts = verdict.texts();
            for (String text : texts.subList(0, Math.min(TEXTS_SHOWN, texts.size()))) {
                wrap(text.lines().findFirst().orElse("")).forEach(this::line);
            }
            if (verdict.failures() > TEXTS_SHOWN) {
                line("  " + ink.faint("and " + Quantity.count(verdict.failures() - TEXTS_SHOWN) + " more"));
            }
        }
    }

    /** Breaks a text at spaces into lines that fit, the first one marked. */
    private static List<String> wrap(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder open = new StringBuilder("  -");
        for (String word : text.split(" ", -1)) {
            if (open.length() + 1 + word.length() > WIDTH && open.length() > 4) {
                lines.add(open.toString());
                open = new StringBuilder("   ");
            }
            open.append(' ').append(TextTable.shorten(word, WIDTH - 4));
        }
        lines.add(open.toString());
        return lines;
    }

    private void latencies() {
        TextTable table = new TextTable("latency", "count", "mean", "p50", "p90", "p99", "p99.9", "max");
        for (Map.Entry<String, LatencyDistribution> entry : result.latency().entrySet()) {
            LatencyDistribution d = entry.getValue();
            if (d.count() > 0) {
                table.row(
                        entry.getKey(),
                        Quantity.count(d.count()),
                        Quantity.time(d.meanPs()),
                        Quantity.time(d.percentilePs(Percentile.P50)),
                        Quantity.time(d.percentilePs(Percentile.P90)),
                        Quantity.time(d.percentilePs(Percentile.P99)),
                        Quantity.time(d.percentilePs(Percentile.P999)),
                        Quantity.time(d.maxPs()));
            }
        }
        print(table);
    }

    private void attribution() {
        AttributionShares shares = result.attribution();
        TextTable table = new TextTable("instruction time", "count", "mean", "of which").textLast();
        for (int kind = 0; kind < shares.kinds().size(); kind++) {
            if (shares.instructions(kind) > 0) {
                table.row(
                        shares.kinds().get(kind),
                        Quantity.count(shares.instructions(kind)),
                        Quantity.time(shares.meanPs(kind)),
                        largest(shares, kind));
            }
        }
        print(table);
    }

    private static String largest(AttributionShares shares, int kind) {
        long totalPs = shares.totalPs(kind);
        List<Integer> reasons = new ArrayList<>();
        for (int reason = 0; reason < shares.reasons().size(); reason++) {
            if (shares.partPs(kind, reason) > 0) {
                reasons.add(reason);
            }
        }
        reasons.sort((a, b) -> Long.compare(shares.partPs(kind, b), shares.partPs(kind, a)));
        List<String> parts = new ArrayList<>();
        for (int reason : reasons.subList(0, Math.min(REASONS_SHOWN, reasons.size()))) {
            parts.add(Shares.percent(shares.partPs(kind, reason), totalPs) + " "
                    + TextTable.shorten(shares.reasons().get(reason), 18));
        }
        return String.join(", ", parts);
    }

    private void counters() {
        Map<String, List<Counter>> groups = new LinkedHashMap<>();
        for (Counter counter : result.counters().values()) {
            groups.computeIfAbsent(counter.declaration().group(), g -> new ArrayList<>())
                    .add(counter);
        }
        List<Counter> locks = groups.remove(LockTable.GROUP);
        for (Map.Entry<String, List<Counter>> group : groups.entrySet()) {
            List<String> cells = new ArrayList<>();
            int zeros = 0;
            for (Counter counter : group.getValue()) {
                if (counter.value() == 0) {
                    zeros++;
                } else {
                    cells.add(cell(counter));
                }
            }
            line("");
            String note = zeros == 0 ? "" : ink.faint("  (" + zeros + " more at zero)");
            line(ink.heading(group.getKey()) + note);
            twoColumns(cells);
        }
        if (locks != null) {
            print(LockTable.of(locks));
        }
    }

    private static String cell(Counter counter) {
        int width = (WIDTH - 4) / 2;
        String value = Quantity.of(counter.value(), counter.declaration().unit());
        String key = TextTable.shorten(counter.declaration().key(), width - value.length() - 1);
        return key + " ".repeat(width - key.length() - value.length()) + value;
    }

    private void twoColumns(List<String> cells) {
        int rows = (cells.size() + 1) / 2;
        for (int row = 0; row < rows; row++) {
            boolean second = row + rows < cells.size();
            line(cells.get(row) + (second ? "    " + cells.get(row + rows) : ""));
        }
    }

    private void commands() {
        TextTable table = new TextTable("control command", "count", "average", "maximum");
        for (McsTiming timing : result.mcs()) {
            if (timing.count() > 0) {
                table.row(
                        timing.op(),
                        Quantity.count(timing.count()),
                        Quantity.time(timing.averagePs()),
                        Quantity.time(timing.maximumPs()));
            }
        }
        print(table);
    }

    private void print(TextTable table) {
        if (table.isEmpty()) {
            return;
        }
        line("");
        List<String> lines = table.lines(WIDTH);
        line(ink.heading(lines.get(0)));
        lines.subList(1, lines.size()).forEach(this::line);
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
