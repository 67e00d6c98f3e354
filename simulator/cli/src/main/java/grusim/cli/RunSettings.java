package grusim.cli;

import grusim.result.RunResult;
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

    @Option(names = "--no-charts", description = "Draw no charts.")
    private boolean noCharts;

    /** The overrides to load a spec with: those given, and the seed. */
    List<String> overrides(List<String> given) {
        List<String> all = new ArrayList<>(given);
        if (seed != null) {
            all.add("seed=" + seed);
        }
        return all;
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
    static int exitCode(RunResult result) {
        boolean safe = result.contract().failures() == 0 && result.dataChecks().failures() == 0;
        return safe ? ExitCode.DONE : ExitCode.VIOLATED;
    }

    RunOptions options() {
        return new RunOptions(GrusimCommand.versionNumber(), !noContract, !noRunAhead);
    }
}
