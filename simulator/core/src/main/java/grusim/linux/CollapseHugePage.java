package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Fence;
import grusim.engine.Order;
import grusim.engine.Why;
import grusim.linux.lock.SpinLock;
import grusim.machine.PhysicalMemory;
import grusim.notifier.SecondaryMmu;
import grusim.workload.KernelSpec.HugePolicy;

/**
 * Makes the base pages of one huge range a transparent huge page: collapse_huge_page (Linux mm/khugepaged.c, 6.1). Under
 * mmap_sem for writing and the reverse map's lock it announces the range's start, takes the pmd entry away, flushes the CPUs'
 * TLBs, announces the end, isolates every page, copies them into one aligned run of frames, sets the huge entry, and frees the
 * old frames and the table.
 *
 * <p>Pages that were never touched are filled; one in swap, shared, pinned or under migration makes it give up: the entry is
 * put back. The run is taken from the blade of the first present page, under the lock. Linux keeps the table for the next
 * split.
 *
 * <p>Slots: 0 address space, 1 start of the huge range, 2 whether the owner asked for it (MADV_COLLAPSE), which overrides
 * {@code kernel.transparentHugepages}. Returns 0, also for a range that has its huge page, -EINVAL if there cannot be one,
 * -ENOMEM without a run of frames, -EBUSY if a page cannot be had.
 */
final class CollapseHugePage extends PointWalk {
    private static final int FORCED = 2;
    private static final int OLD_TABLE = 4;
    private static final int NEW = 5;
    private static final int INDEX = 6;
    private static final int VMA = 7;
    private static final int RESULT = 8;
    private static final int SLOTS = 9;

    private static final int DOWN_WRITE = 0;
    private static final int FIND_VMA = 1;
    private static final int READ_ENTRY = 2;
    private static final int LOCK_SCAN = 3;
    private static final int SCAN = 4;
    private static final int ALLOCATE = 5;
    private static final int START_PREPARE = 6;
    private static final int RANGE_START = 7;
    private static final int LOCK_RMAP = 8;
    private static final int LOCK = 9;
    private static final int CLEAR = 10;
    private static final int CLEARED = 11;
    private static final int FLUSH = 12;
    private static final int FLUSHED = 13;
    private static final int TABLES = 14;
    private static final int UNLOCK = 15;
    private static final int END_PREPARE = 16;
    private static final int RANGE_END = 17;
    private static final int RANGE_ENDED = 18;
    private static final int ISOLATE = 19;
    private static final int UNLOCK_RMAP = 20;
    private static final int COPY = 21;
    private static final int MAP_RUN = 22;
    private static final int LOCK_SET = 23;
    private static final int SET = 24;
    private static final int UNLOCK_SET = 25;
    private static final int FREE_FRAME = 26;
    private static final int FREE_TABLE = 27;
    private static final int PUT_BACK = 28;
    private static final int LOCK_RESTORE = 29;
    private static final int RESTORE = 30;
    private static final int UNLOCK_RESTORE = 31;
    private static final int UNLOCK_RMAP_RESTORE = 32;
    private static final int DROP_RUN = 33;
    private static final int UP_WRITE = 34;
    private static final int FINISH = 35;

    private final HugePolicy policy;

    CollapseHugePage(Kernel kernel) {
        super(kernel, "collapse_huge_page", SLOTS, Why.VM, PageTables.PUD);
        this.policy = spec.transparentHugepages();
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case DOWN_WRITE -> "take mmap_sem for writing";
            case FIND_VMA -> "may the mapping have a huge page here?";
            case READ_ENTRY -> "read the pmd entry";
            case LOCK_SCAN, LOCK, LOCK_SET, LOCK_RESTORE -> "take the page-table lock";
            case SCAN -> "scan the ptes, release the page-table lock";
            case ALLOCATE -> "allocate a huge page";
            case START_PREPARE -> "the pmd entry is going to change";
            case RANGE_START -> "announce the range's start";
            case LOCK_RMAP -> "take the reverse map's lock";
            case CLEAR -> "clear the pmd entry";
            case CLEARED -> "announce the clear";
            case FLUSH -> "flush the CPUs' TLBs";
            case FLUSHED -> "announce the flush";
            case TABLES -> "announce that the table is unlinked";
            case UNLOCK, UNLOCK_SET, UNLOCK_RESTORE -> "release the page-table lock";
            case END_PREPARE -> "the pmd entry has changed";
            case RANGE_END -> "announce the range's end";
            case RANGE_ENDED -> "the range's end is announced";
            case ISOLATE -> "isolate a page";
            case UNLOCK_RMAP, UNLOCK_RMAP_RESTORE -> "release the reverse map's lock";
            case COPY -> "copy a page";
            case MAP_RUN -> "enter the huge page in the reverse map";
            case SET -> "set the huge entry";
            case FREE_FRAME -> "free a frame";
            case FREE_TABLE -> "free the table page";
            case PUT_BACK -> "put a page back";
            case RESTORE -> "put the pmd entry back";
            case DROP_RUN -> "give the huge page back";
            case UP_WRITE -> "release mmap_sem";
            case FINISH -> "return";
            default -> walkStep(pc);
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        Mm mm = mm(agent);
        if (pc <= ALLOCATE) {
            prepare(agent, mm, pc);
        } else if (pc <= RANGE_ENDED) {
            clear(agent, mm, pc);
        } else if (pc <= FREE_TABLE) {
            replace(agent, mm, pc);
        } else if (pc <= FINISH) {
            giveUp(agent, mm, pc);
        } else {
            walk(agent, pc);
        }
    }

    private void prepare(Agent agent, Mm mm, int pc) {
        switch (pc) {
            case DOWN_WRITE -> downWrite(agent, mm, DOWN_WRITE, FIND_VMA);
            case FIND_VMA -> {
                int vma = mm.vmas().find(agent, agent.local(VADDR));
                agent.local(VMA, vma);
                HugePolicy asked = agent.local(FORCED) != 0 ? HugePolicy.ALWAYS : policy;
                boolean may = asked != HugePolicy.NEVER
                        && mm.vmas().contains(vma, agent.local(VADDR))
                        && HugeFault.eligible(mm, vma, agent.local(VADDR), asked);
                finishUnless(agent, may, Errno.EINVAL, READ_PGD);
            }
            case READ_ENTRY -> {
                long entry = kernel.tables().load(agent, entry(agent, PageTables.PMD), Order.RELAXED);
                agent.local(OLD_TABLE, entry);
                boolean table = entry != Pte.NONE && !Pte.huge(entry);
                agent.local(RESULT, entry == Pte.NONE ? -Errno.EINVAL : 0);
                agent.next(table ? LOCK_SCAN : UP_WRITE, spec.walkLevelLatencyPs(), Why.VM);
            }
            case LOCK_SCAN -> lock(agent, ptesLock(agent, mm), LOCK_SCAN, SCAN);
            case SCAN -> {
                long first = scan(agent, mm);
                agent.local(INDEX, first);
                agent.local(RESULT, first < 0 ? -Errno.EBUSY : 0);
                long scanPs = mm.tables().hugePages() * spec.walkLevelLatencyPs();
                ptesLock(agent, mm).unlock(agent);
                agent.next(first < 0 ? UP_WRITE : ALLOCATE, spec.lockCostPs() + scanPs, Why.VM);
            }
            default -> {
                int blade = kernel.frames().bladeOf(agent.local(INDEX));
                long head = kernel.frames().runs().allocate(agent, blade);
                agent.local(NEW, head);
                agent.local(INDEX, 0);
                finishUnless(agent, head != FrameAllocator.NONE, Errno.ENOMEM, START_PREPARE);
            }
        }
    }

    private SpinLock ptesLock(Agent agent, Mm mm) {
        return kernel.pageTableLock(mm, agent.local(OLD_TABLE));
    }

    private static void finishUnless(Agent agent, boolean good, int error, int next) {
        agent.local(RESULT, good ? 0 : -error);
        agent.next(good ? next : UP_WRITE, 0, Why.VM);
    }

    /** The frame of the first present page, or -1 if there is none or a page is in swap or being migrated. */
    private long scan(Agent agent, Mm mm) {
        long first = -1;
        for (int i = 0; i < mm.tables().hugePages(); i++) {
            long pte = pte(agent, i);
            if (Pte.swap(pte) || Pte.migration(pte)) {
                return -1;
            }
            if (Pte.present(pte) && first < 0) {
                first = Pte.pfn(pte);
            }
        }
        return first;
    }

    /** A pte of the table, which nobody else writes meanwhile. */
    private long pte(Agent agent, long index) {
        return kernel.tables().seen(agent, TablePages.address(agent.local(OLD_TABLE), (int) index));
    }

    private static long vaddr(Agent agent, long index) {
        return agent.local(VADDR) + index * PhysicalMemory.FRAME_BYTES;
    }

    private void clear(Agent agent, Mm mm, int pc) {
        long start = agent.local(VADDR);
        long end = start + mm.hugeBytes();
        Callouts callouts = kernel.callouts();
        switch (pc) {
            case START_PREPARE -> callouts.prepare(agent, mm, RANGE_START);
            case RANGE_START -> callouts.rangeStart(agent, mm, start, end, LOCK_RMAP);
            case LOCK_RMAP -> lock(agent, mm.rmapLock(), LOCK_RMAP, LOCK);
            case LOCK -> lock(agent, pageTableLock(agent), LOCK, CLEAR);
            case CLEAR -> {
                kernel.tables().exchange(agent, entry(agent, PageTables.PMD), Pte.NONE, Order.RELAXED);
                for (int i = 0; i < mm.tables().hugePages(); i++) {
                    long pte = pte(agent, i);
                    if (Pte.present(pte)) {
                        kernel.counters().add(VmCounter.PTES_CLEARED);
                        kernel.observer().pteCleared(agent, mm.id(), vaddr(agent, i), pte, true);
                    }
                }
                agent.next(CLEARED, spec.pteUpdateCostPs(), Why.VM);
            }
            case CLEARED -> callouts.cleared(agent, mm, start, end, FLUSH);
            case FLUSH -> kernel.shootdown().flush(agent, mm, FLUSHED);
            case FLUSHED -> callouts.flushed(agent, mm, start, end, TABLES);
            case TABLES -> callouts.tablesUnlinked(agent, mm, UNLOCK);
            case UNLOCK -> {
                if (mm.calls(SecondaryMmu::cleared) || mm.calls(SecondaryMmu::flushed)) {
                    callouts.invalidated(agent, mm, start, end);
                }
                unlock(agent, pageTableLock(agent), END_PREPARE);
            }
            case END_PREPARE -> callouts.prepare(agent, mm, RANGE_END);
            case RANGE_END -> callouts.rangeEnd(agent, mm, start, end, RANGE_ENDED);
            default -> {
                callouts.rangeEnded(agent, mm, start, end);
                agent.next(ISOLATE, 0, Why.VM);
            }
        }
    }

    private void replace(Agent agent, Mm mm, int pc) {
        switch (pc) {
            case ISOLATE -> isolate(agent, mm);
            case UNLOCK_RMAP -> {
                agent.local(INDEX, 0);
                unlock(agent, mm.rmapLock(), COPY);
            }
            case COPY -> copy(agent, mm);
            case MAP_RUN -> {
                kernel.frames().runs().map(agent, agent.local(NEW), mm.id(), agent.local(VADDR));
                kernel.engine().memory().fence(agent, Fence.WRITE);
                agent.next(LOCK_SET, 0, Why.VM);
            }
            case LOCK_SET -> lock(agent, pageTableLock(agent), LOCK_SET, SET);
            case SET -> set(agent, mm);
            case UNLOCK_SET -> unlock(agent, pageTableLock(agent), FREE_FRAME);
            case FREE_FRAME -> {
                long index = nextPresent(agent, mm);
                if (index < 0) {
                    agent.next(FREE_TABLE, 0, Why.VM);
                } else {
                    long pfn = Pte.pfn(pte(agent, index));
                    kernel.frames().reclaimable().dropIsolated(agent, pfn, mm.id(), vaddr(agent, index));
                    agent.local(INDEX, index + 1);
                    agent.next(FREE_FRAME, spec.pageFreeCostPs(), Why.VM);
                }
            }
            default -> {
                kernel.freeTable(agent, agent.local(OLD_TABLE));
                kernel.counters().add(VmCounter.HUGE_PAGES_COLLAPSED);
                agent.next(UP_WRITE, spec.pageFreeCostPs(), Why.VM);
            }
        }
    }

    /** Index of the next present page from {@link #INDEX} on, or -1. */
    private long nextPresent(Agent agent, Mm mm) {
        long index = agent.local(INDEX);
        while (index < mm.tables().hugePages() && !Pte.present(pte(agent, index))) {
            index++;
        }
        return index < mm.tables().hugePages() ? index : -1;
    }

    /** Isolates the next present page; what was swapped out since the scan makes it give up, as does a page that is held. */
    private void isolate(Agent agent, Mm mm) {
        long index = agent.local(INDEX);
        while (index < mm.tables().hugePages() && pte(agent, index) == Pte.NONE) {
            index++;
        }
        if (index == mm.tables().hugePages()) {
            agent.next(UNLOCK_RMAP, 0, Why.VM);
            return;
        }
        long pte = pte(agent, index);
        boolean taken = Pte.present(pte) && kernel.frames().reclaimable().isolate(agent, Pte.pfn(pte), true);
        agent.local(INDEX, index + (taken ? 1 : 0));
        agent.next(taken ? ISOLATE : PUT_BACK, 0, Why.VM);
    }

    private void copy(Agent agent, Mm mm) {
        long index = agent.local(INDEX);
        if (index == mm.tables().hugePages()) {
            agent.local(INDEX, 0);
            agent.next(MAP_RUN, 0, Why.VM);
            return;
        }
        long pte = pte(agent, index);
        long to = agent.local(NEW) + index;
        if (Pte.present(pte)) {
            kernel.contents().copy(Pte.pfn(pte), to);
        } else {
            Vmas vmas = mm.vmas();
            int vma = (int) agent.local(VMA);
            kernel.contents().fill(to, vmas.source(vma), vmas.sourcePage(vma, vaddr(agent, index)));
        }
        agent.local(INDEX, index + 1);
        agent.next(COPY, Pte.present(pte) ? spec.copyPageCostPs() : spec.zeroPageCostPs(), Why.VM);
    }

    private void set(Agent agent, Mm mm) {
        long huge = Pte.ofHuge(agent.local(NEW), mm.vmas().protection((int) agent.local(VMA)), false);
        kernel.tables().store(agent, entry(agent, PageTables.PMD), huge, Order.RELAXED);
        for (int i = 0; i < mm.tables().hugePages(); i++) {
            boolean fresh = !Pte.present(pte(agent, i));
            kernel.observer().pteSet(agent, mm.id(), vaddr(agent, i), Pte.part(huge, i), fresh);
        }
        agent.next(UNLOCK_SET, spec.pteUpdateCostPs(), Why.VM);
    }

    private void giveUp(Agent agent, Mm mm, int pc) {
        switch (pc) {
            case PUT_BACK -> {
                long index = agent.local(INDEX) - 1;
                while (index >= 0 && !Pte.present(pte(agent, index))) {
                    index--;
                }
                agent.local(INDEX, Math.max(0, index));
                if (index >= 0) {
                    kernel.frames().reclaimable().putBack(agent, Pte.pfn(pte(agent, index)));
                }
                agent.next(index < 0 ? LOCK_RESTORE : PUT_BACK, 0, Why.VM);
            }
            case LOCK_RESTORE -> lock(agent, pageTableLock(agent), LOCK_RESTORE, RESTORE);
            case RESTORE -> {
                kernel.tables().store(agent, entry(agent, PageTables.PMD), agent.local(OLD_TABLE), Order.RELAXED);
                for (int i = 0; i < mm.tables().hugePages(); i++) {
                    if (Pte.present(pte(agent, i))) {
                        kernel.observer().pteSet(agent, mm.id(), vaddr(agent, i), pte(agent, i), false);
                    }
                }
                agent.next(UNLOCK_RESTORE, spec.pteUpdateCostPs(), Why.VM);
            }
            case UNLOCK_RESTORE -> unlock(agent, pageTableLock(agent), UNLOCK_RMAP_RESTORE);
            case UNLOCK_RMAP_RESTORE -> unlock(agent, mm.rmapLock(), DROP_RUN);
            case DROP_RUN -> {
                kernel.frames().runs().drop(agent, agent.local(NEW), mm.id(), agent.local(VADDR));
                agent.local(RESULT, -Errno.EBUSY);
                agent.next(UP_WRITE, spec.pageFreeCostPs(), Why.VM);
            }
            case UP_WRITE -> upWrite(agent, mm, FINISH);
            default -> {
                if (agent.local(RESULT) < 0) {
                    kernel.counters().add(VmCounter.COLLAPSES_FAILED);
                }
                agent.done(agent.local(RESULT));
            }
        }
    }

    @Override
    void reached(Agent agent) {
        agent.next(READ_ENTRY, spec.walkLevelLatencyPs(), Why.VM);
    }

    @Override
    void missing(Agent agent, int level) {
        finishUnless(agent, false, Errno.EINVAL, UP_WRITE);
    }
}
