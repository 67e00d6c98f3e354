package grusim.result.compare;

import grusim.result.LatencyDistribution;
import grusim.result.Metric;
import grusim.result.Percentile;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.stat.Figures;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A figure of a design: of all runs together, as {@code grusim run} prints it, and as values of the runs around that.
 * Means and percentiles of latencies and the throughput are those of all samples of all runs; every other figure is a
 * mean over the runs. Any thread.
 */
final class RunValues {
    private static final double PS_PER_NS = 1000;

    private final BigDecimal whole;
    private final double[] values;

    private RunValues(BigDecimal whole, double[] values) {
        this.whole = whole;
        this.values = values;
    }

    /**
     * Of two runs or more.
     *
     * @param latency the latencies of all runs together
     * @param perRun the figure of each run by itself
     */
    static RunValues of(
            Replications design, Map<String, LatencyDistribution> latency, Metric metric, List<BigDecimal> perRun) {
        if (metric.name().equals(Comparing.THROUGHPUT)) {
            return throughput(design.runs());
        }
        if (metric.name().startsWith(Comparing.LATENCY)) {
            String name = metric.name().substring(Comparing.LATENCY.length());
            LatencyDistribution all = Objects.requireNonNull(latency.get(name));
            List<LatencyDistribution> runs = design.runs().stream()
                    .map(run -> Objects.requireNonNull(run.latency().get(name)))
                    .toList();
            if (metric.statistic().equals("meanNs")) {
                return of(all.meanPs().orElseThrow(), Jackknife.means(runs));
            }
            for (Percentile each : Percentile.ALL) {
                if (metric.statistic().equals(each.key() + "Ns")) {
                    return of(all.percentilePs(each).orElseThrow(), Jackknife.percentiles(all, runs, each));
                }
            }
        }
        double[] values = perRun.stream().mapToDouble(BigDecimal::doubleValue).toArray();
        return new RunValues(mean(perRun), values);
    }

    private static RunValues of(long ps, double[] withoutPs) {
        double[] without =
                Arrays.stream(withoutPs).map(each -> each / PS_PER_NS).toArray();
        BigDecimal ns = Judging.plain(BigDecimal.valueOf(ps, 3));
        return new RunValues(ns, Jackknife.values(ns.doubleValue(), without));
    }

    private static RunValues throughput(List<RunResult> runs) {
        BigDecimal all = throughputOf(runs);
        double[] without = new double[runs.size()];
        for (int run = 0; run < without.length; run++) {
            List<RunResult> others = new ArrayList<>(runs);
            others.remove(run);
            without[run] = throughputOf(others).doubleValue();
        }
        return new RunValues(all, Jackknife.values(all.doubleValue(), without));
    }

    private static BigDecimal throughputOf(List<RunResult> runs) {
        BigDecimal value = Figures.find(new Replications(runs), Figures.THROUGHPUT)
                .orElseThrow()
                .value();
        return Objects.requireNonNull(value);
    }

    private static BigDecimal mean(List<BigDecimal> values) {
        BigDecimal sum = values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return Judging.plain(sum.divide(BigDecimal.valueOf(values.size()), 3, RoundingMode.HALF_EVEN));
    }

    /** The figure of all runs together. */
    BigDecimal whole() {
        return whole;
    }

    /** A value for each run, whose mean is the figure. */
    double[] values() {
        return values.clone();
    }
}
