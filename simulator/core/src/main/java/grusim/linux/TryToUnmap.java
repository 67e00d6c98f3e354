package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Order;
import grusim.engine.Why;

/**
 * Replaces one entry that maps a frame by a swap entry, or clears it if the content may be given up: try_to_unmap (Linux
 * mm/rmap.c). A page used since reclaim last looked at it is spared once. All entries of a frame name the same swap slot
 * afterwards.
 *
 * <p>A frame whose content may be given up (MADV_FREE) is left alone if its entry is dirty or somebody else refers to it
 * once the entry is cleared.
 *
 * <p>Slots: 0 address space, 1 address, 4 frame, 7 swap slot, 8 whether to take it though it was used, 9 whether its content
 * may be given up, 10 whether another of its entries names the slot already. Returns {@link #PASSED}, {@link #WRITTEN}, or
 * {@link #TAKEN} plus the number of mappings the frame has left.
 */
final class TryToUnmap extends UnmapPage {
    static final int SLOT = OWN_SLOT;
    static final int FORCE = OWN_SLOT + 1;
    static final int LAZY = OWN_SLOT + 2;
    static final int SHARES_SLOT = OWN_SLOT + 3;
    private static final int RESULT = OWN_SLOT + 4;
    private static final int SLOTS = OWN_SLOT + 5;

    /** The mapping was passed over. */
    static final int PASSED = 0;

    /** The mapping was passed over since its content was written, and is to be kept. */
    static final int WRITTEN = 1;

    /** The mapping was taken away, and it was the last. */
    static final int TAKEN = 2;

    private static final int AGE = OWN;
    private static final int CHECK_REFERENCES = OWN + 1;
    private static final int DUPLICATE_SLOT = OWN + 2;
    private static final int SET_SWAP = OWN + 3;
    private static final int GIVE_UP = OWN + 4;
    private static final int RESTORE = OWN + 5;
    private static final int DROP_MAPPING = OWN + 6;

    TryToUnmap(Kernel kernel) {
        super(kernel, "try_to_unmap", SLOTS);
    }

    @Override
    String ownName(int pc) {
        return switch (pc) {
            case AGE -> "mark the page as not used";
            case CHECK_REFERENCES -> "does somebody else refer to the frame?";
            case DUPLICATE_SLOT -> "name the swap slot once more";
            case SET_SWAP -> "set the swap entry";
            case GIVE_UP -> "may the content be given up?";
            case RESTORE -> "set the pte again";
            default -> "drop the mapping's reference";
        };
    }

    @Override
    boolean mayBlock() {
        return false;
    }

    @Override
    int judge(Agent agent, long pte) {
        if (agent.local(LAZY) != 0 && Pte.dirty(pte)) {
            agent.local(RESULT, WRITTEN);
            return UNLOCK;
        }
        if (Pte.accessed(pte) && agent.local(FORCE) == 0) {
            return AGE;
        }
        return kernel.frames().reclaimable().pinsRevoked() ? CHECK_REFERENCES : CLEAR;
    }

    @Override
    int flushed(Agent agent) {
        if (agent.local(LAZY) != 0) {
            return GIVE_UP;
        }
        return agent.local(SHARES_SLOT) != 0 ? DUPLICATE_SLOT : SET_SWAP;
    }

    @Override
    int announced(Agent agent) {
        return DROP_MAPPING;
    }

    @Override
    long outcome(Agent agent) {
        return agent.local(RESULT);
    }

    @Override
    void ownStep(Agent agent, Mm mm, int pc) {
        TablePages tables = kernel.tables();
        long vaddr = agent.local(VADDR);
        long pte = agent.local(PTE);
        long pfn = agent.local(FRAME);
        switch (pc) {
            case AGE -> {
                kernel.counters().add(VmCounter.RECLAIM_SECOND_CHANCES);
                tables.exchange(agent, entry(agent, PageTables.PTE), pte & ~Pte.ACCESSED, Order.RELAXED);
                kernel.observer().pteChanged(agent, mm.id(), vaddr, pte, pte & ~Pte.ACCESSED);
                agent.next(UNLOCK, spec.pteUpdateCostPs(), Why.VM);
            }
            case CHECK_REFERENCES ->
                agent.next(kernel.frames().reclaimable().referenced(agent, pfn) ? UNLOCK : CLEAR, 0, Why.VM);
            case DUPLICATE_SLOT -> {
                kernel.swap().duplicate(agent, agent.local(SLOT));
                agent.next(SET_SWAP, 0, Why.VM);
            }
            case SET_SWAP -> {
                long entry = Pte.swapEntry(agent.local(SLOT));
                tables.store(agent, entry(agent, PageTables.PTE), entry, Order.RELAXED);
                agent.local(UNMAPPED, 1);
                agent.next(UNLOCK, spec.pteUpdateCostPs(), Why.VM);
            }
            case GIVE_UP -> {
                boolean givenUp = kernel.frames().giveUp(agent, pfn);
                if (givenUp) {
                    kernel.counters().add(VmCounter.PAGES_LAZILY_FREED);
                    kernel.observer().swapDiscarded(agent, mm.id(), vaddr);
                    agent.local(UNMAPPED, 1);
                }
                agent.next(givenUp ? UNLOCK : RESTORE, 0, Why.VM);
            }
            case RESTORE -> {
                tables.store(agent, entry(agent, PageTables.PTE), pte, Order.RELAXED);
                kernel.observer().pteSet(agent, mm.id(), vaddr, pte, false);
                agent.next(UNLOCK, spec.pteUpdateCostPs(), Why.VM);
            }
            default -> {
                kernel.frames().dropMapping(agent, pfn, mm.id(), vaddr);
                agent.local(RESULT, (long) TAKEN + kernel.frames().mappings(pfn));
                agent.next(ended(), 0, Why.VM);
            }
        }
    }
}
