package grusim.run;

import grusim.engine.Hash;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.file.TextTrace;
import grusim.workload.load.ResolvedSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a spec several times with independent random numbers. The first replication has the spec's seed, each other one a
 * seed that follows from that and its number: specs with equal seeds have the same random numbers in replications of
 * equal number, so that designs can be compared pair by pair. Results do not depend on how many threads work.
 */
public final class Replicate {
    /** Seeds of replications have 53 bits, so that every reader of JSON keeps them. */
    private static final int SEED_SHIFT = Long.SIZE - 53;

    private Replicate() {}

    /** Makes the replications that the plan asks for, on this thread and others. */
    public static Replications run(
            ResolvedSpec spec, RunOptions options, ReplicationPlan plan, int workers, RunProgress progress) {
        return run(spec, options, plan, workers, progress, null, null);
    }

    /**
     * As {@link #run(ResolvedSpec, RunOptions, ReplicationPlan, int, RunProgress)}, looking closer at the first one.
     *
     * @param trace where every step of the first replication is written, or null
     * @param proc takes the driver's views of the first replication, or null
     */
    public static Replications run(
            ResolvedSpec spec,
            RunOptions options,
            ReplicationPlan plan,
            int workers,
            RunProgress progress,
            @Nullable TextTrace trace,
            @Nullable ProcSnapshot proc) {
        if (workers < 1) {
            throw new IllegalArgumentException(workers + " workers; accepted: 1 and more");
        }
        long measuredFromPs = Beginning.endPs(spec, options, RunProgress.NONE);
        SharedProgress shared = new SharedProgress(progress, plan.least(), plan.most());
        List<RunResult> runs = new ArrayList<>();
        try (InOrder<RunResult> results = new InOrder<>(workers, plan.least(), plan.most(), number -> {
            boolean first = number == 0;
            return Runs.simulate(
                    of(spec, number),
                    options,
                    shared.of(number),
                    first ? trace : null,
                    first ? proc : null,
                    measuredFromPs);
        })) {
            Replications made;
            do {
                runs.add(results.next());
                made = new Replications(runs);
            } while (!plan.enough(made));
            return made;
        }
    }

    /** The spec of a replication; the first is the spec itself. */
    public static ResolvedSpec of(ResolvedSpec spec, int number) {
        return number == 0 ? spec : spec.withSeed(seed(spec.spec().seed(), number), "replication " + number);
    }

    /** The seed of a replication of a spec with this seed. */
    public static long seed(long master, int number) {
        return number == 0 ? master : Hash.of(master, "replication " + number) >>> SEED_SHIFT;
    }
}
