package grusim.result.stat;

import grusim.result.Batches;
import grusim.result.LatencyDistribution;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Into which groups the samples of one latency are put, so that what is correlated stays together. From {@value
 * #ENOUGH_RUNS} replications on a group is a replication, which needs no assumption. Fewer runs are cut into batches of
 * neighbouring samples, 8 to 31 of each run; batches grow until neighbours are no longer correlated (one-sided test at
 * 5%), and if that does not happen there are no groups.
 */
final class Grouping {
    /** From how many replications on they are the groups. */
    static final int ENOUGH_RUNS = 5;

    /** How many samples a run needs for batches: sixteen of eight. */
    static final int ENOUGH_SAMPLES = 128;

    private static final int LEAST_BATCHES = 8;
    private static final double ONE_SIDED_5_PERCENT = 1.645;

    /** Groups, or why there are none. */
    sealed interface Outcome permits Groups, Missing {}

    /** What an interval is made from, and how that is called. */
    record Groups(Clusters clusters, String words) implements Outcome {}

    /** There are no groups. */
    record Missing(Interval.None why) implements Outcome {}

    private final List<LatencyDistribution> runs;

    Grouping(List<LatencyDistribution> runs) {
        this.runs = runs;
    }

    boolean byRun() {
        return runs.size() >= ENOUGH_RUNS;
    }

    /** Groups whose ratio is the mean. */
    Outcome ofMean() {
        if (byRun()) {
            double[] sums =
                    runs.stream().mapToDouble(LatencyDistribution::sumPs).toArray();
            return new Groups(new Clusters(sizesByRun(), sums), runs.size() + " replications");
        }
        return ofBatches(Batches::sumPs, LatencyDistribution::sumPs);
    }

    /** Groups whose ratio is the share of samples that are at most that long, to within a cell of the batches. */
    Outcome ofShare(long edgePs) {
        if (byRun()) {
            double[] below =
                    runs.stream().mapToDouble(run -> run.atMost(edgePs)).toArray();
            return new Groups(new Clusters(sizesByRun(), below), runs.size() + " replications");
        }
        return ofBatches(
                (batches, batch) -> batches.below(batch, positions(batches, edgePs)), run -> run.atMost(edgePs));
    }

    private double[] sizesByRun() {
        return runs.stream().mapToDouble(LatencyDistribution::count).toArray();
    }

    /** What is summed up over a batch. */
    private interface Amount {
        double of(Batches batches, int batch);
    }

    private Outcome ofBatches(Amount amount, ToDoubleFunction<LatencyDistribution> whole) {
        for (LatencyDistribution run : runs) {
            if (run.count() < ENOUGH_SAMPLES || run.batches().count() < LEAST_BATCHES) {
                return missing(
                        runs.size() == 1
                                ? "fewer than " + ENOUGH_SAMPLES + " samples in one run"
                                : "fewer than " + ENOUGH_SAMPLES + " samples in a run, and fewer than " + ENOUGH_RUNS
                                        + " replications");
            }
        }
        List<Batches> batches = each(runs, run -> run.batches().enough());
        while (true) {
            Clusters clusters = clusters(batches, amount, whole);
            int groups = clusters.count();
            if (clusters.neighbourCorrelation() <= ONE_SIDED_5_PERCENT / Math.sqrt(groups)) {
                String of = runs.size() == 1 ? " batches of one run" : " batches of " + runs.size() + " replications";
                return new Groups(clusters, groups + of);
            }
            if (batches.stream().anyMatch(b -> b.count() < 2 * LEAST_BATCHES)) {
                return missing("samples are correlated over more than an eighth of a run");
            }
            batches = each(batches, Batches::merged);
        }
    }

    private static Missing missing(String why) {
        return new Missing(new Interval.None(why + "; " + ENOUGH_RUNS + " replications give one"));
    }

    /** The last batch of a run takes in the samples after it, so that the groups together are all samples. */
    private Clusters clusters(List<Batches> cut, Amount amount, ToDoubleFunction<LatencyDistribution> whole) {
        int groups = cut.stream().mapToInt(Batches::count).sum();
        double[] sizes = new double[groups];
        double[] amounts = new double[groups];
        int group = 0;
        for (int run = 0; run < runs.size(); run++) {
            Batches batches = cut.get(run);
            double size = runs.get(run).count();
            double left = whole.applyAsDouble(runs.get(run));
            for (int batch = 0; batch < batches.count() - 1; batch++) {
                sizes[group] = batches.size();
                amounts[group] = amount.of(batches, batch);
                size -= sizes[group];
                left -= amounts[group++];
            }
            sizes[group] = size;
            amounts[group++] = left;
        }
        return new Clusters(sizes, amounts);
    }

    private static int positions(Batches batches, long edgePs) {
        int positions = 0;
        while (positions < batches.cells() && batches.cellUpToPs(positions) <= edgePs) {
            positions++;
        }
        return positions;
    }

    private static <A> List<Batches> each(List<A> all, Function<A, Batches> change) {
        List<Batches> changed = new ArrayList<>();
        all.forEach(one -> changed.add(change.apply(one)));
        return changed;
    }
}
