package grusim.result.report;

import grusim.result.LatencyDistribution;
import grusim.result.Percentile;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.stat.Figure;
import grusim.result.stat.Interval;
import grusim.result.text.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a reader must know who reads nothing else: a few figures, and what they say in words. */
final class RunSummary {
    private static final int MOST_OFTEN = 2;
    private static final int TILES = 4;
    private static final String INSTRUCTION = "instruction.";
    private static final int REASONS_SHOWN = 3;
    private static final List<String> TAILS = List.of("p99Ns", "p90Ns", "p50Ns");

    private final Replications runs;
    private final Map<String, Figure> figures;
    private final Map<String, LatencyDistribution> latency;

    RunSummary(Replications runs, Map<String, Figure> figures) {
        this.runs = runs;
        this.figures = figures;
        latency = new LinkedHashMap<>(runs.latency());
        latency.values().removeIf(distribution -> distribution.count() == 0);
    }

    /** The tail and the mean of what happened most often, and of what took most time. */
    List<Page.Tile> tiles() {
        List<Page.Tile> tiles = new ArrayList<>();
        for (String metric : metrics()) {
            Figure tail = tail(metric);
            if (tail != null) {
                tiles.add(new Page.Tile(metric, FigureWords.value(tail), statistic(tail), details(metric, tail)));
            }
        }
        return tiles;
    }

    /** The summary in words. */
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        List<String> shown = metrics();
        if (latency.isEmpty()) {
            sentences.add("Nothing was measured: no operation ended in this run.");
        } else if (shown.isEmpty()) {
            sentences.add(longest());
        } else {
            shares(shown.get(0), sentences);
        }
        translations(sentences);
        List<TimeTables.Reason> reasons = TimeTables.reasons(runs.attribution());
        if (!reasons.isEmpty()) {
            List<String> parts = new ArrayList<>();
            for (TimeTables.Reason reason : reasons.subList(0, Math.min(REASONS_SHOWN, reasons.size()))) {
                parts.add(percent(reason.partPs(), reason.wholePs()) + " " + reason.name());
            }
            sentences.add("All instructions together spent their time on: " + String.join(", ", parts) + ".");
        }
        if (runs.count() == 1 && !latency.isEmpty()) {
            sentences.add("This is one run. Its counters are exact for this run, but say nothing of how another seed"
                    + " would go: that takes replications.");
        }
        return sentences;
    }

    /** Of what has samples enough for a median, what happened most often, then what else took most time in all. */
    private List<String> metrics() {
        List<String> shown = new ArrayList<>();
        known(LatencyDistribution::count).limit(MOST_OFTEN).forEach(shown::add);
        known(LatencyDistribution::sumPs)
                .filter(metric -> !shown.contains(metric))
                .limit(TILES - shown.size())
                .forEach(shown::add);
        return shown;
    }

    private Stream<String> known(ToLongFunction<LatencyDistribution> most) {
        return latency.entrySet().stream()
                .filter(each -> Percentile.P50.knownFrom(each.getValue().count()))
                .sorted(Comparator.comparingLong(
                                (Map.Entry<String, LatencyDistribution> each) -> -most.applyAsLong(each.getValue()))
                        .thenComparingLong(each -> -each.getValue().sumPs()))
                .map(Map.Entry::getKey);
    }

    /** What took longest, where nothing has samples enough for more. */
    private String longest() {
        String slowest = "";
        long longestPs = -1;
        for (Map.Entry<String, LatencyDistribution> each : latency.entrySet()) {
            long maxPs = each.getValue().maxPs().orElse(-1);
            if (maxPs > longestPs) {
                longestPs = maxPs;
                slowest = each.getKey();
            }
        }
        return "No operation ended often enough for a percentile; what took longest was a sample of " + slowest
                + " with " + Quantity.time(longestPs) + ".";
    }

    private @Nullable Figure tail(String metric) {
        for (String statistic : TAILS) {
            Figure figure = figures.get("latency." + metric + "." + statistic);
            if (figure != null && figure.value() != null) {
                return figure;
            }
        }
        return null;
    }

    private List<String> details(String metric, Figure tail) {
        List<String> details = new ArrayList<>();
        String interval = FigureWords.interval(tail);
        details.add(tail.interval() instanceof Interval.None none ? "no interval: " + none.reason() : interval);
        Figure mean = figures.get("latency." + metric + ".meanNs");
        if (mean != null && mean.value() != null) {
            String around = FigureWords.interval(mean);
            boolean said = mean.interval().equals(tail.interval());
            details.add("mean " + FigureWords.value(mean)
                    + (!around.isEmpty()
                            ? " (" + around + ")"
                            : said || !(mean.interval() instanceof Interval.None none)
                                    ? ""
                                    : " (no interval: " + none.reason() + ")"));
        }
        LatencyDistribution distribution = latency.get(metric);
        long samples = distribution == null ? 0 : distribution.count();
        details.add(Quantity.count(samples) + (samples == 1 ? " sample" : " samples"));
        return details;
    }

    private static String statistic(Figure figure) {
        return FigureTable.words(figure.statistic());
    }

    private void shares(String metric, List<String> sentences) {
        Figure half = figures.get("latency." + metric + ".p50Ns");
        Figure most = figures.get("latency." + metric + ".p99Ns");
        if (half == null || most == null || half.value() == null || most.value() == null) {
            return;
        }
        String times = half.value().signum() == 0
                ? ""
                : " ("
                        + most.value()
                                .divide(half.value(), 1, RoundingMode.HALF_UP)
                                .toPlainString() + " times as long)";
        String kind = metric.startsWith(INSTRUCTION) ? metric.substring(INSTRUCTION.length()) : metric;
        sentences.add("Half of all " + kind + (metric.startsWith(INSTRUCTION) ? " instructions" : "") + " ended within "
                + FigureWords.value(half) + ", 99 of 100 within " + FigureWords.value(most) + times + ".");
    }

    private void translations(List<String> sentences) {
        BigDecimal hits = counted("device.tlbHits");
        BigDecimal misses = counted("device.tlbMisses");
        BigDecimal all = hits.add(misses);
        if (all.signum() > 0) {
            sentences.add(FigureWords.quantity(hits, "") + " of " + FigureWords.quantity(all, "")
                    + " translations were found in a TLB ("
                    + hits.scaleByPowerOfTen(2).divide(all, 1, RoundingMode.HALF_UP) + "%).");
        }
    }

    private BigDecimal counted(String counter) {
        long sum = 0;
        for (RunResult run : runs.runs()) {
            sum = Math.addExact(sum, run.counter(counter));
        }
        return BigDecimal.valueOf(sum);
    }

    private static String percent(long part, long whole) {
        return BigDecimal.valueOf(part).scaleByPowerOfTen(2).divide(BigDecimal.valueOf(whole), 0, RoundingMode.HALF_UP)
                + "%";
    }
}
