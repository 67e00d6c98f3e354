package grusim.cli;

import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.chart.ChartFormat;
import grusim.result.chart.ChartSet;
import grusim.result.chart.ChartSize;
import grusim.result.chart.SweepChart;
import grusim.result.chart.Theme;
import grusim.result.file.RunDirectory;
import grusim.result.file.SweepTable;
import grusim.run.Replicate;
import grusim.run.ReplicationPlan;
import grusim.run.RunProgress;
import grusim.run.Runs;
import grusim.workload.load.ResolvedSpec;
import grusim.workload.load.SpecLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code grusim sweep}: simulates a spec over a grid of settings; one tidy table and one chart for all of it. */
@Command(
        name = "sweep",
        description = "Simulate a spec for every combination of the values given; write one CSV and one chart.",
        footer = {
            "",
            "sweep.csv and charts go to results/runs/NAME-sweep under the current directory, NAME being the spec's.",
            "Exit codes: 0 done; 1 fault of grusim; 2 bad usage or input, nothing written; 3 contract violated or data"
                    + " wrong in some run, results written."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class SweepCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "SPEC", description = "The spec file.")
    private Path file;

    @Option(
            names = "--set",
            paramLabel = "PATH=V1,V2,..",
            required = true,
            description = "A value to vary and its values, e.g. gru.tlb.ways=1,2,4; may be given several times.")
    private List<String> set;

    @Option(
            names = "--metric",
            paramLabel = "PATH",
            defaultValue = "simulatedPs",
            description =
                    "What the chart shows: metric.statistic of figures.csv, e.g."
                            + " throughput, latency.instruction.vload.meanNs or counters.device.tlbMisses (default: ${DEFAULT-VALUE}).")
    private String metric;

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write (default: results/runs/NAME-sweep).")
    private @Nullable Path out;

    @Mixin
    private WorkersOption workers = new WorkersOption();

    @Option(names = "--shuffle-ties", paramLabel = "K", hidden = true)
    private @Nullable String shuffles;

    @Mixin
    private RunSettings settings = new RunSettings();

    SweepCommand(Console console) {
        this.console = console;
    }

    /** One run of the grid. */
    private record Point(List<String> values, ResolvedSpec spec) {}

    private record Measured(Point point, Replications result) {}

    @Override
    public Integer call() throws IOException {
        if (shuffles != null) {
            throw new UserError(
                    "--shuffle-ties " + shuffles + ": a sweep compares designs, not orders of events; accepted:"
                            + " grusim run SPEC --set PATH=VALUE --shuffle-ties " + shuffles + " for one design of it");
        }
        SweepGrid grid = SweepGrid.of(set);
        List<Point> points = new ArrayList<>();
        for (List<String> values : grid.points()) {
            points.add(new Point(values, SpecLoader.load(file, settings.overrides(grid.settings(values)))));
        }
        SweepMetric shown = SweepMetric.named(metric);
        shown.check(early(grid));
        Path place = out == null
                ? RunPlaces.DEFAULT.resolve(points.get(0).spec().spec().name() + "-sweep")
                : out;
        return OrderlyStop.during(console, () -> sweep(grid, points, shown, place));
    }

    private int sweep(SweepGrid grid, List<Point> points, SweepMetric shown, Path place) throws IOException {
        SweepTable table = new SweepTable(grid.parameters());
        try (RunDirectory directory = RunDirectory.open(place)) {
            int exitCode;
            try (SweepLog log = new SweepLog(console, settings, grid, shown, Console.errorsToTerminal())) {
                int each = Workers.each(workers.count(), points.size());
                exitCode = Workers.inOrder(workers.count(), points, point -> simulate(point, each), measured -> {
                    table.add(measured.point().values(), measured.result());
                    SweepTable.Point row = table.points().get(table.points().size() - 1);
                    if (table.points().size() == 1) {
                        shown.checkFirst(row.figures());
                    }
                    log.ended(row);
                    return RunSettings.exitCode(measured.result());
                });
                log.notes();
            }
            directory.write("sweep.csv", table.csv());
            draw(table, shown, directory);
            directory.commit();
            if (!settings.quiet() && !settings.json()) {
                console.line("Files: " + directory.place());
            }
            return exitCode;
        }
    }

    /** The result of the first run when it has hardly begun: it tells which counters there are. */
    private RunResult early(SweepGrid grid) {
        List<String> stopped =
                new ArrayList<>(settings.overrides(grid.settings(grid.points().get(0))));
        stopped.add("run.until=1 ps");
        return Runs.simulate(SpecLoader.load(file, stopped), settings.options(), RunProgress.NONE, null);
    }

    private Measured simulate(Point point, int threads) {
        ReplicationPlan plan = ReplicationPlan.of(point.spec().spec().run());
        return new Measured(point, Replicate.run(point.spec(), settings.options(), plan, threads, RunProgress.NONE));
    }

    private void draw(SweepTable table, SweepMetric shown, RunDirectory directory) throws IOException {
        Optional<String> obstacle = ChartSet.obstacle();
        if (settings.charts() && obstacle.isEmpty()) {
            SweepChart.render(
                    table,
                    shown.path(),
                    directory.stagedDirectory("charts"),
                    EnumSet.allOf(ChartFormat.class),
                    EnumSet.allOf(Theme.class),
                    ChartSize.STANDARD);
        }
    }
}
