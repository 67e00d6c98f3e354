package grusim.run;

import grusim.engine.Why;
import grusim.linux.VmCounter;
import grusim.linux.VmCounters;
import grusim.result.AttributionShares;
import grusim.result.RunResult;
import grusim.result.RunResultBuilder;
import grusim.result.StatDeclaration;

/** What invalidation protocols are compared by, drawn from what was counted anyway. */
final class ProtocolReport {
    private static final long PS_PER_SECOND = 1_000_000_000_000L;

    private ProtocolReport() {}

    /** Adds the figures to the result of a run whose other figures are complete. */
    static void report(RunResultBuilder result, RunResult counted, Simulation simulation) {
        VmCounters vm = simulation.kernel().counters();
        AttributionShares time = counted.attribution();
        long instructions = 0;
        long heldOffPs = 0;
        int reason = time.reasons().indexOf(Why.RANGE_ACTIVE.text());
        for (int kind = 0; kind < time.kinds().size(); kind++) {
            instructions += time.instructions(kind);
            heldOffPs += reason < 0 ? 0 : time.partPs(kind, reason);
        }
        long perSecond = counted.simulatedPs() == 0
                ? 0
                : Math.round((double) instructions * PS_PER_SECOND / counted.simulatedPs());
        add(result, "throughput", "instructions/s", "Instructions finished per simulated second.", perSecond);
        add(
                result,
                "fillRetries",
                "fills",
                "Fills thrown away because an invalidate overtook them: by software before the dropin, or by a kill bit.",
                vm.value(VmCounter.FILLS_DISCARDED) + counted.counter("device.dropinsKilled"));
        add(result, "holdOff", "ps", "Time that instructions waited for the end of invalidates.", heldOffPs);
        add(
                result,
                "invalidates",
                "commands",
                "Invalidate commands carried out by chiplets.",
                counted.counter("device.invalidates"));
        add(
                result,
                "pinsAtOnce",
                "pages",
                "Most pages that were kept from the kernel for the device at one time.",
                vm.value(VmCounter.PAGES_PINNED_AT_ONCE));
        add(
                result,
                "lockWait",
                "ps",
                "Time that CPUs waited for locks of any kind.",
                simulation.locks().waitPs());
    }

    private static void add(RunResultBuilder result, String key, String unit, String description, long value) {
        result.counter(new StatDeclaration("invalidation." + key, unit, description, "model"), value);
    }
}
