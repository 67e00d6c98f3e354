package grusim.run;

import grusim.engine.Ledger;
import grusim.engine.Why;
import grusim.isa.Opcode;
import grusim.result.Attribution;
import grusim.result.AttributionShares;
import grusim.result.LatencyHistogram;
import grusim.result.RunResultBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a run measures besides counters: latency distributions, and where the time of instructions and misses went. An
 * instruction is recorded once, under its process, chiplet and kind; the views are sums of that. Not simulated state.
 */
final class Probes {
    /** The process whose instructions are the kernel's own. */
    static final int KERNEL = 0;

    /** Reasons by {@link Why#ordinal()}. */
    static final List<String> REASONS =
            Arrays.stream(Why.values()).map(Why::text).toList();

    private static final List<String> KINDS =
            Arrays.stream(Opcode.values()).map(Opcode::mnemonic).toList();

    private final Measures measures;
    private final @Nullable LatencyHistogram[] instructions = new @Nullable LatencyHistogram[Opcode.values().length];
    private final Map<String, LatencyHistogram> metrics = new TreeMap<>();
    private final MissTimes misses = new MissTimes(this);
    /** Time by kind, of the instructions of a process (from 1 on) on a chiplet; made when there is one. */
    private @Nullable Attribution[][] times = {};

    private long ended;
    private long endedPs;

    Probes(Measures measures) {
        this.measures = measures;
    }

    Measures measures() {
        return measures;
    }

    /** A user's instruction has ended and its user has seen it; processes count from 0. */
    void instruction(int process, int chiplet, Opcode opcode, Ledger ledger) {
        ended++;
        endedPs += ledger.totalPs();
        record(process + 1, chiplet, opcode, ledger);
    }

    /** An instruction of the kernel's own has ended and the kernel has seen it. */
    void kernelInstruction(int chiplet, Opcode opcode, Ledger ledger) {
        record(KERNEL, chiplet, opcode, ledger);
    }

    private void record(int process, int chiplet, Opcode opcode, Ledger ledger) {
        if (measures == Measures.NONE) {
            return;
        }
        int kind = opcode.ordinal();
        LatencyHistogram histogram = instructions[kind];
        if (histogram == null) {
            histogram = metric("instruction." + opcode.mnemonic());
            instructions[kind] = histogram;
        }
        long total = ledger.totalPs();
        histogram.record(total);
        if (measures == Measures.ALL) {
            add(times(process, chiplet), kind, ledger);
        }
    }

    /** Adds an account to the time of a kind; throws with both numbers if its parts are not the whole. */
    static void add(Attribution times, int kind, Ledger account) {
        long leftPs = account.totalPs();
        for (long left = account.reasons(); left != 0; left &= left - 1) {
            int reason = Long.numberOfTrailingZeros(left);
            times.add(kind, reason, account.spentPs(reason));
            leftPs -= account.spentPs(reason);
        }
        if (leftPs != 0) {
            throw new IllegalStateException(
                    "of an account of " + account.totalPs() + " ps, " + leftPs + " ps have no reason");
        }
        times.finished(kind, account.totalPs());
    }

    private Attribution times(int process, int chiplet) {
        Attribution known = process < times.length && chiplet < times[process].length ? times[process][chiplet] : null;
        return known == null ? firstTimes(process, chiplet) : known;
    }

    private Attribution firstTimes(int process, int chiplet) {
        while (times.length <= process) {
            times = Arrays.copyOf(times, times.length + 1);
            times[times.length - 1] = new @Nullable Attribution[0];
        }
        if (times[process].length <= chiplet) {
            times[process] = Arrays.copyOf(times[process], chiplet + 1);
        }
        Attribution first = new Attribution(KINDS, REASONS);
        times[process][chiplet] = first;
        return first;
    }

    /** Users' instructions that have ended. */
    long instructions() {
        return ended;
    }

    /** Picoseconds that those have taken. */
    long instructionsPs() {
        return endedPs;
    }

    /** Forgets all durations measured so far, but not how many instructions have ended. */
    void forget() {
        metrics.values().forEach(LatencyHistogram::reset);
        times = new @Nullable Attribution[0][];
        misses.forget();
    }

    /** The lives of misses. */
    MissTimes misses() {
        return misses;
    }

    /** A message was sent or received. */
    void message(String metric, long durationPs) {
        if (measures != Measures.NONE) {
            metric(metric).record(durationPs);
        }
    }

    /** The histogram of a metric, made when first asked for. */
    LatencyHistogram metric(String name) {
        return metrics.computeIfAbsent(name, n -> new LatencyHistogram());
    }

    /** Gives all to the result; processes by their names, chiplets by number. */
    void report(RunResultBuilder result, List<String> processes, int chipletsPerBlade) {
        metrics.forEach((name, histogram) -> {
            if (histogram.count() > 0) {
                result.latency(name, histogram);
            }
        });
        if (measures != Measures.ALL) {
            return;
        }
        Attribution byKind = new Attribution(KINDS, REASONS);
        List<String> names = new ArrayList<>(List.of("(kernel)"));
        names.addAll(processes);
        Attribution byProcess = new Attribution(names, REASONS);
        int most = Arrays.stream(times).mapToInt(row -> row.length).max().orElse(0);
        Attribution byChiplet = new Attribution(
                IntStream.range(0, most)
                        .mapToObj(c -> "blade " + c / chipletsPerBlade + " chiplet " + c % chipletsPerBlade)
                        .toList(),
                REASONS);
        for (int process = 0; process < times.length; process++) {
            for (int chiplet = 0; chiplet < times[process].length; chiplet++) {
                Attribution part = times[process][chiplet];
                if (part != null) {
                    AttributionShares shares = part.shares();
                    for (int kind = 0; kind < KINDS.size(); kind++) {
                        shares.addTo(byKind, kind, kind);
                        shares.addTo(byProcess, kind, process);
                        shares.addTo(byChiplet, kind, chiplet);
                    }
                }
            }
        }
        result.attribution(byKind.shares())
                .view("process", byProcess.shares().used())
                .view("chiplet", byChiplet.shares().used());
        misses.report(result);
    }
}
