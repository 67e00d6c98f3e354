package grusim.cli;

import grusim.result.HostFacts;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.chart.ChartFormat;
import grusim.result.chart.ChartSet;
import grusim.result.chart.ChartSize;
import grusim.result.chart.Theme;
import grusim.result.file.ResultJson;
import grusim.result.file.RunDirectory;
import grusim.result.file.TextTrace;
import grusim.result.file.TieCsv;
import grusim.result.text.SummaryTable;
import grusim.result.text.TieTable;
import grusim.run.ProcSnapshot;
import grusim.run.Replay;
import grusim.run.ReplayToken;
import grusim.run.Replicate;
import grusim.run.ReplicationPlan;
import grusim.run.RunProgress;
import grusim.run.StatCatalog;
import grusim.workload.load.ResolvedSpec;
import grusim.workload.load.SpecLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code grusim run}: simulates specs, prints what came out, and writes the result files and charts. */
@Command(
        name = "run",
        description = "Simulate specs; print a table and write result files and charts.",
        footer = {
            "",
            "Results go to results/runs/NAME under the current directory, NAME being the spec's; an earlier run of the"
                    + " same name is replaced.",
            "Exit codes: 0 done; 1 fault of grusim; 2 bad usage or input, nothing written; 3 contract violated or data"
                    + " wrong, results written."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class RunCommand implements Callable<Integer> {
    private static final int MOST_SHUFFLES = 1000;

    private final Console console;

    @Spec
    private CommandSpec command;

    @Parameters(paramLabel = "SPEC", arity = "1..*", description = "Spec files, or directories of spec files.")
    private List<Path> places;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Override a value of every spec, e.g. gru.tlb.ways=8; may be given several times.")
    private List<String> set = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where to write: the run's directory; with several specs or a directory of specs, the"
                    + " directory of the runs' directories.")
    private @Nullable Path out;

    @Mixin
    private WorkersOption workers = new WorkersOption();

    @Option(names = "--trace", paramLabel = "FORMAT", description = "Write a trace of all steps; accepted: text.")
    private @Nullable String trace;

    @Mixin
    private TraceWindow.Asked window = new TraceWindow.Asked();

    @Mixin
    private ProcFiles.Asked proc = new ProcFiles.Asked();

    @Option(
            names = "--replay",
            paramLabel = "TOKEN",
            description = "Go the run of one spec again to the step that a violation's token names, and print each step"
                    + " and fact of the last microseconds before it; writes no files.")
    private @Nullable String replay;

    @Option(
            names = "--shuffle-ties",
            paramLabel = "K",
            description = "Run K times more with events of the same time in other orders, and say which figures that"
                    + " moves beyond their intervals; every figure goes to ties.csv.")
    private @Nullable Integer shuffles;

    @Mixin
    private RunSettings settings = new RunSettings();

    RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (replay != null) {
            return replay(ReplayToken.parse(replay));
        }
        TraceWindow traced = TraceWindow.of(trace, window.text());
        ProcFiles views = proc.files();
        int threads = workers.count();
        if (shuffles != null && (shuffles < 1 || shuffles > MOST_SHUFFLES)) {
            throw new UserError("--shuffle-ties %d; accepted: 1 .. %d".formatted(shuffles, MOST_SHUFFLES));
        }
        Map<Path, ResolvedSpec> runs = new RunPlaces(out).of(places, settings.overrides(set));
        int each = Workers.each(threads, runs.size());
        return OrderlyStop.during(
                console,
                () -> Workers.inOrder(
                        threads,
                        List.copyOf(runs.entrySet()),
                        run -> simulate(run.getKey(), run.getValue(), traced, views, runs.size() > 1, each),
                        this::report));
    }

    private int replay(ReplayToken token) throws IOException {
        if (trace != null || window.text() != null || out != null || proc.given() || settings.json()) {
            throw new UserError("--replay with --trace, --window, --out, --proc or --json; accepted: --set, --seed");
        }
        List<Path> files = SpecFiles.in(places).files();
        if (files.size() != 1) {
            throw new UserError("--replay with %d specs; accepted: one spec".formatted(files.size()));
        }
        ResolvedSpec spec = SpecLoader.load(files.get(0), settings.overrides(set));
        boolean violated = new Replay(spec, settings.options(), token).print(console.out());
        return violated ? ExitCode.VIOLATED : ExitCode.DONE;
    }

    /** What a run left behind. */
    private record Done(
            ResolvedSpec spec,
            Replications result,
            @Nullable ReorderedTies ties,
            HostFacts host,
            Path place) {}

    private Done simulate(
            Path place,
            ResolvedSpec spec,
            @Nullable TraceWindow traced,
            @Nullable ProcFiles views,
            boolean several,
            int threads)
            throws IOException {
        try (RunDirectory directory = RunDirectory.open(place);
                RunDirectory viewed =
                        views == null ? null : views.open(spec.spec().name(), several)) {
            ProcSnapshot snapshot = views == null ? null : new ProcSnapshot(views.atPs());
            String startedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
            long started = System.nanoTime();
            Replications result;
            try (ProgressLine line = new ProgressLine(console, spec.spec().name(), !several || workers.count() == 1);
                    TextTrace text = traced == null
                            ? null
                            : new TextTrace(directory.staged("trace.txt"), traced.fromPs(), traced.toPs())) {
                RunProgress progress = settings.quiet() ? RunProgress.NONE : line;
                ReplicationPlan plan = ReplicationPlan.of(spec.spec().run());
                result = Replicate.run(spec, settings.options(), plan, threads, progress, text, snapshot);
            }
            long events = result.runs().stream().mapToLong(RunResult::events).sum();
            HostFacts host = HostFacts.of(startedAt, System.nanoTime() - started, events, workers.count());
            directory.write(result);
            directory.write(StatCatalog.dictionary().of(result));
            directory.write(host);
            drawCharts(result, directory);
            ReorderedTies ties = shuffles == null ? null : shuffle(spec, result, directory, shuffles, threads);
            List<String> orders = ties == null ? List.of() : TieTable.sentences(ties.report());
            ReportFile.write(directory, result, spec, command, orders, settings.charts());
            if (viewed != null && snapshot != null) {
                ProcFiles.write(viewed, snapshot);
            }
            directory.commit();
            return new Done(spec, result, ties, host, directory.place());
        }
    }

    private ReorderedTies shuffle(
            ResolvedSpec spec, Replications result, RunDirectory directory, int orders, int threads) {
        try (ProgressLine line =
                new ProgressLine(console, spec.spec().name() + " reordered", threads == workers.count())) {
            RunProgress progress = settings.quiet() ? RunProgress.NONE : line;
            ReorderedTies ties = ReorderedTies.run(spec, settings.options(), result, orders, threads, progress);
            directory.write("ties.csv", TieCsv.print(ties.report()));
            return ties;
        }
    }

    private void drawCharts(Replications result, RunDirectory directory) throws IOException {
        if (!settings.charts()) {
            return;
        }
        Optional<String> obstacle = ChartSet.obstacle();
        if (obstacle.isPresent()) {
            console.err().println("grusim: no charts: " + obstacle.get());
            return;
        }
        ChartSet.render(
                result,
                directory.stagedDirectory("charts"),
                EnumSet.allOf(ChartFormat.class),
                EnumSet.allOf(Theme.class),
                ChartSize.STANDARD);
    }

    private int report(Done done) {
        if (settings.json()) {
            console.out().append(ResultJson.print(done.result));
        } else if (!settings.quiet()) {
            console.line(SummaryTable.render(done.result, done.host, Console.outputToTerminal()));
            ReplicationLines.of(done.result, done.spec.spec().run()).forEach(console::line);
            if (done.ties != null) {
                done.ties.lines(done.result.count()).forEach(console::line);
            }
            console.line("Files: " + done.place);
        }
        console.out().flush();
        int exitCode = RunSettings.exitCode(done.result);
        if (done.ties == null) {
            return exitCode;
        }
        done.ties.violations().forEach(violation -> console.err().println("grusim: " + violation));
        return Math.max(exitCode, done.ties.exitCode());
    }
}
