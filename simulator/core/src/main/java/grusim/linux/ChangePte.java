package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Order;
import grusim.engine.Why;
import grusim.machine.PhysicalMemory;

/**
 * Changes the entry of one page for same-page merging (Linux mm/ksm.c): between the range's start and end, under the
 * page-table lock, the entry is read, and if it is to change, it is cleared and the CPUs' TLBs are flushed before it is
 * set anew. What is wanted of the entry, and what it becomes, is the subclass's.
 *
 * <p>Slots: 0 address space, 1 address, 4 a frame. Returns what the subclass leaves in slot {@link #RESULT}.
 */
abstract class ChangePte extends PointWalk {
    static final int FRAME = 4;
    static final int PTE = 5;
    static final int RESULT = 6;
    private static final int SLOTS = 7;

    private static final int ENTER = 0;
    private static final int RANGE_START = 1;
    private static final int LOCK = 2;
    private static final int READ_PTE = 3;
    static final int CLEAR = 4;
    private static final int FLUSH = 5;
    static final int UNLOCK = 6;
    private static final int END_PREPARE = 7;
    private static final int RANGE_END = 8;
    private static final int RETURN = 9;

    /** First step of the subclass, taken once the CPUs' TLBs are flushed. */
    static final int FLUSHED = 10;

    private final FlushPage flushPage;

    ChangePte(Kernel kernel, String name, FlushPage flushPage) {
        super(kernel, name, SLOTS, Why.VM);
        this.flushPage = flushPage;
    }

    /** Whether the entry read is to change; if not, {@link #RESULT} says what is returned. */
    abstract boolean changes(Agent agent, long pte);

    /** The entry was cleared: part of that step. */
    abstract void cleared(Agent agent, Mm mm, long old);

    /** Performs a step of the subclass. */
    abstract void ownStep(Agent agent, Mm mm, int pc);

    /** Names a step of the subclass. */
    abstract String ownName(int pc);

    @Override
    public final String stepName(int pc) {
        return switch (pc) {
            case ENTER -> "the pte is going to change";
            case RANGE_START -> "announce the range's start";
            case LOCK -> "take the page-table lock";
            case READ_PTE -> "read the pte";
            case CLEAR -> "clear the pte";
            case FLUSH -> "ptep_clear_flush";
            case UNLOCK -> "release the page-table lock";
            case END_PREPARE -> "the pte has changed";
            case RANGE_END -> "announce the range's end";
            case RETURN -> "return";
            default -> pc >= READ_PGD ? walkStep(pc) : ownName(pc);
        };
    }

    @Override
    public final void step(Agent agent, int pc) {
        Mm mm = mm(agent);
        long start = agent.local(VADDR);
        long end = start + PhysicalMemory.FRAME_BYTES;
        switch (pc) {
            case ENTER -> kernel.callouts().prepare(agent, mm, RANGE_START);
            case RANGE_START -> kernel.callouts().rangeStart(agent, mm, start, end, READ_PGD);
            case LOCK -> lock(agent, pageTableLock(agent), LOCK, READ_PTE);
            case READ_PTE -> {
                long pte = kernel.tables().load(agent, entry(agent, PageTables.PTE), Order.RELAXED);
                agent.next(changes(agent, pte) ? CLEAR : UNLOCK, spec.walkLevelLatencyPs(), Why.VM);
            }
            case CLEAR -> {
                long old = kernel.tables().exchange(agent, entry(agent, PageTables.PTE), Pte.NONE, Order.RELAXED);
                cleared(agent, mm, old);
                agent.next(FLUSH, spec.pteUpdateCostPs(), Why.VM);
            }
            case FLUSH -> agent.call(flushPage, FLUSHED, mm.id(), start, 0);
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
                    ownStep(agent, mm, pc);
                }
            }
        }
    }

    /** Part of a step: sets the entry. */
    final void set(Agent agent, long pte) {
        kernel.tables().store(agent, entry(agent, PageTables.PTE), pte, Order.RELAXED);
    }

    @Override
    final void reached(Agent agent) {
        agent.next(LOCK, spec.walkLevelLatencyPs(), Why.VM);
    }

    @Override
    final void missing(Agent agent, int level) {
        agent.next(END_PREPARE, 0, Why.VM);
    }
}
