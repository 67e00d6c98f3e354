package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Order;
import grusim.engine.Why;
import grusim.machine.PhysicalMemory;
import grusim.notifier.SecondaryMmu;
import grusim.workload.KernelSpec.ReclaimNotifier;

/**
 * Replaces the entry that maps a frame by a migration entry: try_to_unmap with TTU_MIGRATION (Linux mm/rmap.c, 2.6.28),
 * later try_to_migrate. It holds the lock of the reverse map, not mmap_sem. Notifiers are called by page or by range as in
 * {@link ReclaimPage}. The migration entry keeps the mapping's reference to the frame, which Linux drops here; what is
 * counted afterwards is the same.
 *
 * <p>Slots: 0 address space, 1 address, 4 frame. Returns 1, or 0 if the frame is not mapped there.
 */
final class TryToMigrate extends PointWalk {
    /** Slot of the frame. */
    static final int FRAME = 4;

    private static final int UNMAPPED = 5;
    private static final int OLD = 6;
    private static final int SLOTS = 7;

    private static final int LOCK_RMAP = 0;
    private static final int FIND_VMA = 1;
    private static final int START_PREPARE = 2;
    private static final int RANGE_START = 3;
    private static final int LOCK = 4;
    private static final int READ_PTE = 5;
    private static final int CLEAR = 6;
    private static final int CLEARED = 7;
    private static final int FLUSH = 8;
    private static final int FLUSHED = 9;
    private static final int ANNOUNCED = 10;
    private static final int SET_ENTRY = 11;
    private static final int UNLOCK = 12;
    private static final int PAGE_PREPARE = 13;
    private static final int INVALIDATE_PAGE = 14;
    private static final int PAGE_DONE = 15;
    private static final int END_PREPARE = 16;
    private static final int RANGE_END = 17;
    private static final int UNLOCK_RMAP = 18;
    private static final int FINISH = 19;

    private final boolean byRange;

    TryToMigrate(Kernel kernel) {
        super(kernel, "try_to_migrate", SLOTS, Why.VM);
        this.byRange = spec.reclaimNotifier() == ReclaimNotifier.RANGE;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case LOCK_RMAP -> "take the reverse map's lock";
            case FIND_VMA -> "look for the vma in the reverse map";
            case START_PREPARE -> "the pte is going to change";
            case RANGE_START -> "announce the range's start";
            case LOCK -> "take the page-table lock";
            case READ_PTE -> "read the pte";
            case CLEAR -> "clear the pte";
            case CLEARED -> "announce the clear";
            case FLUSH -> "flush the CPUs' TLBs";
            case FLUSHED -> "announce the flush";
            case ANNOUNCED -> "announced the clear";
            case SET_ENTRY -> "set the migration entry";
            case UNLOCK -> "release the page-table lock";
            case PAGE_PREPARE -> "the pte has changed";
            case INVALIDATE_PAGE -> "announce the page";
            case PAGE_DONE -> "the page is announced";
            case END_PREPARE -> "the range has changed";
            case RANGE_END -> "announce the range's end";
            case UNLOCK_RMAP -> "release the reverse map's lock";
            case FINISH -> "return";
            default -> walkStep(pc);
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        if (pc <= READ_PTE) {
            find(agent, mm(agent), pc);
        } else if (pc <= FINISH) {
            replace(agent, mm(agent), pc);
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
            case RANGE_START -> kernel.callouts().rangeStart(agent, mm, vaddr, pageEnd(agent), READ_PGD);
            case LOCK -> lock(agent, pageTableLock(agent), LOCK, READ_PTE);
            default -> {
                long pte = kernel.tables().load(agent, entry(agent, PageTables.PTE), Order.RELAXED);
                boolean maps = Pte.present(pte) && Pte.pfn(pte) == agent.local(FRAME);
                agent.next(maps ? CLEAR : UNLOCK, spec.walkLevelLatencyPs(), Why.VM);
            }
        }
    }

    private void replace(Agent agent, Mm mm, int pc) {
        long vaddr = agent.local(VADDR);
        TablePages tables = kernel.tables();
        switch (pc) {
            case CLEAR -> {
                long old = tables.exchange(agent, entry(agent, PageTables.PTE), Pte.NONE, Order.RELAXED);
                agent.local(OLD, old);
                kernel.counters().add(VmCounter.PTES_CLEARED);
                kernel.observer().pteCleared(agent, mm.id(), vaddr, old, true);
                agent.next(CLEARED, spec.pteUpdateCostPs(), Why.VM);
            }
            case CLEARED -> kernel.callouts().cleared(agent, mm, vaddr, pageEnd(agent), FLUSH);
            case FLUSH -> kernel.shootdown().flushPage(agent, mm, FLUSHED);
            case FLUSHED -> kernel.callouts().flushed(agent, mm, vaddr, pageEnd(agent), ANNOUNCED);
            case ANNOUNCED -> {
                boolean told = mm.calls(SecondaryMmu::cleared) || mm.calls(SecondaryMmu::flushed);
                if (told && !mm.calls(SecondaryMmu::afterUnmap)) {
                    kernel.callouts().invalidated(agent, mm, vaddr, pageEnd(agent));
                }
                agent.next(SET_ENTRY, 0, Why.VM);
            }
            case SET_ENTRY -> {
                long entry = Pte.migrationEntry(agent.local(OLD));
                tables.store(agent, entry(agent, PageTables.PTE), entry, Order.RELAXED);
                agent.local(UNMAPPED, 1);
                agent.next(UNLOCK, spec.pteUpdateCostPs(), Why.VM);
            }
            case UNLOCK -> {
                boolean announcePage = agent.local(UNMAPPED) != 0 && !byRange;
                unlock(agent, pageTableLock(agent), announcePage ? PAGE_PREPARE : rangeEnd());
            }
            case PAGE_PREPARE -> kernel.callouts().prepare(agent, mm, INVALIDATE_PAGE);
            case INVALIDATE_PAGE -> kernel.callouts().invalidatePage(agent, mm, vaddr, PAGE_DONE);
            case PAGE_DONE -> {
                kernel.callouts().pageInvalidated(agent, mm, vaddr);
                agent.next(UNLOCK_RMAP, 0, Why.VM);
            }
            case END_PREPARE -> kernel.callouts().prepare(agent, mm, RANGE_END);
            case RANGE_END -> kernel.callouts().rangeEnd(agent, mm, vaddr, pageEnd(agent), UNLOCK_RMAP);
            case UNLOCK_RMAP -> {
                if (byRange) {
                    kernel.callouts().rangeEnded(agent, mm, vaddr, pageEnd(agent));
                }
                unlock(agent, mm.rmapLock(), FINISH);
            }
            default -> agent.done(agent.local(UNMAPPED));
        }
    }

    private int rangeEnd() {
        return byRange ? END_PREPARE : UNLOCK_RMAP;
    }

    private static long pageEnd(Agent agent) {
        return agent.local(VADDR) + PhysicalMemory.FRAME_BYTES;
    }

    @Override
    void reached(Agent agent) {
        agent.next(LOCK, spec.walkLevelLatencyPs(), Why.VM);
    }

    @Override
    void missing(Agent agent, int level) {
        agent.next(rangeEnd(), 0, Why.VM);
    }
}
