package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Order;
import grusim.engine.Why;
import grusim.machine.PhysicalMemory;

/**
 * Takes the right to write from a page that is going to share its frame: write_protect_page (Linux mm/ksm.c). Between the
 * range's start and end, the entry is cleared under the page-table lock, the CPUs' TLBs are flushed, and it is set without
 * the right, unless somebody else than its pages and the caller refers to the frame and may be writing it.
 *
 * <p>Slots: 0 address space, 1 address, 4 frame, to which the caller has a reference. Returns the entry afterwards, or {@link
 * Pte#NONE} if it leads elsewhere or keeps its right.
 */
final class WriteProtectPage extends PointWalk {
    static final int FRAME = 4;
    private static final int PTE = 5;
    private static final int RESULT = 6;
    private static final int SLOTS = 7;

    private static final int ENTER = 0;
    private static final int RANGE_START = 1;
    private static final int LOCK = 2;
    private static final int READ_PTE = 3;
    private static final int CLEAR = 4;
    private static final int FLUSH = 5;
    private static final int CHECK = 6;
    private static final int SET = 7;
    private static final int SET_BACK = 8;
    private static final int UNLOCK = 9;
    private static final int END_PREPARE = 10;
    private static final int RANGE_END = 11;
    private static final int RETURN = 12;

    private final FlushPage flushPage;

    WriteProtectPage(Kernel kernel, FlushPage flushPage) {
        super(kernel, "write_protect_page", SLOTS, Why.VM);
        this.flushPage = flushPage;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ENTER -> "the pte is going to change";
            case RANGE_START -> "announce the range's start";
            case LOCK -> "take the page-table lock";
            case READ_PTE -> "read the pte";
            case CLEAR -> "clear the pte";
            case FLUSH -> "ptep_clear_flush";
            case CHECK -> "does anybody else refer to the frame?";
            case SET -> "set the pte without the right to write";
            case SET_BACK -> "set the pte as it was";
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
            case LOCK -> lock(agent, pageTableLock(agent), LOCK, READ_PTE);
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
        switch (pc) {
            case READ_PTE -> {
                long pte = kernel.tables().load(agent, entry(agent, PageTables.PTE), Order.RELAXED);
                boolean found = Pte.present(pte) && Pte.pfn(pte) == agent.local(FRAME);
                boolean done = found && pte == Pte.share(pte);
                agent.local(PTE, pte);
                agent.local(RESULT, done ? pte : Pte.NONE);
                agent.next(found && !done ? CLEAR : UNLOCK, spec.walkLevelLatencyPs(), Why.VM);
            }
            case CLEAR -> {
                kernel.tables().exchange(agent, entry(agent, PageTables.PTE), Pte.NONE, Order.RELAXED);
                agent.next(FLUSH, spec.pteUpdateCostPs(), Why.VM);
            }
            case FLUSH -> agent.call(flushPage, CHECK, mm.id(), agent.local(VADDR), 0);
            case CHECK -> {
                boolean known = kernel.frames().keepUnlessPinned(agent, agent.local(FRAME));
                agent.next(known ? SET : SET_BACK, 0, Why.VM);
            }
            case SET -> {
                long pte = Pte.share(agent.local(PTE));
                agent.local(RESULT, pte);
                kernel.tables().store(agent, entry(agent, PageTables.PTE), pte, Order.RELAXED);
                kernel.observer().pteChanged(agent, mm.id(), agent.local(VADDR), agent.local(PTE), pte);
                agent.next(UNLOCK, spec.pteUpdateCostPs(), Why.VM);
            }
            case SET_BACK -> {
                kernel.tables().store(agent, entry(agent, PageTables.PTE), agent.local(PTE), Order.RELAXED);
                agent.next(UNLOCK, spec.pteUpdateCostPs(), Why.VM);
            }
            default -> unlock(agent, pageTableLock(agent), END_PREPARE);
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
