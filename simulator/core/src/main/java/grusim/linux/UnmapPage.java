package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Order;
import grusim.engine.Why;
import grusim.machine.PhysicalMemory;
import grusim.notifier.SecondaryMmu;
import grusim.workload.KernelSpec.ReclaimNotifier;

/**
 * Takes one mapping of a frame away, found through the reverse map, whose lock it holds, not mmap_sem: the walk and the
 * callouts of try_to_unmap (Linux mm/rmap.c). What the entry becomes, and whether it goes at all, is the subclass's.
 *
 * <p>By page: clear the pte, flush the CPUs' TLBs, release the page-table lock, announce the page. By range: announce the
 * range's start first, and its end last. Either way, who wants to know of the clear under the page-table lock, or of the
 * flush, is told there. The lock under which Linux 2.6.28 itself calls out by page differs: there the page-table lock is
 * still held.
 *
 * <p>Slots: 0 address space, 1 address, 4 frame. Returns what the subclass makes of {@link #UNMAPPED}.
 */
abstract class UnmapPage extends PointWalk {
    /** Slot of the frame. */
    static final int FRAME = 4;

    /** Slot of the entry as it was read, then as it was cleared. */
    static final int PTE = 5;

    /** Slot of whether the mapping is gone. */
    static final int UNMAPPED = 6;

    /** First slot of the subclass. */
    static final int OWN_SLOT = 7;

    private static final int LOCK_RMAP = 0;
    private static final int FIND_VMA = 1;
    private static final int START_PREPARE = 2;
    private static final int RANGE_START = 3;
    private static final int START_ANSWERED = 4;
    private static final int LOCK = 5;
    private static final int READ_PTE = 6;
    static final int CLEAR = 7;
    private static final int CLEARED = 8;
    private static final int FLUSH = 9;
    private static final int FLUSHED = 10;
    private static final int ANNOUNCED = 11;
    static final int UNLOCK = 12;
    private static final int PAGE_PREPARE = 13;
    private static final int INVALIDATE_PAGE = 14;
    private static final int PAGE_DONE = 15;
    private static final int END_PREPARE = 16;
    private static final int RANGE_END = 17;
    private static final int UNLOCK_RMAP = 18;
    private static final int RETURN = 19;

    /** First step of the subclass. */
    static final int OWN = 20;

    private final boolean byRange;

    UnmapPage(Kernel kernel, String name, int slots) {
        super(kernel, name, slots, Why.VM);
        this.byRange = spec.reclaimNotifier() == ReclaimNotifier.RANGE;
    }

    /** Whether a range's start may wait for those it is announced to; else it may be refused. */
    abstract boolean mayBlock();

    /** The step after the entry, which maps the frame, was read under its lock: {@link #CLEAR}, {@link #UNLOCK} or its own. */
    abstract int judge(Agent agent, long pte);

    /** The step that follows the flush: its own, which ends at {@link #UNLOCK}. */
    abstract int flushed(Agent agent);

    /** The step that follows the announcement of the page, if it was unmapped: its own, which ends with {@link #ended}. */
    abstract int announced(Agent agent);

    /** What the routine returns. */
    abstract long outcome(Agent agent);

    /** Performs a step of the subclass. */
    abstract void ownStep(Agent agent, Mm mm, int pc);

    /** Names a step of the subclass. */
    abstract String ownName(int pc);

    @Override
    public final String stepName(int pc) {
        return switch (pc) {
            case LOCK_RMAP -> "take the reverse map's lock";
            case FIND_VMA -> "look for the vma in the reverse map";
            case START_PREPARE -> "the pte is going to change";
            case RANGE_START -> "announce the range's start";
            case START_ANSWERED -> "may the range change?";
            case LOCK -> "take the page-table lock";
            case READ_PTE -> "read the pte";
            case CLEAR -> "clear the pte";
            case CLEARED -> "announce the clear";
            case FLUSH -> "flush the CPUs' TLBs";
            case FLUSHED -> "announce the flush";
            case ANNOUNCED -> "announced the flush";
            case UNLOCK -> "release the page-table lock";
            case PAGE_PREPARE -> "the pte has changed";
            case INVALIDATE_PAGE -> "announce the page";
            case PAGE_DONE -> "the page is announced";
            case END_PREPARE -> "the range has changed";
            case RANGE_END -> "announce the range's end";
            case UNLOCK_RMAP -> "release the reverse map's lock";
            case RETURN -> "return";
            default -> pc >= READ_PGD ? walkStep(pc) : ownName(pc);
        };
    }

    @Override
    public final void step(Agent agent, int pc) {
        if (pc <= READ_PTE) {
            find(agent, mm(agent), pc);
        } else if (pc <= UNLOCK) {
            clear(agent, mm(agent), pc);
        } else if (pc <= RETURN) {
            announce(agent, mm(agent), pc);
        } else if (pc < READ_PGD) {
            ownStep(agent, mm(agent), pc);
        } else {
            walk(agent, pc);
        }
    }

    private void find(Agent agent, Mm mm, int pc) {
        long vaddr = agent.local(VADDR);
        switch (pc) {
            case LOCK_RMAP -> lock(agent, mm.rmapLock(), LOCK_RMAP, FIND_VMA);
            case FIND_VMA -> {
                boolean found = mm.vmas().mapsPage(agent, vaddr);
                int mapped = byRange ? START_PREPARE : READ_PGD;
                agent.next(found ? mapped : UNLOCK_RMAP, 0, Why.VM);
            }
            case START_PREPARE -> kernel.callouts().prepare(agent, mm, RANGE_START);
            case RANGE_START -> {
                if (!mayBlock() && mm.calls(SecondaryMmu::tryRangeStart)) {
                    kernel.callouts().tryRangeStart(agent, mm, vaddr, pageEnd(agent), READ_PGD, START_ANSWERED);
                } else {
                    kernel.callouts().rangeStart(agent, mm, vaddr, pageEnd(agent), READ_PGD);
                }
            }
            case START_ANSWERED -> {
                boolean refused = agent.result() < 0;
                if (refused) {
                    kernel.counters().add(VmCounter.RECLAIM_NOT_BLOCKED);
                }
                agent.next(refused ? UNLOCK_RMAP : READ_PGD, 0, Why.VM);
            }
            case LOCK -> lock(agent, pageTableLock(agent), LOCK, READ_PTE);
            default -> {
                long pte = kernel.tables().load(agent, entry(agent, PageTables.PTE), Order.RELAXED);
                boolean maps = Pte.present(pte) && Pte.pfn(pte) == agent.local(FRAME);
                agent.local(PTE, pte);
                agent.next(maps ? judge(agent, pte) : UNLOCK, spec.walkLevelLatencyPs(), Why.VM);
            }
        }
    }

    private void clear(Agent agent, Mm mm, int pc) {
        long vaddr = agent.local(VADDR);
        switch (pc) {
            case CLEAR -> {
                long old = kernel.tables().exchange(agent, entry(agent, PageTables.PTE), Pte.NONE, Order.RELAXED);
                agent.local(PTE, old);
                kernel.counters().add(VmCounter.PTES_CLEARED);
                kernel.observer().pteCleared(agent, mm.id(), vaddr, old, true);
                agent.next(mm.calls(SecondaryMmu::cleared) ? CLEARED : FLUSH, spec.pteUpdateCostPs(), Why.VM);
            }
            case CLEARED -> kernel.callouts().cleared(agent, mm, vaddr, pageEnd(agent), FLUSH);
            case FLUSH -> kernel.shootdown().flushPage(agent, mm, mm.hearsOfFlushes() ? FLUSHED : flushed(agent));
            case FLUSHED -> kernel.callouts().flushed(agent, mm, vaddr, pageEnd(agent), ANNOUNCED);
            case ANNOUNCED -> {
                if (!mm.calls(SecondaryMmu::afterUnmap)) {
                    kernel.callouts().invalidated(agent, mm, vaddr, pageEnd(agent));
                }
                agent.next(flushed(agent), 0, Why.VM);
            }
            default -> unlock(agent, pageTableLock(agent), unlocked(agent));
        }
    }

    private int unlocked(Agent agent) {
        if (agent.local(UNMAPPED) == 0) {
            return ended();
        }
        return byRange ? announced(agent) : PAGE_PREPARE;
    }

    private void announce(Agent agent, Mm mm, int pc) {
        long vaddr = agent.local(VADDR);
        switch (pc) {
            case PAGE_PREPARE -> kernel.callouts().prepare(agent, mm, INVALIDATE_PAGE);
            case INVALIDATE_PAGE -> kernel.callouts().invalidatePage(agent, mm, vaddr, PAGE_DONE);
            case PAGE_DONE -> {
                kernel.callouts().pageInvalidated(agent, mm, vaddr);
                agent.next(announced(agent), 0, Why.VM);
            }
            case END_PREPARE -> kernel.callouts().prepare(agent, mm, RANGE_END);
            case RANGE_END -> kernel.callouts().rangeEnd(agent, mm, vaddr, pageEnd(agent), UNLOCK_RMAP);
            case UNLOCK_RMAP -> {
                if (byRange) {
                    kernel.callouts().rangeEnded(agent, mm, vaddr, pageEnd(agent));
                }
                unlock(agent, mm.rmapLock(), RETURN);
            }
            default -> agent.done(outcome(agent));
        }
    }

    /** The step that ends the attempt. */
    final int ended() {
        return byRange ? END_PREPARE : UNLOCK_RMAP;
    }

    private static long pageEnd(Agent agent) {
        return agent.local(VADDR) + PhysicalMemory.FRAME_BYTES;
    }

    @Override
    final void reached(Agent agent) {
        agent.next(LOCK, spec.walkLevelLatencyPs(), Why.VM);
    }

    @Override
    final void missing(Agent agent, int level) {
        agent.next(ended(), 0, Why.VM);
    }
}
