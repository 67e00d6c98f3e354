package grusim.run;

import grusim.gru.Chiplet;
import grusim.gru.DeviceStat;
import grusim.result.ChipletCounts;
import grusim.result.RunResultBuilder;
import grusim.result.StatDeclaration;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * How the machine's chiplets were used, each by itself: what each counted, and the mean of its TLB's valid entries over
 * simulated time, from looks at intervals. Not simulated state.
 */
final class ChipletUse {
    private static final List<DeviceStat> COUNTED = List.of(
            DeviceStat.TLB_HITS,
            DeviceStat.TLB_MISSES,
            DeviceStat.DROPINS_WRITTEN,
            DeviceStat.DROPINS_KILLED,
            DeviceStat.EVICTIONS,
            DeviceStat.INVALIDATES,
            DeviceStat.ENTRIES_INVALIDATED);

    private final int chipletsPerBlade;
    private final List<Chiplet> built;
    private final @Nullable Chiplet[] chiplets;
    /** Entries times picoseconds, by chiplet. */
    private final long[] filled;

    private long seenPs;

    ChipletUse(Simulation simulation) {
        chipletsPerBlade = simulation.spec().machine().chipletsPerBlade();
        built = simulation.chiplets();
        chiplets = new @Nullable Chiplet[simulation.machine().topology().chiplets()];
        built.forEach(chiplet -> chiplets[chiplet.index()] = chiplet);
        filled = new long[chiplets.length];
    }

    /** Looks at the TLBs: since the last look they have been as they are now. */
    void look(long nowPs) {
        for (Chiplet chiplet : built) {
            filled[chiplet.index()] += chiplet.tlbOccupancy() * (nowPs - seenPs);
        }
        seenPs = nowPs;
    }

    void report(RunResultBuilder result) {
        for (DeviceStat stat : COUNTED) {
            StatDeclaration whole = stat.declaration();
            String key = stat == DeviceStat.DROPINS_WRITTEN ? "dropins" : whole.key();
            report(result, key, whole.unit(), whole.description(), chiplet -> chiplet.count(stat));
        }
        report(result, "instructions", "instructions", "Instructions that ended.", Chiplet::instructions);
        report(
                result,
                "occupancy",
                "entries",
                "Valid TLB entries, mean over time.",
                chiplet -> seenPs == 0 ? 0 : (filled[chiplet.index()] + seenPs / 2) / seenPs);
    }

    private void report(
            RunResultBuilder result, String key, String unit, String description, ToLongFunction<Chiplet> value) {
        result.chiplets(new ChipletCounts(
                new StatDeclaration("chiplet." + key, unit, "By chiplet. " + description, "model"),
                chipletsPerBlade,
                values(value)));
    }

    private List<Long> values(ToLongFunction<Chiplet> value) {
        long[] values = new long[chiplets.length];
        for (int i = 0; i < values.length; i++) {
            Chiplet chiplet = chiplets[i];
            values[i] = chiplet == null ? 0 : value.applyAsLong(chiplet);
        }
        return LongStream.of(values).boxed().toList();
    }
}
