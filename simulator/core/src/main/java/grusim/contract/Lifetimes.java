package grusim.contract;

import grusim.engine.StateIo;
import grusim.engine.Stateful;
import java.util.Arrays;

/** Point 2, for things that have a number and an end: none is used after its end. */
final class Lifetimes implements Stateful {
    private final Findings findings;
    private final Invariant invariant;
    private final String kind;
    private boolean[] ended = new boolean[16];

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
        if (id < ended.length) {
            ended[id] = false;
        }
    }

    void ended(int id, int by) {
        reach(id + 1);
        ended[id] = true;
        endedPs[id] = findings.nowPs();
        endedBy[id] = by;
    }

    private void reach(int ids) {
        if (ids > ended.length) {
            ended = Arrays.copyOf(ended, Math.max(ids, 2 * ended.length));
        }
        int known = endedPs.length;
        if (ids > known) {
            endedPs = Arrays.copyOf(endedPs, Math.max(ids, 2 * known));
            endedBy = Arrays.copyOf(endedBy, endedPs.length);
            Arrays.fill(endedBy, known, endedBy.length, Findings.UNKNOWN);
        }
    }

    void used(int id, int by, String how) {
        findings.checks++;
        if (id < ended.length && ended[id]) {
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

    private int endedIds() {
        int ids = ended.length;
        while (ids > 0 && !ended[ids - 1]) {
            ids--;
        }
        return ids;
    }

    @Override
    public void state(StateIo io) {
        int ids = io.i32(endedIds());
        if (io.loading()) {
            Arrays.fill(ended, false);
            reach(ids);
        }
        for (int from = 0; from < ids; from += Long.SIZE) {
            long packed = 0;
            for (int id = from; id < Math.min(ids, from + Long.SIZE); id++) {
                packed |= ended[id] ? 1L << id : 0;
            }
            packed = io.i64(packed);
            for (int id = from; id < Math.min(ids, from + Long.SIZE); id++) {
                ended[id] = (packed >>> id & 1) != 0;
            }
        }
        if (io.timed()) {
            endedPs = io.array(endedPs, ids);
            endedBy = io.array(endedBy, ids);
        }
    }
}
