package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Order;
import grusim.engine.Why;
import grusim.machine.PhysicalMemory;
import grusim.notifier.SecondaryMmu;

/**
 * Clears the ptes of a range and gathers their pages: unmap_vmas, zap_pte_range (Linux mm/memory.c, 2.6.28). It announces
 * the range's start before the first and its end after the last clear; full gathers are flushed and freed in between, under
 * the page-table lock, what is left is the caller's to flush and free, which happens after the end was announced.
 *
 * <p>Who wants to know of clears under the page-table lock is told before that lock is released and before a full gather is
 * freed. Passing over entries that are none costs nothing. Slots as {@link RangeWalk}. Returns 0.
 */
final class UnmapVmas extends RangeWalk {
    /** Swap slot, or frame of a migration entry. */
    private static final int SLOT = OWN;

    /** First address cleared and not yet announced under the page-table lock, plus one; 0 if there is none. */
    private static final int CLEARED_FROM = OWN + 1;

    private static final int SLOTS = OWN + 2;

    private static final int ENTER = 0;
    private static final int RANGE_START = 1;
    private static final int BEGIN = 2;
    private static final int LOCK = 3;
    private static final int CLEAR = 4;
    private static final int DISCARD_SLOT = 5;
    private static final int NEXT_TABLE = 6;
    private static final int END_PREPARE = 7;
    private static final int RANGE_END = 8;
    private static final int FINISH = 9;
    private static final int CLEARED = 10;
    private static final int ANNOUNCED = 11;
    private static final int FREE = 12;
    private static final int DROP_MIGRATING = 13;
    private static final int LOCK_HUGE = 14;
    private static final int CLEAR_HUGE = 15;

    private final FinishGather finishGather;

    UnmapVmas(Kernel kernel, FinishGather finishGather) {
        super(kernel, "unmap_vmas", SLOTS);
        this.finishGather = finishGather;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ENTER -> "enter";
            case RANGE_START -> "announce the range's start";
            case BEGIN -> "start at the first page";
            case LOCK, LOCK_HUGE -> "take the page-table lock";
            case CLEAR_HUGE -> "clear a huge entry";
            case CLEAR -> "clear a pte";
            case DISCARD_SLOT -> "free a swap slot";
            case DROP_MIGRATING -> "drop the migrating page's reference";
            case NEXT_TABLE -> "go to the next table";
            case END_PREPARE -> "all ptes are cleared";
            case RANGE_END -> "announce the range's end";
            case FINISH -> "return";
            case CLEARED -> "announce the clears";
            case ANNOUNCED -> "announced the clears";
            case FREE -> "tlb_flush_mmu";
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
            case LOCK -> lock(agent, pageTableLock(agent), LOCK, CLEAR);
            case CLEAR -> {
                if (seek(agent)) {
                    clear(agent, mm);
                } else if (agent.local(CLEARED_FROM) != 0) {
                    agent.next(CLEARED, 0, Why.VM);
                } else {
                    unlock(agent, pageTableLock(agent), NEXT_TABLE);
                }
            }
            case LOCK_HUGE -> lock(agent, pageTableLock(agent), LOCK_HUGE, CLEAR_HUGE);
            case CLEAR_HUGE -> clearHuge(agent, mm);
            case DISCARD_SLOT -> {
                kernel.swap().discard(agent, agent.local(SLOT));
                agent.next(CLEAR, 0, Why.VM);
            }
            case DROP_MIGRATING -> {
                long vaddr = agent.local(AT) - PhysicalMemory.FRAME_BYTES;
                kernel.frames().dropMapping(agent, agent.local(SLOT), mm.id(), vaddr);
                agent.next(CLEAR, 0, Why.VM);
            }
            case NEXT_TABLE -> nextTable(agent);
            case END_PREPARE -> kernel.callouts().prepare(agent, mm, RANGE_END);
            case RANGE_END -> kernel.callouts().rangeEnd(agent, mm, agent.local(START), agent.local(END), FINISH);
            case CLEARED ->
                kernel.callouts().cleared(agent, mm, agent.local(CLEARED_FROM) - 1, agent.local(AT), ANNOUNCED);
            case ANNOUNCED -> {
                kernel.callouts().invalidated(agent, mm, agent.local(CLEARED_FROM) - 1, agent.local(AT));
                agent.local(CLEARED_FROM, 0);
                agent.next(kernel.gathers().full(agent) ? FREE : CLEAR, 0, Why.VM);
            }
            case FREE -> agent.call(finishGather, CLEAR, mm.id());
            case FINISH -> {
                kernel.callouts().rangeEnded(agent, mm, agent.local(START), agent.local(END));
                agent.done(0);
            }
            default -> walk(agent, pc);
        }
    }

    private void clear(Agent agent, Mm mm) {
        long vaddr = agent.local(AT);
        long old = kernel.tables().exchange(agent, pte(agent), Pte.NONE, Order.RELAXED);
        nextPage(agent);
        if (Pte.present(old)) {
            kernel.counters().add(VmCounter.PTES_CLEARED);
            kernel.observer().pteCleared(agent, mm.id(), vaddr, old, false);
            kernel.gathers().addFrame(agent, Pte.pfn(old), vaddr);
            if (agent.local(CLEARED_FROM) == 0 && mm.calls(SecondaryMmu::cleared)) {
                agent.local(CLEARED_FROM, vaddr + 1);
            }
            if (agent.local(CLEARED_FROM) != 0
                    && (mm.pageByPage() || kernel.gathers().full(agent))) {
                agent.next(CLEARED, spec.pteUpdateCostPs(), Why.VM);
            } else if (kernel.gathers().full(agent)) {
                agent.call(finishGather, CLEAR, mm.id());
            } else {
                agent.next(CLEAR, spec.pteUpdateCostPs(), Why.VM);
            }
        } else {
            kernel.observer().swapDiscarded(agent, mm.id(), vaddr);
            agent.local(SLOT, Pte.slot(old));
            agent.next(Pte.swap(old) ? DISCARD_SLOT : DROP_MIGRATING, spec.pteUpdateCostPs(), Why.VM);
        }
    }

    /** Takes a huge page away as a whole, unless it has been split meanwhile. */
    private void clearHuge(Agent agent, Mm mm) {
        if (!Pte.huge(kernel.tables().seen(agent, pmd(agent)))) {
            unlock(agent, pageTableLock(agent), READ_PMD);
            return;
        }
        long start = agent.local(AT);
        long old = kernel.tables().exchange(agent, pmd(agent), Pte.NONE, Order.RELAXED);
        kernel.counters().add(VmCounter.PTES_CLEARED);
        for (int i = 0; i < mm.tables().hugePages(); i++) {
            long vaddr = start + (long) i * PhysicalMemory.FRAME_BYTES;
            kernel.observer().pteCleared(agent, mm.id(), vaddr, Pte.part(old, i), false);
        }
        kernel.gathers().addRun(agent, Pte.pfn(old), start);
        agent.local(AT, agent.local(TABLE_END));
        boolean announces = mm.calls(SecondaryMmu::cleared);
        agent.local(CLEARED_FROM, announces ? start + 1 : 0);
        int full = kernel.gathers().full(agent) ? FREE : CLEAR;
        agent.next(announces ? CLEARED : full, spec.pteUpdateCostPs(), Why.VM);
    }

    @Override
    int hugePc(Agent agent) {
        return LOCK_HUGE;
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
