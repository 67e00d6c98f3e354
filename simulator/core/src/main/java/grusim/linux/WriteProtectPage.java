package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * Takes the right to write from a page that is going to share its frame: write_protect_page (Linux mm/ksm.c). The entry is
 * cleared and flushed, and set without the right, unless somebody else than its pages and the caller refers to the frame and
 * may be writing it.
 *
 * <p>Slots: 0 address space, 1 address, 4 frame, to which the caller has a reference. Returns the entry afterwards, or {@link
 * Pte#NONE} if it leads elsewhere or keeps its right.
 */
final class WriteProtectPage extends ChangePte {
    private static final int CHECK = FLUSHED;
    private static final int SET = FLUSHED + 1;
    private static final int SET_BACK = FLUSHED + 2;

    WriteProtectPage(Kernel kernel, FlushPage flushPage) {
        super(kernel, "write_protect_page", flushPage);
    }

    @Override
    String ownName(int pc) {
        return switch (pc) {
            case CHECK -> "does anybody else refer to the frame?";
            case SET -> "set the pte without the right to write";
            default -> "set the pte as it was";
        };
    }

    @Override
    boolean changes(Agent agent, long pte) {
        boolean found = Pte.present(pte) && Pte.pfn(pte) == agent.local(FRAME);
        boolean done = found && pte == Pte.share(pte);
        agent.local(PTE, pte);
        agent.local(RESULT, done ? pte : Pte.NONE);
        return found && !done;
    }

    /** The right is taken with {@link #SET}: only then is the change announced. */
    @Override
    void cleared(Agent agent, Mm mm, long old) {}

    @Override
    void ownStep(Agent agent, Mm mm, int pc) {
        long old = agent.local(PTE);
        switch (pc) {
            case CHECK -> {
                boolean known = kernel.frames().keepUnlessPinned(agent, agent.local(FRAME));
                agent.next(known ? SET : SET_BACK, 0, Why.VM);
            }
            case SET -> {
                long pte = Pte.share(old);
                agent.local(RESULT, pte);
                set(agent, pte);
                kernel.observer().pteChanged(agent, mm.id(), agent.local(VADDR), old, pte);
                agent.next(UNLOCK, spec.pteUpdateCostPs(), Why.VM);
            }
            default -> {
                set(agent, old);
                agent.next(UNLOCK, spec.pteUpdateCostPs(), Why.VM);
            }
        }
    }
}
