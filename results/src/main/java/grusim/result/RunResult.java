package grusim.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Everything a finished run says about the simulated machine, and nothing about the host. Counters, latencies and series
 * keep the order in which the builder got them. Immutable; the spec tree must not be changed by readers.
 *
 * @param name the spec's name
 * @param version the version of grusim
 * @param seed the master seed
 * @param spec the resolved spec
 * @param simulatedPs when the simulated time stopped
 * @param events how many events were handled
 * @param eventHash the rolling hash of all events, 16 hex digits: equal hash, equal run
 * @param counters by full name, for example {@code driver.tlb_dropin}
 * @param mcs timings of memory-mapped control commands
 * @param latency distributions by metric name, for example {@code dropin.interrupt}
 * @param contract the outcome of the contract's invariants
 * @param dataChecks the outcome of the workload's checks on data
 * @param series quantities over time by name without group, for example {@code tlb.hits}
 * @param attribution where instruction time went, by kind of instruction
 * @param views where time went by other groups, such as {@code process}
 * @param waterfalls the lives of operations by phase, for example {@code dropin.interrupt}
 * @param chiplets statistics by chiplet
 */
public record RunResult(
        String name,
        String version,
        long seed,
        JsonNode spec,
        long simulatedPs,
        long events,
        String eventHash,
        Map<String, Counter> counters,
        List<McsTiming> mcs,
        Map<String, LatencyDistribution> latency,
        Verdict contract,
        Verdict dataChecks,
        Map<String, Series> series,
        AttributionShares attribution,
        Map<String, AttributionShares> views,
        Map<String, Waterfall> waterfalls,
        List<ChipletCounts> chiplets) {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{16}");

    public RunResult {
        if (!HASH.matcher(eventHash).matches()) {
            throw new IllegalArgumentException("event hash \"" + eventHash + "\": accepted are 16 hex digits");
        }
        if (simulatedPs < 0 || events < 0) {
            throw new IllegalArgumentException("simulated time " + simulatedPs + " ps, " + events + " events");
        }
        counters = Collections.unmodifiableMap(new LinkedHashMap<>(counters));
        mcs = List.copyOf(mcs);
        latency = Collections.unmodifiableMap(new LinkedHashMap<>(latency));
        series = Collections.unmodifiableMap(new LinkedHashMap<>(series));
        views = Collections.unmodifiableMap(new LinkedHashMap<>(views));
        waterfalls = Collections.unmodifiableMap(new LinkedHashMap<>(waterfalls));
        chiplets = List.copyOf(chiplets);
    }

    /** Starts a result; every part not given is empty or zero. */
    public static RunResultBuilder builder(String name, String version, long seed) {
        return new RunResultBuilder(name, version, seed);
    }

    /** The value of a counter by its full name; zero if this run did not count it. */
    public long counter(String fullName) {
        Counter counter = counters.get(fullName);
        return counter == null ? 0 : counter.value();
    }

    /** The series of that name, or null. */
    public @Nullable Series series(String seriesName) {
        return series.get(seriesName);
    }
}
