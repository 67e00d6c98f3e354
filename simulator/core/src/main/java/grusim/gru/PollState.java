package grusim.gru;

import grusim.engine.StateIo;
import grusim.engine.Stateful;

/**
 * Where a poll of a memory word stands: it has found its condition false and waits, with no request under way, until its
 * line changes or its context has been paused; then it asks again, all the way (assumed).
 */
final class PollState implements Stateful {
    private boolean waits;
    private boolean watched;

    void clear() {
        waits = false;
        watched = false;
    }

    /** The condition was found false at the memory. */
    void unsatisfied() {
        waits = true;
        watched = true;
    }

    /** The line may have changed. */
    void changed() {
        watched = false;
    }

    /** Whether the poll is to ask again, now or after a change. */
    boolean waits() {
        return waits;
    }

    /** Whether nothing has changed since the condition was found false. */
    boolean unchanged() {
        return watched;
    }

    @Override
    public void state(StateIo io) {
        waits = io.bool(waits);
        watched = io.bool(watched);
    }
}
