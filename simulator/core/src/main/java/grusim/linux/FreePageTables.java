package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Order;
import grusim.engine.Why;

/**
 * Unlinks the table pages that an unmapped range needed and no remaining mapping does, and gathers them: free_pgtables
 * (Linux mm/memory.c, 2.6.28). First it waits for reclaim, which may be walking these tables, by taking the lock of the
 * reverse map. No notifier is called around it. Entries are cleared atomically: none of these stores is still in a buffer
 * when its page is freed, for which real processors have the flush of their own TLB.
 *
 * <p>Slots: 0 address space, 1 start, 2 end, 3 whether the address space exits: all mappings go off the reverse map then
 * and all tables below the pgd are freed. Returns 0.
 */
final class FreePageTables extends KernelRoutine {
    private static final int START = 1;
    private static final int END = 2;
    private static final int EXIT = 3;
    private static final int FLOOR = 4;
    private static final int CEILING = 5;
    private static final int AT = 6;

    /** Slots of the pointers read from the pgd, pud and pmd. */
    private static final int POINTERS = 7;

    private static final int SLOTS = 10;

    private static final int LOCK_RMAP = 0;
    private static final int UNLINK = 1;
    private static final int UNLOCK_RMAP = 2;
    private static final int NEIGHBOURS = 3;
    private static final int READ = 10;
    private static final int CLEAR = 20;
    private static final int LEAVE = 30;
    private static final int FINISH = 40;

    private final FinishGather finishGather;

    FreePageTables(Kernel kernel, FinishGather finishGather) {
        super(kernel, "free_pgtables", SLOTS);
        this.finishGather = finishGather;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case LOCK_RMAP -> "take the reverse map's lock";
            case UNLINK -> "take the vmas off the reverse map";
            case UNLOCK_RMAP -> "release the reverse map's lock";
            case NEIGHBOURS -> "look at the neighbouring vmas";
            case FINISH -> "return";
            default ->
                (pc >= LEAVE ? "leave the entry, level " : pc >= CLEAR ? "clear the entry, level " : "read level ")
                        + pc % 10;
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        Mm mm = mm(agent);
        switch (pc) {
            case LOCK_RMAP -> lock(agent, mm.rmapLock(), LOCK_RMAP, agent.local(EXIT) != 0 ? UNLINK : UNLOCK_RMAP);
            case UNLINK -> {
                mm.vmas().unlink(agent);
                agent.next(UNLOCK_RMAP, 0, Why.VM);
            }
            case UNLOCK_RMAP -> unlock(agent, mm.rmapLock(), NEIGHBOURS);
            case NEIGHBOURS -> bounds(agent, mm.vmas());
            case FINISH -> agent.done(0);
            default -> {
                int level = pc % 10;
                switch (pc - level) {
                    case READ -> read(agent, mm.tables(), level);
                    case CLEAR -> clear(agent, mm.tables(), level);
                    default -> leave(agent, mm.tables(), level);
                }
            }
        }
    }

    private void bounds(Agent agent, Vmas vmas) {
        vmas.find(agent, agent.local(START));
        boolean exit = agent.local(EXIT) != 0;
        agent.local(FLOOR, exit ? 0 : vmas.floor(agent.local(START)));
        agent.local(CEILING, exit ? vmas.limit() : vmas.ceiling(agent.local(END)));
        agent.local(AT, agent.local(START));
        agent.next(READ + PageTables.PGD, 0, Why.VM);
    }

    private void read(Agent agent, PageTables tables, int level) {
        long pointer = kernel.tables().load(agent, entry(agent, tables, level), Order.RELAXED);
        agent.local(POINTERS + PageTables.PGD - level, pointer);
        int next;
        if (pointer == Pte.NONE || Pte.huge(pointer)) {
            next = LEAVE + level;
        } else if (level == PageTables.PMD) {
            next = CLEAR + level;
        } else {
            next = READ + level - 1;
        }
        agent.next(next, spec.walkLevelLatencyPs(), Why.VM);
    }

    /** Clears an entry if all addresses it stands for are free, and gathers the table it pointed to. */
    private void clear(Agent agent, PageTables tables, int level) {
        long next = tables.next(agent.local(AT), level);
        if (next - tables.span(level) < agent.local(FLOOR) || next > agent.local(CEILING)) {
            leave(agent, tables, level);
            return;
        }
        kernel.tables().exchange(agent, entry(agent, tables, level), Pte.NONE, Order.RELAXED);
        kernel.gathers().addTable(agent, agent.local(POINTERS + PageTables.PGD - level));
        if (kernel.gathers().full(agent)) {
            agent.call(finishGather, LEAVE + level, mm(agent).id());
        } else {
            agent.next(LEAVE + level, spec.pteUpdateCostPs(), Why.VM);
        }
    }

    /** Goes on to the next entry of the same table, or up to the entry that points to the table. */
    private void leave(Agent agent, PageTables tables, int level) {
        long next = tables.next(agent.local(AT), level);
        boolean last = next >= agent.local(END);
        if (level == PageTables.PGD) {
            agent.local(AT, next);
            agent.next(last ? FINISH : READ + level, 0, Why.VM);
        } else if (last || next % tables.span(level + 1) == 0) {
            agent.next(CLEAR + level + 1, 0, Why.VM);
        } else {
            agent.local(AT, next);
            agent.next(READ + level, 0, Why.VM);
        }
    }

    private static long entry(Agent agent, PageTables tables, int level) {
        long table = level == PageTables.PGD ? tables.root() : agent.local(POINTERS + PageTables.PUD - level);
        return tables.entry(table, agent.local(AT), level);
    }
}
