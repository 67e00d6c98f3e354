package grusim.cli;

import grusim.result.chart.ChartSet;
import grusim.result.report.RunReport;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code grusim report}: writes the reports of finished runs and comparisons again, from their directories alone. */
@Command(
        name = "report",
        description = "Write the one-file report of finished runs or comparisons again, from their directories.",
        footer = {
            "",
            "grusim run and grusim compare write a report by themselves; this writes it anew, after an update of grusim or"
                    + " somewhere else.",
            "Exit codes: 0 done; 2 bad usage, or a directory that is not one of a run or comparison."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class ReportCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            paramLabel = "RUN",
            arity = "1..*",
            description = "Directories that grusim run or grusim compare wrote.")
    private List<Path> places;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to write the report of one directory (default: report.html in its directory).")
    private @Nullable Path out;

    @Option(names = "--no-charts", description = "Draw no charts.")
    private boolean noCharts;

    @Option(
            names = {"-q", "--quiet"},
            description = "Do not print what was written.")
    private boolean quiet;

    ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (out != null && places.size() > 1) {
            throw new UserError("--out with %d directories; accepted: one".formatted(places.size()));
        }
        if (!noCharts) {
            ChartSet.obstacle().ifPresent(obstacle -> console.err().println("grusim: no charts: " + obstacle));
        }
        for (Path place : places) {
            Path file = out != null ? out : place.resolve(RunReport.FILE);
            ReportFile.replace(file, ReportFile.again(place, !noCharts));
            if (!quiet) {
                console.line("Files: " + file.toAbsolutePath().normalize());
            }
        }
        console.out().flush();
        return ExitCode.DONE;
    }
}
