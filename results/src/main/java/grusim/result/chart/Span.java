package grusim.result.chart;

import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.Series;
import java.util.List;
import java.util.Objects;

/** The time that the replications of a spec take together, and their series over it. */
final class Span {
    private Span() {}

    /** When the longest replication ended. */
    static long endPs(Replications runs) {
        return runs.runs().stream().mapToLong(RunResult::simulatedPs).max().orElse(0);
    }

    /** The series of that name of the runs that have it. */
    static List<Series> series(Replications runs, String name) {
        return runs.runs().stream()
                .map(run -> run.series(name))
                .filter(Objects::nonNull)
                .toList();
    }

    /** What the bands of timelines are. */
    static String band(Replications runs) {
        return runs.count() == 1
                ? "bands: lowest to highest within each step"
                : "bands: lowest to highest of " + runs.count() + " replications";
    }
}
