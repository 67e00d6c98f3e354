package grusim.gru;

import grusim.engine.Agent;
import grusim.engine.StateIo;
import grusim.engine.Unit;
import grusim.engine.Why;

/**
 * The unit behind a control block: executes one instruction at a time with several line requests under way. One agent
 * does it all: every step moves one request, or the instruction as a whole, by one phase at exactly its time.
 *
 * <p>What happens next is for {@link CbrOrder} to say. The steps are in {@link CbrRoutine} and {@link LinePath}.
 */
final class CbrUnit extends Unit {
    /** A miss is at no phase of being recorded. */
    static final int NO_PHASE = -1;

    private final int number;
    private final Chiplet chiplet;
    private final Signal wake;

    /** Where the instruction's time goes. */
    final InstructionAccount account;

    final Transfer transfer;
    final LineSlots slots = new LineSlots();
    final Streams streams;
    final PollState poll = new PollState();

    /** The instruction's context, from decode on. */
    int context;
    /** CCH word 0 of the context as of the last pass through the TLB port. */
    long mode;
    /** The slot that the next step moves on. */
    int slot;
    /** The stream the next new request is for. */
    int stream;
    /** When the next new request may be made, and what it waits for until then. */
    long issuePs;

    Why issueWhy = Why.DECODE;

    /** The instruction was found legal. */
    boolean decoded;

    /** The context does not run: no new requests until it does. */
    boolean held;
    /** No line credit was left: no new requests until one is granted. */
    boolean queuedForLine;

    /** Next step of recording a miss, or {@link #NO_PHASE}. */
    int missPhase = NO_PHASE;

    long missPhasePs;
    /** A miss is recorded or being recorded: no new requests until it is answered. */
    boolean missed;

    int missCause;
    int missAsid;
    /** A miss was answered and the request is yet to find its entry. */
    boolean resolving;
    /** Dropins for the present miss that were ignored. */
    int retries;

    int ecause;
    long detail0;
    long detail1;
    long avalue;
    /** How a message send ended, 0 if well. */
    int substatus;
    /** Size of the page that holds a message queue's head, as a shift. */
    int pageShift;
    /** The error that strikes the instruction also aborts it. */
    boolean aborted;

    private boolean cancelled;
    private boolean ending;

    private final ExtendedBlock extended = new ExtendedBlock();

    CbrUnit(Chiplet chiplet, int number) {
        super(chiplet.engine(), "gru" + chiplet.index() + ".cbr" + number);
        this.chiplet = chiplet;
        this.number = number;
        transfer = new Transfer(chiplet.dataSegment());
        streams = new Streams(transfer, slots);
        wake = new Signal(chiplet.engine(), name() + ".wake");
        account = new InstructionAccount(chiplet, number);
    }

    int number() {
        return number;
    }

    /** Given when the unit's credit is granted, its miss answered, its command cancelled, or it has become idle. */
    Signal wake() {
        return wake;
    }

    /** Software has started the control block; the line reaches the unit after the given time. */
    @Override
    protected void begin(long delayPs) {
        if (engine().isTimed()) {
            account.begin();
        }
        extended.clear();
        set(delayPs);
    }

    /** Software wrote the extended block of the idle unit. */
    void restore(long[] words) {
        ecause = 0;
        long[] own = new long[words.length];
        CbeView.fill(this, chiplet, own);
        extended.write(words, own);
    }

    /** The idle unit has no owner any more: nothing is left of its last instruction. */
    void released() {
        ecause = 0;
        extended.clear();
    }

    /** The context was started: an instruction that was copied in unfinished goes on. */
    void resume() {
        if (extended.kept() && idle() && chiplet.cb(number).unfinished()) {
            extended.resume();
            set(0);
            held = true;
            issueWhy = Why.CONTEXT_LOAD;
        }
    }

    /** If a decoded instruction was copied in, brings it to where it was; says whether it was copied in. */
    boolean resumed() {
        if (!extended.resuming()) {
            return false;
        }
        if (ecause == 0) {
            extended.bring(this, chiplet.cb(number));
        }
        extended.clear();
        return true;
    }

    private void set(long delayPs) {
        cancelled = false;
        ending = false;
        decoded = false;
        held = false;
        queuedForLine = false;
        missed = false;
        missPhase = NO_PHASE;
        streams.clear();
        ecause = 0;
        avalue = 0;
        substatus = 0;
        pageShift = 0;
        poll.clear();
        aborted = false;
        detail0 = 0;
        detail1 = 0;
        retries = 0;
        resolving = false;
        if (!engine().isTimed()) {
            forget();
        }
        wake.alter();
        start(chiplet.cbrRoutine(), delayPs);
    }

    /** Forgets the last instruction, so that states before the next one is decoded do not differ by what was before. */
    private void forget() {
        transfer.clear();
        context = 0;
        mode = 0;
        slot = 0;
        stream = 0;
        issueWhy = Why.DECODE;
        missCause = 0;
        missAsid = 0;
    }

    /** The context goes away: the unit drops what it does as soon as it looks. */
    void cancel() {
        wake.look();
        if (!idle()) {
            cancelled = true;
            wake.give();
            if (waitingOn() == chiplet.tlbPort().resume()) {
                chiplet.tlbPort().resume().give();
            }
        }
    }

    boolean cancelled() {
        wake.look();
        return cancelled;
    }

    /** Whether the last request has ended and the status is yet to be written. */
    boolean ending() {
        wake.look();
        return ending;
    }

    void ending(boolean isEnding) {
        wake.alter();
        ending = isEnding;
    }

    /** The line credit the unit queued for is its own now. */
    void granted(Agent from) {
        queuedForLine = false;
        issuePs = engine().nowPs();
        if (waiting()) {
            wake.give();
        } else if (from != this && engine().isTimed()) {
            hurry(CbrRoutine.TRANSLATE);
        }
    }

    /** Ends the instruction with an exception once its requests under way have ended. */
    void fail(int cause, long detailWord0, long detailWord1) {
        ecause = cause;
        detail0 = detailWord0;
        detail1 = detailWord1;
    }

    /** Whether the instruction will end with an exception, and makes no more requests. */
    boolean failing() {
        return (ecause | substatus) != 0;
    }

    /** A read of the control block is held until its status changes. */
    void readHeld() {
        chiplet.counters().readsHeld++;
    }

    /** The dropin for the miss was ignored. */
    void dropinKilled() {
        retries++;
        account.missKilled();
    }

    /** The request in a slot is over. */
    void over(int ended) {
        int stream = slots.stream(ended);
        slots.remove(ended);
        streams.over(stream);
    }

    /** Reads the extended block. */
    void extended(long[] into) {
        if (!extended.read(into)) {
            CbeView.fill(this, chiplet, into);
        }
    }

    @Override
    public void state(StateIo io) {
        super.state(io);
        if (io.bool(!idle() || failing())) {
            instruction(io);
        } else if (io.loading()) {
            ecause = 0;
            substatus = 0;
            ending = false;
            slots.clear();
        }
        account.state(io);
        extended.state(io);
    }

    private void instruction(StateIo io) {
        transfer.state(io);
        slots.state(io);
        context = io.i32(context);
        mode = io.i64(mode);
        slot = io.i32(slot);
        stream = io.i32(stream);
        issueWhy = Why.values()[io.i32(issueWhy.ordinal())];
        decoded = io.bool(decoded);
        held = io.bool(held);
        queuedForLine = io.bool(queuedForLine);
        missPhase = io.i32(missPhase);
        missed = io.bool(missed);
        missCause = io.i32(missCause);
        missAsid = io.i32(missAsid);
        streams.state(io);
        ecause = io.i32(ecause);
        detail0 = io.i64(detail0);
        detail1 = io.i64(detail1);
        avalue = io.i64(avalue);
        substatus = io.i32(substatus);
        pageShift = io.i32(pageShift);
        poll.state(io);
        aborted = io.bool(aborted);
        cancelled = io.bool(cancelled);
        ending = io.bool(ending);
        if (io.timed()) {
            resolving = io.bool(resolving);
            retries = io.i32(retries);
            issuePs = io.i64(issuePs);
            missPhasePs = io.i64(missPhasePs);
        }
    }
}
