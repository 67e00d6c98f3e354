package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Ledger;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.engine.Why;
import grusim.gru.Chiplet;
import grusim.gru.ControlBlock;
import grusim.isa.AllocationMap;
import grusim.isa.ChipletMap;
import grusim.isa.Layout;

/**
 * What a thread state keeps of its context while that is not loaded (ts_gdata): per control block the line and its
 * extended block, then the data segment. The bytes are counted through the thread's own numbers, so that the context may be
 * loaded to other control blocks and other units of data segment of another chiplet.
 *
 * <p>The accounts of where the instructions' time went go along; the machine has no such thing. Data segments have bytes in
 * functional mode only. Source: Linux driver drivers/misc/sgi-gru, grumain.c (gru_load_context_data).
 */
final class SavedContext implements Stateful {
    private final int cbrs;
    private final int dsrBytes;
    private final boolean timed;
    private long[] lines = {};
    private long[] extended = {};
    private byte[] segment = {};
    private Ledger[] ledgers = {};
    private boolean valid;

    SavedContext(int cbrs, int dsrUnits, boolean timed) {
        this.cbrs = AllocationMap.cbrUnits(cbrs) * AllocationMap.CBRS_PER_UNIT;
        this.dsrBytes = dsrUnits * AllocationMap.DSR_BYTES_PER_UNIT;
        this.timed = timed;
    }

    /** Control blocks of the context, those of the last pair that nobody asked for included. */
    int cbrs() {
        return cbrs;
    }

    /** Bytes that a save or a load of saved state moves. */
    long bytes() {
        return 2L * ChipletMap.LINE_BYTES * cbrs + dsrBytes;
    }

    /** Whether there is anything to load. */
    boolean valid() {
        return valid;
    }

    /** The state is lost: the next load zeroes the context. */
    void forget() {
        valid = false;
    }

    /** Copies one control block out. The one access of the step. */
    void saveBlock(Agent agent, ControlBlock cb, int user) {
        if (lines.length == 0) {
            lines = new long[cbrs * Layout.WORDS];
            extended = new long[cbrs * Layout.WORDS];
            segment = new byte[dsrBytes];
            ledgers = newLedgers();
        }
        cb.save(agent, lines, extended, user * Layout.WORDS);
        if (timed) {
            mark(cb.ledger(), cb.idle() ? Why.POLL : Why.CONTEXT_UNLOAD, agent);
            ledgers[user].copy(cb.ledger());
        }
    }

    private Ledger[] newLedgers() {
        Ledger[] made = new Ledger[timed ? cbrs : 0];
        for (int i = 0; i < made.length; i++) {
            made[i] = new Ledger();
        }
        return made;
    }

    /** Copies the data segment out, which makes the whole valid. */
    void saveSegment(Chiplet chiplet, int map) {
        chiplet.dataSegment().read(map, 0, segment, 0, dsrBytes);
        valid = true;
    }

    /** Copies one control block in. The one access of the step. */
    void loadBlock(Agent agent, ControlBlock cb, int user) {
        cb.restore(agent, lines, extended, user * Layout.WORDS);
        if (timed) {
            cb.ledger().copy(ledgers[user]);
            mark(cb.ledger(), Why.UNLOADED, agent);
        }
    }

    /** Copies the data segment in; from now on the context's own is the valid one. */
    void loadSegment(Chiplet chiplet, int map) {
        chiplet.dataSegment().write(map, 0, segment, 0, dsrBytes);
        valid = false;
    }

    private static void mark(Ledger ledger, Why reason, Agent agent) {
        ledger.mark(reason, Math.max(ledger.markPs(), agent.engine().nowPs()));
    }

    @Override
    public void state(StateIo io) {
        valid = io.bool(valid);
        if (!valid) {
            return;
        }
        lines = io.array(lines, cbrs * Layout.WORDS);
        extended = io.array(extended, cbrs * Layout.WORDS);
        boolean bytes = io.bool(!zero(segment));
        if (io.loading()) {
            segment = new byte[dsrBytes];
            ledgers = newLedgers();
        }
        if (bytes) {
            io.array(segment);
        }
        for (Ledger ledger : ledgers) {
            ledger.state(io);
        }
    }

    private static boolean zero(byte[] bytes) {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
