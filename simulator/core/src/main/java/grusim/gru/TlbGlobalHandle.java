package grusim.gru;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Fence;
import grusim.engine.Order;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.isa.handle.CommandStatus;
import grusim.isa.handle.HandleCommand;
import grusim.isa.handle.Tgh;
import grusim.isa.handle.TghOpcode;
import grusim.isa.handle.TghState;

/**
 * A TLB global handle (TGH): commands an invalidate of a range of translations. Software shares handles by spinning on
 * the delresp bit. Source: Linux driver drivers/misc/sgi-gru, gruhandles.h and grutlbpurge.c.
 */
public final class TlbGlobalHandle extends SharedHandle implements Stateful {
    private final TghUnit unit;
    private final Invalidation invalidation = new Invalidation();

    TlbGlobalHandle(Engine engine, String name, TghUnit unit, long hubLatencyPs) {
        super(engine, name, hubLatencyPs, Tgh.DELRESP.mask());
        this.unit = unit;
    }

    /** As {@link #invalidate(Agent, long, int, int, int, int, boolean, boolean)}, with the start's barrier. */
    public void invalidate(
            Agent agent, long vaddr, int asid, int pageSizeCode, int pages, int contextBitmap, boolean global) {
        invalidate(agent, vaddr, asid, pageSizeCode, pages, contextBitmap, global, true);
    }

    /**
     * Starts an invalidate of {@code pages} (1 to 1,024) pages of a size from {@code vaddr} on in an asid, or of the whole
     * TLB if {@code global}; only contexts in the bitmap are disturbed. {@code ordered} says whether the start's barrier
     * is there, which orders what the agent wrote before. The one access of the step; poll {@link #active}.
     */
    public void invalidate(
            Agent agent,
            long vaddr,
            int asid,
            int pageSizeCode,
            int pages,
            int contextBitmap,
            boolean global,
            boolean ordered) {
        if (!unit.idle()) {
            throw new IllegalStateException(word0.name() + " is commanded while " + unit.describe());
        }
        invalidation.set(vaddr, asid, pageSizeCode, pages, contextBitmap, global);
        long word = Tgh.OPC.into(word0.seen(agent), TghOpcode.TLBINV.code()) & ~Tgh.STATUS.mask();
        if (ordered) {
            engine.memory().fence(agent, Fence.WRITE);
        }
        word0.store(agent, word | HandleCommand.START_BITS, Order.RELAXED);
        engine.memory().command(agent, unit, hubLatencyPs);
    }

    /** Whether the invalidate is still at work. The one access of the step. */
    public boolean active(Agent agent) {
        return Tgh.STATUS.in(word0.load(agent, Order.ACQUIRE)) == CommandStatus.ACTIVE.code();
    }

    Invalidation invalidation() {
        return invalidation;
    }

    /** The state at present, for probes and tests. */
    public TghState state() {
        return unit.phase();
    }

    /** Writes that the command is done. One access. */
    void answer(Agent agent) {
        long word = word0.seen(agent) & Tgh.DELRESP.mask();
        word0.store(agent, Tgh.STATUS.into(word, CommandStatus.IDLE.code()), Order.RELEASE);
        invalidation.clear();
    }

    @Override
    public void state(StateIo io) {
        if (io.bool(invalidation.commanded())) {
            invalidation.state(io);
        } else {
            invalidation.clear();
        }
    }
}
