package grusim.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What every figure of a result means: the metrics in the order of {@code result.json}, the statistics of distributions,
 * and the reasons that time is spent for. A name may have a {@code *}, which stands for any text, where a run decides what
 * there is; the entry without one, and then the earlier one, is meant first. Immutable.
 */
public final class Dictionary {
    /** What entries of statistics of distributions begin with, for example {@code statistic.p99Ns}. */
    public static final String STATISTIC = "statistic.";
    /** What entries of reasons begin with, for example {@code reason.lock wait}. */
    public static final String REASON = "reason.";

    /**
     * One metric.
     *
     * @param metric its name, as in the column {@code metric} of the figures of a run
     * @param unit what one step of the value is
     * @param meaning one sentence on what is measured
     * @param source where the definition comes from, or {@code model}
     */
    public record Entry(String metric, String unit, String meaning, String source) {
        public Entry {
            if (metric.isBlank() || unit.isBlank() || meaning.isBlank() || source.isBlank()) {
                throw new IllegalArgumentException("metric \"" + metric + "\": unit, meaning or source is blank");
            }
        }

        /** The entry of a declared statistic, under a prefix such as {@code counters.}. */
        public static Entry of(String prefix, StatDeclaration declared) {
            return new Entry(prefix + declared.name(), declared.unit(), declared.description(), declared.source());
        }

        private boolean names(String other) {
            return metric.equals(other)
                    || (metric.contains("*")
                            && other.matches(Pattern.quote(metric).replace("*", "\\E.+\\Q")));
        }
    }

    private final List<Entry> entries;

    /** A dictionary of these entries; a metric that has two is refused. */
    public Dictionary(List<Entry> entries) {
        Map<String, Entry> byName = new LinkedHashMap<>();
        for (Entry entry : entries) {
            Entry earlier = byName.putIfAbsent(entry.metric, entry);
            if (earlier != null) {
                throw new IllegalArgumentException("metric " + entry.metric + " is declared twice: \"" + earlier.meaning
                        + "\" and \"" + entry.meaning + "\"");
            }
        }
        this.entries = List.copyOf(byName.values());
    }

    public List<Entry> entries() {
        return entries;
    }

    /** The entry of a metric, by its own name or by the first pattern that names it. */
    public Optional<Entry> find(String metric) {
        return first(entry -> entry.metric.equals(metric)).or(() -> first(entry -> entry.names(metric)));
    }

    private Optional<Entry> first(Predicate<Entry> wanted) {
        return entries.stream().filter(wanted).findFirst();
    }

    /** The entries whose metric, meaning or source has the text, {@code *} standing for any text; case does not matter. */
    public Dictionary matching(String text) {
        Pattern pattern = Pattern.compile(Pattern.quote(text).replace("*", "\\E.*\\Q"), Pattern.CASE_INSENSITIVE);
        return new Dictionary(entries.stream()
                .filter(entry -> pattern.matcher(entry.metric).find()
                        || pattern.matcher(entry.meaning).find()
                        || pattern.matcher(entry.source).find())
                .toList());
    }

    /** The entries of what these replications have, each under its own name; what has no entry is left out. */
    public Dictionary of(Replications replications) {
        Map<String, Entry> there = new LinkedHashMap<>();
        for (String metric : metrics(replications)) {
            find(metric)
                    .ifPresent(entry ->
                            there.putIfAbsent(metric, new Entry(metric, entry.unit, entry.meaning, entry.source)));
        }
        return new Dictionary(List.copyOf(there.values()));
    }

    /** The names of everything that is measured in replications: metrics, statistics, and reasons that took time. */
    public static List<String> metrics(Replications replications) {
        Map<String, Boolean> names = new LinkedHashMap<>();
        for (RunResult run : replications.runs()) {
            for (Metric metric : Metrics.of(run)) {
                names.put(metric.name(), true);
                if (!metric.statistic().equals("value")) {
                    names.put(STATISTIC + metric.statistic(), true);
                }
            }
            names.put("throughput", true);
            names.put(STATISTIC + "instructionsPerSecond", true);
            run.waterfalls().values().forEach(waterfall -> phases(waterfall).forEach(phase -> names.put(phase, true)));
            run.series()
                    .values()
                    .forEach(series -> names.put(series.declaration().name(), true));
            run.chiplets().forEach(counts -> names.put(counts.declaration().name(), true));
            reasons(run.attribution()).forEach(reason -> names.put(reason, true));
            run.views().values().forEach(view -> reasons(view).forEach(reason -> names.put(reason, true)));
        }
        return List.copyOf(names.keySet());
    }

    private static List<String> phases(Waterfall waterfall) {
        List<String> taken = new ArrayList<>();
        for (int phase = 0; phase < waterfall.phases().size(); phase++) {
            if (waterfall.allPs().get(phase) > 0) {
                taken.add(REASON + waterfall.phases().get(phase));
            }
        }
        return taken;
    }

    private static List<String> reasons(AttributionShares shares) {
        List<String> taken = new ArrayList<>();
        for (int reason = 0; reason < shares.reasons().size(); reason++) {
            for (int kind = 0; kind < shares.kinds().size(); kind++) {
                if (shares.partPs(kind, reason) > 0) {
                    taken.add(REASON + shares.reasons().get(reason));
                    break;
                }
            }
        }
        return taken;
    }
}
