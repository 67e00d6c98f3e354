package grusim.result.report;

import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.compare.Comparison;
import grusim.result.compare.Condition;
import grusim.result.compare.Difference;
import grusim.result.compare.Outcome;
import grusim.result.compare.SpecChange;
import grusim.result.stat.Interval;
import grusim.result.text.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code report.html} of a comparison: the verdict in words first, then every figure of both designs with its change, what
 * the designs differ in, and how to get the same again. Changes are named, not judged: whether lower is better is the
 * reader's to say, except that the row of a latency that rose or fell beyond chance is marked.
 */
public final class ComparisonReport {
    private static final int TILES = 6;
    private static final int CHANGES_SHOWN = 4;

    private final Comparison comparison;
    private final List<Condition.Judgement> judgements;
    private final String calibration;
    private final String command;

    private ComparisonReport(
            Comparison comparison, List<Condition.Judgement> judgements, String calibration, String command) {
        this.comparison = comparison;
        this.judgements = judgements;
        this.calibration = calibration;
        this.command = command;
    }

    /**
     * The page.
     *
     * @param judgements what became of the conditions under which the comparison fails
     * @param calibration how far the model agrees with published figures, in a few words
     * @param command the command line, or empty if it is not known
     * @param charts whether to draw charts
     */
    public static String render(
            Comparison comparison,
            List<Condition.Judgement> judgements,
            String calibration,
            String command,
            boolean charts) {
        return Template.print(new ComparisonReport(comparison, judgements, calibration, command).page(charts));
    }

    private Page page(boolean charts) {
        RunResult a = comparison.a().first();
        RunResult b = comparison.b().first();
        return new Page(
                a.name().equals(b.name()) ? a.name() + ": A and B" : a.name() + " and " + b.name(),
                description(a, b),
                "grusim " + b.version() + ", " + runs("A", comparison.a()) + ", " + runs("B", comparison.b()),
                badges(),
                List.of(),
                tiles(),
                comparison.verdict(),
                charts ? "" : "No charts were drawn.",
                charts ? Charts.of(comparison) : List.of(),
                sections(),
                "Written by grusim " + b.version() + ". Needs nothing but this file.");
    }

    /** What both designs are, and in what they differ. */
    private String description(RunResult a, RunResult b) {
        StringBuilder lines = new StringBuilder();
        lines.append(design(a).equals(design(b)) ? design(a) : "A: " + design(a) + "\nB: " + design(b));
        List<SpecChange> changes = comparison.changes().design();
        for (SpecChange change : changes.subList(0, Math.min(CHANGES_SHOWN, changes.size()))) {
            lines.append('\n')
                    .append(change.path())
                    .append(": ")
                    .append(change.a())
                    .append(" in A, ")
                    .append(change.b())
                    .append(" in B");
        }
        int more = changes.size() - CHANGES_SHOWN;
        return lines + (more > 0 ? "\n" + more + " more differences are listed below" : "");
    }

    private static String design(RunResult run) {
        String description = run.spec().path("description").asString("");
        return description.isEmpty() ? run.name() : description;
    }

    private static String runs(String label, Replications runs) {
        return label + " in " + (runs.count() == 1 ? "one run" : runs.count() + " replications") + " from seed "
                + runs.first().seed();
    }

    private List<Page.Badge> badges() {
        List<Page.Badge> badges = new ArrayList<>();
        badges.add(badge("A", comparison.a()));
        badges.add(badge("B", comparison.b()));
        for (Condition.Judgement judgement : judgements) {
            badges.add(new Page.Badge(
                    judgement.met() ? "bad" : "good",
                    judgement.met() ? "Fails" : "Holds",
                    "if " + judgement.condition().text() + ": " + judgement.words()));
        }
        badges.add(RunReport.calibration(calibration));
        return badges;
    }

    private static Page.Badge badge(String label, Replications runs) {
        long wrong = runs.runs().stream()
                .mapToLong(run -> run.contract().failures() + run.dataChecks().failures())
                .sum();
        long checks = runs.runs().stream()
                .mapToLong(run -> run.contract().checks() + run.dataChecks().checks())
                .sum();
        if (checks == 0) {
            return new Page.Badge("", label, "not checked");
        }
        return wrong == 0
                ? new Page.Badge("good", label, "contract and data ok, " + Quantity.count(checks) + " checks")
                : new Page.Badge(
                        "bad",
                        label,
                        Quantity.count(wrong) + " of " + Quantity.count(checks)
                                + " checks failed: its figures are those of a broken machine");
    }

    /** Of each operation that changed beyond chance, what changed most. */
    private List<Page.Tile> tiles() {
        Set<String> seen = new HashSet<>();
        return comparison.headline().stream()
                .filter(difference -> difference.outcome().changed())
                .sorted(Comparator.comparing(ComparisonReport::size).reversed())
                .filter(difference -> seen.add(difference.name()))
                .limit(TILES)
                .map(difference -> new Page.Tile(
                        difference.subject(),
                        percent(difference.change()),
                        "",
                        List.of(
                                comparison.words(difference),
                                value(difference.a(), difference.unit()) + " in A, "
                                        + value(difference.b(), difference.unit()) + " in B")))
                .toList();
    }

    private static BigDecimal size(Difference difference) {
        return difference.change() == null
                ? BigDecimal.ZERO
                : difference.change().abs();
    }

    // ---- parts ----

    private List<Page.Section> sections() {
        List<Page.Section> sections = new ArrayList<>();
        sections.add(Page.Section.of(
                "figures",
                "What designs are judged by",
                comparison.judged().sentence() + " " + comparison.method(),
                List.of(table("figures", comparison.headline()))));
        if (!comparison.counts().isEmpty()) {
            List<Difference> counts = comparison.counts();
            sections.add(Page.Section.of(
                    "counts",
                    "Counts",
                    "What was counted on the way; a change here explains, and is neither good nor bad. "
                            + comparison.others().sentence(),
                    List.of(table("counts", counts).folded("All " + counts.size() + " counts"))));
        }
        sections.add(Page.Section.of("designs", "What differs", "", changes()));
        sections.add(new Page.Section(
                "reproduce",
                "How to get this again",
                "The same specs, seeds and version give the same events, and so the same hashes.",
                List.of(),
                command.isEmpty() ? List.of() : List.of(command),
                List.of(
                        Reproduction.table(comparison.a()).heading("A"),
                        Reproduction.table(comparison.b()).heading("B"))));
        return sections;
    }

    private PageTable table(String label, List<Difference> differences) {
        PageTable.Rows rows = new PageTable.Rows(
                label,
                List.of(
                        PageTable.Column.text("figure"),
                        PageTable.Column.number("A"),
                        PageTable.Column.number("B"),
                        PageTable.Column.number("change"),
                        PageTable.Column.number("B - A"),
                        PageTable.Column.number("p, corrected"),
                        PageTable.Column.text("verdict")));
        for (Difference each : differences) {
            rows.path(each.subject())
                    .number(value(each.a(), each.unit()), "", each.a())
                    .number(value(each.b(), each.unit()), "", each.b())
                    .number(percent(each.change()), percents(each.relative()), each.change())
                    .number(
                            signed(each.difference(), each.unit()),
                            ends(each.absolute(), each.unit()),
                            each.difference())
                    .number(probability(each.pDifferent()), "", each.pDifferent())
                    .verdict(comparison.words(each))
                    .tone(tone(each))
                    .end();
        }
        return rows.table();
    }

    private static String tone(Difference difference) {
        if (!difference.latency() || !difference.outcome().changed()) {
            return "";
        }
        return difference.outcome() == Outcome.LOWER ? "better" : "worse";
    }

    private List<PageTable> changes() {
        List<PageTable> tables = new ArrayList<>();
        tables.add(changes("design", comparison.changes().design()).heading("In the design"));
        if (!comparison.changes().workload().isEmpty()) {
            tables.add(changes("workload", comparison.changes().workload())
                    .heading("In the workload")
                    .intro("These designs did different work: their figures do not compare designs only."));
        }
        return tables;
    }

    private static PageTable changes(String label, List<SpecChange> changes) {
        PageTable.Rows rows = new PageTable.Rows(
                label, List.of(PageTable.Column.text("key"), PageTable.Column.text("A"), PageTable.Column.text("B")));
        changes.forEach(change ->
                rows.path(change.path()).path(change.a()).path(change.b()).end());
        return rows.table().note(changes.isEmpty() ? "Nothing: both specs are the same." : "");
    }

    // ---- words ----

    private static String value(@Nullable BigDecimal value, String unit) {
        return value == null ? "" : FigureWords.withUnit(value, unit);
    }

    private static String signed(@Nullable BigDecimal value, String unit) {
        return value == null ? "" : (value.signum() > 0 ? "+" : "") + FigureWords.withUnit(value, unit);
    }

    private static String percent(@Nullable BigDecimal fraction) {
        if (fraction == null) {
            return "";
        }
        BigDecimal percent = fraction.movePointRight(2).setScale(1, RoundingMode.HALF_UP);
        return (percent.signum() > 0 ? "+" : "") + percent.toPlainString() + "%";
    }

    private static String percents(Interval interval) {
        return interval instanceof Interval.Known known ? percent(known.low()) + ".." + percent(known.high()) : "";
    }

    private static String ends(Interval interval, String unit) {
        return interval instanceof Interval.Known known
                ? signed(known.low(), unit).replace(" " + unit, "") + ".." + signed(known.high(), unit)
                : "";
    }

    private static String probability(@Nullable BigDecimal p) {
        if (p == null) {
            return "";
        }
        return p.compareTo(new BigDecimal("0.001")) < 0
                ? "< 0.001"
                : p.setScale(3, RoundingMode.HALF_UP).toPlainString();
    }
}
