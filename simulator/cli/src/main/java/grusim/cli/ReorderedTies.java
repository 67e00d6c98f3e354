package grusim.cli;

import grusim.result.Replications;
import grusim.result.stat.TieReport;
import grusim.result.text.TieTable;
import grusim.run.RunOptions;
import grusim.run.RunProgress;
import grusim.run.ShuffledTies;
import grusim.workload.load.ResolvedSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What became of a run with events of the same time in other orders.
 *
 * @param runs the replications of each order
 * @param report which figures that moved beyond their intervals
 */
record ReorderedTies(List<Replications> runs, TieReport report) {
    ReorderedTies {
        runs = List.copyOf(runs);
    }

    /** Runs a spec in that many other orders, as often as it was run. */
    static ReorderedTies run(
            ResolvedSpec spec, RunOptions options, Replications result, int orders, int threads, RunProgress progress) {
        List<Replications> runs = ShuffledTies.run(spec, options, result.count(), orders, threads, progress);
        return new ReorderedTies(runs, TieReport.of(result, runs));
    }

    /** The lines under the table of a run that was made that often. */
    List<String> lines(int replications) {
        List<String> lines = new ArrayList<>(TieTable.lines(report));
        if (replications == 1) {
            lines.add("One run gives counters no interval; with --replications N they have one.");
        }
        return lines;
    }

    /** The worst of all orders. */
    int exitCode() {
        return runs.stream().mapToInt(RunSettings::exitCode).max().orElse(ExitCode.DONE);
    }

    /** One line for each order in which the contract was violated or data were wrong. */
    List<String> violations() {
        List<String> lines = new ArrayList<>();
        for (int order = 0; order < runs.size(); order++) {
            if (RunSettings.exitCode(runs.get(order)) != ExitCode.DONE) {
                lines.add("in order " + (order + 1) + " of events of the same time: " + violation(runs.get(order)));
            }
        }
        return lines;
    }

    private static String violation(Replications runs) {
        return runs.runs().stream()
                .flatMap(run -> Stream.concat(run.contract().texts().stream(), run.dataChecks().texts().stream()))
                .findFirst()
                .orElse("the contract is violated");
    }
}
