package grusim.result.compare;

import grusim.result.LatencyDistribution;
import grusim.result.Metric;
import grusim.result.Metrics;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.stat.Figure;
import grusim.result.stat.Figures;
import grusim.result.stat.Interval;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Comparison}: estimates the difference of each figure; {@link Judging} does the rest. */
final class Comparing {
    static final String THROUGHPUT = "throughput";

    static final String ONLY_A = "only A has this figure";
    static final String ONLY_B = "only B has this figure";

    static final String LATENCY = "latency.";
    private static final String COUNTERS = "counters.";

    /** A percentile is the edge of a step of 0.1%: this is the variance that the place in the step adds, relative. */
    private static final double STEP_VARIANCE = 0.001 * 0.001 / 12;

    /** A count is a whole number: this is the variance that what lies between adds, in each run. */
    private static final double COUNT_VARIANCE = 1.0 / 12;

    /** Stands for a value that is not known; only ever compared by reference. */
    private static final BigDecimal UNKNOWN = new BigDecimal("-1");

    private final Replications a;
    private final Replications b;
    private final Terms terms;
    private final boolean paired;
    private final boolean sameRuns;
    /** Whether replications differ at all; if not, a difference is no accident. */
    private final boolean chance;

    private final Map<String, LatencyDistribution> wholeA;
    private final Map<String, LatencyDistribution> wholeB;
    private final Map<String, Figure> pooledA = new HashMap<>();
    private final Map<String, Figure> pooledB = new HashMap<>();

    Comparing(Replications a, Replications b, Terms terms) {
        this.a = a;
        this.b = b;
        this.terms = terms;
        this.wholeA = a.latency();
        this.wholeB = b.latency();
        List<Long> seeds = a.runs().stream().map(RunResult::seed).toList();
        this.paired = seeds.equals(b.runs().stream().map(RunResult::seed).toList());
        this.sameRuns = paired && hashes(a).equals(hashes(b));
        this.chance = Stream.of(a, b)
                .anyMatch(design -> hashes(design).stream().distinct().count() > 1);
    }

    private static List<String> hashes(Replications design) {
        return design.runs().stream().map(RunResult::eventHash).toList();
    }

    private boolean headline(Metric metric) {
        if (!terms.judged().isEmpty()) {
            String subject = Words.subject(metric.name(), metric.statistic());
            return terms.judged().stream().anyMatch(pattern -> Terms.names(pattern, metric.path(), subject));
        }
        return metric.name().equals(THROUGHPUT)
                || (metric.name().startsWith(LATENCY) && (metric.statistic().equals("meanNs") || isPercentile(metric)));
    }

    private static boolean isPercentile(Metric metric) {
        return metric.statistic().matches("p\\d+Ns");
    }

    private static double stepVariance(Metric metric) {
        return isPercentile(metric) ? STEP_VARIANCE : 0;
    }

    private double countVariance(Metric metric) {
        return chance && metric.name().startsWith(COUNTERS) ? COUNT_VARIANCE : 0;
    }

    Comparison comparison() {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        List<Map<String, BigDecimal>> ofA = values(a, metrics);
        List<Map<String, BigDecimal>> ofB = values(b, metrics);
        List<Estimated> all = new ArrayList<>();
        metrics.forEach((path, metric) -> all.add(estimate(metric, column(ofA, metric), column(ofB, metric))));
        Judging judged =
                new Judging(all.stream().filter(e -> headline(e.metric())).toList(), true, terms);
        Judging others =
                new Judging(all.stream().filter(e -> !headline(e.metric())).toList(), false, terms);
        List<Difference> differences = new ArrayList<>(judged.differences());
        differences.addAll(others.differences());
        return new Comparison(
                a,
                b,
                terms,
                paired,
                sameRuns,
                SpecChanges.between(a.first().spec(), b.first().spec()),
                judged.family(),
                others.family(),
                differences);
    }

    /** The known values of each run by path; every figure met is added to the metrics. */
    private static List<Map<String, BigDecimal>> values(Replications design, Map<String, Metric> metrics) {
        List<Map<String, BigDecimal>> runs = new ArrayList<>();
        for (RunResult run : design.runs()) {
            Map<String, BigDecimal> values = new HashMap<>();
            List<Metric> all = new ArrayList<>(throughput(run));
            all.addAll(Metrics.of(run));
            for (Metric metric : all) {
                metrics.putIfAbsent(metric.path(), metric);
                if (metric.value() != null) {
                    values.put(metric.path(), metric.value());
                }
            }
            runs.add(values);
        }
        return runs;
    }

    private static List<Metric> throughput(RunResult run) {
        return Figures.find(Replications.of(run), Figures.THROUGHPUT).stream()
                .map(figure -> new Metric(figure.name(), figure.statistic(), figure.value(), figure.unit()))
                .toList();
    }

    /** The known values of a figure; a counter that a run does not have has counted nothing there. */
    private static List<BigDecimal> column(List<Map<String, BigDecimal>> runs, Metric metric) {
        boolean counter =
                metric.name().startsWith(COUNTERS) && metric.statistic().equals("value");
        return runs.stream()
                .map(run -> run.getOrDefault(metric.path(), counter ? BigDecimal.ZERO : UNKNOWN))
                .filter(value -> value != UNKNOWN)
                .toList();
    }

    private Estimated estimate(Metric metric, List<BigDecimal> ofA, List<BigDecimal> ofB) {
        boolean inEveryRun = ofA.size() == a.count() && ofB.size() == b.count();
        if (!inEveryRun || a.count() == 1 || b.count() == 1) {
            return estimatePooled(metric, ofA, ofB, inEveryRun);
        }
        RunValues runsA = RunValues.of(a, wholeA, metric, ofA);
        RunValues runsB = RunValues.of(b, wholeB, metric, ofB);
        double[] x = runsA.values();
        double[] y = runsB.values();
        Contrast contrast = (paired ? Contrast.paired(x, y) : Contrast.independent(x, y))
                .coarse(stepVariance(metric))
                .whole(countVariance(metric) / x.length, countVariance(metric) / y.length);
        String how = paired
                ? "Student t over " + a.count() + " pairs of runs with the same random numbers"
                : "Welch t over " + a.count() + " and " + b.count() + " independent runs";
        boolean identical = identical(ofA, ofB) && (runsA.whole().compareTo(runsB.whole()) == 0);
        return new Estimated(
                metric, runsA.whole(), runsB.whole(), identical, contrast, how, Math.min(a.count(), b.count()));
    }

    private boolean identical(List<BigDecimal> ofA, List<BigDecimal> ofB) {
        boolean constant = ofA.stream().distinct().count() == 1;
        return ofA.equals(ofB) && (paired || constant);
    }

    /** From the figures of all runs together and their own intervals, where those are known. */
    private Estimated estimatePooled(Metric metric, List<BigDecimal> ofA, List<BigDecimal> ofB, boolean inEveryRun) {
        boolean identical = sameRuns || (inEveryRun && identical(ofA, ofB));
        Figure figureA = pooled(a, pooledA, metric);
        Figure figureB = pooled(b, pooledB, metric);
        if (figureA == null || figureB == null) {
            String only = figureA == null ? ONLY_B : ONLY_A;
            return new Estimated(metric, value(figureA), value(figureB), false, null, only, 0);
        }
        if (figureA.value() == null || figureB.value() == null) {
            return new Estimated(metric, figureA.value(), figureB.value(), false, null, "too few samples", 0);
        }
        if (figureA.interval() instanceof Interval.Known inA && figureB.interval() instanceof Interval.Known inB) {
            Contrast contrast = Contrast.of(estimate(figureA.value(), inA), estimate(figureB.value(), inB))
                    .coarse(stepVariance(metric));
            return new Estimated(
                    metric,
                    figureA.value(),
                    figureB.value(),
                    identical,
                    contrast,
                    "from the intervals of A and B, taken as independent",
                    Math.min(inA.samples(), inB.samples()));
        }
        String reason = figureA.interval() instanceof Interval.None none
                ? none.reason()
                : figureB.interval() instanceof Interval.None none ? none.reason() : "";
        return new Estimated(
                metric,
                figureA.value(),
                figureB.value(),
                identical,
                null,
                reason.contains("replications") ? reason : reason + "; give --replications",
                0);
    }

    private static @Nullable BigDecimal value(@Nullable Figure figure) {
        return figure == null ? null : figure.value();
    }

    private static Contrast.Estimate estimate(BigDecimal value, Interval.Known interval) {
        return new Contrast.Estimate(
                value.doubleValue(),
                interval.low().doubleValue(),
                interval.high().doubleValue(),
                interval.level().doubleValue(),
                interval.samples());
    }

    /** The figure of all runs together, or null; those of one latency are made together, once. */
    private static @Nullable Figure pooled(Replications design, Map<String, Figure> known, Metric metric) {
        String name = metric.name();
        if (name.startsWith(LATENCY) && metric.statistic().equals("count")) {
            return Figures.samplesPerRun(design, name.substring(LATENCY.length()));
        }
        if (!known.containsKey(metric.path())) {
            if (name.startsWith(LATENCY)) {
                Figures.ofLatency(design, name.substring(LATENCY.length()))
                        .forEach(figure -> known.put(figure.path(), figure));
            } else {
                Figures.find(design, metric.path()).ifPresent(figure -> known.put(figure.path(), figure));
            }
        }
        return known.get(metric.path());
    }
}
