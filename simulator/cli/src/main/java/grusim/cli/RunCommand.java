package grusim.cli;

import grusim.result.HostFacts;
import grusim.result.RunResult;
import grusim.result.chart.ChartFormat;
import grusim.result.chart.ChartSet;
import grusim.result.chart.ChartSize;
import grusim.result.chart.Theme;
import grusim.result.file.ResultJson;
import grusim.result.file.RunDirectory;
import grusim.result.file.TextTrace;
import grusim.result.text.SummaryTable;
import grusim.run.RunProgress;
import grusim.run.Runs;
import grusim.workload.load.ResolvedSpec;
import grusim.workload.load.SpecLoader;
import java.io.IOException;
import java.nio.file.Files;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code grusim run}: simulates specs, prints what came out, and writes the result files and charts. */
@Command(
        name = "run",
        description = "Simulate specs; print a table and write result files and charts to results/runs/NAME.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class RunCommand implements Callable<Integer> {
    /** Where results go unless told otherwise. */
    static final Path DEFAULT_PLACE = Path.of("results", "runs");

    private final Console console;

    @Parameters(paramLabel = "SPEC", arity = "1..*", description = "Spec files, or directories of spec files.")
    private List<Path> places;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Override a value of the spec, e.g. gru.tlb.ways=8.")
    private List<String> set = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Where to write: the run's directory, or the directory of the runs' directories if there are several.")
    private @Nullable Path out;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Specs simulated at the same time (default: 1).",
            defaultValue = "1")
    private int workers;

    @Option(names = "--trace", paramLabel = "FORMAT", description = "Write a trace of all steps; accepted: text.")
    private @Nullable String trace;

    @Option(
            names = "--window",
            paramLabel = "FROM..TO",
            description = "Simulated time that the trace covers, e.g. \"10us..12us\".")
    private @Nullable String window;

    @Mixin
    private RunSettings settings = new RunSettings();

    RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        TraceWindow traced = TraceWindow.of(trace, window);
        Map<Path, ResolvedSpec> specs = new LinkedHashMap<>();
        for (Path file : files()) {
            ResolvedSpec spec = SpecLoader.load(file, settings.overrides(set));
            specs.put(directory(spec.spec().name(), places.size() > 1 || Files.isDirectory(places.get(0))), spec);
        }
        return Workers.inOrder(
                workers, List.copyOf(specs.entrySet()), e -> simulate(e.getKey(), e.getValue(), traced), this::report);
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path place : places) {
            if (Files.isDirectory(place)) {
                int before = files.size();
                try (Stream<Path> inside = Files.list(place)) {
                    inside.filter(p -> p.toString().endsWith(".json")).sorted().forEach(files::add);
                }
                if (files.size() == before) {
                    throw new UserError(place + ": no spec in it; accepted: a directory with .json files");
                }
            } else {
                files.add(place);
            }
        }
        return files;
    }

    private Path directory(String name, boolean several) {
        if (out == null) {
            return DEFAULT_PLACE.resolve(name);
        }
        return several ? out.resolve(name) : out;
    }

    /** What a run left behind. */
    private record Done(RunResult result, HostFacts host, Path place) {}

    private Done simulate(Path place, ResolvedSpec spec, @Nullable TraceWindow traced) throws IOException {
        try (RunDirectory directory = RunDirectory.open(place)) {
            String startedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
            long started = System.nanoTime();
            RunResult result;
            try (ProgressLine line = new ProgressLine(console, spec.spec().name());
                    TextTrace text = traced == null
                            ? null
                            : new TextTrace(directory.staged("trace.txt"), traced.fromPs(), traced.toPs())) {
                RunProgress progress = settings.quiet() ? RunProgress.NONE : line;
                result = Runs.simulate(spec, settings.options(), progress, text);
            }
            HostFacts host = HostFacts.of(startedAt, System.nanoTime() - started, result.events(), 1);
            directory.write(result);
            directory.write(host);
            drawCharts(result, directory);
            directory.commit();
            return new Done(result, host, directory.place());
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
            console.line("Files: " + done.place);
        }
        boolean failed = done.result.contract().failures() > 0
                || done.result.dataChecks().failures() > 0;
        return failed ? ExitCode.VIOLATED : ExitCode.DONE;
    }
}
