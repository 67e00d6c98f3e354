package grusim.result.compare;

import grusim.result.Attribution;
import grusim.result.AttributionShares;
import grusim.result.LatencyHistogram;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.RunResultBuilder;
import grusim.result.StatDeclaration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Designs whose true figures are known: latencies are log-normal around a median, each run has luck of its own that all
 * its samples share, and the throughput follows the run's luck.
 */
public final class Designs {
    private static final StatDeclaration KILLED =
            new StatDeclaration("device.dropinsKilled", "dropins", "Dropins killed.", "test");

    private static final int SAMPLES = 1200;
    private static final double LUCK = 0.02;

    private Designs() {}

    /** Replications whose latencies are multiplied by a factor, with seeds from the given one on. */
    public static Replications of(int count, long firstSeed, double factor) {
        List<RunResult> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            runs.add(run(firstSeed + i, factor));
        }
        return new Replications(runs);
    }

    private static RunResult run(long seed, double factor) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        double luck = StrictMath.exp(LUCK * random.nextGaussian());
        LatencyHistogram interrupt = new LatencyHistogram();
        LatencyHistogram load = new LatencyHistogram();
        for (int i = 0; i < SAMPLES; i++) {
            interrupt.record(Math.round(3e6 * factor * luck * StrictMath.exp(0.3 * random.nextGaussian())));
            load.record(Math.round(3e5 * luck * StrictMath.exp(0.1 * random.nextGaussian())));
        }
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.put("name", "test").put("seed", seed);
        spec.putObject("gru").put("factor", factor);
        RunResultBuilder result = RunResult.builder("test", "0", seed)
                .spec(spec)
                .simulatedPs(Math.round(1e9 * luck))
                .events(SAMPLES)
                .eventHash(Double.doubleToLongBits(luck * factor))
                .attribution(instructions())
                .counter(KILLED, Math.round(100 * factor));
        result.latency("dropin.interrupt", interrupt);
        result.latency("instruction.vload", load);
        return result.build();
    }

    /** As many loads in every run, so that the throughput follows the simulated time. */
    private static AttributionShares instructions() {
        Attribution attribution = new Attribution(List.of("vload"), List.of("memory"));
        for (int i = 0; i < SAMPLES; i++) {
            attribution.finished(0, 0);
        }
        return attribution.shares();
    }
}
