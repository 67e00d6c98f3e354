package grusim.gru;

import grusim.engine.Ledger;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.engine.Why;

/**
 * The account of one miss, from the lookup that missed to the lookup that finds the entry: killed dropins and entries that
 * were gone again included. What an attempt took that came to nothing counts as time lost by what undid it, so that the
 * other parts are those of the attempt that succeeded. Times in picoseconds; timed runs only.
 */
final class MissLife implements Stateful {
    private static final long LOSSES = 1L << Why.KILLED.ordinal() | 1L << Why.LOST.ordinal();

    private final Ledger ledger = new Ledger();
    private boolean open;
    /** The last dropin was ignored because of its kill bit. */
    private boolean killed;

    /** A lookup missed, for the first time or again. */
    void missed(long nowPs) {
        if (open) {
            Why by = killed ? Why.KILLED : Why.LOST;
            mark(by, nowPs);
            ledger.fold(by, LOSSES);
        } else {
            ledger.start(nowPs);
            open = true;
        }
        killed = false;
    }

    /** Its dropin was ignored. */
    void killed() {
        killed = true;
    }

    /** Attributes the time up to a moment, if there is a miss and unless it is attributed already. */
    void mark(Why reason, long untilPs) {
        if (open && untilPs > ledger.markPs()) {
            ledger.mark(reason, untilPs);
        }
    }

    boolean open() {
        return open;
    }

    /** Ends the account, and returns it; what is left goes to a reason. */
    Ledger end(Why last, long nowPs) {
        mark(last, nowPs);
        open = false;
        ledger.check();
        return ledger;
    }

    @Override
    public void state(StateIo io) {
        ledger.state(io);
        if (io.timed()) {
            open = io.bool(open);
            killed = io.bool(killed);
        }
    }
}
