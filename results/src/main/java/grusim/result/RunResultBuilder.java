package grusim.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Collects the parts of a {@link RunResult}; a name given twice is refused. One thread. */
public final class RunResultBuilder {
    private final String name;
    private final String version;
    private final long seed;
    private final Map<String, Counter> counters = new LinkedHashMap<>();
    private final List<McsTiming> mcs = new ArrayList<>();
    private final Map<String, LatencyDistribution> latency = new LinkedHashMap<>();
    private final Map<String, Series> series = new LinkedHashMap<>();
    private final Map<String, AttributionShares> views = new LinkedHashMap<>();
    private final Map<String, Waterfall> waterfalls = new LinkedHashMap<>();
    private final List<ChipletCounts> chiplets = new ArrayList<>();
    private JsonNode spec = JsonNodeFactory.instance.objectNode();
    private long simulatedPs;
    private long events;
    private String eventHash = "0".repeat(16);
    private Verdict contract = Verdict.UNCHECKED;
    private Verdict dataChecks = Verdict.UNCHECKED;
    private AttributionShares attribution = AttributionShares.NONE;

    RunResultBuilder(String name, String version, long seed) {
        this.name = name;
        this.version = version;
        this.seed = seed;
    }

    public RunResultBuilder spec(JsonNode resolved) {
        this.spec = resolved.deepCopy();
        return this;
    }

    public RunResultBuilder simulatedPs(long endPs) {
        this.simulatedPs = endPs;
        return this;
    }

    public RunResultBuilder events(long handled) {
        this.events = handled;
        return this;
    }

    /** Sets the rolling hash of all events. */
    public RunResultBuilder eventHash(long hash) {
        StringBuilder digits = new StringBuilder(Long.toHexString(hash));
        while (digits.length() < 16) {
            digits.insert(0, '0');
        }
        return eventHash(digits.toString());
    }

    /** Sets the rolling hash of all events, as printed. */
    public RunResultBuilder eventHash(String digits) {
        this.eventHash = digits;
        return this;
    }

    /** Adds the value of a counter. */
    public RunResultBuilder counter(StatDeclaration declaration, long value) {
        refuseSecond(counters.put(declaration.name(), new Counter(declaration, value)), declaration.name());
        return this;
    }

    /** Adds the timing of one kind of control command. */
    public RunResultBuilder mcs(McsTiming timing) {
        refuseSecond(
                mcs.stream().filter(m -> m.op().equals(timing.op())).findAny().orElse(null), "mcs." + timing.op());
        mcs.add(timing);
        return this;
    }

    /** Adds the distribution recorded under a metric name. */
    public RunResultBuilder latency(String metric, LatencyHistogram histogram) {
        return latency(metric, histogram.distribution());
    }

    /** Adds a distribution that was recorded earlier. */
    public RunResultBuilder latency(String metric, LatencyDistribution distribution) {
        refuseSecond(latency.put(metric, distribution), "latency." + metric);
        return this;
    }

    public RunResultBuilder contract(Verdict verdict) {
        this.contract = verdict;
        return this;
    }

    public RunResultBuilder dataChecks(Verdict verdict) {
        this.dataChecks = verdict;
        return this;
    }

    /** Adds a quantity over time. */
    public RunResultBuilder series(Series quantity) {
        refuseSecond(series.put(quantity.name(), quantity), "series " + quantity.name());
        return this;
    }

    public RunResultBuilder attribution(AttributionShares shares) {
        this.attribution = shares;
        return this;
    }

    /** Adds where time went by another group than the kind of instruction. */
    public RunResultBuilder view(String group, AttributionShares shares) {
        refuseSecond(views.put(group, shares), "view " + group);
        return this;
    }

    /** Adds the life of an operation. */
    public RunResultBuilder waterfall(Waterfall life) {
        refuseSecond(waterfalls.put(life.name(), life), "waterfall " + life.name());
        return this;
    }

    /** Adds a statistic by chiplet. */
    public RunResultBuilder chiplets(ChipletCounts counts) {
        chiplets.add(counts);
        return this;
    }

    public RunResult build() {
        return new RunResult(
                name,
                version,
                seed,
                spec,
                simulatedPs,
                events,
                eventHash,
                counters,
                mcs,
                latency,
                contract,
                dataChecks,
                series,
                attribution,
                views,
                waterfalls,
                chiplets);
    }

    private static void refuseSecond(@Nullable Object earlier, String what) {
        if (earlier != null) {
            throw new IllegalArgumentException(what + " is given twice");
        }
    }
}
