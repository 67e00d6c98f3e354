package grusim.run;

import grusim.result.RunResult;
import grusim.result.Series;
import grusim.result.SeriesNames;
import grusim.result.stat.WarmUp;
import grusim.workload.RunSpec;
import grusim.workload.load.ResolvedSpec;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Until when a run has not forgotten how it began: caches and TLBs are cold, pages absent, queues empty. Times are
 * simulated picoseconds.
 */
final class Beginning {
    private Beginning() {}

    /** What the spec says, or what MSER-5 finds in a run of it; zero if that run is too short to tell. */
    static long endPs(ResolvedSpec spec, RunOptions options, RunProgress progress) {
        long asked = spec.spec().run().warmUpPs();
        if (asked != RunSpec.AUTO) {
            return asked;
        }
        RunOptions unmeasured = new RunOptions(
                options.version(), options.contract(), options.runAhead(), Measures.NONE, options.tieSeed());
        return endPs(Runs.simulate(spec, unmeasured, progress, null, null, 0));
    }

    /**
     * Where the mean time of instructions stops depending on how the run began. Its observations are the means of equal
     * spans of time; a span in which no instruction ended repeats the one before it.
     */
    static long endPs(RunResult pilot) {
        @Nullable Series ended = pilot.series(SeriesNames.INSTRUCTIONS);
        @Nullable Series took = pilot.series(SeriesNames.INSTRUCTION_TIME);
        if (ended == null || took == null) {
            return 0;
        }
        int first = 0;
        while (first < ended.buckets() && ended.total(first) == 0) {
            first++;
        }
        double[] means = new double[ended.buckets() - first];
        for (int i = 0; i < means.length; i++) {
            long count = ended.total(first + i);
            means[i] = count == 0 ? means[i - 1] : (double) took.total(first + i) / count;
        }
        OptionalInt cut = WarmUp.mser5(means);
        return cut.isEmpty() || cut.getAsInt() == 0 ? 0 : ended.fromPs(first + cut.getAsInt());
    }
}
