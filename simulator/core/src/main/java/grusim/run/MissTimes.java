package grusim.run;

import grusim.engine.Ledger;
import grusim.engine.Why;
import grusim.result.Attribution;
import grusim.result.LatencyHistogram;
import grusim.result.RunResultBuilder;
import grusim.result.WaterfallHistogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lives of misses by how each ended, in picoseconds: how long, and what the time went to, from the lookup that missed
 * to the one that finds the entry. Every miss is recorded under one of the ends. Statistics, not simulated state.
 */
final class MissTimes {
    /** How a miss ended: who answered it, or why nobody did. */
    enum End {
        INTERRUPT("interrupt", "answered by the interrupt"),
        POLLER("poller", "answered by the OS polling thread"),
        USER("user", "answered by the user's call to the OS"),
        FAILED("failed", "ended by an exception of its instruction"),
        UNLOADED("unloaded", "ended because its context was unloaded; the instruction misses anew later");

        private final String word;
        private final String description;

        End(String word, String description) {
            this.word = word;
            this.description = description;
        }

        /** Name of the metric and of the waterfall. */
        String metric() {
            return "miss." + word;
        }

        /** What is measured. */
        String description() {
            return "a TLB miss " + description + ", from the lookup that missed to its end";
        }
    }

    /** The order of a miss's life; what else may make it wait comes behind in the order of {@link Why}. */
    private static final List<Why> LIFE = List.of(
            Why.MISS_RECORD,
            Why.INTERRUPT_DELIVERY,
            Why.FAULT_SCAN,
            Why.HANDLER_BUSY,
            Why.INTERRUPT_HANDLER,
            Why.OTHER_FAULTS,
            Why.HAND_OVER,
            Why.POLL,
            Why.IN_ORDER,
            Why.CPU_INTERRUPTED,
            Why.OS_CALL,
            Why.LOCK,
            Why.RANGE_ACTIVE,
            Why.CONTEXT_LOAD,
            Why.PAGE_WALK,
            Why.PAGE_FAULT,
            Why.DROPIN,
            Why.PORT_TAKEN,
            Why.KILLED,
            Why.LOST,
            Why.DRAIN,
            Why.RESTART);

    private static final End[] ENDS = End.values();

    private final Probes probes;
    private Attribution byEnd = noTime();
    private final @Nullable LatencyHistogram[] wholes = new @Nullable LatencyHistogram[ENDS.length];
    private final @Nullable WaterfallHistogram[] lives = new @Nullable WaterfallHistogram[ENDS.length];
    private final int[] phaseOf = new int[Why.values().length];
    private final List<String> phases = new ArrayList<>();

    MissTimes(Probes probes) {
        this.probes = probes;
        Arrays.fill(phaseOf, -1);
        LIFE.forEach(this::phase);
        for (Why why : Why.values()) {
            if (phaseOf[why.ordinal()] < 0) {
                phase(why);
            }
        }
    }

    private static Attribution noTime() {
        return new Attribution(Arrays.stream(ENDS).map(end -> end.word).toList(), Probes.REASONS);
    }

    /** Forgets the misses that are over. */
    void forget() {
        byEnd = noTime();
        Arrays.fill(lives, null);
    }

    private void phase(Why why) {
        phaseOf[why.ordinal()] = phases.size();
        phases.add(why.text());
    }

    /** A miss is over. */
    void ended(End how, Ledger account) {
        int end = how.ordinal();
        LatencyHistogram whole = wholes[end];
        WaterfallHistogram life = lives[end];
        if (whole == null || life == null) {
            whole = probes.metric(how.metric());
            life = new WaterfallHistogram(how.metric(), phases);
            wholes[end] = whole;
            lives[end] = life;
        }
        whole.record(account.totalPs());
        life.begin(account.totalPs());
        for (long left = account.reasons(); left != 0; left &= left - 1) {
            int reason = Long.numberOfTrailingZeros(left);
            life.add(phaseOf[reason], account.spentPs(reason));
        }
        Probes.add(byEnd, end, account);
    }

    void report(RunResultBuilder result) {
        for (WaterfallHistogram life : lives) {
            if (life != null) {
                result.waterfall(life.waterfall());
            }
        }
        result.view("miss", byEnd.shares());
    }
}
