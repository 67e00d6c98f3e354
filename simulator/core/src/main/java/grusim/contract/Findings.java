package grusim.contract;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the invariants found: how many facts were judged, how many violated one, and the first of those in words.
 *
 * <p>Who did something is an int: an agent's number, a control block as {@link #block} packs it, or one of the constants. A snapshot keeps which
 * invariant was violated first, not the words.
 */
final class Findings implements Stateful {
    static final int UNKNOWN = Integer.MIN_VALUE;
    static final int DRIVER = UNKNOWN + 1;

    /** Violations of each invariant kept in words. */
    static final int KEPT = 4;

    private static final int BLOCK_BITS = 7;
    private static final Deed UNTOLD = new Deed(Deed.NO_TIME, "somebody", "did what a replay will show");

    private final Engine engine;
    private final List<Violation> kept = new ArrayList<>();
    private @Nullable Violation first;
    private final long[] violations = new long[Invariant.values().length];

    /** Number of facts judged; counted where they are judged. */
    long checks;

    Findings(Engine engine) {
        this.engine = engine;
    }

    /** A control block of a chiplet, as the doer of something. */
    static int block(int chiplet, int cb) {
        return -1 - (chiplet << BLOCK_BITS | cb);
    }

    /** The agent that steps now, or stepped last. */
    int stepping() {
        return engine.stepping();
    }

    long nowPs() {
        return engine.nowPs();
    }

    long violations() {
        long all = 0;
        for (long one : violations) {
            all += one;
        }
        return all;
    }

    long violations(Invariant invariant) {
        return violations[invariant.ordinal()];
    }

    List<Violation> kept() {
        return List.copyOf(kept);
    }

    @Nullable
    Violation first() {
        return first;
    }

    /** Something that somebody did. */
    Deed deed(long atPs, int who, String what) {
        return new Deed(engine.keepsTime() ? atPs : Deed.NO_TIME, name(who), what);
    }

    /** Records that what is done now violates an invariant, given what was done before. */
    void violated(Invariant invariant, Deed before, int who, String what) {
        Violation violation = new Violation(invariant, before, deed(engine.nowPs(), who, what), engine.steps());
        if (first == null) {
            first = violation;
        }
        if (violations[invariant.ordinal()]++ < KEPT) {
            kept.add(violation);
        }
    }

    /** Who did it, in words. */
    String name(int who) {
        if (who == UNKNOWN || who == DRIVER) {
            return who == DRIVER ? "the driver" : "somebody";
        }
        if (who < 0) {
            int block = -1 - who;
            return "gru" + (block >>> BLOCK_BITS) + ".cbr" + (block & (1 << BLOCK_BITS) - 1);
        }
        for (Agent agent : engine.agents()) {
            if (agent.id() == who) {
                return agent.name();
            }
        }
        throw new IllegalArgumentException("agent " + who);
    }

    @Override
    public void state(StateIo io) {
        int found = io.i32(first == null ? -1 : first.invariant().ordinal());
        if (io.loading() && (first == null ? -1 : first.invariant().ordinal()) != found) {
            first = found < 0 ? null : new Violation(Invariant.values()[found], UNTOLD, UNTOLD, 0);
        }
        if (io.timed()) {
            checks = io.i64(checks);
            io.array(violations);
        }
    }
}
