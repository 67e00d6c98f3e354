package grusim.cli;

import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.run.Measures;
import grusim.run.RunOptions;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of every command that simulates specs. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class RunSettings {
    @Option(names = "--seed", paramLabel = "N", description = "Master seed, instead of the spec's.")
    private String seed;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print no progress and no table.")
    private boolean quiet;

    @Option(names = "--json", description = "Print results as JSON instead of tables.")
    private boolean json;

    @Option(names = "--no-contract", description = "Do not check the contract (for benchmarks).")
    private boolean noContract;

    @Option(
            names = "--no-run-ahead",
            description = "Queue every step, even where nobody else is due; results are the same, only slower.")
    private boolean noRunAhead;

    @Option(
            names = "--no-attribution",
            description = "Do not tell apart what instructions and misses wait for; the rest is the same.")
    private boolean noAttribution;

    @Option(
            names = "--no-statistics",
            description = "Measure no latencies, locks or waits, only count (for benchmarks).")
    private boolean noStatistics;

    @Option(names = "--no-charts", description = "Draw no charts.")
    private boolean noCharts;

    @Option(
            names = "--replications",
            paramLabel = "N",
            description = "Make N runs of each spec with independent random numbers, as run.replications does.")
    private String replications;

    @Option(
            names = "--precision",
            paramLabel = "PATH=PART[,N]",
            description = "Make replications until a figure is known so well, N at most, as run.precision does; e.g."
                    + " latency.dropin.interrupt.p99Ns=2%%,50.")
    private String precision;

    /** The overrides to load a spec with: those given, the seed, and how many replications are made. */
    List<String> overrides(List<String> given) {
        List<String> all = new ArrayList<>(given);
        if (seed != null) {
            all.add("seed=" + seed);
        }
        if (replications != null) {
            all.add("run.replications=" + replications);
        }
        if (precision != null) {
            all.addAll(PrecisionOption.settings(precision));
        }
        return all;
    }

    /** Whether it was said how many replications are made. */
    boolean replicates() {
        return replications != null || precision != null;
    }

    boolean quiet() {
        return quiet;
    }

    boolean json() {
        return json;
    }

    boolean charts() {
        return !noCharts;
    }

    /** The exit code that a result stands for. */
    static int exitCode(Replications result) {
        return result.runs().stream().allMatch(RunSettings::safe) ? ExitCode.DONE : ExitCode.VIOLATED;
    }

    /** Whether a run kept the contract and its data. */
    static boolean safe(RunResult run) {
        return run.contract().failures() == 0 && run.dataChecks().failures() == 0;
    }

    RunOptions options() {
        Measures least = noAttribution ? Measures.LATENCIES : Measures.ALL;
        return new RunOptions(
                GrusimCommand.versionNumber(), !noContract, !noRunAhead, noStatistics ? Measures.NONE : least);
    }
}
