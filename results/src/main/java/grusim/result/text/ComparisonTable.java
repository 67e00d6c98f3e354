package grusim.result.text;

import grusim.result.Replications;
import grusim.result.compare.Comparison;
import grusim.result.compare.Condition;
import grusim.result.compare.Difference;
import grusim.result.compare.Family;
import grusim.result.compare.SpecChange;
import grusim.result.stat.Interval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A comparison on a screen, at most {@value SummaryTable#WIDTH} columns: what differs, the verdict, the figures that
 * designs are judged by, and the counts that changed most.
 */
public final class ComparisonTable {
    private static final int CHANGES_SHOWN = 8;
    private static final int PATH_WIDTH = 48;
    private static final int VALUE_WIDTH = 16;
    private static final int COUNTS_SHOWN = 15;
    private static final String PER_SECOND = "/s";

    private final Comparison comparison;
    private final Ink ink;
    private final StringBuilder out = new StringBuilder();

    private ComparisonTable(Comparison comparison, Ink ink) {
        this.comparison = comparison;
        this.ink = ink;
    }

    /** The comparison as text that ends with a line feed, with colours if the terminal has them. */
    public static String render(Comparison comparison, List<Condition.Judgement> judgements, boolean ansi) {
        ComparisonTable table = new ComparisonTable(comparison, ansi ? Ink.ANSI : Ink.PLAIN);
        table.header();
        table.verdict();
        table.conditions(judgements);
        table.figures("figure", comparison.judged(), comparison.headline());
        table.counts();
        table.line("");
        Lines.wrap("", comparison.method(), SummaryTable.WIDTH).forEach(l -> table.line(table.ink.faint(l)));
        return table.out.toString();
    }

    private void header() {
        design("A", comparison.a());
        design("B", comparison.b());
        changes("design", comparison.changes().design());
        changes("workload", comparison.changes().workload());
    }

    private void design(String label, Replications design) {
        String name = TextTable.shorten(design.first().name(), 60);
        int runs = design.count();
        line(ink.heading(label + "  " + name)
                + ink.faint("  grusim " + design.first().version() + ", "
                        + (runs == 1
                                ? "seed " + design.first().seed()
                                : runs + " replications from seed "
                                        + design.first().seed())));
        long violations = design.runs().stream()
                .mapToLong(r -> r.contract().failures() + r.dataChecks().failures())
                .sum();
        if (violations > 0) {
            line("   "
                    + ink.bad(Quantity.count(violations) + " violations of the contract or wrong data: its figures"
                            + " are those of a broken machine"));
        }
    }

    private void changes(String what, List<SpecChange> changes) {
        for (SpecChange change : changes.subList(0, Math.min(CHANGES_SHOWN, changes.size()))) {
            line(ink.faint("   " + what + "  ") + TextTable.shorten(change.path(), PATH_WIDTH) + "  "
                    + TextTable.shorten(change.a(), VALUE_WIDTH) + " -> "
                    + TextTable.shorten(change.b(), VALUE_WIDTH));
        }
        if (changes.size() > CHANGES_SHOWN) {
            line(ink.faint("   and " + (changes.size() - CHANGES_SHOWN) + " more of the " + what));
        }
    }

    private void verdict() {
        line("");
        comparison
                .verdict()
                .forEach(sentence ->
                        Lines.wrap("- ", sentence, SummaryTable.WIDTH).forEach(this::line));
    }

    private void conditions(List<Condition.Judgement> judgements) {
        if (!judgements.isEmpty()) {
            line("");
        }
        for (Condition.Judgement judgement : judgements) {
            String mark = judgement.met() ? ink.bad("FAILS") : ink.good("holds");
            Lines.wrap("       ", "if " + judgement.condition().text() + ": " + judgement.words(), SummaryTable.WIDTH)
                    .forEach(l -> line(l.startsWith("       if ") ? mark + l.substring(5) : l));
        }
    }

    private void counts() {
        List<Difference> changed =
                comparison.counts().stream().filter(d -> d.outcome().changed()).toList();
        figures(
                "other figures that differ",
                comparison.others(),
                changed.subList(0, Math.min(COUNTS_SHOWN, changed.size())));
        if (changed.size() > COUNTS_SHOWN) {
            line(ink.faint("and " + (changed.size() - COUNTS_SHOWN) + " more in comparison.csv"));
        }
    }

    private void figures(String title, Family family, List<Difference> differences) {
        TextTable table =
                new TextTable(title, "A", "B", "change", family.levelText() + " interval", "verdict").textLast();
        for (Difference d : differences) {
            if (d.a() == null && d.b() == null) {
                continue;
            }
            table.row(
                    d.subject(),
                    value(d.a(), d.unit()),
                    value(d.b(), d.unit()),
                    d.change() == null ? Quantity.ABSENT : percent(d.change()),
                    interval(d),
                    d.outcome().text());
        }
        if (!table.isEmpty()) {
            line("");
            Lines.wrap("", family.sentence(), SummaryTable.WIDTH).forEach(l -> line(ink.faint(l)));
            List<String> lines = table.lines(SummaryTable.WIDTH);
            line(ink.heading(lines.get(0)));
            lines.subList(1, lines.size()).forEach(this::line);
        }
    }

    /** The interval of the change, or of B - A where A cannot be told from zero. */
    private static String interval(Difference d) {
        if (d.relative() instanceof Interval.Known known) {
            return percent(known.low()) + " .. " + percent(known.high());
        }
        return d.absolute() instanceof Interval.Known known
                ? signed(known.low(), d.unit()) + " .. " + signed(known.high(), d.unit())
                : Quantity.ABSENT;
    }

    private static String signed(BigDecimal value, String unit) {
        return (value.signum() < 0 ? "-" : "+") + value(value.abs(), unit);
    }

    private static String value(@Nullable BigDecimal value, String unit) {
        if (value == null) {
            return Quantity.ABSENT;
        }
        if (unit.endsWith(PER_SECOND)) {
            return Quantity.shortCount(value.setScale(0, RoundingMode.HALF_UP).longValue()) + PER_SECOND;
        }
        BigDecimal scaled = unit.equals("ns") ? value.movePointRight(3) : value;
        long whole = scaled.setScale(0, RoundingMode.HALF_UP).longValue();
        return unit.equals("ns") ? Quantity.time(whole) : Quantity.of(whole, unit);
    }

    private static String percent(BigDecimal fraction) {
        BigDecimal percent = fraction.movePointRight(2);
        int decimals = percent.abs().compareTo(BigDecimal.TEN) < 0
                ? 2
                : percent.abs().compareTo(BigDecimal.valueOf(1000)) < 0 ? 1 : 0;
        BigDecimal rounded = percent.setScale(decimals, RoundingMode.HALF_UP);
        return (rounded.signum() > 0 ? "+" : "") + rounded.toPlainString() + "%";
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
