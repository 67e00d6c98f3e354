package grusim.gru;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.isa.handle.CchCause;
import grusim.isa.handle.CchOpcode;

/** The passes of context commands through the {@link TlbPort}, each one indivisible access. */
final class ContextPasses {
    private final Chiplet chiplet;
    private final TlbPort port;
    private final MissTable misses;
    private final ContextTable contexts;
    private final int cbrs;

    ContextPasses(Chiplet chiplet) {
        this.chiplet = chiplet;
        port = chiplet.tlbPort();
        misses = port.misses();
        contexts = port.contexts();
        cbrs = chiplet.size().controlBlocks();
    }

    /** Gives control blocks and data segment to an inactive context, or says why not. */
    CchCause allocate(Agent agent, int context, long[] words) {
        port.pass(agent, Access.UPDATE);
        return told(context, CchOpcode.ALLOCATE, contexts.allocate(context, words));
    }

    /** Lets a mapped or interrupted context run with the miss mode, asids and page sizes of the words. */
    CchCause start(Agent agent, int context, long[] words) {
        port.pass(agent, Access.UPDATE);
        CchCause cause = told(context, CchOpcode.START, contexts.start(context, words));
        for (int cb = 0; cb < cbrs; cb++) {
            if (cause == CchCause.NONE && contexts.owner(cb) == context) {
                chiplet.cbr(cb).resume();
            }
        }
        port.resume().give();
        return cause;
    }

    /** Keeps an active context from issuing requests. */
    CchCause interrupt(Agent agent, int context, CchOpcode command, long[] words) {
        port.pass(agent, Access.UPDATE);
        return told(context, command, contexts.interrupt(context, words));
    }

    private CchCause told(int context, CchOpcode command, CchCause cause) {
        if (cause == CchCause.NONE) {
            chiplet.observer().contextCommanded(chiplet.index(), context, command);
        }
        return cause;
    }

    /** Whether no line request of the context is under way and no miss keeps it. */
    boolean quiet(Agent agent, int context) {
        port.pass(agent, Access.READ);
        if (!contexts.drained(context)) {
            return false;
        }
        for (int cb = 0; cb < cbrs; cb++) {
            if (contexts.owner(cb) == context && misses.keepsContext(cb)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the context may be deallocated. */
    CchCause mayDeallocate(Agent agent, int context, long[] words) {
        port.pass(agent, Access.READ);
        return contexts.mayDeallocate(context, words);
    }

    /** Takes everything from the context. */
    void deallocate(Agent agent, int context) {
        port.pass(agent, Access.UPDATE);
        contexts.deallocate(context);
        chiplet.observer().contextCommanded(chiplet.index(), context, CchOpcode.DEALLOCATE);
    }
}
