package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Order;
import grusim.engine.Why;

/**
 * Marks the pages of a range so that reclaim may give them up: madvise_free_pte_range (Linux mm/madvise.c, 4.5). A page that
 * was used or written is cleared and set again without either mark, under the page-table lock; a page whose frame backs
 * others too, or that is being migrated, is left alone, and one in swap is given up at once.
 *
 * <p>Slots as {@link RangeWalk}. Returns the number of entries that changed.
 */
final class FreeLazily extends RangeWalk {
    private static final int PTE = OWN;
    private static final int CHANGED = OWN + 1;
    private static final int SLOTS = OWN + 2;

    private static final int ENTER = 0;
    private static final int RANGE_START = 1;
    private static final int BEGIN = 2;
    private static final int LOCK = 3;
    private static final int LOOK = 4;
    private static final int CLEAR = 5;
    private static final int SET = 6;
    private static final int MARK = 7;
    private static final int DISCARD_SLOT = 8;
    private static final int NEXT_TABLE = 9;
    private static final int END_PREPARE = 10;
    private static final int RANGE_END = 11;
    private static final int FINISH = 12;
    private static final int NEXT = 13;

    FreeLazily(Kernel kernel) {
        super(kernel, "madvise_free_pte_range", SLOTS);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ENTER -> "the ptes are going to change";
            case RANGE_START -> "announce the range's start";
            case BEGIN -> "start at the first page";
            case LOCK -> "take the page-table lock";
            case NEXT -> "look for the next pte";
            case LOOK -> "does the frame back other pages?";
            case CLEAR -> "clear a pte";
            case SET -> "set the pte, not used and not written";
            case MARK -> "mark_page_lazyfree";
            case DISCARD_SLOT -> "free a swap slot";
            case NEXT_TABLE -> "go to the next table";
            case END_PREPARE -> "the ptes have changed";
            case RANGE_END -> "announce the range's end";
            case FINISH -> "return";
            default -> walkStep(pc);
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        Mm mm = mm(agent);
        switch (pc) {
            case ENTER -> kernel.callouts().prepare(agent, mm, RANGE_START);
            case RANGE_START -> kernel.callouts().rangeStart(agent, mm, agent.local(START), agent.local(END), BEGIN);
            case BEGIN -> begin(agent);
            case LOCK -> lock(agent, pageTableLock(agent), LOCK, NEXT);
            case NEXT -> next(agent, mm);
            case LOOK -> {
                boolean alone = kernel.frames().readMappings(agent, Pte.pfn(agent.local(PTE))) == 1;
                boolean marked = Pte.accessed(agent.local(PTE)) || Pte.dirty(agent.local(PTE));
                if (!alone) {
                    nextPage(agent);
                    agent.next(NEXT, 0, Why.VM);
                } else {
                    agent.next(marked ? CLEAR : MARK, 0, Why.VM);
                }
            }
            case CLEAR -> {
                kernel.tables().exchange(agent, pte(agent), Pte.NONE, Order.RELAXED);
                agent.next(SET, spec.pteUpdateCostPs(), Why.VM);
            }
            case SET -> set(agent, mm);
            case MARK -> {
                kernel.frames().makeLazy(agent, Pte.pfn(agent.local(PTE)));
                nextPage(agent);
                agent.next(NEXT, 0, Why.VM);
            }
            case DISCARD_SLOT -> {
                kernel.swap().discard(agent, Pte.slot(agent.local(PTE)));
                agent.next(NEXT, 0, Why.VM);
            }
            case NEXT_TABLE -> nextTable(agent);
            case END_PREPARE -> kernel.callouts().prepare(agent, mm, RANGE_END);
            case RANGE_END -> kernel.callouts().rangeEnd(agent, mm, agent.local(START), agent.local(END), FINISH);
            case FINISH -> {
                kernel.callouts().rangeEnded(agent, mm, agent.local(START), agent.local(END));
                agent.done(agent.local(CHANGED));
            }
            default -> walk(agent, pc);
        }
    }

    private void next(Agent agent, Mm mm) {
        if (!seek(agent)) {
            unlock(agent, pageTableLock(agent), NEXT_TABLE);
            return;
        }
        long pte = kernel.tables().seen(agent, pte(agent));
        agent.local(PTE, pte);
        if (Pte.present(pte)) {
            agent.next(LOOK, 0, Why.VM);
            return;
        }
        if (!Pte.swap(pte)) {
            nextPage(agent);
            agent.next(NEXT, 0, Why.VM);
            return;
        }
        kernel.tables().exchange(agent, pte(agent), Pte.NONE, Order.RELAXED);
        kernel.observer().swapDiscarded(agent, mm.id(), agent.local(AT));
        nextPage(agent);
        agent.next(DISCARD_SLOT, spec.pteUpdateCostPs(), Why.VM);
    }

    private void set(Agent agent, Mm mm) {
        long old = agent.local(PTE);
        long pte = old & ~(Pte.ACCESSED | Pte.DIRTY);
        kernel.tables().store(agent, pte(agent), pte, Order.RELAXED);
        kernel.observer().pteChanged(agent, mm.id(), agent.local(AT), old, pte);
        agent.local(CHANGED, agent.local(CHANGED) + 1);
        agent.next(MARK, spec.pteUpdateCostPs(), Why.VM);
    }

    @Override
    int tablePc() {
        return LOCK;
    }

    @Override
    int endPc() {
        return END_PREPARE;
    }
}
