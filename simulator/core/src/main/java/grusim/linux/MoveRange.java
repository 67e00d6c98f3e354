package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Order;
import grusim.engine.Why;
import grusim.linux.lock.SpinLock;
import grusim.machine.PhysicalMemory;
import grusim.notifier.SecondaryMmu;

/**
 * Moves the ptes of a range to another place of the same address space: move_page_tables, move_ptes (Linux mm/mremap.c,
 * 2.6.28). It goes by extents of at most 64 pages that lie in one page of ptes on either side. Each extent announces its old
 * addresses as a range, and flushes the CPUs' TLBs after each clear. The caller holds mmap_sem for writing.
 *
 * <p>Slots as {@link RangeWalk}, and 8 the new start. Returns 0.
 */
final class MoveRange extends RangeWalk {
    static final int TARGET = OWN;
    private static final int TARGET_TABLE = OWN + 1;
    private static final int EXTENT_START = OWN + 2;
    private static final int EXTENT_END = OWN + 3;
    private static final int MOVING = OWN + 4;
    private static final int SLOTS = OWN + 5;

    private static final long EXTENT_BYTES = 64L * PhysicalMemory.FRAME_BYTES;

    private static final int BEGIN = 0;
    private static final int TARGET_TABLES = 1;
    private static final int EXTENT = 2;
    private static final int RANGE_START = 3;
    private static final int LOCK = 4;
    private static final int CLEAR = 5;
    private static final int FLUSH = 6;
    private static final int SET = 7;
    private static final int MOVE_RMAP = 8;
    private static final int END_PREPARE = 9;
    private static final int RANGE_END = 10;
    private static final int NEXT_EXTENT = 11;
    private static final int FINISH = 12;
    private static final int CLEARED = 13;
    private static final int FLUSHED = 14;
    private static final int ANNOUNCED = 15;
    private static final int LOCK_TARGET = 16;
    private static final int UNLOCK = 17;

    private final AllocateTables allocateTables;

    MoveRange(Kernel kernel, AllocateTables allocateTables) {
        super(kernel, "move_page_tables", SLOTS);
        this.allocateTables = allocateTables;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case BEGIN -> "start at the first page";
            case TARGET_TABLES -> "allocate tables in the new place";
            case EXTENT -> "an extent is going to move";
            case RANGE_START -> "announce the range's start";
            case LOCK -> "take the page-table lock";
            case LOCK_TARGET -> "take the page-table lock of the new place";
            case UNLOCK -> "release the page-table lock";
            case CLEAR -> "clear a pte";
            case FLUSH -> "flush the CPUs' TLBs";
            case SET -> "set the pte in the new place";
            case MOVE_RMAP -> "move the page in the reverse map";
            case END_PREPARE -> "the extent has moved";
            case RANGE_END -> "announce the range's end";
            case NEXT_EXTENT -> "go to the next extent";
            case FINISH -> "return";
            case CLEARED -> "announce the clear";
            case FLUSHED -> "announce the flush";
            case ANNOUNCED -> "announced the clear";
            default -> walkStep(pc);
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        Mm mm = mm(agent);
        switch (pc) {
            case BEGIN -> begin(agent);
            case TARGET_TABLES -> agent.call(allocateTables, EXTENT, mm.id(), target(agent));
            case EXTENT -> extent(agent, mm);
            case RANGE_START ->
                kernel.callouts().rangeStart(agent, mm, agent.local(EXTENT_START), agent.local(EXTENT_END), LOCK);
            case LOCK -> lock(agent, pageTableLock(agent), LOCK, apart(agent, mm) ? LOCK_TARGET : CLEAR);
            case LOCK_TARGET -> lock(agent, targetLock(agent, mm), LOCK_TARGET, CLEAR);
            case UNLOCK -> unlock(agent, pageTableLock(agent), END_PREPARE);
            case CLEAR -> clear(agent, mm);
            case CLEARED -> kernel.callouts().cleared(agent, mm, agent.local(AT), pageEnd(agent), FLUSH);
            case FLUSH -> kernel.shootdown().flushPage(agent, mm, mm.hearsOfFlushes() ? FLUSHED : SET);
            case FLUSHED -> kernel.callouts().flushed(agent, mm, agent.local(AT), pageEnd(agent), ANNOUNCED);
            case ANNOUNCED -> {
                kernel.callouts().invalidated(agent, mm, agent.local(AT), pageEnd(agent));
                agent.next(SET, 0, Why.VM);
            }
            case SET -> set(agent, mm);
            case MOVE_RMAP -> {
                kernel.frames().move(agent, Pte.pfn(agent.local(MOVING)), mm.id(), agent.local(AT), target(agent));
                nextPage(agent);
                agent.next(CLEAR, 0, Why.VM);
            }
            case END_PREPARE -> kernel.callouts().prepare(agent, mm, RANGE_END);
            case RANGE_END ->
                kernel.callouts().rangeEnd(agent, mm, agent.local(EXTENT_START), agent.local(EXTENT_END), NEXT_EXTENT);
            case NEXT_EXTENT -> {
                kernel.callouts().rangeEnded(agent, mm, agent.local(EXTENT_START), agent.local(EXTENT_END));
                if (agent.local(AT) < agent.local(TABLE_END)) {
                    agent.next(TARGET_TABLES, 0, Why.VM);
                } else {
                    nextTable(agent);
                }
            }
            case FINISH -> agent.done(0);
            default -> walk(agent, pc);
        }
    }

    /** The lock of the ptes in the new place. */
    private SpinLock targetLock(Agent agent, Mm mm) {
        return kernel.pageTableLock(mm, agent.local(TARGET_TABLE));
    }

    /** Whether the old and the new place have locks of their own. */
    private boolean apart(Agent agent, Mm mm) {
        return pageTableLock(agent) != targetLock(agent, mm);
    }

    /** The new address of the page at {@link #AT}. */
    private static long target(Agent agent) {
        return agent.local(TARGET) + agent.local(AT) - agent.local(START);
    }

    private void extent(Agent agent, Mm mm) {
        agent.local(TARGET_TABLE, agent.result());
        long at = agent.local(AT);
        long targetRoom = mm.tables().next(target(agent), PageTables.PMD) - target(agent);
        long bytes = Math.min(agent.local(TABLE_END) - at, Math.min(targetRoom, EXTENT_BYTES));
        agent.local(EXTENT_START, at);
        agent.local(EXTENT_END, at + bytes);
        kernel.callouts().prepare(agent, mm, RANGE_START);
    }

    private void clear(Agent agent, Mm mm) {
        if (!seek(agent, agent.local(EXTENT_END))) {
            if (apart(agent, mm)) {
                unlock(agent, targetLock(agent, mm), UNLOCK);
            } else {
                unlock(agent, pageTableLock(agent), END_PREPARE);
            }
            return;
        }
        long old = kernel.tables().exchange(agent, pte(agent), Pte.NONE, Order.RELAXED);
        agent.local(MOVING, old);
        if (Pte.present(old)) {
            kernel.observer().pteCleared(agent, mm.id(), agent.local(AT), old, true);
        }
        int present = mm.calls(SecondaryMmu::cleared) ? CLEARED : FLUSH;
        agent.next(Pte.present(old) ? present : SET, spec.pteUpdateCostPs(), Why.VM);
    }

    private static long pageEnd(Agent agent) {
        return agent.local(AT) + PhysicalMemory.FRAME_BYTES;
    }

    private void set(Agent agent, Mm mm) {
        long pte = agent.local(MOVING);
        long target = target(agent);
        long address = mm.tables().entry(agent.local(TARGET_TABLE), target, PageTables.PTE);
        kernel.tables().store(agent, address, pte, Order.RELAXED);
        kernel.counters().add(VmCounter.PTES_MOVED);
        if (Pte.present(pte)) {
            kernel.observer().pteSet(agent, mm.id(), target, pte, false);
            agent.next(MOVE_RMAP, spec.pteUpdateCostPs(), Why.VM);
        } else {
            kernel.observer().swapMoved(agent, mm.id(), agent.local(AT), target);
            if (Pte.migration(pte)) {
                agent.next(MOVE_RMAP, spec.pteUpdateCostPs(), Why.VM);
            } else {
                nextPage(agent);
                agent.next(CLEAR, spec.pteUpdateCostPs(), Why.VM);
            }
        }
    }

    @Override
    int tablePc() {
        return TARGET_TABLES;
    }

    @Override
    int endPc() {
        return FINISH;
    }
}
