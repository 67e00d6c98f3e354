package grusim.contract;

import grusim.engine.StateIo;
import grusim.engine.Stateful;
import java.util.Arrays;
import java.util.BitSet;

/** Point 2, for things that have a number and an end: none is used after its end. */
final class Lifetimes implements Stateful {
    private final Findings findings;
    private final Invariant invariant;
    private final String kind;
    private BitSet ended = new BitSet();

    // ---- for words only ----
    private long[] endedPs = {};
    private int[] endedBy = {};

    /** Lives of things that are called {@code kind} in words; use after the end violates the invariant. */
    Lifetimes(Findings findings, Invariant invariant, String kind) {
        this.findings = findings;
        this.invariant = invariant;
        this.kind = kind;
    }

    void begun(int id) {
        ended.clear(id);
    }

    void ended(int id, int by) {
        ended.set(id);
        reach(id + 1);
        endedPs[id] = findings.nowPs();
        endedBy[id] = by;
    }

    private void reach(int ids) {
        int known = endedPs.length;
        if (ids > known) {
            endedPs = Arrays.copyOf(endedPs, Math.max(ids, 2 * known));
            endedBy = Arrays.copyOf(endedBy, endedPs.length);
            Arrays.fill(endedBy, known, endedBy.length, Findings.UNKNOWN);
        }
    }

    void used(int id, int by, String how) {
        findings.checks++;
        if (ended.get(id)) {
            usedAfterEnd(id, by, how);
        }
    }

    /** Something was used whose life had ended, though another may have begun since. */
    void usedAfterEnd(int id, int by, String how) {
        boolean known = id < endedPs.length;
        Deed end = findings.deed(
                known ? endedPs[id] : 0, known ? endedBy[id] : Findings.UNKNOWN, "ended %s %d".formatted(kind, id));
        findings.violated(invariant, end, by, how);
    }

    @Override
    public void state(StateIo io) {
        long[] words = ended.toLongArray();
        int length = io.i32(words.length);
        words = io.array(words, length);
        if (io.loading()) {
            ended = BitSet.valueOf(Arrays.copyOf(words, length));
            reach(ended.length());
        }
        if (io.timed()) {
            int ids = ended.length();
            endedPs = io.array(endedPs, ids);
            endedBy = io.array(endedBy, ids);
        }
    }
}
