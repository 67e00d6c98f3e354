package grusim.result.text;

import grusim.result.AttributionShares;
import grusim.result.HostFacts;
import grusim.result.McsTiming;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.Verdict;
import grusim.result.stat.Figure;
import grusim.result.stat.Figures;
import grusim.result.stat.Interval;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A result on one screen, at most {@value #WIDTH} columns, {@value #LATENCY_WIDTH} for latencies: verdicts first, then
 * latencies, where instruction time went, counters and control commands. Latencies carry their interval, or a mark for which a line below says why there is none.
 * Counters that are zero are named in one line per group at most; percentiles that too few samples support are dashes.
 */
public final class SummaryTable {
    /** The widest line. */
    public static final int WIDTH = 104;

    /** Columns that the table of latencies may take, so that the names of instructions stay in their rows. */
    static final int LATENCY_WIDTH = 110;

    private static final int TEXTS_SHOWN = 5;

    private final Replications runs;
    private final RunResult first;
    private final Ink ink;
    private final StringBuilder out = new StringBuilder();

    private SummaryTable(Replications runs, Ink ink) {
        this.runs = runs;
        this.first = runs.first();
        this.ink = ink;
    }

    /** The summary of a single run. */
    public static String render(RunResult result, @Nullable HostFacts host, boolean ansi) {
        return render(Replications.of(result), host, ansi);
    }

    /** The summary as text that ends with a line feed, with colours if the terminal has them. */
    public static String render(Replications runs, @Nullable HostFacts host, boolean ansi) {
        SummaryTable table = new SummaryTable(runs, ansi ? Ink.ANSI : Ink.PLAIN);
        table.header(host);
        table.verdict("contract", together(runs, RunResult::contract), "violated");
        table.verdict("data", together(runs, RunResult::dataChecks), "failed");
        table.latencies();
        table.print(ViewTable.of("instruction time", runs.attribution()));
        table.view("process");
        table.view("chiplet");
        table.print(WaitTable.of(runs.attribution()));
        table.print(LifeTable.of("a miss's life", runs.waterfalls().values()));
        table.counters();
        table.commands();
        table.note();
        return table.out.toString();
    }

    private static Verdict together(Replications runs, Function<RunResult, Verdict> verdict) {
        List<Verdict> all = runs.runs().stream().map(verdict).toList();
        return new Verdict(
                all.stream().mapToLong(Verdict::checks).sum(),
                all.stream().mapToLong(Verdict::failures).sum(),
                all.stream().flatMap(each -> each.texts().stream()).toList());
    }

    private void header(@Nullable HostFacts host) {
        String name = TextTable.shorten(first.name(), 60);
        String several = runs.count() == 1 ? "" : ", " + runs.count() + " replications";
        line(ink.heading(name) + ink.faint("  grusim " + first.version() + ", seed " + first.seed() + several));
        String run = Quantity.time(first.simulatedPs()) + " simulated, " + Quantity.count(first.events())
                + " events, hash " + first.eventHash();
        line(ink.faint(runs.count() == 1 ? run : "the first: " + run));
        if (host != null) {
            line(ink.faint(Quantity.time(host.wallNanos() * 1000) + " of wall time, "
                    + Quantity.shortCount(host.eventsPerSecond()) + " events/s"));
        }
        Figures.find(runs, Figures.THROUGHPUT)
                .ifPresent(figure -> line("throughput  " + known(figure) + " instructions/s"));
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
        LatencyTable.Lines latencies = LatencyTable.of(runs, LATENCY_WIDTH);
        print(latencies.table());
        for (String remark : latencies.remarks()) {
            if (latencies.table().isEmpty()) {
                line("");
            }
            wrap(remark).forEach(each -> line(ink.faint(each.substring(4))));
        }
    }

    /** Where time went by another group than the kind, if there is more than one. */
    private void view(String name) {
        AttributionShares shares = runs.views().getOrDefault(name, AttributionShares.NONE);
        if (shares.kinds().size() > 1) {
            print(ViewTable.of("by " + name, shares));
        }
    }

    private void counters() {
        Map<String, Map<String, Figure>> groups = new LinkedHashMap<>();
        for (Figure figure : Figures.ofCounters(runs)) {
            String name = figure.name().substring(figure.name().indexOf('.') + 1);
            int dot = name.indexOf('.');
            groups.computeIfAbsent(name.substring(0, dot), g -> new LinkedHashMap<>())
                    .put(name.substring(dot + 1), figure);
        }
        Map<String, Figure> locks = groups.remove(LockTable.GROUP);
        List<String> empty = new ArrayList<>();
        for (Map.Entry<String, Map<String, Figure>> group : groups.entrySet()) {
            List<String> cells = new ArrayList<>();
            int zeros = 0;
            for (Map.Entry<String, Figure> counter : group.getValue().entrySet()) {
                BigDecimal value = counter.getValue().value();
                if (value == null || value.signum() == 0) {
                    zeros++;
                } else {
                    cells.add(cell(counter.getKey(), counter.getValue()));
                }
            }
            if (cells.isEmpty()) {
                empty.add(group.getKey() + " (" + zeros + ")");
                continue;
            }
            line("");
            String note = zeros == 0 ? "" : ink.faint("  (" + zeros + " more at zero)");
            line(ink.heading(group.getKey()) + note);
            twoColumns(cells);
        }
        if (!empty.isEmpty()) {
            line("");
            line(ink.faint("all counters at zero: " + String.join(", ", empty)));
        }
        if (locks != null) {
            print(LockTable.of(locks));
        }
    }

    private static String cell(String name, Figure counter) {
        int width = (WIDTH - 4) / 2;
        String value = known(counter);
        String key = TextTable.shorten(name, width - value.length() - 1);
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
        for (String op : runs.runs().stream()
                .flatMap(run -> run.mcs().stream())
                .map(McsTiming::op)
                .distinct()
                .toList()) {
            List<Figure> figures = Figures.ofCommand(runs, op);
            BigDecimal count = figures.get(0).value();
            if (count != null && count.signum() > 0) {
                table.row(op, known(figures.get(0)), known(figures.get(1)), FigureText.value(figures.get(2)));
            }
        }
        print(table);
    }

    /** A value, with its interval if that is known. */
    private static String known(Figure figure) {
        return figure.interval() instanceof Interval.Known ? FigureText.withInterval(figure) : FigureText.value(figure);
    }

    /** What holds for all that stands without an interval above. */
    private void note() {
        line("");
        line(
                ink.faint(
                        runs.count() == 1
                                ? "Counts and times of commands are exact for one run, without interval: see --replications."
                                : "Counters and times of locks are means over the replications, counts of latencies are of all together."));
    }

    private void print(TextTable table) {
        if (!table.isEmpty()) {
            print(table.lines(WIDTH));
        }
    }

    private void print(List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        line("");
        line(ink.heading(lines.get(0)));
        lines.subList(1, lines.size()).forEach(this::line);
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
