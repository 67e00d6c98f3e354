package grusim.gru;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Fence;
import grusim.engine.Order;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.isa.Layout;
import grusim.isa.handle.Cch;
import grusim.isa.handle.CchCause;
import grusim.isa.handle.CchOpcode;
import grusim.isa.handle.CchState;
import grusim.isa.handle.CommandStatus;
import grusim.isa.handle.HandleCommand;
import org.jspecify.annotations.Nullable;

/**
 * A context configuration handle (CCH): software describes a context in its words and commands its life: inactive
 * -ALLOCATE-&gt; mapped -START-&gt; active -INTERRUPT or INTERRUPT_SYNC-&gt; interrupted -START-&gt; active; mapped or
 * interrupted -DEALLOCATE-&gt; inactive. Any other order is answered with status EXCEPTION and a cause (assumed).
 *
 * <p>Source: Linux driver drivers/misc/sgi-gru, gruhandles.h. Request slices are not modelled.
 */
public final class ContextHandle extends SharedHandle implements Stateful {
    private static final long SETTINGS = Cch.UNMAP_ENABLE.mask()
            | Cch.REQ_SLICE_SET_ENABLE.mask()
            | Cch.REQ_SLICE.mask()
            | Cch.CB_INT_ENABLE.mask()
            | Cch.TLB_INT_ENABLE.mask()
            | Cch.TFM_FAULT_BIT_ENABLE.mask()
            | Cch.TLB_INT_SELECT.mask()
            | Cch.TFM_DONE_BIT_ENABLE.mask()
            | Cch.DSR_ALLOCATION_MAP.mask();

    private final CchUnit unit;
    private final long[] words = new long[Layout.WORDS];

    ContextHandle(Engine engine, String name, CchUnit unit, long hubLatencyPs) {
        super(engine, name, hubLatencyPs, Cch.DELRESP.mask());
        this.unit = unit;
    }

    /** The context's number. */
    public int number() {
        return unit.context();
    }

    /**
     * Writes the handle's settings: miss mode, interrupt target, allocation maps, asids, page sizes. Maps take effect with
     * ALLOCATE, the rest with START. The one access of the step.
     */
    public void configure(Agent agent, ContextConfiguration configuration) {
        configuration.into(words);
        word0.store(agent, (word0.seen(agent) & ~SETTINGS) | (words[0] & SETTINGS), Order.RELEASE);
    }

    /** Starts a command. The one access of the step; poll {@link #status}. */
    public void command(Agent agent, CchOpcode command) {
        command(agent, command.code());
    }

    /**
     * As {@link #command(Agent, CchOpcode)}, by opcode, which may be none. A command that finds another one under way is
     * not carried out, and that one's answer says BUSY.
     */
    public void command(Agent agent, int opcode) {
        if (!unit.idle()) {
            word0.load(agent, Order.RELAXED);
            unit.disturbedByCommand();
            return;
        }
        long word = Cch.OPC.into(word0.seen(agent), opcode) & ~Cch.STATUS.mask();
        engine.memory().fence(agent, Fence.WRITE);
        word0.store(agent, word | HandleCommand.START_BITS, Order.RELAXED);
        engine.memory().command(agent, unit, hubLatencyPs);
    }

    /** The command as written, or null if it is none. */
    @Nullable
    CchOpcode opcode() {
        int code = Cch.OPC.intIn(word0.peek());
        boolean known = code >= CchOpcode.START.code() && code <= CchOpcode.INTERRUPT_SYNC.code();
        return known ? CchOpcode.of(code) : null;
    }

    /** How the last command stands: ACTIVE until it is done. The one access of the step. */
    public CommandStatus status(Agent agent) {
        return CommandStatus.of(Cch.STATUS.intIn(word0.load(agent, Order.ACQUIRE)));
    }

    /** Why the last command was refused; part of the line read for the status. */
    public CchCause cause() {
        return CchCause.of(Cch.CAUSE.intIn(word0.peek()));
    }

    /** The context's state after the last command; part of the line read for the status. */
    public CchState state() {
        return CchState.of(Cch.STATE.intIn(word0.peek()));
    }

    /** The words as software wrote them. */
    long[] words() {
        words[0] = word0.peek();
        return words;
    }

    /** Writes how the command ended. One access. */
    void answer(Agent agent, CchState state, CchCause cause) {
        CommandStatus status = cause == CchCause.NONE ? CommandStatus.IDLE : CommandStatus.EXCEPTION;
        long word = word0.seen(agent) & (SETTINGS | Cch.DELRESP.mask());
        word = Cch.CAUSE.into(Cch.STATE.into(word, state.code()), cause.code());
        word0.store(agent, Cch.STATUS.into(word, status.code()), Order.RELEASE);
    }

    @Override
    public void state(StateIo io) {
        io.array(words);
    }
}
