package grusim.gru;

import grusim.engine.Engine;
import grusim.engine.Ledger;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.engine.Why;

/**
 * Where the time of a control block's instruction goes, and that of its miss, from the moment it was due to its end, over
 * all its restarts. A probe in timed runs; times in picoseconds.
 */
final class InstructionAccount implements Stateful {
    /** The instruction was due when it was started. */
    static final long AT_ONCE = -1;

    private final Chiplet chiplet;
    private final Engine engine;
    private final int number;
    private final Ledger ledger = new Ledger();
    private final MissLife miss = new MissLife();
    private long duePs = AT_ONCE;
    private boolean again;

    /** Reasons are told apart; if not, only the instruction's whole time is known. */
    private boolean attributes;

    InstructionAccount(Chiplet chiplet, int number) {
        this.chiplet = chiplet;
        this.engine = chiplet.engine();
        this.number = number;
        attributes = engine.isTimed();
    }

    void attributes(boolean told) {
        attributes = told && engine.isTimed();
    }

    Ledger ledger() {
        return ledger;
    }

    /** When the instruction that software is about to start should have been started. */
    void due(long atPs) {
        duePs = atPs;
    }

    /** Software is about to start the same instruction again. */
    void startAgain() {
        again = engine.isTimed();
    }

    /** Begins the account, or goes on with it when the same instruction starts again. */
    void begin() {
        if (again) {
            ledger.mark(Why.RETRY, engine.nowPs());
        } else {
            ledger.start(duePs == AT_ONCE ? engine.nowPs() : duePs);
            ledger.mark(Why.BEHIND_SCHEDULE, engine.nowPs());
        }
        again = false;
    }

    /** Attributes the time up to a moment, unless it is attributed already. */
    void mark(Why reason, long untilPs) {
        if (attributes && untilPs > ledger.markPs()) {
            ledger.mark(reason, untilPs);
        }
    }

    /** As {@link #mark}, also of the miss if there is one. */
    void markMiss(Why reason, long untilPs) {
        mark(reason, untilPs);
        miss.mark(reason, untilPs);
    }

    /** A lookup missed, for the first time or again. */
    void missBegins() {
        if (attributes) {
            miss.missed(engine.nowPs());
        }
    }

    /** The dropin for the miss was ignored. */
    void missKilled() {
        miss.killed();
        markMiss(Why.KILLED, engine.nowPs());
    }

    /** The miss of a context is over, if there is one. */
    void missEnds(int context, DeviceObserver.MissEnd how, Why last) {
        if (miss.open()) {
            Ledger account = miss.end(last, engine.nowPs());
            chiplet.observer().missEnded(chiplet.index(), context, number, how, account);
        }
    }

    @Override
    public void state(StateIo io) {
        ledger.state(io);
        miss.state(io);
        if (io.timed()) {
            again = io.bool(again);
            duePs = io.i64(duePs);
        }
    }
}
