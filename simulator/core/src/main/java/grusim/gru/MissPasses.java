package grusim.gru;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.isa.AddressAttribute;
import grusim.workload.GruSpec;

/**
 * The passes of misses and their answers through the {@link TlbPort}, each one indivisible access. Dropins take turns at a
 * port that accepts {@code dropinPortWidth} entries per lookup time; the width is assumed. Part of the port's state.
 */
final class MissPasses implements Stateful {
    /** What became of a dropin. */
    enum Dropin {
        WRITTEN,
        /** Its miss was marked by an invalidate: ignored. */
        KILLED,
        /** No miss is outstanding: ignored. */
        STRAY,
        /** The port is taken until {@link #beginPs}. */
        BUSY
    }

    private final TlbPort port;
    private final int chiplet;
    private final TlbArray tlb;
    private final MissTable misses;
    private final DeviceCounters counters;
    private final PortTurns turns;
    private final Engine engine;
    private long beginPs;

    MissPasses(TlbPort port, Engine engine, GruSpec spec, int chiplet, int cbrs, DeviceCounters counters) {
        this.port = port;
        this.engine = engine;
        this.chiplet = chiplet;
        this.counters = counters;
        tlb = port.tlb();
        misses = port.misses();
        turns = new PortTurns(spec.dropinPortWidth(), spec.tlbLookupLatencyPs(), cbrs);
    }

    /** When the dropin that was {@link Dropin#BUSY} may be made. */
    long beginPs() {
        return beginPs;
    }

    /** The miss of a control block is written to where software sees it. */
    void recorded(Agent agent, int cb) {
        port.pass(agent, Access.UPDATE);
        misses.recorded(cb);
        port.quiet().give();
    }

    /** Writes the entry a TFH command names unless the kill bit of its miss is set; {@code restart} ends the miss. */
    Dropin dropin(Agent agent, int cb, TlbFaultHandle fill, boolean restart) {
        port.pass(agent, Access.UPDATE);
        if (!misses.outstanding(cb)) {
            return Dropin.STRAY;
        }
        if (engine.isTimed() && !hasTurn(cb)) {
            return Dropin.BUSY;
        }
        boolean killed = misses.killed(cb);
        if (killed) {
            counters.dropinsKilled++;
            if (misses.killedFalsely(cb)) {
                counters.falseKills++;
            }
            port.observer().dropinKilled(chiplet, misses.context(cb), cb, misses.asid(cb), misses.vaddr(cb));
        } else {
            write(agent, cb, fill);
        }
        if (restart) {
            close(cb);
        }
        return killed ? Dropin.KILLED : Dropin.WRITTEN;
    }

    private boolean hasTurn(int cb) {
        long nowPs = engine.nowPs();
        beginPs = turns.turnPs(cb, nowPs);
        return beginPs == nowPs;
    }

    private void write(Agent agent, int cb, TlbFaultHandle fill) {
        int asid = fill.fillAsid();
        long vaddr = fill.fillVaddr();
        int sizeCode = fill.pageSizeCode();
        int entry = tlb.place(agent, asid, vaddr, sizeCode);
        if (tlb.valid(entry)) {
            boolean same = tlb.find(asid, vaddr, sizeCode) == entry;
            counters.evictions += same ? 0 : 1;
            port.told(entry, same ? DeviceObserver.Removal.REPLACED : DeviceObserver.Removal.EVICTED);
        }
        tlb.write(entry, asid, vaddr, sizeCode, fill.pfn(), fill.dirty(), AddressAttribute.RAM.code());
        counters.dropinsWritten++;
        port.observer().entryWritten(chiplet, cb, asid, vaddr, fill.pfn(), sizeCode, fill.dirty());
    }

    /** A TFH command without a dropin ended the miss. */
    void answered(Agent agent, int cb) {
        port.pass(agent, Access.UPDATE);
        close(cb);
    }

    private void close(int cb) {
        misses.close(cb);
        port.quiet().give();
    }

    /** The miss waits for its user now, and no longer keeps its context; its kill bit stays. */
    void unlocked(Agent agent, int cb) {
        port.pass(agent, Access.UPDATE);
        misses.unlock(cb);
        port.quiet().give();
    }

    /** A control block whose context goes away comes back for no turn. */
    void renounce(int cb) {
        turns.renounce(cb);
    }

    @Override
    public void state(StateIo io) {
        turns.state(io);
    }
}
