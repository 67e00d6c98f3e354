package grusim.run;

import grusim.engine.Ledger;
import grusim.engine.Why;
import grusim.isa.Opcode;
import grusim.result.Attribution;
import grusim.result.LatencyHistogram;
import grusim.result.RunResultBuilder;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a run measures besides counters: latency distributions and where instruction time goes. Not simulated state. */
final class Probes {
    private final Attribution attribution = new Attribution(
            Arrays.stream(Opcode.values()).map(Opcode::mnemonic).toList(),
            Arrays.stream(Why.values()).map(Why::text).toList());
    private final @Nullable LatencyHistogram[] instructions = new @Nullable LatencyHistogram[Opcode.values().length];
    private final Map<String, LatencyHistogram> metrics = new TreeMap<>();
    private long ended;

    /** An instruction has ended and its user has seen it. */
    void instruction(Opcode opcode, Ledger ledger) {
        int kind = opcode.ordinal();
        LatencyHistogram histogram = instructions[kind];
        if (histogram == null) {
            histogram = metric("instruction." + opcode.mnemonic());
            instructions[kind] = histogram;
        }
        ended++;
        long total = ledger.totalPs();
        histogram.record(total);
        for (long left = ledger.reasons(); left != 0; left &= left - 1) {
            int reason = Long.numberOfTrailingZeros(left);
            attribution.add(kind, reason, ledger.spentPs(reason));
        }
        attribution.finished(kind, total);
    }

    /** Instructions that have ended. */
    long instructions() {
        return ended;
    }

    /** The histogram of a metric, made when first asked for. */
    LatencyHistogram metric(String name) {
        return metrics.computeIfAbsent(name, n -> new LatencyHistogram());
    }

    void report(RunResultBuilder result) {
        metrics.forEach((name, histogram) -> {
            if (histogram.count() > 0) {
                result.latency(name, histogram);
            }
        });
        result.attribution(attribution.shares());
    }
}
