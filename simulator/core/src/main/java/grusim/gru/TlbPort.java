package grusim.gru;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;
import grusim.isa.PageSize;
import grusim.isa.handle.Cch;
import grusim.isa.handle.TfhCause;
import grusim.machine.PhysicalMemory;
import grusim.workload.GruSpec;
import grusim.workload.InjectedError;
import grusim.workload.TlbSpec;

/**
 * The one place in a chiplet that lookups, dropins, invalidates and context commands pass: each pass is one indivisible
 * access. A lookup that misses makes the miss outstanding in the same pass; a dropin looks at its kill bit and writes the
 * entry in the same pass. That, and nothing else, is what makes kill bits work.
 *
 * <p>Here are the passes of requests; those of misses, invalidates and context commands are in {@link MissPasses},
 * {@link InvalidatePasses} and {@link ContextPasses}. Requests issue one per interval and hold one of the chiplet's line
 * credits until their response. Interval and limits are assumed.
 */
final class TlbPort extends Shared {
    /** The context is interrupted, or paused by an invalidate; try again when {@link #resume} is given. */
    static final long HELD = -1;
    /** No line credit is left; the control block is queued and told. */
    static final long FULL = -2;
    /** The port is taken until {@link #beginPs}. */
    static final long BUSY = -3;

    static final long MISS = -4;
    /** The entry's address attribute is not the instruction's. */
    static final long MISMATCH = -5;
    /** The TLB failed in a way that no fault handle reports. */
    static final long FAILED = -6;

    /** Set in {@link #missCause} beside the cause: the miss is an error of the TLB. */
    static final int HARDWARE = 1 << 6;

    /** An unmapped address without the attribute in its two top bits. */
    private static final long PHYSICAL_MASK = -1L >>> 2;

    private final GruSpec spec;
    private final int chiplet;
    private final TlbArray tlb;
    private final MissTable misses;
    private final ContextTable contexts;
    private final LineCredits credits;
    private final DeviceCounters counters;
    private final ErrorInjection errors;
    private final Signal resume;
    private final Signal quiet;
    private final CbrUnit[] units;

    private final PortTurns issueTurns;
    private final MissPasses answers;

    private long beginPs;
    private long stallEndPs;
    private int missCause;
    private int missAsid;
    private int hit;
    private DeviceObserver observer = DeviceObserver.NONE;

    TlbPort(Engine engine, GruSpec spec, int chiplet, CbrUnit[] units, DeviceCounters counters, ErrorInjection errors) {
        super(engine, "gru" + chiplet + ".tlb");
        this.spec = spec;
        this.chiplet = chiplet;
        this.units = units;
        this.counters = counters;
        this.errors = errors;
        tlb = new TlbArray(spec.tlb(), Replacement.of(spec.tlb(), engine.stream("gru" + chiplet + ".tlb")));
        misses = new MissTable(units.length);
        contexts = new ContextTable(units.length);
        credits = new LineCredits(spec.linesInFlightPerChiplet(), units.length);
        resume = new Signal(engine, "gru" + chiplet + ".resume");
        quiet = new Signal(engine, "gru" + chiplet + ".quiet");
        issueTurns = new PortTurns(1, spec.issueIntervalPs(), units.length);
        answers = new MissPasses(this, engine, spec, chiplet, units.length, counters);
    }

    void observer(DeviceObserver hears) {
        observer = hears;
    }

    DeviceObserver observer() {
        return observer;
    }

    /** Makes a pass: an access to what the port guards. Whoever passes has seen what those before it had seen. */
    void pass(Agent agent, Access kind) {
        access(agent, kind);
        engine().memory().acquired(agent, this);
        engine().memory().releasing(agent, this);
    }

    /** Given when contexts may issue requests again. */
    Signal resume() {
        return resume;
    }

    /** Given when a context may have become quiet. */
    Signal quiet() {
        return quiet;
    }

    /** The contexts, to be read in a step that passes the port. */
    ContextTable contexts() {
        return contexts;
    }

    /** The passes of misses and their answers. */
    MissPasses answers() {
        return answers;
    }

    /** The entries, for probes and tests. */
    TlbArray tlb() {
        return tlb;
    }

    /** The outstanding misses, for probes and tests. */
    MissTable misses() {
        return misses;
    }

    /** When the pass that was {@link #BUSY} may be made. */
    long beginPs() {
        return beginPs;
    }

    /**
     * The TFH cause of the miss just made: a write that finds no entry reports both bits, miss and modify (assumed; the
     * driver tests the second to learn "write").
     */
    int missCause() {
        return missCause;
    }

    /** The asid of the miss just made. */
    int missAsid() {
        return missAsid;
    }

    /** The size of the page the lookup just made found, as a shift; an unmapped address has no page. */
    int pageShift(boolean unmapped) {
        return unmapped ? Long.SIZE - 1 : PageSize.of(tlb.sizeCode(hit)).shift();
    }

    /** A control block begins an instruction; returns its context, or {@link #HELD}. */
    int admit(Agent agent, int cb) {
        pass(agent, Access.UPDATE);
        int context = contexts.owner(cb);
        if (context == ContextTable.NOBODY || !contexts.running(context)) {
            return (int) HELD;
        }
        misses.invalidated(cb, false);
        return context;
    }

    /**
     * Looks up the frame for a request of a control block; returns the frame number or why there is none. Unmapped
     * requests need no entry. On success a line request is under way until {@link #respond}.
     */
    long lookup(Agent agent, int cb, int context, long vaddr, int attribute, boolean write, boolean unmapped) {
        pass(agent, Access.UPDATE);
        if (!contexts.running(context)) {
            issueTurns.renounce(cb);
            grant(agent, credits.renounce(cb));
            return HELD;
        }
        if (!credits.take(cb)) {
            return FULL;
        }
        if (engine().isTimed() && (stalls(cb) || !hasTurn(cb))) {
            return BUSY;
        }
        long outcome = unmapped
                ? (vaddr & PHYSICAL_MASK) >>> PhysicalMemory.FRAME_SHIFT
                : translate(cb, context, vaddr, attribute, write);
        if (outcome >= 0) {
            credits.use(cb);
            contexts.lines(context, 1);
        } else {
            grant(agent, credits.renounce(cb));
        }
        return outcome;
    }

    /** Entries are being removed: nothing is looked up for a while from now on. */
    void stall() {
        if (engine().isTimed() && spec.tlb().invalidateStallPs() > 0) {
            stallEndPs = engine().nowPs() + spec.tlb().invalidateStallPs();
        }
    }

    /** Whether lookups are stalled by an invalidate; the control block then comes back at {@link #beginPs}. */
    private boolean stalls(int cb) {
        if (!stalled()) {
            return false;
        }
        issueTurns.renounce(cb);
        beginPs = stallEndPs;
        return true;
    }

    /** Whether an invalidate stalls lookups now. */
    boolean stalled() {
        return stallEndPs > engine().nowPs();
    }

    /** Whether the control block may issue a request now; if not, it may at {@link #beginPs}. */
    private boolean hasTurn(int cb) {
        long nowPs = engine().nowPs();
        beginPs = issueTurns.turnPs(cb, nowPs);
        return beginPs == nowPs;
    }

    private long translate(int cb, int context, long vaddr, int attribute, boolean write) {
        int asid = contexts.asid(context, vaddr);
        int entry = tlb.lookup(asid, vaddr, contexts.sizesAvailable(context, vaddr));
        if (errors.any()) {
            if (errors.at(InjectedError.Where.LOOKUP, units[cb], vaddr) != null) {
                return FAILED;
            }
            InjectedError wrong =
                    entry == TlbArray.NONE ? null : errors.at(InjectedError.Where.ENTRY, units[cb], vaddr);
            if (wrong != null) {
                lose(entry, wrong, asid);
                miss(cb, context, vaddr, write);
                return MISS;
            }
        }
        if (entry == TlbArray.NONE || (write && !tlb.dirty(entry))) {
            missCause = cause(entry, write);
            missAsid = asid;
            counters.misses++;
            if (entry != TlbArray.NONE) {
                counters.modifyMisses++;
            }
            miss(cb, context, vaddr, write);
            return MISS;
        }
        counters.hits++;
        hit = entry;
        return tlb.gaa(entry) == attribute ? tlb.frameOf(entry, vaddr) : MISMATCH;
    }

    private int cause(int entry, boolean write) {
        if (entry != TlbArray.NONE) {
            return TfhCause.TLB_MOD.code();
        }
        boolean modify = write && spec.tlb().writeMiss() == TlbSpec.WriteMiss.MISS_AND_MODIFY;
        return TfhCause.TLB_MISS.code() | (modify ? TfhCause.WRITE_BIT : 0);
    }

    /** An entry is found to be wrong: it goes, and a fault handle will report why. */
    private void lose(int entry, InjectedError wrong, int asid) {
        TfhCause cause = wrong.tfhCause();
        assert cause != null : wrong + " is not reported in a fault handle";
        told(entry, DeviceObserver.Removal.WRONG);
        tlb.remove(entry);
        counters.parityErrors++;
        missCause = HARDWARE | cause.code();
        missAsid = asid;
    }

    private void miss(int cb, int context, long vaddr, boolean write) {
        boolean locking = spec.faultLocksContext() && Cch.TFM_FAULT_BIT_ENABLE.in(contexts.mode(context)) != 0;
        misses.open(cb, context, missAsid, vaddr, locking);
        observer.missed(chiplet, context, cb, missAsid, vaddr, write);
    }

    /** Tells that an entry is about to leave. */
    void told(int entry, DeviceObserver.Removal why) {
        observer.entryRemoved(chiplet, tlb.asid(entry), tlb.vaddr(entry), tlb.pfn(entry), tlb.sizeCode(entry), why);
    }

    /** A line request of the context ended: its credit goes on, and the context may have become quiet. */
    void respond(Agent agent, int context) {
        pass(agent, Access.UPDATE);
        grant(agent, credits.release());
        contexts.lines(context, -1);
        if (contexts.drained(context)) {
            quiet.give();
        }
    }

    /** As {@link #respond} for a request that failed: the control block makes no more requests. */
    void failed(Agent agent, int cb, int context) {
        respond(agent, context);
        issueTurns.renounce(cb);
        grant(agent, credits.renounce(cb));
    }

    private void grant(Agent from, int cb) {
        if (cb != LineCredits.NOBODY) {
            units[cb].granted(from);
        }
    }

    /** Ends what a control block of a context that goes away had begun: its miss, its place in queues. */
    void forget(Agent agent, int cb) {
        pass(agent, Access.UPDATE);
        misses.clear(cb);
        issueTurns.renounce(cb);
        answers.renounce(cb);
        grant(agent, credits.renounce(cb));
    }

    @Override
    public void state(StateIo io) {
        tlb.state(io);
        misses.state(io);
        contexts.state(io);
        credits.state(io);
        if (io.timed()) {
            stallEndPs = io.i64(stallEndPs);
            issueTurns.state(io);
            answers.state(io);
        }
    }
}
