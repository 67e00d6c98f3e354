package grusim.run;

import grusim.engine.Hash;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.workload.load.ResolvedSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a spec again with steps of the same time in other orders. Such steps are concurrent as far as the model knows:
 * figures that change with their order rest on an accident of the simulator, not on the machine. Times, priorities and
 * the order of one agent's own steps stay; random numbers too, though who draws which of a shared stream may change.
 */
public final class ShuffledTies {
    private ShuffledTies() {}

    /**
     * As many replications as were made in order, each once in every other order.
     *
     * @param replications how many were made in order
     * @param orders how many other orders
     * @param workers runs at the same time; results do not depend on it
     * @return the replications of each other order
     */
    public static List<Replications> run(
            ResolvedSpec spec, RunOptions options, int replications, int orders, int workers, RunProgress progress) {
        int jobs = Math.multiplyExact(replications, orders);
        long measuredFromPs = Beginning.endPs(spec, options, RunProgress.NONE);
        SharedProgress shared = new SharedProgress(progress, jobs, jobs);
        List<Replications> all = new ArrayList<>();
        try (InOrder<RunResult> results = new InOrder<>(workers, jobs, jobs, job -> {
            RunOptions shuffled = options.withTies(seed(spec.spec().seed(), job / replications));
            return Runs.simulate(
                    Replicate.of(spec, job % replications), shuffled, shared.of(job), null, null, measuredFromPs);
        })) {
            for (int order = 0; order < orders; order++) {
                List<RunResult> runs = new ArrayList<>();
                for (int i = 0; i < replications; i++) {
                    runs.add(results.next());
                }
                all.add(new Replications(runs));
            }
        }
        return all;
    }

    /** The seed of an order; never zero, which stands for the order of scheduling. */
    static long seed(long master, int order) {
        return Hash.of(master, "ties " + order) | 1;
    }
}
