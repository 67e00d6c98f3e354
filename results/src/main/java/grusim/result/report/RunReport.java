package grusim.result.report;

import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.Verdict;
import grusim.result.stat.Figure;
import grusim.result.stat.Figures;
import grusim.result.text.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * {@code report.html} of a run: the summary first, then charts with a sentence each, tables that sort, the resolved spec with
 * its origins, and how to get the same again. Same input, same bytes, on one host; text widths in charts depend on fonts.
 */
public final class RunReport {
    /** The file's name. */
    public static final String FILE = "report.html";

    /** What stands for the calibration when nothing is known of it. */
    public static final String NOT_CALIBRATED = "not calibrated: times follow from assumptions of the spec";

    static final String CONTRACT = "Contract";
    static final String DATA = "Data";

    private static final int FAILURES_SHOWN = 2;

    private final Replications runs;
    private final RunResult first;
    private final Provenance provenance;
    private final Map<String, Figure> figures = new LinkedHashMap<>();

    private RunReport(Replications runs, Provenance provenance) {
        this.runs = runs;
        this.provenance = provenance;
        first = runs.first();
        Figures.of(runs).forEach(figure -> figures.put(figure.path(), figure));
    }

    /**
     * The page.
     *
     * @param calibration how far the model agrees with published figures, in a few words
     * @param charts whether to draw charts
     */
    public static String render(Replications runs, Provenance provenance, String calibration, boolean charts) {
        return Template.print(new RunReport(runs, provenance).page(calibration, charts));
    }

    private Page page(String calibration, boolean charts) {
        RunSummary summary = new RunSummary(runs, figures);
        List<Page.Chart> drawn = charts ? Charts.of(runs) : List.of();
        List<String> sentences = new ArrayList<>(summary.sentences());
        sentences.addAll(provenance.orders());
        return new Page(
                first.name(),
                first.spec().path("description").asString(""),
                meta(),
                badges(calibration),
                failures(),
                summary.tiles(),
                sentences,
                !charts ? "No charts were drawn." : drawn.isEmpty() ? "No chart has anything to show of this run." : "",
                drawn,
                sections(),
                "Written by grusim " + first.version() + ". Needs nothing but this file.");
    }

    private String meta() {
        String seeds = runs.count() == 1
                ? "seed " + first.seed()
                : runs.count() + " replications, the first with seed " + first.seed();
        long events = runs.runs().stream().mapToLong(RunResult::events).sum();
        List<Long> times =
                runs.runs().stream().map(RunResult::simulatedPs).sorted().toList();
        String least = Quantity.time(times.get(0));
        String most = Quantity.time(times.get(times.size() - 1));
        return "grusim " + first.version() + ", " + seeds + ", " + (least.equals(most) ? least : least + " to " + most)
                + " simulated" + (times.size() > 1 ? " each, in " : " in ") + Quantity.count(events) + " events"
                + (times.size() > 1 ? " together" : "");
    }

    // ---- verdicts ----

    private List<Page.Badge> badges(String calibration) {
        return List.of(
                badge(CONTRACT, "violated", RunResult::contract),
                badge(DATA, "failed", RunResult::dataChecks),
                calibration(calibration));
    }

    /** How far the model agrees with published figures. */
    static Page.Badge calibration(String words) {
        return new Page.Badge(words.equals(NOT_CALIBRATED) ? "open" : "", "Calibration", words);
    }

    private Page.Badge badge(String name, String failed, Function<RunResult, Verdict> which) {
        long checks = 0;
        long failures = 0;
        for (RunResult run : runs.runs()) {
            checks += which.apply(run).checks();
            failures += which.apply(run).failures();
        }
        if (checks == 0) {
            return new Page.Badge("", name, "not checked");
        }
        String all = Quantity.count(checks) + " checks";
        return failures == 0
                ? new Page.Badge("good", name, "ok, " + all)
                : new Page.Badge("bad", name, Quantity.count(failures) + " " + failed + " of " + all);
    }

    /** The first failures of each kind. */
    private List<String> failures() {
        List<String> texts = new ArrayList<>();
        for (String kind : List.of(CONTRACT, DATA)) {
            Failures.of(runs).stream()
                    .filter(failure -> failure.kind().equals(kind))
                    .limit(FAILURES_SHOWN)
                    .forEach(failure -> texts.add(failure.text()));
        }
        return texts;
    }

    // ---- parts ----

    private List<Page.Section> sections() {
        List<Page.Section> sections = new ArrayList<>();
        List<Failures.Failure> failures = Failures.of(runs);
        if (!failures.isEmpty()) {
            sections.add(Page.Section.of(
                    "failures",
                    "What failed",
                    "The first failures of each run; the counts above are of all.",
                    List.of(Failures.table(failures))));
        }
        List<Figure> latencies = starting("latency.");
        PageTable.Rows rows = FigureTable.byStatistic("operation", "latency.", latencies);
        if (!rows.isEmpty()) {
            sections.add(Page.Section.of(
                    "latency",
                    "Latencies",
                    "How long operations took, with 95% intervals below the figures. An empty place means that too few"
                            + " samples lie above a percentile to know it.",
                    List.of(rows.table().note(FigureWords.sources(latencies)))));
        }
        List<PageTable> times = TimeTables.of(runs);
        if (!times.isEmpty()) {
            sections.add(Page.Section.of(
                    "time",
                    "Where time went",
                    "Every picosecond of every operation has a reason; the parts add up to the whole.",
                    times));
        }
        List<PageTable> counters = CounterTables.of(runs, figures);
        if (!counters.isEmpty()) {
            sections.add(Page.Section.of(
                    "counters",
                    "Counters",
                    runs.count() == 1 ? "Counted in this run." : "Means over the replications.",
                    counters));
        }
        sections.add(Page.Section.of(
                "figures",
                "All figures",
                "Every number of the result with its interval and count, or why it has none.",
                List.of(FigureTable.all(List.copyOf(figures.values())).folded("All " + figures.size() + " figures"))));
        sections.add(Page.Section.of(
                "spec",
                "The spec as it was run",
                "Every value, with where it was taken from and the publication behind it.",
                SpecTables.of(first.spec(), provenance)));
        sections.add(Reproduction.of(runs, provenance));
        return sections;
    }

    private List<Figure> starting(String prefix) {
        return figures.values().stream()
                .filter(figure -> figure.name().startsWith(prefix))
                .toList();
    }
}
