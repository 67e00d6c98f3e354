package grusim.gru;

import grusim.engine.Agent;
import grusim.engine.Cell;
import grusim.engine.Engine;
import grusim.engine.Fence;
import grusim.engine.Ledger;
import grusim.engine.Order;
import grusim.engine.Shared;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.engine.Why;
import grusim.isa.AccessMode;
import grusim.isa.InstructionLayout;
import grusim.isa.InstructionStatus;
import grusim.isa.Layout;
import grusim.isa.Opcode;
import java.util.Arrays;

/**
 * A control block: the line through which a user starts an instruction and sees its end.
 *
 * <p>Word 0 is racing state; the other words are the user's until the start and the chiplet's until the end. Source:
 * Linux driver drivers/misc/sgi-gru, gru_instructions.h.
 */
public final class ControlBlock implements Stateful {
    private static final InstructionStatus[] STATUSES = InstructionStatus.values();
    private static final int OPCODES = Opcode.values().length;

    private final Engine engine;
    private final CbrUnit unit;
    private final long hubLatencyPs;
    private final Cell word0;
    private final long[] words = new long[Layout.WORDS];

    ControlBlock(Engine engine, String name, CbrUnit unit, long hubLatencyPs) {
        this.engine = engine;
        this.unit = unit;
        this.hubLatencyPs = hubLatencyPs;
        word0 = engine.cell(name, 0);
    }

    /** CB number: its place in the chiplet. */
    public int number() {
        return unit.number();
    }

    /**
     * Stores the eight words of an instruction, with its command bit and status ACTIVE, and flushes the line to the hub;
     * its ledger starts now. The one access of the step. The block must not be executing.
     */
    public void start(Agent agent, long[] instruction) {
        start(agent, instruction, InstructionAccount.AT_ONCE);
    }

    /** As {@link #start(Agent, long[])}, of an instruction that came due at a time: its ledger starts then. */
    public void start(Agent agent, long[] instruction, long duePs) {
        if (!unit.idle()) {
            throw new IllegalStateException(word0.name() + " is started while it executes " + unit.describe());
        }
        unit.account.due(duePs);
        System.arraycopy(instruction, 1, words, 1, Layout.WORDS - 1);
        engine.memory().fence(agent, Fence.FULL);
        word0.store(agent, instruction[0], Order.RELAXED);
        engine.memory().command(agent, unit, hubLatencyPs);
    }

    /**
     * Sets the command bit of the same instruction again after an exception, status ACTIVE, and flushes the line; its
     * ledger goes on. The instruction begins anew with the operands in its words (assumed). The one access of the step.
     */
    public void restart(Agent agent) {
        if (!unit.idle()) {
            throw new IllegalStateException(word0.name() + " is started while it executes " + unit.describe());
        }
        unit.account.startAgain();
        engine.memory().fence(agent, Fence.FULL);
        long ended = InstructionLayout.ISUBSTATUS.into(word0.seen(agent), 0);
        long word = InstructionLayout.ISTATUS.into(ended, InstructionStatus.ACTIVE.code());
        word0.store(agent, word | InstructionLayout.ICMD.mask(), Order.RELAXED);
        engine.memory().command(agent, unit, hubLatencyPs);
    }

    /**
     * Reads the status. The one access of the step. With CB_DELAY a read that would say ACTIVE gets no answer until the
     * status changes: whoever sees ACTIVE has to wait for {@link #awaitable}.
     */
    public InstructionStatus status(Agent agent) {
        long word = word0.load(agent, Order.ACQUIRE);
        InstructionStatus status = statusOf(word);
        if (status == InstructionStatus.ACTIVE && AccessMode.CB_DELAY.in(InstructionLayout.IMA.intIn(word))) {
            unit.readHeld();
        }
        return status;
    }

    /** Reads the newest status, as after a flush of the line. The one access of the step. */
    public InstructionStatus freshStatus(Agent agent) {
        return statusOf(word0.fetch(agent));
    }

    /** What to wait for to see the status change. */
    public Shared awaitable() {
        return word0;
    }

    /** Sets the status to ACTIVE in the CPU's cache, as the driver does before a dropin on a user's call. One access. */
    public void setActive(Agent agent) {
        word0.store(agent, withStatus(agent, InstructionStatus.ACTIVE), Order.RELEASE);
    }

    /** The opcode of the last instruction; part of the line read for the status. */
    public Opcode opcode() {
        int code = InstructionLayout.OPC.intIn(word0.peek());
        return code < OPCODES ? Opcode.of(code) : Opcode.NOP;
    }

    /** The substatus of the last instruction (message queues); part of the line read for the status. */
    public int substatus() {
        return InstructionLayout.ISUBSTATUS.intIn(word0.peek());
    }

    /** The old value an AMO returned; part of the line read for the status. */
    public long avalue() {
        return words[InstructionLayout.AVALUE.word()];
    }

    /** Reads the extended block (layout {@link grusim.isa.handle.Cbe}) into eight words. The one access of the step. */
    public void extended(Agent agent, long[] into) {
        word0.load(agent, Order.ACQUIRE);
        unit.extended(into);
    }

    /**
     * Copies the line and its extended block out, eight words each. The one access of the step; the context must not run.
     */
    public void save(Agent agent, long[] lines, long[] extended, int at) {
        lines[at] = word0.load(agent, Order.ACQUIRE);
        System.arraycopy(words, 1, lines, at + 1, Layout.WORDS - 1);
        long[] block = new long[Layout.WORDS];
        unit.extended(block);
        System.arraycopy(block, 0, extended, at, Layout.WORDS);
    }

    /**
     * Copies a line and its extended block in, eight words each. An instruction that was under way goes on from there once
     * the context is started. The one access of the step; the context must be allocated and not started.
     */
    public void restore(Agent agent, long[] lines, long[] extended, int at) {
        System.arraycopy(lines, at + 1, words, 1, Layout.WORDS - 1);
        word0.store(agent, lines[at], Order.RELEASE);
        unit.restore(Arrays.copyOfRange(extended, at, at + Layout.WORDS));
    }

    /** Where the instruction's time went, from its start on; who makes it wait marks why. */
    public Ledger ledger() {
        return unit.account.ledger();
    }

    /** Attributes the time up to now in the account of the instruction, and of its miss if it has one. */
    public void mark(Why reason) {
        unit.account.markMiss(reason, engine.nowPs());
    }

    /** As {@link #mark(Why)}, the time up to a moment that lies behind. */
    public void mark(Why reason, long untilPs) {
        unit.account.markMiss(reason, untilPs);
    }

    /** Whether no instruction is under way, for building, probes and tests. */
    public boolean idle() {
        return unit.idle();
    }

    // ---- what the chiplet does ----

    long word(int index) {
        return index == 0 ? word0.peek() : words[index];
    }

    /** Writes the status of an instruction that ended or needs the OS. One access. */
    void answer(Agent agent, InstructionStatus status) {
        word0.store(agent, withStatus(agent, status), Order.RELEASE);
    }

    /** Writes the status of an instruction without an exception cause: idle, or how a message send went wrong. One access. */
    void answer(Agent agent, int substatus) {
        InstructionStatus status = substatus == 0 ? InstructionStatus.IDLE : InstructionStatus.EXCEPTION;
        word0.store(agent, InstructionLayout.ISUBSTATUS.into(withStatus(agent, status), substatus), Order.RELEASE);
    }

    /** Returns an AMO's old value, to be seen with the status. */
    void avalue(long value) {
        words[InstructionLayout.AVALUE.word()] = value;
    }

    /** Whether the unit has ended what it was doing; the line is read for it. One access. */
    boolean settled(Agent agent) {
        word0.load(agent, Order.ACQUIRE);
        return !unit.ending();
    }

    /** Stops what the block was doing and, once it has stopped, makes the line idle for its next owner. One access. */
    boolean released(Agent agent) {
        unit.cancel();
        if (!unit.idle()) {
            word0.load(agent, Order.ACQUIRE);
            return false;
        }
        Arrays.fill(words, 0);
        unit.released();
        word0.store(agent, 0, Order.RELEASE);
        return true;
    }

    /** Whether the line holds an instruction that was started and has not ended. */
    boolean unfinished() {
        InstructionStatus status = statusOf(word0.peek());
        return InstructionLayout.ICMD.in(word0.peek()) != 0
                && (status == InstructionStatus.ACTIVE || status == InstructionStatus.CALL_OS);
    }

    /** Whether the line asks its user to call the OS; to be read in a step that accesses nothing else. */
    boolean callsOs() {
        return statusOf(word0.peek()) == InstructionStatus.CALL_OS;
    }

    private long withStatus(Agent agent, InstructionStatus status) {
        long word = word0.seen(agent);
        long done = status == InstructionStatus.ACTIVE || status == InstructionStatus.CALL_OS
                ? word
                : word & ~InstructionLayout.ICMD.mask();
        return InstructionLayout.ISTATUS.into(done, status.code());
    }

    private static InstructionStatus statusOf(long word) {
        return STATUSES[InstructionLayout.ISTATUS.intIn(word)];
    }

    @Override
    public void state(StateIo io) {
        boolean used = io.bool(used());
        for (int i = 1; i < Layout.WORDS; i++) {
            words[i] = used ? io.i64(words[i]) : 0;
        }
    }

    private boolean used() {
        for (long word : words) {
            if (word != 0) {
                return true;
            }
        }
        return false;
    }
}
