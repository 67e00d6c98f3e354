package grusim.result.stat;

import grusim.result.Batches;
import grusim.result.Decimals;
import grusim.result.LatencyDistribution;
import grusim.result.Percentile;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one latency. A mean has the interval of a mean over groups; a percentile has a binomial one for as many
 * samples as the correlated ones are worth (effective size after Korn and Graubard 1998: by the spread of the groups'
 * shares at the percentile against that of independent samples, less for the few groups the spread is known from). Its
 * ends are those of the histogram's steps that lie further out, so that it is never narrower than what was measured.
 */
final class LatencyFigures {
    /**
     * The least design effect. That of independent samples is one, but what a few groups show is less as often as more:
     * taking one for all that is less would make their intervals too wide.
     */
    private static final double LEAST_EFFECT = 2.0 / 3;

    private static final Interval.None OF_MAXIMUM = new Interval.None("the largest sample grows with their number");
    private static final Interval.None TOO_FEW = new Interval.None("too few samples");

    private final String name;
    private final List<LatencyDistribution> runs;
    private final LatencyDistribution pooled;
    private final Grouping grouping;

    /** Figures of a metric from its distribution in every run; a run without samples has an empty one. */
    LatencyFigures(String metric, List<LatencyDistribution> runs) {
        this.name = "latency." + metric;
        this.runs = runs;
        this.pooled = runs.stream().reduce(LatencyDistribution::plus).orElseThrow();
        this.grouping = new Grouping(runs);
    }

    List<Figure> all() {
        List<Figure> all = new ArrayList<>();
        all.add(samples());
        all.add(mean());
        Percentile.ALL.forEach(percentile -> all.add(percentile(percentile)));
        all.add(maximum());
        return all;
    }

    /** How many samples there are in all runs together, those that the other figures are made from. */
    Figure samples() {
        return RunFigures.total(samplesPerRun(), pooled.count());
    }

    /** How many samples a run has on average. */
    Figure samplesPerRun() {
        double[] counts = runs.stream().mapToDouble(LatencyDistribution::count).toArray();
        return RunFigures.perRun(name, "count", counts, "events");
    }

    Figure mean() {
        return ns("meanNs", pooled.meanPs(), pooled.count() == 0 ? TOO_FEW : ofMean());
    }

    Figure percentile(Percentile percentile) {
        OptionalLong value = pooled.percentilePs(percentile);
        return ns(
                percentile.key() + "Ns",
                value,
                value.isPresent() ? ofPercentile(percentile, value.getAsLong()) : TOO_FEW);
    }

    Figure maximum() {
        return ns("maxNs", pooled.maxPs(), pooled.count() == 0 ? TOO_FEW : OF_MAXIMUM);
    }

    private Figure ns(String statistic, OptionalLong valuePs, Interval interval) {
        @Nullable BigDecimal value = Decimals.ns(valuePs);
        return new Figure(name, statistic, value, "ns", pooled.count(), interval);
    }

    private Interval ofMean() {
        if (grouping.ofMean() instanceof Grouping.Groups groups) {
            return MeanInterval.of(
                    groups.clusters(), groups.words(), name, ps -> Decimals.ns(Math.round(Math.max(0, ps))));
        }
        return ((Grouping.Missing) grouping.ofMean()).why();
    }

    private Interval ofPercentile(Percentile percentile, long valuePs) {
        Grouping.Outcome outcome = nearest(percentile, valuePs);
        if (outcome instanceof Grouping.Missing missing) {
            return missing.why();
        }
        Grouping.Groups groups = (Grouping.Groups) outcome;
        int freedom = groups.clusters().count() - 1;
        double lost = StudentT.quantile(freedom, Figures.LEVEL) / StudentT.normalQuantile(Figures.LEVEL);
        double worthOne = 1 / Math.max(LEAST_EFFECT, designEffect(groups.clusters()) * lost * lost);
        long worth = (long) Math.floor(pooled.count() * worthOne);
        double share = percentile.perTenThousand() / 10_000.0;
        Optional<BinomialRanks> ranks = BinomialRanks.of(worth, share, Figures.LEVEL);
        if (ranks.isEmpty()) {
            return new Interval.None(
                    "the samples are worth " + Math.max(0, worth) + " independent ones, too few for this percentile");
        }
        long count = pooled.count();
        long low = Math.max(1, (long) Math.floor(ranks.get().low() * count));
        long high = Math.min(count, (long) Math.ceil(ranks.get().high() * count));
        return new Interval.Known(
                Decimals.ns(Math.min(valuePs, pooled.rankFromPs(low))),
                Decimals.ns(Math.max(valuePs, pooled.rankPs(high))),
                Figures.LEVEL_DECIMAL,
                "binomial, effective size from " + groups.words(),
                worth);
    }

    /** Groups of the share at an edge near the percentile that some samples lie below and some above. */
    private Grouping.Outcome nearest(Percentile percentile, long valuePs) {
        long above = grouping.byRun() ? valuePs : Batches.edgeFrom(valuePs);
        long below = grouping.byRun() ? valuePs - 1 : Batches.edgeBelow(valuePs);
        long wanted = percentile.rank(pooled.count());
        long upper = pooled.atMost(above);
        long lower = pooled.atMost(below);
        boolean upperSplits = upper < pooled.count();
        boolean lowerSplits = lower > 0;
        if (upperSplits && (!lowerSplits || upper - wanted <= wanted - lower)) {
            return grouping.ofShare(above);
        }
        return lowerSplits ? grouping.ofShare(below) : grouping.ofMean();
    }

    /** By how much the groups spread more than if all samples were independent. */
    private double designEffect(Clusters clusters) {
        double ratio = clusters.ratio();
        double independent = ratio > 0 && ratio < 1 ? ratio * (1 - ratio) : variance();
        double error = clusters.standardError();
        return independent == 0 ? 1 : error * error * clusters.size() / independent;
    }

    /** The variance of single samples. */
    private double variance() {
        double mean = (double) pooled.sumPs() / pooled.count();
        double sum = 0;
        for (int step = 0; step < pooled.steps(); step++) {
            long samples = pooled.cumulativeCount(step) - (step == 0 ? 0 : pooled.cumulativeCount(step - 1));
            double difference = pooled.stepUpToPs(step) - mean;
            sum += samples * difference * difference;
        }
        return sum / pooled.count();
    }
}
