package grusim.gru;

import grusim.engine.Agent;
import grusim.engine.Cell;
import grusim.engine.Engine;
import grusim.engine.Fence;
import grusim.engine.Order;
import grusim.engine.Shared;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.isa.handle.CommandStatus;
import grusim.isa.handle.HandleCommand;
import grusim.isa.handle.Tfh;
import grusim.isa.handle.TfhCause;
import grusim.isa.handle.TfhOpcode;
import grusim.isa.handle.TfhState;

/**
 * A TLB fault handle (TFH), one per control block: records the block's TLB miss and takes the command that answers it.
 *
 * <p>Word 0 is racing state: the chiplet writes the miss, software reads it and answers. The other words belong to the
 * same line and stay while the miss is unanswered. Source: Linux driver drivers/misc/sgi-gru, gruhandles.h. The start
 * bits that software ORs in leave status 3 until the chiplet answers with its own (assumed).
 */
public final class TlbFaultHandle implements Stateful {
    private final Engine engine;
    private final TfhUnit unit;
    private final long hubLatencyPs;
    private final Cell word0;

    private long missVaddr;
    private int missAsid;

    private TfhOpcode opcode = TfhOpcode.NOOP;
    private long fillVaddr;
    private int fillAsid;
    private long pfn;
    private int pageSizeCode;
    private boolean dirty;

    TlbFaultHandle(Engine engine, String name, TfhUnit unit, long hubLatencyPs) {
        this.engine = engine;
        this.unit = unit;
        this.hubLatencyPs = hubLatencyPs;
        word0 = engine.cell(name, 0);
    }

    // ---- software's side ----

    /** Reads word 0 (layout {@link Tfh}). The one access of the step; the accessors below belong to the same line. */
    public long load(Agent agent) {
        return word0.load(agent, Order.RELAXED);
    }

    /** The status in a word 0; -1 for the 3 of a command not yet taken. */
    public static int status(long word) {
        int status = Tfh.STATUS.intIn(word);
        return status == Tfh.STATUS.max() ? -1 : status;
    }

    /** Whether a word 0 says that a miss waits for an answer. */
    public static boolean exception(long word) {
        return status(word) == CommandStatus.EXCEPTION.code();
    }

    /** The state in a word 0. */
    public static TfhState state(long word) {
        return TfhState.of(Tfh.STATE.intIn(word));
    }

    /** The context in a word 0. */
    public static int context(long word) {
        return Tfh.CTXNUM.intIn(word);
    }

    /** Whether the cause in a word 0 has the bit by which the driver learns that the access was a write. */
    public static boolean write(long word) {
        return (Tfh.CAUSE.intIn(word) & TfhCause.WRITE_BIT) != 0;
    }

    /** The address that missed. */
    public long missVaddr() {
        return missVaddr;
    }

    /** The asid that missed. */
    public int missAsid() {
        return missAsid;
    }

    /** What to wait for to see word 0 change. */
    public Shared awaitable() {
        return word0;
    }

    /**
     * Writes the fill words, sets the command bit and flushes the line; the answer comes in its own time. The one access
     * of the step. Commands other than the dropins ignore the fill arguments. A command that finds another one under way
     * is lost, as is one that finds no miss.
     */
    public void command(
            Agent agent,
            TfhOpcode command,
            long entryVaddr,
            int asid,
            long frame,
            int entryPageSizeCode,
            boolean entryDirty) {
        if (!unit.idle()) {
            word0.load(agent, Order.RELAXED);
            unit.lost();
            return;
        }
        opcode = command;
        fillVaddr = entryVaddr;
        fillAsid = asid;
        pfn = frame;
        pageSizeCode = entryPageSizeCode;
        dirty = entryDirty;
        long word = Tfh.OPC.into(word0.seen(agent), command.code()) | HandleCommand.START_BITS;
        engine.memory().fence(agent, Fence.WRITE);
        word0.store(agent, word, Order.RELAXED);
        engine.memory().command(agent, unit, hubLatencyPs);
    }

    /** A command without fill words. */
    public void command(Agent agent, TfhOpcode command) {
        command(agent, command, 0, 0, 0, 0, false);
    }

    /** Whether word 0 says that a command is not carried out yet. The one access of the step. */
    public boolean commanded(Agent agent) {
        return commanded(poll(agent));
    }

    /** Whether a word 0 says that a command is not carried out yet. */
    public static boolean commanded(long word) {
        int status = status(word);
        return status < 0 || status == CommandStatus.ACTIVE.code();
    }

    /** Reads word 0 for the end of a command. The one access of the step. */
    public long poll(Agent agent) {
        return word0.load(agent, Order.ACQUIRE);
    }

    /** Whether a command is under way, for probes and tests. */
    public boolean busy() {
        return !unit.idle();
    }

    // ---- the chiplet's side ----

    /** Writes a miss. One access. */
    void record(Agent agent, TfhState state, int cause, int context, long vaddr, int asid) {
        missVaddr = vaddr;
        missAsid = asid;
        long word = Tfh.CAUSE.into(word(CommandStatus.EXCEPTION, state), cause);
        word0.store(agent, Tfh.CTXNUM.into(word, context), Order.RELEASE);
    }

    /** Writes status and state and keeps what the miss is; returns its context. One access. */
    int answer(Agent agent, CommandStatus status, TfhState state) {
        long kept = word0.seen(agent) & (Tfh.CAUSE.mask() | Tfh.CTXNUM.mask());
        word0.store(agent, word(status, state) | kept, Order.RELEASE);
        return context(kept);
    }

    /** Writes that nothing waits for an answer any more, and how the last miss ended. One access. */
    void rest(Agent agent, TfhState state, TfhCause cause) {
        word0.store(agent, Tfh.CAUSE.into(word(CommandStatus.IDLE, state), cause.code()), Order.RELEASE);
    }

    /** As {@link #load}, after a flush of the line, so that what the chiplet holds is read. The one access of the step. */
    public long reload(Agent agent) {
        return word0.fetch(agent);
    }

    /** Whether no command is under way; the line is read for it. One access. */
    boolean settled(Agent agent) {
        word0.load(agent, Order.ACQUIRE);
        return unit.idle();
    }

    /** The word 0 at present, to be read in a step that accesses nothing else. */
    long read(Agent agent) {
        return word0.load(agent, Order.ACQUIRE);
    }

    private static long word(CommandStatus status, TfhState state) {
        return Tfh.STATE.into(Tfh.STATUS.into(0, status.code()), state.code());
    }

    /** The state at present, for views that are no access. */
    TfhState recorded() {
        return state(word0.peek());
    }

    /** The state of the miss that is recorded, also while a command answers it, for views that are no access. */
    TfhState missState() {
        return unit.idle() || unit.pending() == TfhState.IDLE ? recorded() : unit.pending();
    }

    static TfhCause cause(long word) {
        return TfhCause.of(Tfh.CAUSE.intIn(word));
    }

    TfhOpcode opcode() {
        return opcode;
    }

    long fillVaddr() {
        return fillVaddr;
    }

    int fillAsid() {
        return fillAsid;
    }

    long pfn() {
        return pfn;
    }

    int pageSizeCode() {
        return pageSizeCode;
    }

    boolean dirty() {
        return dirty;
    }

    @Override
    public void state(StateIo io) {
        missVaddr = io.i64(missVaddr);
        missAsid = io.i32(missAsid);
        opcode = TfhOpcode.of(io.i32(opcode.code()));
        fillVaddr = io.i64(fillVaddr);
        fillAsid = io.i32(fillAsid);
        pfn = io.i64(pfn);
        pageSizeCode = io.i32(pageSizeCode);
        dirty = io.bool(dirty);
    }
}
