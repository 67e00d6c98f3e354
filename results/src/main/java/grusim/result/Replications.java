package grusim.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The replications of one spec, in order: runs of the same model that differ in their random numbers only. The first
 * one has the spec's own seed. Immutable; what all runs have together is added up when it is first asked for.
 */
public final class Replications {
    private final List<RunResult> runs;
    private volatile @Nullable Map<String, LatencyDistribution> latency;

    /**
     * Replications that were run.
     *
     * @param runs at least one
     */
    public Replications(List<RunResult> runs) {
        this.runs = List.copyOf(runs);
        if (this.runs.isEmpty()) {
            throw new IllegalArgumentException("no run; accepted are one and more");
        }
    }

    /** A single run. */
    public static Replications of(RunResult only) {
        return new Replications(List.of(only));
    }

    /** All of them. */
    public List<RunResult> runs() {
        return runs;
    }

    /** The run with the spec's own seed. */
    public RunResult first() {
        return runs.get(0);
    }

    public int count() {
        return runs.size();
    }

    /** Latencies of all runs together, by metric. */
    public Map<String, LatencyDistribution> latency() {
        Map<String, LatencyDistribution> known = latency;
        if (known == null) {
            Map<String, LatencyDistribution> pooled = new LinkedHashMap<>();
            for (RunResult run : runs) {
                run.latency().forEach((name, each) -> pooled.merge(name, each, LatencyDistribution::plus));
            }
            known = Collections.unmodifiableMap(pooled);
            latency = known;
        }
        return known;
    }

    /** Instruction time of all runs together, by kind. */
    public AttributionShares attribution() {
        return runs.stream()
                .map(RunResult::attribution)
                .reduce(AttributionShares::plus)
                .orElseThrow();
    }

    /** Time of all runs together, by view. */
    public Map<String, AttributionShares> views() {
        Map<String, AttributionShares> pooled = new LinkedHashMap<>();
        for (RunResult run : runs) {
            run.views().forEach((name, each) -> pooled.merge(name, each, AttributionShares::plus));
        }
        return pooled;
    }

    /** Waterfalls of all runs together, by operation. */
    public Map<String, Waterfall> waterfalls() {
        Map<String, Waterfall> pooled = new LinkedHashMap<>();
        for (RunResult run : runs) {
            run.waterfalls().forEach((name, each) -> pooled.merge(name, each, Waterfall::plus));
        }
        return pooled;
    }
}
