package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Order;
import grusim.engine.Why;
import grusim.machine.PhysicalMemory;

/**
 * Lets an entry that may not be written lead to another frame of equal content: replace_page (Linux mm/ksm.c). Between the
 * range's start and end, if the entry is still the expected one, it is cleared under the page-table lock, the CPUs' TLBs are
 * flushed, it is set to the other frame, and the mapping's reference to its old frame is dropped.
 *
 * <p>Slots: 0 address space, 1 address, 4 the other frame, which backs the page already, 5 the expected entry. Returns 1, or
 * 0 if the entry had changed.
 */
final class ReplacePage extends PointWalk {
    static final int FRAME = 4;
    static final int EXPECTED = 5;
    private static final int RESULT = 6;
    private static final int SLOTS = 7;

    private static final int ENTER = 0;
    private static final int RANGE_START = 1;
    private static final int LOCK = 2;
    private static final int RECHECK = 3;
    private static final int CLEAR = 4;
    private static final int FLUSH = 5;
    private static final int SET = 6;
    private static final int DROP_MAPPING = 7;
    private static final int UNLOCK = 8;
    private static final int END_PREPARE = 9;
    private static final int RANGE_END = 10;
    private static final int RETURN = 11;

    private final FlushPage flushPage;

    ReplacePage(Kernel kernel, FlushPage flushPage) {
        super(kernel, "replace_page", SLOTS, Why.VM);
        this.flushPage = flushPage;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ENTER -> "the pte is going to change";
            case RANGE_START -> "announce the range's start";
            case LOCK -> "take the page-table lock";
            case RECHECK -> "look again at the pte";
            case CLEAR -> "clear the pte";
            case FLUSH -> "ptep_clear_flush";
            case SET -> "set the pte to the other frame";
            case DROP_MAPPING -> "drop the mapping's reference to the old frame";
            case UNLOCK -> "release the page-table lock";
            case END_PREPARE -> "the pte has changed";
            case RANGE_END -> "announce the range's end";
            case RETURN -> "return";
            default -> walkStep(pc);
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        Mm mm = mm(agent);
        long start = agent.local(VADDR);
        long end = start + PhysicalMemory.FRAME_BYTES;
        switch (pc) {
            case ENTER -> kernel.callouts().prepare(agent, mm, RANGE_START);
            case RANGE_START -> kernel.callouts().rangeStart(agent, mm, start, end, READ_PGD);
            case LOCK -> lock(agent, pageTableLock(agent), LOCK, RECHECK);
            case UNLOCK -> unlock(agent, pageTableLock(agent), END_PREPARE);
            case END_PREPARE -> kernel.callouts().prepare(agent, mm, RANGE_END);
            case RANGE_END -> kernel.callouts().rangeEnd(agent, mm, start, end, RETURN);
            case RETURN -> {
                kernel.callouts().rangeEnded(agent, mm, start, end);
                agent.done(agent.local(RESULT));
            }
            default -> {
                if (pc >= READ_PGD) {
                    walk(agent, pc);
                } else {
                    change(agent, mm, pc);
                }
            }
        }
    }

    private void change(Agent agent, Mm mm, int pc) {
        long old = agent.local(EXPECTED);
        switch (pc) {
            case RECHECK -> {
                long pte = kernel.tables().load(agent, entry(agent, PageTables.PTE), Order.RELAXED);
                agent.next(pte == old ? CLEAR : UNLOCK, spec.walkLevelLatencyPs(), Why.VM);
            }
            case CLEAR -> {
                kernel.tables().exchange(agent, entry(agent, PageTables.PTE), Pte.NONE, Order.RELAXED);
                kernel.counters().add(VmCounter.PTES_CLEARED);
                kernel.observer().pteCleared(agent, mm.id(), agent.local(VADDR), old, true);
                agent.next(FLUSH, spec.pteUpdateCostPs(), Why.VM);
            }
            case FLUSH -> agent.call(flushPage, SET, mm.id(), agent.local(VADDR), 0);
            case SET -> {
                long pte = Pte.leadTo(old, agent.local(FRAME));
                agent.local(RESULT, 1);
                kernel.tables().store(agent, entry(agent, PageTables.PTE), pte, Order.RELAXED);
                kernel.observer().pteSet(agent, mm.id(), agent.local(VADDR), pte, false);
                agent.next(DROP_MAPPING, spec.pteUpdateCostPs(), Why.VM);
            }
            default -> {
                kernel.frames().dropMapping(agent, Pte.pfn(old), mm.id(), agent.local(VADDR));
                agent.next(UNLOCK, 0, Why.VM);
            }
        }
    }

    @Override
    void reached(Agent agent) {
        agent.next(LOCK, spec.walkLevelLatencyPs(), Why.VM);
    }

    @Override
    void missing(Agent agent, int level) {
        agent.next(END_PREPARE, 0, Why.VM);
    }
}
