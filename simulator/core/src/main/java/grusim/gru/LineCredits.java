package grusim.gru;

import grusim.engine.StateIo;
import grusim.engine.Stateful;

/**
 * The line requests a chiplet may have under way: a control block that finds none left queues, and the next one that is
 * given back goes to the one that has waited longest.
 *
 * <p>A plain counter and queue; the {@link TlbPort} it belongs to is what agents access.
 */
final class LineCredits implements Stateful {
    static final int NOBODY = -1;

    private static final int NONE = 0;
    private static final int QUEUED = 1;
    private static final int GRANTED = 2;

    private final int limit;
    private final int[] standing;
    private final int[] queue;
    private int first;
    private int queued;
    private int taken;

    LineCredits(int limit, int cbrs) {
        this.limit = limit;
        standing = new int[cbrs];
        queue = new int[cbrs];
    }

    /** Takes a credit for the control block, or queues it; says whether it has one. */
    boolean take(int cb) {
        if (standing[cb] == GRANTED) {
            return true;
        }
        assert standing[cb] == NONE : "control block " + cb + " asks again while it queues";
        if (taken < limit) {
            taken++;
            standing[cb] = GRANTED;
            return true;
        }
        standing[cb] = QUEUED;
        queue[(first + queued++) % queue.length] = cb;
        return false;
    }

    /** The control block's credit belongs to a line request from now on. */
    void use(int cb) {
        assert standing[cb] == GRANTED;
        standing[cb] = NONE;
    }

    /** A line request ended; returns the control block that now has its credit, or {@link #NOBODY}. */
    int release() {
        taken--;
        if (queued == 0) {
            return NOBODY;
        }
        int next = queue[first];
        first = (first + 1) % queue.length;
        queued--;
        taken++;
        standing[next] = GRANTED;
        return next;
    }

    /** The control block wants no credit any more; returns who now has the one it had, or {@link #NOBODY}. */
    int renounce(int cb) {
        int had = standing[cb];
        standing[cb] = NONE;
        if (had == GRANTED) {
            return release();
        }
        if (had == QUEUED) {
            leave(cb);
        }
        return NOBODY;
    }

    private void leave(int cb) {
        int kept = 0;
        for (int i = 0; i < queued; i++) {
            int other = queue[(first + i) % queue.length];
            if (other != cb) {
                queue[(first + kept++) % queue.length] = other;
            }
        }
        queued = kept;
    }

    /** Credits given out. */
    int taken() {
        return taken;
    }

    @Override
    public void state(StateIo io) {
        taken = io.i32(taken);
        io.array(standing);
        queued = io.i32(queued);
        for (int i = 0; i < queued; i++) {
            int at = (first + i) % queue.length;
            int cb = io.i32(queue[at]);
            if (io.loading()) {
                queue[i] = cb;
            }
        }
        if (io.loading()) {
            first = 0;
        }
    }
}
