package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Order;
import grusim.engine.Why;

/**
 * Looks at all pages that a frame backs and takes the mark of use off their entries: page_referenced (Linux mm/rmap.c). The
 * mark of a secondary MMU is not asked for; nobody is told and no TLB is flushed, so that later uses may go unmarked.
 *
 * <p>Slot 0: the frame, which the caller has isolated. Returns the number of its entries that had been used.
 */
final class PageReferenced extends PointWalk {
    private static final int FRAME = 4;
    private static final int MAPPING = 5;
    private static final int USED = 6;
    private static final int SLOTS = 7;

    private static final int ENTER = 0;
    private static final int NEXT_MAPPING = 1;
    private static final int LOCK_RMAP = 2;
    private static final int FIND_VMA = 3;
    private static final int LOCK = 4;
    private static final int READ_PTE = 5;
    private static final int AGE = 6;
    private static final int UNLOCK = 7;
    private static final int UNLOCK_RMAP = 8;

    PageReferenced(Kernel kernel) {
        super(kernel, "page_referenced", SLOTS, Why.VM);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ENTER -> "begin with the first page";
            case NEXT_MAPPING -> "look for the frame's next page";
            case LOCK_RMAP -> "take the reverse map's lock";
            case FIND_VMA -> "look for the vma in the reverse map";
            case LOCK -> "take the page-table lock";
            case READ_PTE -> "read the pte";
            case AGE -> "mark the page as not used";
            case UNLOCK -> "release the page-table lock";
            case UNLOCK_RMAP -> "release the reverse map's lock";
            default -> walkStep(pc);
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        switch (pc) {
            case ENTER -> {
                agent.local(FRAME, agent.local(MM));
                agent.next(NEXT_MAPPING, 0, Why.VM);
            }
            case NEXT_MAPPING -> nextMapping(agent);
            case LOCK_RMAP -> lock(agent, mm(agent).rmapLock(), LOCK_RMAP, FIND_VMA);
            case FIND_VMA -> {
                boolean found = mm(agent).vmas().mapsPage(agent, agent.local(VADDR));
                agent.next(found ? READ_PGD : UNLOCK_RMAP, 0, Why.VM);
            }
            case LOCK -> lock(agent, pageTableLock(agent), LOCK, READ_PTE);
            case READ_PTE -> {
                long pte = kernel.tables().load(agent, entry(agent, PageTables.PTE), Order.RELAXED);
                boolean used = Pte.present(pte) && Pte.pfn(pte) == agent.local(FRAME) && Pte.accessed(pte);
                agent.next(used ? AGE : UNLOCK, spec.walkLevelLatencyPs(), Why.VM);
            }
            case AGE -> age(agent, mm(agent));
            case UNLOCK -> unlock(agent, pageTableLock(agent), UNLOCK_RMAP);
            case UNLOCK_RMAP -> unlock(agent, mm(agent).rmapLock(), NEXT_MAPPING);
            default -> walk(agent, pc);
        }
    }

    private void nextMapping(Agent agent) {
        FrameAllocator frames = kernel.frames();
        long pfn = agent.local(FRAME);
        int mapping = (int) agent.local(MAPPING);
        if (mapping >= frames.readMappings(agent, pfn)) {
            agent.done(agent.local(USED));
            return;
        }
        agent.local(MM, frames.mm(pfn, mapping));
        agent.local(VADDR, frames.vaddr(pfn, mapping));
        agent.local(MAPPING, mapping + 1L);
        agent.next(LOCK_RMAP, 0, Why.VM);
    }

    private void age(Agent agent, Mm mm) {
        kernel.counters().add(VmCounter.RECLAIM_SECOND_CHANCES);
        long old = kernel.tables().seen(agent, entry(agent, PageTables.PTE));
        kernel.tables().exchange(agent, entry(agent, PageTables.PTE), old & ~Pte.ACCESSED, Order.RELAXED);
        kernel.observer().pteChanged(agent, mm.id(), agent.local(VADDR), old, old & ~Pte.ACCESSED);
        agent.local(USED, agent.local(USED) + 1);
        agent.next(UNLOCK, spec.pteUpdateCostPs(), Why.VM);
    }

    @Override
    void reached(Agent agent) {
        agent.next(LOCK, spec.walkLevelLatencyPs(), Why.VM);
    }

    @Override
    void missing(Agent agent, int level) {
        agent.next(UNLOCK_RMAP, 0, Why.VM);
    }
}
