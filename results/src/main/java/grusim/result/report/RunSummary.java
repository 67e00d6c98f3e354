package grusim.result.report;

import grusim.result.LatencyDistribution;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.stat.Figure;
import grusim.result.stat.Interval;
import grusim.result.text.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a reader must know who reads nothing else: a few figures, and what they say in words. */
final class RunSummary {
    private static final int INSTRUCTIONS_SHOWN = 2;
    private static final String INSTRUCTION = "instruction.";
    private static final int REASONS_SHOWN = 3;
    private static final List<String> TAILS = List.of("p99Ns", "p90Ns", "p50Ns", "maxNs");
    private static final List<String> EVENTS =
            List.of("miss.interrupt", "miss.user", "dropin.interrupt", "dropin.user", "invalidate");

    private final Replications runs;
    private final Map<String, Figure> figures;
    private final Map<String, LatencyDistribution> latency;

    RunSummary(Replications runs, Map<String, Figure> figures) {
        this.runs = runs;
        this.figures = figures;
        latency = runs.latency();
    }

    /** The tail and the mean of what happened most. */
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
        if (!shown.isEmpty()) {
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
        if (runs.count() == 1) {
            sentences.add("This is one run. Its counters are exact for this run, but say nothing of how another seed"
                    + " would go: that takes replications.");
        }
        return sentences;
    }

    private List<String> metrics() {
        List<String> shown = new ArrayList<>();
        latency.entrySet().stream()
                .filter(each -> each.getKey().startsWith(INSTRUCTION))
                .filter(each -> each.getValue().count() > 0)
                .sorted(Comparator.comparingLong(each -> -each.getValue().count()))
                .limit(INSTRUCTIONS_SHOWN)
                .forEach(each -> shown.add(each.getKey()));
        for (String metric : EVENTS) {
            LatencyDistribution distribution = latency.get(metric);
            if (distribution != null && distribution.count() > 0) {
                shown.add(metric);
            }
        }
        return shown;
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
            details.add("mean " + FigureWords.value(mean) + (around.isEmpty() ? "" : " (" + around + ")"));
        }
        LatencyDistribution distribution = latency.get(metric);
        details.add(Quantity.count(distribution == null ? 0 : distribution.count()) + " samples");
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
        sentences.add("Half of all " + kind + " instructions ended within " + FigureWords.value(half)
                + ", 99 of 100 within " + FigureWords.value(most) + times + ".");
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
