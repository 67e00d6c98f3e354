package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Order;
import grusim.engine.Why;
import grusim.machine.PhysicalMemory;
import grusim.workload.KernelSpec.CowNotifier;

/**
 * A write to a page whose frame others may map too: do_wp_page (Linux mm/memory.c). If nobody does, and reclaim has not taken
 * the frame, the page may be written where it is. Else the frame is copied without the page-table lock, a reference keeping
 * it; then, if the entry is still the same, it is cleared, the CPUs' TLBs are flushed, and it is set to the copy.
 *
 * <p>By page: the page is announced between the clear and the set, under the page-table lock (ptep_clear_flush_notify, 2.6.28).
 * By range: the range's start is announced before the lock is taken, its end after it is released. The mapping's reference to
 * the old frame is dropped after that.
 *
 * <p>Slots as {@link PteFault}; the frame is {@link FrameAllocator#NONE} once the entry was found changed.
 */
final class WpFault extends NewPageFault {
    private static final int LOCK_OLD = 0;
    private static final int RECHECK_OLD = 1;
    private static final int LOOK = 2;
    private static final int REUSE = 3;
    private static final int UNLOCK_REUSED = 4;
    private static final int GET_OLD = 5;
    private static final int UNLOCK_OLD = 6;
    private static final int UNLOCK_CHANGED = 7;
    private static final int OUT_OF_MEMORY = 8;
    private static final int START_PREPARE = 30;
    private static final int RANGE_START = 31;
    private static final int FLUSH = 32;
    private static final int SET_COPY = 35;
    private static final int UNLOCK = 36;
    private static final int END_PREPARE = 37;
    private static final int RANGE_END = 38;
    private static final int DROP_MAPPING = 39;
    private static final int PUT_OLD = 40;

    private final boolean byRange;
    private final FlushPage flushPage;

    WpFault(Kernel kernel, ReclaimPages reclaimPages, FlushPage flushPage) {
        super(kernel, "do_wp_page", reclaimPages);
        this.flushPage = flushPage;
        this.byRange = spec.cowNotifier() == CowNotifier.RANGE;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case LOCK_OLD -> "take the page-table lock";
            case RECHECK_OLD -> "look again at the pte";
            case LOOK -> "is the page the frame's only one?";
            case REUSE -> "make the pte writable";
            case UNLOCK_REUSED, UNLOCK_OLD, UNLOCK_CHANGED, UNLOCK -> "release the page-table lock";
            case GET_OLD -> "take a reference to the old frame";
            case OUT_OF_MEMORY, PUT_OLD -> "drop the reference to the old frame";
            case START_PREPARE -> "the pte is going to change";
            case RANGE_START -> "announce the range's start";
            case SET -> "clear the pte";
            case FLUSH -> "ptep_clear_flush";
            case SET_COPY -> "set the pte to the copy";
            case END_PREPARE -> "the pte has changed";
            case RANGE_END -> "announce the range's end";
            case DROP_MAPPING -> "drop the mapping's reference to the old frame";
            default -> allocateStep(pc);
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        if (pc <= OUT_OF_MEMORY) {
            old(agent, mm(agent), pc);
        } else if (pc < LOCK) {
            allocate(agent, pc);
        } else if (pc < START_PREPARE) {
            locked(agent, pc);
        } else {
            replace(agent, mm(agent), pc);
        }
    }

    private void old(Agent agent, Mm mm, int pc) {
        switch (pc) {
            case LOCK_OLD -> lock(agent, pageTableLock(agent), LOCK_OLD, RECHECK_OLD);
            case RECHECK_OLD -> {
                long pte = kernel.tables().load(agent, agent.local(ADDRESS), Order.RELAXED);
                agent.next(pte == agent.local(FOUND) ? LOOK : UNLOCK_CHANGED, 0, Why.PAGE_FAULT);
            }
            case LOOK ->
                agent.next(kernel.frames().readAlone(agent, oldFrame(agent)) ? REUSE : GET_OLD, 0, Why.PAGE_FAULT);
            case REUSE -> {
                long found = agent.local(FOUND);
                long pte = Pte.writableDirty(Pte.alone(found) | Pte.ACCESSED, protection(agent));
                store(agent, pte, UNLOCK_REUSED);
                kernel.observer().pteChanged(agent, mm.id(), agent.local(VADDR), found, pte);
            }
            case UNLOCK_REUSED -> {
                pageTableLock(agent).unlock(agent);
                kernel.counters().add(VmCounter.FAULTS_MINOR);
                kernel.counters().add(VmCounter.FAULTS_COW_REUSED);
                agent.done(0);
            }
            case GET_OLD -> {
                kernel.frames().reference(agent, oldFrame(agent));
                agent.next(UNLOCK_OLD, 0, Why.PAGE_FAULT);
            }
            case UNLOCK_OLD -> unlock(agent, pageTableLock(agent), ALLOCATE);
            case UNLOCK_CHANGED -> {
                kernel.counters().add(VmCounter.FAULTS_RACED);
                pageTableLock(agent).unlock(agent);
                agent.done(0);
            }
            default -> {
                kernel.frames().drop(agent, oldFrame(agent), 1);
                agent.done(-Errno.ENOMEM);
            }
        }
    }

    private void replace(Agent agent, Mm mm, int pc) {
        long vaddr = agent.local(VADDR);
        long start = vaddr & -PhysicalMemory.FRAME_BYTES;
        long end = start + PhysicalMemory.FRAME_BYTES;
        switch (pc) {
            case START_PREPARE -> kernel.callouts().prepare(agent, mm, RANGE_START);
            case RANGE_START -> kernel.callouts().rangeStart(agent, mm, start, end, LOCK);
            case FLUSH -> agent.call(flushPage, SET_COPY, mm.id(), start, byRange ? 0 : 1);
            case SET_COPY -> setCopy(agent, mm);
            case UNLOCK -> unlock(agent, pageTableLock(agent), byRange ? END_PREPARE : DROP_MAPPING);
            case END_PREPARE -> kernel.callouts().prepare(agent, mm, RANGE_END);
            case RANGE_END -> kernel.callouts().rangeEnd(agent, mm, start, end, copied(agent) ? DROP_MAPPING : PUT_OLD);
            case DROP_MAPPING -> {
                rangeEnded(agent, mm, start, end);
                kernel.frames().dropMapping(agent, oldFrame(agent), mm.id(), start);
                agent.next(PUT_OLD, spec.pageFreeCostPs(), Why.PAGE_FAULT);
            }
            default -> {
                if (copied(agent)) {
                    kernel.counters().add(VmCounter.FAULTS_MINOR);
                    kernel.counters().add(VmCounter.FAULTS_COW);
                } else {
                    rangeEnded(agent, mm, start, end);
                }
                kernel.frames().drop(agent, oldFrame(agent), 1);
                agent.done(0);
            }
        }
    }

    private void rangeEnded(Agent agent, Mm mm, long start, long end) {
        if (byRange) {
            kernel.callouts().rangeEnded(agent, mm, start, end);
        }
    }

    private void setCopy(Agent agent, Mm mm) {
        long vaddr = agent.local(VADDR);
        int protection = protection(agent);
        long pte = Pte.writableDirty(Pte.of(agent.local(FRAME), protection), protection);
        store(agent, pte, UNLOCK);
        kernel.observer().pteSet(agent, mm.id(), vaddr, pte, false);
    }

    private static long oldFrame(Agent agent) {
        return Pte.pfn(agent.local(FOUND));
    }

    private static boolean copied(Agent agent) {
        return agent.local(FRAME) != FrameAllocator.NONE;
    }

    @Override
    void allocated(Agent agent, long pfn) {
        kernel.contents().copy(oldFrame(agent), pfn);
        agent.next(byRange ? START_PREPARE : LOCK, spec.copyPageCostPs(), Why.PAGE_FAULT);
    }

    @Override
    void outOfMemory(Agent agent) {
        agent.next(OUT_OF_MEMORY, 0, Why.PAGE_FAULT);
    }

    /** Clears the entry: the copy takes its place only after nobody uses the old frame through it any more. */
    @Override
    void set(Agent agent) {
        long old = kernel.tables().exchange(agent, agent.local(ADDRESS), Pte.NONE, Order.RELAXED);
        kernel.counters().add(VmCounter.PTES_CLEARED);
        kernel.observer().pteCleared(agent, mm(agent).id(), agent.local(VADDR), old, true);
        agent.next(FLUSH, spec.pteUpdateCostPs(), Why.PAGE_FAULT);
    }

    @Override
    void raced(Agent agent) {
        kernel.frames().drop(agent, agent.local(FRAME), 1);
        agent.local(FRAME, FrameAllocator.NONE);
        agent.next(byRange ? END_PREPARE : PUT_OLD, 0, Why.PAGE_FAULT);
    }
}
