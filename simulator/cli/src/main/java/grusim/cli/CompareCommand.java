package grusim.cli;

import grusim.result.Replications;
import grusim.result.chart.ChartFormat;
import grusim.result.chart.ChartSet;
import grusim.result.chart.ChartSize;
import grusim.result.chart.ComparisonChart;
import grusim.result.chart.Theme;
import grusim.result.compare.Comparison;
import grusim.result.compare.Condition;
import grusim.result.compare.SpecChange;
import grusim.result.compare.SpecChanges;
import grusim.result.file.ComparisonDirectory;
import grusim.result.file.ComparisonFile;
import grusim.result.file.RunDirectory;
import grusim.result.text.ComparisonTable;
import grusim.run.ReplicationPlan;
import grusim.workload.SpecException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code grusim compare}: two designs under one workload, with intervals and a verdict in words. */
@Command(
        name = "compare",
        description = "Compare two designs under one workload: what changed from A to B, how surely, and what did not.",
        footer = {
            "",
            "A and B are specs, which are run with the same random numbers (unless --set-a or --set-b sets a seed), or"
                    + " directories of earlier runs. One spec and --set-b is enough. Specs are run 5 times unless --replications, --precision or A says otherwise; B"
                    + " as often as A.",
            "comparison.json, comparison.csv and charts go to results/runs/A-vs-B under the current directory (A-compared, if"
                    + " both have that name).",
            "A condition of --fail-if is a figure of comparison.csv, >, >=, < or <=, and a limit: a signed number with %%"
                    + " (of A), ps, ns, us, ms, s or no unit. It fails when the whole interval of the change lies beyond the"
                    + " limit, or cannot be found; with possibly before it, when it reaches beyond. The interval is that of"
                    + " the figure looked at alone, at --level: write down before the run what must not happen.",
            "Exit codes: 0 done; 1 fault of grusim; 2 bad usage or input, nothing written; 3 a condition of --fail-if"
                    + " failed, contract violated or data wrong, results written."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class CompareCommand implements Callable<Integer> {
    private static final int MOST_NAMED = 3;

    /** How messages on an override begin. */
    private static final String SET = "--set ";

    private final Console console;

    @Spec
    private CommandSpec command;

    @Mixin
    private TwoSides sides = new TwoSides();

    @Mixin
    private WorkersOption workers = new WorkersOption();

    @Option(
            names = "--margin",
            paramLabel = "PERCENT",
            defaultValue = "1%",
            description = "The change that makes no difference to you (default: ${DEFAULT-VALUE}).")
    private String margin;

    @Option(
            names = "--level",
            paramLabel = "PERCENT",
            defaultValue = "95%",
            description = "The confidence of verdicts (default: ${DEFAULT-VALUE}).")
    private String level;

    @Option(
            names = "--correction",
            paramLabel = "NAME",
            defaultValue = "fdr",
            description = "How the number of figures is accounted for; at a level of 95%%: of the differences found at"
                    + " most 5%% are false on average (fdr), or any is false with at most 5%% (holm), or each figure is"
                    + " judged as if it were the only one (none); intervals follow (default: ${DEFAULT-VALUE}).")
    private String correction;

    @Option(
            names = "--metric",
            paramLabel = "PATTERN",
            description =
                    "Judge by these figures, e.g. throughput or latency.dropin.*.p99Ns; may be given several times."
                            + " Fewer figures need less correction (default: throughput, mean and percentiles of latencies).")
    private List<String> metric = new ArrayList<>();

    @Option(
            names = "--fail-if",
            paramLabel = "CONDITION",
            description =
                    "End with 3 if a figure changes so, e.g. 'latency.dropin.interrupt.p99Ns > +5%%'; may be given"
                            + " several times.")
    private List<String> failIf = new ArrayList<>();

    @Option(
            names = "--different-workloads",
            description = "Compare even if processes, disturbances, scenario, queues or run differ.")
    private boolean differentWorkloads;

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write (default: results/runs/A-vs-B).")
    private @Nullable Path out;

    @Mixin
    private RunSettings settings = new RunSettings();

    CompareCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        CompareTerms terms = CompareTerms.of(level, margin, correction, metric, failIf);
        if (sides.same()) {
            throw new UserError("nothing to compare with; accepted: B, a second spec or run directory, or --set-b");
        }
        CompareSide a = side("A", sides.placeA(), sides.settingsA());
        CompareSide b = side("B", sides.placeB(), sides.settingsB()).withSeedOf(a);
        a = a.withSeedOf(b);
        if (a.finished() && b.finished() && settings.replicates()) {
            throw new UserError(
                    "--replications or --precision with two directories of runs; accepted: a spec on one side");
        }
        refuseOtherWorkloads(a, b);
        return compare(a, b, terms, workers.count());
    }

    private CompareSide side(String label, Path place, List<String> own) {
        try {
            return CompareSide.of(label, place, own, settings.overrides(own));
        } catch (SpecException e) {
            String message = String.valueOf(e.getMessage());
            boolean here =
                    own.stream().anyMatch(setting -> sides.inOneOnly(setting) && message.startsWith(SET + setting));
            throw here
                    ? new UserError(
                            "--set-%s %s".formatted(label.toLowerCase(Locale.ROOT), message.substring(SET.length())), e)
                    : e;
        }
    }

    private void refuseOtherWorkloads(CompareSide a, CompareSide b) {
        List<SpecChange> workload =
                SpecChanges.between(a.resolved(), b.resolved()).workload();
        if (workload.isEmpty() || differentWorkloads) {
            return;
        }
        StringBuilder where = new StringBuilder();
        for (SpecChange change : workload.subList(0, Math.min(MOST_NAMED, workload.size()))) {
            where.append(where.isEmpty() ? "" : "; ")
                    .append("%s is %s in A and %s in B".formatted(change.path(), change.a(), change.b()));
        }
        int more = workload.size() - MOST_NAMED;
        throw new UserError("A and B do different work: " + where + (more > 0 ? "; and " + more + " more" : "")
                + "; accepted: specs or run directories that differ in the design only, or --different-workloads");
    }

    private int compare(CompareSide a, CompareSide b, CompareTerms terms, int threads) throws IOException {
        String name = a.name().equals(b.name()) ? a.name() + "-compared" : a.name() + "-vs-" + b.name();
        Path place = out != null ? out : RunPlaces.DEFAULT.resolve(name);
        try (RunDirectory directory = RunDirectory.ofComparison(place)) {
            return OrderlyStop.during(console, () -> {
                Replications ofA = a.replications(planOfA(a, b), threads, settings, console);
                Replications ofB = b.replications(planOfB(a, b, ofA.count()), threads, settings, console);
                Comparison comparison = Comparison.of(ofA, ofB, terms.terms());
                List<Condition.Judgement> judgements = terms.judge(comparison);
                write(comparison, judgements, directory);
                report(comparison, judgements, directory.place());
                return exitCode(comparison, judgements);
            });
        }
    }

    private ReplicationPlan planOfA(CompareSide a, CompareSide b) {
        return b.finished() && !settings.replicates() ? b.plan(settings) : a.plan(settings);
    }

    private ReplicationPlan planOfB(CompareSide a, CompareSide b, int ofA) {
        return a.finished() && settings.replicates() ? b.plan(settings) : ReplicationPlan.fixed(ofA);
    }

    private void write(Comparison comparison, List<Condition.Judgement> judgements, RunDirectory directory)
            throws IOException {
        ComparisonDirectory.Kept kept = new ComparisonDirectory.Kept(comparison, judgements);
        ComparisonDirectory.write(kept, directory);
        Optional<String> obstacle = ChartSet.obstacle();
        if (settings.charts() && obstacle.isEmpty()) {
            ComparisonChart.render(
                    comparison,
                    directory.stagedDirectory("charts"),
                    EnumSet.allOf(ChartFormat.class),
                    EnumSet.allOf(Theme.class),
                    ChartSize.STANDARD);
        }
        ReportFile.write(directory, kept, command, settings.charts());
        directory.commit();
    }

    private void report(Comparison comparison, List<Condition.Judgement> judgements, Path place) {
        if (settings.json()) {
            console.out().append(ComparisonFile.json(comparison, judgements));
        } else if (!settings.quiet()) {
            console.line(ComparisonTable.render(comparison, judgements, Console.outputToTerminal()));
            console.line("Files: " + place);
        }
        console.out().flush();
    }

    private static int exitCode(Comparison comparison, List<Condition.Judgement> judgements) {
        boolean failed = judgements.stream().anyMatch(Condition.Judgement::met);
        return failed
                ? ExitCode.VIOLATED
                : Math.max(RunSettings.exitCode(comparison.a()), RunSettings.exitCode(comparison.b()));
    }
}
