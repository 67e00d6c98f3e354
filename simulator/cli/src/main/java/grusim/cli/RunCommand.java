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
import grusim.result.text.SummaryTable;
import grusim.run.ProcSnapshot;
import grusim.run.Replay;
import grusim.run.ReplayToken;
import grusim.run.Replicate;
import grusim.run.ReplicationPlan;
import grusim.run.RunProgress;
import grusim.workload.load.ResolvedSpec;
import grusim.workload.load.SpecLoader;
import grusim.workload.trace.TraceMappings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
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
    /** Where results go unless told otherwise. */
    static final Path DEFAULT_PLACE = Path.of("results", "runs");

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

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Runs at the same time (default: one per processor); results do not depend on it.")
    private int workers = Runtime.getRuntime().availableProcessors();

    @Option(names = "--trace", paramLabel = "FORMAT", description = "Write a trace of all steps; accepted: text.")
    private @Nullable String trace;

    @Option(
            names = "--window",
            paramLabel = "FROM..TO",
            description = "Simulated time that the trace covers, e.g. 10us..12us (default: all).")
    private @Nullable String window;

    @Option(
            names = "--proc",
            paramLabel = "DIR",
            description = "Write the driver's files statistics, mcs_statistics, cch_status and gru_status there, as the"
                    + " driver prints them; with several specs, each into a directory of its name.")
    private @Nullable Path proc;

    @Option(
            names = "--proc-at",
            paramLabel = "MOMENT",
            description =
                    "When those files are read: first-close, before the first thread closes its context (default);"
                            + " end; or a simulated time, e.g. 20us.")
    private @Nullable String procAt;

    @Option(
            names = "--replay",
            paramLabel = "TOKEN",
            description = "Go the run of one spec again to the step that a violation's token names, and print each step"
                    + " and fact of the last microseconds before it; writes no files.")
    private @Nullable String replay;

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
        TraceWindow traced = TraceWindow.of(trace, window);
        ProcFiles views = ProcFiles.of(proc, procAt);
        Workers.check(workers);
        Map<Path, ResolvedSpec> runs = plan();
        int each = Workers.each(workers, runs.size());
        return OrderlyStop.during(
                console,
                () -> Workers.inOrder(
                        workers,
                        List.copyOf(runs.entrySet()),
                        run -> simulate(run.getKey(), run.getValue(), traced, views, runs.size() > 1, each),
                        this::report));
    }

    private int replay(ReplayToken token) throws IOException {
        if (trace != null || window != null || out != null || proc != null || settings.json()) {
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

    /** The specs by the directory each writes to. Of several, each is proven before the first is simulated. */
    private Map<Path, ResolvedSpec> plan() throws IOException {
        SpecFiles specs = SpecFiles.in(places);
        Map<Path, ResolvedSpec> runs = new LinkedHashMap<>();
        Map<Path, Path> writers = new LinkedHashMap<>();
        for (Path file : specs.files()) {
            ResolvedSpec spec = SpecLoader.load(file, settings.overrides(set));
            Path place = directory(spec.spec().name(), specs.several());
            Path other = writers.putIfAbsent(place, file);
            if (other != null) {
                throw new UserError("%s and %s are both named \"%s\" and would both write %s; accepted: distinct names"
                        .formatted(other, file, spec.spec().name(), place));
            }
            runs.put(place, spec);
        }
        if (runs.size() > 1) {
            runs.forEach((place, spec) -> {
                spec.traces().forEach(trace -> TraceMappings.scan(trace, -1));
                RunDirectory.open(place).close();
            });
        }
        return runs;
    }

    private Path directory(String name, boolean several) {
        if (out == null) {
            return DEFAULT_PLACE.resolve(name);
        }
        return several ? out.resolve(name) : out;
    }

    /** What a run left behind. */
    private record Done(ResolvedSpec spec, Replications result, HostFacts host, Path place) {}

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
            try (ProgressLine line = new ProgressLine(console, spec.spec().name(), !several || workers == 1);
                    TextTrace text = traced == null
                            ? null
                            : new TextTrace(directory.staged("trace.txt"), traced.fromPs(), traced.toPs())) {
                RunProgress progress = settings.quiet() ? RunProgress.NONE : line;
                ReplicationPlan plan = ReplicationPlan.of(spec.spec().run());
                result = Replicate.run(spec, settings.options(), plan, threads, progress, text, snapshot);
            }
            long events = result.runs().stream().mapToLong(RunResult::events).sum();
            HostFacts host = HostFacts.of(startedAt, System.nanoTime() - started, events, workers);
            directory.write(result);
            directory.write(host);
            drawCharts(result.first(), directory);
            ReportFile.write(directory, result, spec, command, settings.charts());
            if (viewed != null && snapshot != null) {
                ProcFiles.write(viewed, snapshot);
            }
            directory.commit();
            return new Done(spec, result, host, directory.place());
        }
    }

    private void drawCharts(RunResult result, RunDirectory directory) throws IOException {
        if (!settings.charts()) {
            return;
        }
        Optional<String> obstacle = ChartSet.obstacle();
        if (obstacle.isPresent()) {
            console.err().println("grusim: no charts: " + obstacle.get());
            return;
        }
        ChartSet.render(
                Replications.of(result),
                directory.stagedDirectory("charts"),
                EnumSet.allOf(ChartFormat.class),
                EnumSet.allOf(Theme.class),
                ChartSize.STANDARD);
    }

    private int report(Done done) {
        if (settings.json()) {
            console.out().append(ResultJson.print(done.result.first()));
        } else if (!settings.quiet()) {
            console.line(SummaryTable.render(done.result.first(), done.host, Console.outputToTerminal()));
            ReplicationLines.of(done.result, done.spec.spec().run()).forEach(console::line);
            console.line("Files: " + done.place);
        }
        console.out().flush();
        return RunSettings.exitCode(done.result);
    }
}
