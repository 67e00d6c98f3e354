package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Order;
import grusim.engine.Why;
import grusim.machine.PhysicalMemory;
import grusim.notifier.SecondaryMmu;
import grusim.workload.KernelSpec.ReclaimNotifier;

/**
 * Swaps out one page that was taken off the list of pages and frees its frame: shrink_page_list, try_to_unmap (Linux
 * mm/vmscan.c, mm/rmap.c). It finds the page's entries through the reverse map, one after the other, and holds that map's
 * lock meanwhile, one per address space, not mmap_sem. All entries of a frame name the same swap slot afterwards.
 *
 * <p>By page: clear the pte, flush the CPUs' TLBs, release the page-table lock, announce the page, drop the mapping's
 * reference. By range: announce the range's start first, and its end after the reference is dropped. Either way the frame
 * is written to swap and freed after that. Who wants to know of the clear under the page-table lock, or of the flush, is told
 * there; who wants to act without spinlocks is told before and after the attempt to unmap each page. A page used since reclaim last looked at it is spared once. The lock under which
 * Linux 2.6.28 itself calls out by page differs: there the page-table lock is still held.
 *
 * <p>A frame whose content may be given up (MADV_FREE) is neither written nor does it get a slot, unless its entry is dirty
 * or somebody else refers to it once the entry is cleared: then it is put back, and is an ordinary one.
 *
 * <p>Slots: 0 address space, 1 address, 2 whether to take it though it was used, 4 frame, 8 number of pages it backs, 9
 * whether its content may be given up. Returns 1, or 0 if the page was put back.
 */
final class ReclaimPage extends PointWalk {
    private static final int FORCE = 2;

    /** Slot of the frame. */
    static final int FRAME = 4;

    private static final int SLOT = 5;
    private static final int PTE = 6;
    private static final int UNMAPPED = 7;

    /** Slot of the number of mappings not yet looked at. */
    static final int LEFT = 8;

    /** Slot of whether the content may be given up. */
    static final int LAZY = 9;

    /** Slot of the number of mappings that were passed over. */
    private static final int PASSED = 10;

    /** Slot of the number of mappings that were taken away. */
    private static final int TAKEN = 11;

    private static final int SLOTS = 12;

    /** Value of {@link #LAZY}: the content is kept after all, since it was written. */
    private static final int WRITTEN = 2;

    private static final int ADD_TO_SWAP = 0;
    private static final int LOCK_RMAP = 1;
    private static final int FIND_VMA = 2;
    private static final int START_PREPARE = 3;
    private static final int RANGE_START = 4;
    private static final int LOCK = 5;
    private static final int READ_PTE = 6;
    private static final int AGE = 7;
    private static final int CLEAR = 8;
    private static final int FLUSH = 9;
    private static final int SET_SWAP = 10;
    private static final int UNLOCK = 11;
    private static final int PAGE_PREPARE = 12;
    private static final int INVALIDATE_PAGE = 13;
    private static final int DROP_MAPPING = 14;
    private static final int END_PREPARE = 15;
    private static final int RANGE_END = 16;
    private static final int UNLOCK_RMAP = 17;
    private static final int WRITE_OUT = 18;
    private static final int FILL_SLOT = 19;
    private static final int FREE_FRAME = 20;
    private static final int FREE_SLOT = 21;
    private static final int PUT_BACK = 22;
    private static final int FINISH = 23;
    private static final int NEXT_MAPPING = 24;
    private static final int DUPLICATE_SLOT = 25;
    private static final int GIVE_UP = 26;
    private static final int RESTORE = 27;
    private static final int BEFORE_UNMAP = 28;
    private static final int CLEARED = 29;
    private static final int FLUSHED = 30;
    private static final int FLUSH_ANNOUNCED = 31;
    private static final int AFTER_UNMAP = 32;
    private static final int UNMAP_ANNOUNCED = 33;
    private static final int START_ANSWERED = 34;
    private static final int CHECK_REFERENCES = 35;

    private final boolean byRange;

    ReclaimPage(Kernel kernel) {
        super(kernel, "try_to_unmap", SLOTS, Why.VM);
        this.byRange = spec.reclaimNotifier() == ReclaimNotifier.RANGE;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ADD_TO_SWAP -> "allocate a swap slot";
            case LOCK_RMAP -> "take the reverse map's lock";
            case FIND_VMA -> "look for the vma in the reverse map";
            case START_PREPARE -> "the pte is going to change";
            case RANGE_START -> "announce the range's start";
            case LOCK -> "take the page-table lock";
            case READ_PTE -> "read the pte";
            case AGE -> "mark the page as not used";
            case CLEAR -> "clear the pte";
            case FLUSH -> "flush the CPUs' TLBs";
            case SET_SWAP -> "set the swap entry";
            case UNLOCK -> "release the page-table lock";
            case PAGE_PREPARE -> "the pte has changed";
            case INVALIDATE_PAGE -> "announce the page";
            case DROP_MAPPING -> "drop the mapping's reference";
            case END_PREPARE -> "the range has changed";
            case RANGE_END -> "announce the range's end";
            case UNLOCK_RMAP -> "release the reverse map's lock";
            case WRITE_OUT -> "write the page to swap";
            case FILL_SLOT -> "unlock the swap slot";
            case FREE_FRAME -> "free the frame";
            case FREE_SLOT -> "give back the swap slot";
            case PUT_BACK -> "put the page back";
            case FINISH -> "return";
            case NEXT_MAPPING -> "look for another page of the frame";
            case DUPLICATE_SLOT -> "name the swap slot once more";
            case GIVE_UP -> "may the content be given up?";
            case RESTORE -> "set the pte again";
            case BEFORE_UNMAP -> "announce the attempt to unmap";
            case CLEARED -> "announce the clear";
            case FLUSHED -> "announce the flush";
            case FLUSH_ANNOUNCED -> "announced the flush";
            case AFTER_UNMAP -> "announce the end of the attempt";
            case START_ANSWERED -> "may the range change?";
            case CHECK_REFERENCES -> "does somebody else refer to the frame?";
            case UNMAP_ANNOUNCED -> "announced the end of the attempt";
            default -> walkStep(pc);
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        if (pc <= RANGE_START) {
            prepare(agent, mm(agent), pc);
        } else if (pc <= UNLOCK) {
            unmap(agent, mm(agent), pc);
        } else if (pc <= UNLOCK_RMAP) {
            announce(agent, mm(agent), pc);
        } else if (pc <= FINISH) {
            release(agent, pc);
        } else if (pc <= RESTORE) {
            share(agent, mm(agent), pc);
        } else if (pc <= CHECK_REFERENCES) {
            callOut(agent, mm(agent), pc);
        } else {
            walk(agent, pc);
        }
    }

    private void prepare(Agent agent, Mm mm, int pc) {
        long vaddr = agent.local(VADDR);
        switch (pc) {
            case ADD_TO_SWAP -> {
                if (agent.local(LAZY) != 0) {
                    attempt(agent, mm);
                    return;
                }
                long slot = kernel.swap().allocate(agent);
                agent.local(SLOT, slot);
                if (slot == SwapArea.NONE) {
                    agent.next(PUT_BACK, 0, Why.VM);
                } else {
                    attempt(agent, mm);
                }
            }
            case LOCK_RMAP -> lock(agent, mm.rmapLock(), LOCK_RMAP, FIND_VMA);
            case FIND_VMA -> {
                boolean found = mm.vmas().mapsPage(agent, vaddr);
                int mapped = byRange ? START_PREPARE : READ_PGD;
                agent.next(found ? mapped : UNLOCK_RMAP, 0, Why.VM);
            }
            case START_PREPARE -> kernel.callouts().prepare(agent, mm, RANGE_START);
            default -> {
                if (mm.calls(SecondaryMmu::tryRangeStart)) {
                    kernel.callouts().tryRangeStart(agent, mm, vaddr, pageEnd(agent), READ_PGD, START_ANSWERED);
                } else {
                    kernel.callouts().rangeStart(agent, mm, vaddr, pageEnd(agent), READ_PGD);
                }
            }
        }
    }

    /** Ends the step before a page of the frame is unmapped. */
    private void attempt(Agent agent, Mm mm) {
        if (mm.calls(SecondaryMmu::beforeUnmap)) {
            kernel.callouts().prepare(agent, mm, BEFORE_UNMAP);
        } else {
            agent.next(LOCK_RMAP, 0, Why.VM);
        }
    }

    private void callOut(Agent agent, Mm mm, int pc) {
        long vaddr = agent.local(VADDR);
        long end = pageEnd(agent);
        Callouts callouts = kernel.callouts();
        switch (pc) {
            case BEFORE_UNMAP -> callouts.beforeUnmap(agent, mm, vaddr, agent.local(FRAME), LOCK_RMAP);
            case CLEARED -> callouts.cleared(agent, mm, vaddr, end, FLUSH);
            case FLUSHED -> callouts.flushed(agent, mm, vaddr, end, FLUSH_ANNOUNCED);
            case FLUSH_ANNOUNCED -> {
                if (!mm.calls(SecondaryMmu::afterUnmap)) {
                    callouts.invalidated(agent, mm, vaddr, end);
                }
                agent.next(afterFlush(agent), 0, Why.VM);
            }
            case AFTER_UNMAP -> callouts.afterUnmap(agent, mm, vaddr, agent.local(FRAME), UNMAP_ANNOUNCED);
            case CHECK_REFERENCES ->
                agent.next(kernel.frames().referenced(agent, agent.local(FRAME)) ? UNLOCK : CLEAR, 0, Why.VM);
            case UNMAP_ANNOUNCED -> {
                callouts.invalidated(agent, mm, vaddr, end);
                agent.next(afterAttempt(agent), 0, Why.VM);
            }
            default -> {
                boolean refused = agent.result() < 0;
                if (refused) {
                    kernel.counters().add(VmCounter.RECLAIM_NOT_BLOCKED);
                }
                agent.next(refused ? UNLOCK_RMAP : READ_PGD, 0, Why.VM);
            }
        }
    }

    private void unmap(Agent agent, Mm mm, int pc) {
        TablePages tables = kernel.tables();
        switch (pc) {
            case LOCK -> lock(agent, pageTableLock(agent), LOCK, READ_PTE);
            case READ_PTE -> {
                long pte = tables.load(agent, entry(agent, PageTables.PTE), Order.RELAXED);
                agent.local(PTE, pte);
                agent.next(judge(agent, pte), spec.walkLevelLatencyPs(), Why.VM);
            }
            case AGE -> {
                kernel.counters().add(VmCounter.RECLAIM_SECOND_CHANCES);
                long old = agent.local(PTE);
                tables.exchange(agent, entry(agent, PageTables.PTE), old & ~Pte.ACCESSED, Order.RELAXED);
                kernel.observer().pteChanged(agent, mm.id(), agent.local(VADDR), old, old & ~Pte.ACCESSED);
                agent.next(UNLOCK, spec.pteUpdateCostPs(), Why.VM);
            }
            case CLEAR -> {
                long old = tables.exchange(agent, entry(agent, PageTables.PTE), Pte.NONE, Order.RELAXED);
                kernel.counters().add(VmCounter.PTES_CLEARED);
                kernel.observer().pteCleared(agent, mm.id(), agent.local(VADDR), old, true);
                agent.next(mm.calls(SecondaryMmu::cleared) ? CLEARED : FLUSH, spec.pteUpdateCostPs(), Why.VM);
            }
            case FLUSH -> {
                boolean announces = mm.hearsOfFlushes();
                kernel.shootdown().flushPage(agent, mm, announces ? FLUSHED : afterFlush(agent));
            }
            case SET_SWAP -> {
                long entry = Pte.swapEntry(agent.local(SLOT));
                tables.store(agent, entry(agent, PageTables.PTE), entry, Order.RELAXED);
                agent.local(UNMAPPED, 1);
                agent.next(UNLOCK, spec.pteUpdateCostPs(), Why.VM);
            }
            default -> {
                boolean announcePage = unmapped(agent) && !byRange;
                int dropped = unmapped(agent) ? DROP_MAPPING : rangeEnd();
                unlock(agent, pageTableLock(agent), announcePage ? PAGE_PREPARE : dropped);
            }
        }
    }

    private static int afterFlush(Agent agent) {
        if (agent.local(LAZY) != 0) {
            return GIVE_UP;
        }
        return agent.local(TAKEN) == 0 ? SET_SWAP : DUPLICATE_SLOT;
    }

    private int judge(Agent agent, long pte) {
        if (!Pte.present(pte) || Pte.pfn(pte) != agent.local(FRAME)) {
            return UNLOCK;
        }
        if (agent.local(LAZY) != 0 && Pte.dirty(pte)) {
            agent.local(LAZY, WRITTEN);
            return UNLOCK;
        }
        int clear = kernel.frames().pinsRevoked() ? CHECK_REFERENCES : CLEAR;
        return Pte.accessed(pte) && agent.local(FORCE) == 0 ? AGE : clear;
    }

    private void announce(Agent agent, Mm mm, int pc) {
        long vaddr = agent.local(VADDR);
        switch (pc) {
            case PAGE_PREPARE -> kernel.callouts().prepare(agent, mm, INVALIDATE_PAGE);
            case INVALIDATE_PAGE -> kernel.callouts().invalidatePage(agent, mm, vaddr, DROP_MAPPING);
            case DROP_MAPPING -> {
                if (!byRange) {
                    kernel.callouts().pageInvalidated(agent, mm, vaddr);
                }
                long pfn = agent.local(FRAME);
                kernel.frames().dropMapping(agent, pfn, mm.id(), vaddr);
                agent.local(TAKEN, agent.local(TAKEN) + 1);
                agent.local(LEFT, kernel.frames().mappings(pfn) - agent.local(PASSED) + 1);
                agent.next(rangeEnd(), 0, Why.VM);
            }
            case END_PREPARE -> kernel.callouts().prepare(agent, mm, RANGE_END);
            case RANGE_END -> kernel.callouts().rangeEnd(agent, mm, vaddr, pageEnd(agent), UNLOCK_RMAP);
            default -> {
                if (byRange) {
                    kernel.callouts().rangeEnded(agent, mm, vaddr, pageEnd(agent));
                }
                agent.local(LEFT, agent.local(LEFT) - 1);
                if (!unmapped(agent)) {
                    agent.local(PASSED, agent.local(PASSED) + 1);
                }
                boolean announces = mm.calls(SecondaryMmu::afterUnmap);
                unlock(agent, mm.rmapLock(), announces ? AFTER_UNMAP : afterAttempt(agent));
            }
        }
    }

    private static int afterAttempt(Agent agent) {
        return agent.local(LEFT) > 0 ? NEXT_MAPPING : afterAll(agent);
    }

    private static int afterAll(Agent agent) {
        boolean lazy = agent.local(LAZY) != 0;
        if (agent.local(TAKEN) == 0) {
            return lazy ? PUT_BACK : FREE_SLOT;
        }
        return lazy ? FREE_FRAME : WRITE_OUT;
    }

    private void share(Agent agent, Mm mm, int pc) {
        FrameAllocator frames = kernel.frames();
        long pfn = agent.local(FRAME);
        switch (pc) {
            case NEXT_MAPPING -> {
                int mapping = (int) agent.local(PASSED);
                if (mapping >= frames.readMappings(agent, pfn)) {
                    agent.next(afterAll(agent), 0, Why.VM);
                    return;
                }
                agent.local(MM, frames.mm(pfn, mapping));
                agent.local(VADDR, frames.vaddr(pfn, mapping));
                agent.local(LEFT, frames.mappings(pfn) - (long) mapping);
                agent.local(UNMAPPED, 0);
                attempt(agent, mm(agent));
            }
            case DUPLICATE_SLOT -> {
                kernel.swap().duplicate(agent, agent.local(SLOT));
                agent.next(SET_SWAP, 0, Why.VM);
            }
            case GIVE_UP -> {
                boolean givenUp = frames.giveUp(agent, pfn);
                if (givenUp) {
                    kernel.counters().add(VmCounter.PAGES_LAZILY_FREED);
                    kernel.observer().swapDiscarded(agent, mm.id(), agent.local(VADDR));
                    agent.local(UNMAPPED, 1);
                }
                agent.next(givenUp ? UNLOCK : RESTORE, 0, Why.VM);
            }
            default -> {
                long pte = agent.local(PTE);
                kernel.tables().store(agent, entry(agent, PageTables.PTE), pte, Order.RELAXED);
                kernel.observer().pteSet(agent, mm.id(), agent.local(VADDR), pte, false);
                agent.next(UNLOCK, spec.pteUpdateCostPs(), Why.VM);
            }
        }
    }

    private void release(Agent agent, int pc) {
        switch (pc) {
            case WRITE_OUT -> wait(agent, FILL_SLOT, spec.swapOutCostPs(), Why.SWAP);
            case FILL_SLOT -> {
                kernel.swap().write(agent, agent.local(SLOT), agent.local(FRAME));
                kernel.counters().add(VmCounter.SWAPPED_OUT);
                agent.next(FREE_FRAME, 0, Why.VM);
            }
            case FREE_FRAME -> {
                kernel.frames().putBack(agent, agent.local(FRAME));
                kernel.counters().add(VmCounter.PAGES_RECLAIMED);
                agent.next(FINISH, spec.pageFreeCostPs(), Why.VM);
            }
            case FREE_SLOT -> {
                kernel.swap().free(agent, agent.local(SLOT));
                agent.next(PUT_BACK, 0, Why.VM);
            }
            case PUT_BACK -> {
                if (agent.local(LAZY) == WRITTEN) {
                    kernel.frames().keep(agent.local(FRAME));
                }
                kernel.frames().putBack(agent, agent.local(FRAME));
                agent.next(FINISH, 0, Why.VM);
            }
            default -> agent.done(agent.local(TAKEN) == 0 ? 0 : 1);
        }
    }

    private int rangeEnd() {
        return byRange ? END_PREPARE : UNLOCK_RMAP;
    }

    private static boolean unmapped(Agent agent) {
        return agent.local(UNMAPPED) != 0;
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
