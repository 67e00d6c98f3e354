package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Fence;
import grusim.engine.Order;
import grusim.engine.Why;

/**
 * Makes the huge entry of a transparent huge page a table of ptes for the same frames: __split_huge_pmd (Linux
 * mm/huge_memory.c, 6.1). The range's start is announced, the entry invalidated under the page-table lock, the CPUs' TLBs
 * flushed, the table filled and linked, the end announced. The caller holds mmap_sem or the reverse map's lock.
 *
 * <p>The frames stay, each with a reference of its own from then on as before: does not model compound pages, which Linux
 * splits later or not at all. The table is allocated here, not deposited when the huge page was made, so that one more table
 * page is in use only after the split. A secondary MMU that has translations of base pages has nothing to forget: none of
 * them leads to another frame.
 *
 * <p>Slots: 0 address space, 1 an address in the huge page. Returns 0; there may have been nothing to split.
 */
final class SplitHugePmd extends PointWalk {
    private static final int NEW = 4;
    private static final int ENTRY = 5;
    private static final int SLOTS = 6;

    private static final int ENTER = 0;
    private static final int ALLOCATE = 1;
    private static final int START_PREPARE = 2;
    private static final int RANGE_START = 3;
    private static final int LOCK = 4;
    private static final int READ_ENTRY = 5;
    private static final int INVALIDATE = 6;
    private static final int FLUSH = 7;
    private static final int POPULATE = 8;
    private static final int UNLOCK = 9;
    private static final int END_PREPARE = 10;
    private static final int RANGE_END = 11;
    private static final int RANGE_ENDED = 12;
    private static final int FREE_UNUSED = 13;

    SplitHugePmd(Kernel kernel) {
        super(kernel, "__split_huge_pmd", SLOTS, Why.VM);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ENTER -> "read the pgd entry";
            case ALLOCATE -> "allocate a table page";
            case START_PREPARE -> "the huge entry is going to change";
            case RANGE_START -> "announce the range's start";
            case LOCK -> "take the page-table lock";
            case READ_ENTRY -> "look again at the huge entry";
            case INVALIDATE -> "invalidate the huge entry";
            case FLUSH -> "flush the CPUs' TLBs";
            case POPULATE -> "fill and link the table page";
            case UNLOCK -> "release the page-table lock";
            case END_PREPARE -> "the huge entry has changed";
            case RANGE_END -> "announce the range's end";
            case RANGE_ENDED -> "the range's end is announced";
            case FREE_UNUSED -> "free the table page that came too late";
            default -> walkStep(pc);
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        Mm mm = mm(agent);
        long start = mm.tables().hugeStart(agent.local(VADDR));
        long end = start + mm.tables().span(PageTables.PMD);
        switch (pc) {
            case ENTER -> walk(agent, READ_PGD);
            case ALLOCATE -> {
                agent.local(NEW, kernel.tables().allocate(agent));
                agent.next(START_PREPARE, spec.zeroPageCostPs(), Why.VM);
            }
            case START_PREPARE -> kernel.callouts().prepare(agent, mm, RANGE_START);
            case RANGE_START -> kernel.callouts().rangeStart(agent, mm, start, end, LOCK);
            case LOCK -> lock(agent, pageTableLock(agent), LOCK, READ_ENTRY);
            case READ_ENTRY -> {
                long entry = kernel.tables().load(agent, entry(agent, PageTables.PMD), Order.RELAXED);
                agent.local(ENTRY, entry);
                agent.next(Pte.huge(entry) ? INVALIDATE : UNLOCK, spec.walkLevelLatencyPs(), Why.VM);
            }
            case INVALIDATE -> {
                long entry = Pte.splitting(agent.local(ENTRY));
                kernel.tables().exchange(agent, entry(agent, PageTables.PMD), entry, Order.RELAXED);
                agent.next(FLUSH, spec.pteUpdateCostPs(), Why.VM);
            }
            case FLUSH -> kernel.shootdown().flushRange(agent, mm, start, end, POPULATE);
            case POPULATE -> populate(agent, mm);
            case UNLOCK -> unlock(agent, pageTableLock(agent), END_PREPARE);
            case END_PREPARE -> kernel.callouts().prepare(agent, mm, RANGE_END);
            case RANGE_END -> kernel.callouts().rangeEnd(agent, mm, start, end, RANGE_ENDED);
            case RANGE_ENDED -> {
                kernel.callouts().rangeEnded(agent, mm, start, end);
                if (agent.local(NEW) == Pte.NONE) {
                    agent.done(0);
                } else {
                    agent.next(FREE_UNUSED, 0, Why.VM);
                }
            }
            case FREE_UNUSED -> {
                kernel.tables().free(agent, agent.local(NEW));
                agent.done(0);
            }
            default -> walk(agent, pc);
        }
    }

    private void populate(Agent agent, Mm mm) {
        long table = agent.local(NEW);
        kernel.tables().fill(table, agent.local(ENTRY));
        kernel.engine().memory().fence(agent, Fence.WRITE);
        kernel.tables().store(agent, entry(agent, PageTables.PMD), table, Order.RELAXED);
        kernel.counters().add(VmCounter.HUGE_PAGES_SPLIT);
        agent.local(NEW, Pte.NONE);
        agent.next(UNLOCK, mm.tables().hugePages() * spec.pteUpdateCostPs(), Why.VM);
    }

    @Override
    void huge(Agent agent, long entry) {
        agent.next(ALLOCATE, 0, Why.VM);
    }

    @Override
    void reached(Agent agent) {
        agent.done(0);
    }

    @Override
    void missing(Agent agent, int level) {
        agent.done(0);
    }
}
