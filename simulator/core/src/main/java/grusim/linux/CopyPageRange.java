package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Order;
import grusim.engine.Why;
import grusim.linux.lock.SpinLock;
import grusim.notifier.SecondaryMmu;

/**
 * Copies the ptes of a range to a child: copy_page_range, copy_one_pte (Linux mm/memory.c, 2.6.28). A page in memory loses
 * the right to be written on both sides and its frame backs the child's page too; a page in swap has its slot named once
 * more. Under the page-table locks of the child and the parent, which Linux drops now and then. Who wants to know of clears
 * under the page-table lock is told there of what may not be written any more.
 *
 * <p>Slots as {@link RangeWalk}, and 8 the child. Returns 0.
 */
final class CopyPageRange extends RangeWalk {
    static final int CHILD = OWN;
    private static final int CHILD_TABLE = OWN + 1;
    private static final int PTE = OWN + 2;
    /** First address protected and not yet announced under the page-table lock, plus one; 0 if there is none. */
    private static final int PROTECTED_FROM = OWN + 3;

    private static final int SLOTS = OWN + 4;

    private static final int BEGIN = 0;
    private static final int CHILD_TABLES = 1;
    private static final int LOCK_CHILD = 2;
    private static final int LOCK = 3;
    private static final int PROTECT = 4;
    private static final int SHARE = 5;
    private static final int DUPLICATE_SLOT = 6;
    private static final int SET = 7;
    private static final int UNLOCK_CHILD = 8;
    private static final int NEXT_TABLE = 9;
    private static final int FINISH = 10;
    private static final int CLEARED = 11;
    private static final int ANNOUNCED = 12;

    private final AllocateTables allocateTables;

    CopyPageRange(Kernel kernel, AllocateTables allocateTables) {
        super(kernel, "copy_page_range", SLOTS);
        this.allocateTables = allocateTables;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case BEGIN -> "start at the first page";
            case CHILD_TABLES -> "allocate the child's tables";
            case LOCK_CHILD -> "take the child's page-table lock";
            case LOCK -> "take the parent's page-table lock";
            case PROTECT -> "ptep_set_wrprotect";
            case SHARE -> "take a reference for the child's page";
            case DUPLICATE_SLOT -> "swap_duplicate";
            case SET -> "set the child's pte";
            case UNLOCK_CHILD -> "release the child's page-table lock";
            case NEXT_TABLE -> "go to the next table";
            case FINISH -> "return";
            case CLEARED -> "announce what is protected";
            case ANNOUNCED -> "release the parent's page-table lock";
            default -> walkStep(pc);
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        Mm mm = mm(agent);
        switch (pc) {
            case BEGIN -> begin(agent);
            case CHILD_TABLES -> agent.call(allocateTables, LOCK_CHILD, agent.local(CHILD), agent.local(AT));
            case LOCK_CHILD -> {
                if (agent.local(CHILD_TABLE) == 0) {
                    agent.local(CHILD_TABLE, agent.result());
                }
                lock(agent, childLock(agent), LOCK_CHILD, LOCK);
            }
            case LOCK -> lock(agent, pageTableLock(agent), LOCK, PROTECT);
            case PROTECT -> {
                if (seek(agent)) {
                    protect(agent, mm);
                } else if (agent.local(PROTECTED_FROM) != 0) {
                    agent.next(CLEARED, 0, Why.VM);
                } else {
                    unlock(agent, pageTableLock(agent), UNLOCK_CHILD);
                }
            }
            case CLEARED ->
                kernel.callouts().cleared(agent, mm, agent.local(PROTECTED_FROM) - 1, agent.local(AT), ANNOUNCED);
            case ANNOUNCED -> {
                kernel.callouts().invalidated(agent, mm, agent.local(PROTECTED_FROM) - 1, agent.local(AT));
                agent.local(PROTECTED_FROM, 0);
                unlock(agent, mm.pageTableLock(), UNLOCK_CHILD);
            }
            case SHARE -> {
                kernel.frames()
                        .share(agent, Pte.pfn(agent.local(PTE)), child(agent).id(), agent.local(AT));
                agent.next(SET, 0, Why.VM);
            }
            case DUPLICATE_SLOT -> {
                kernel.swap().duplicate(agent, Pte.slot(agent.local(PTE)));
                agent.next(SET, 0, Why.VM);
            }
            case SET -> set(agent, mm);
            case UNLOCK_CHILD -> {
                SpinLock lock = childLock(agent);
                agent.local(CHILD_TABLE, 0);
                unlock(agent, lock, NEXT_TABLE);
            }
            case NEXT_TABLE -> nextTable(agent);
            case FINISH -> agent.done(0);
            default -> walk(agent, pc);
        }
    }

    /** Takes the right to write from the parent's page at {@link #AT}. */
    private void protect(Agent agent, Mm mm) {
        long old = kernel.tables().seen(agent, pte(agent));
        if (!Pte.present(old)) {
            agent.local(PTE, old);
            agent.next(DUPLICATE_SLOT, 0, Why.VM);
            return;
        }
        long pte = Pte.share(old);
        agent.local(PTE, pte);
        if (pte == old) {
            agent.next(SHARE, 0, Why.VM);
            return;
        }
        kernel.tables().store(agent, pte(agent), pte, Order.RELAXED);
        kernel.observer().pteChanged(agent, mm.id(), agent.local(AT), old, pte);
        if (agent.local(PROTECTED_FROM) == 0 && mm.calls(SecondaryMmu::cleared)) {
            agent.local(PROTECTED_FROM, agent.local(AT) + 1);
        }
        agent.next(SHARE, spec.pteUpdateCostPs(), Why.VM);
    }

    private void set(Agent agent, Mm mm) {
        long at = agent.local(AT);
        long pte = agent.local(PTE);
        boolean present = Pte.present(pte);
        long copy = present ? pte & ~Pte.ACCESSED : pte;
        Mm child = child(agent);
        long address = child.tables().entry(agent.local(CHILD_TABLE), at, PageTables.PTE);
        kernel.tables().store(agent, address, copy, Order.RELAXED);
        if (present) {
            kernel.observer().pteSet(agent, child.id(), at, copy, false);
        } else {
            kernel.observer().swapShared(agent, mm.id(), at, child.id());
        }
        kernel.counters().add(VmCounter.PTES_COPIED);
        nextPage(agent);
        agent.next(PROTECT, spec.pteUpdateCostPs(), Why.VM);
    }

    private SpinLock childLock(Agent agent) {
        return kernel.pageTableLock(child(agent), agent.local(CHILD_TABLE));
    }

    private Mm child(Agent agent) {
        return kernel.mm((int) agent.local(CHILD));
    }

    @Override
    int tablePc() {
        return CHILD_TABLES;
    }

    @Override
    int endPc() {
        return FINISH;
    }
}
