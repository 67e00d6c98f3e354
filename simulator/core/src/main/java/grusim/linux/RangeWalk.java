package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Order;
import grusim.engine.Why;
import grusim.linux.lock.SpinLock;
import grusim.machine.PhysicalMemory;

/**
 * A routine that visits the pages of ptes of a range: one table entry per step, skipping what has no tables. The caller
 * holds what keeps the tables alive. A huge entry on the way is split, or passed over if it is hugetlb, unless the routine
 * takes it as it is.
 *
 * <p>Slots: 0 address space, 1 start, 2 end, 3 the address reached, 4 to 6 the pointers to the tables below the pgd,
 * 7 the end of what the present page of ptes translates.
 */
abstract class RangeWalk extends KernelRoutine {
    static final int START = 1;
    static final int END = 2;
    static final int AT = 3;
    private static final int POINTERS = 4;
    private static final int TABLE = 6;

    static final int TABLE_END = 7;

    /** First slot of the subclass. */
    static final int OWN = 8;

    static final int READ_PGD = 40;
    private static final int READ_PUD = 41;
    static final int READ_PMD = 42;

    RangeWalk(Kernel kernel, String name, int slots) {
        super(kernel, name, slots);
    }

    /** Step at which the subclass works on one page of ptes, from {@link #AT} on; it ends with {@link #nextTable}. */
    abstract int tablePc();

    /** Step at which the subclass goes on after the last page of ptes. */
    abstract int endPc();

    /** Step at which the subclass works on a huge entry that lies in the range as a whole; negative if it does not. */
    int hugePc(Agent agent) {
        return -1;
    }

    /** Ends the step that precedes the walk. */
    final void begin(Agent agent) {
        agent.local(AT, agent.local(START));
        agent.next(READ_PGD, 0, Why.VM);
    }

    /** Performs one of the walk's steps. */
    final void walk(Agent agent, int pc) {
        int level = PageTables.PGD - (pc - READ_PGD);
        PageTables tables = mm(agent).tables();
        long table = level == PageTables.PGD ? tables.root() : agent.local(POINTERS + PageTables.PUD - level);
        long at = agent.local(AT);
        long pointer = kernel.tables().load(agent, tables.entry(table, at, level), Order.RELAXED);
        if (pointer == Pte.NONE) {
            goOn(agent, tables.next(at, level));
        } else if (Pte.huge(pointer)) {
            huge(agent, tables, pointer);
        } else {
            agent.local(POINTERS + PageTables.PGD - level, pointer);
            agent.local(TABLE_END, Math.min(agent.local(END), tables.next(at, PageTables.PMD)));
            agent.next(level == PageTables.PMD ? tablePc() : pc + 1, spec.walkLevelLatencyPs(), Why.VM);
        }
    }

    private void huge(Agent agent, PageTables tables, long entry) {
        long at = agent.local(AT);
        long next = tables.next(at, PageTables.PMD);
        boolean whole = at == tables.hugeStart(at) && next <= agent.local(END);
        if (whole && hugePc(agent) >= 0) {
            agent.local(TABLE_END, next);
            agent.local(TABLE, agent.local(POINTERS + 1));
            agent.next(hugePc(agent), spec.walkLevelLatencyPs(), Why.VM);
        } else if (Pte.hugetlb(entry)) {
            goOn(agent, next);
        } else {
            agent.call(kernel.splitHugePmd(), READ_PMD, agent.local(MM), at);
        }
    }

    /** Address of the huge entry of {@link #AT}, at {@link #hugePc}. */
    final long pmd(Agent agent) {
        return mm(agent).tables().entry(agent.local(TABLE), agent.local(AT), PageTables.PMD);
    }

    /** Ends the step: goes on with the part of the range that the next page of ptes translates. */
    final void nextTable(Agent agent) {
        goOn(agent, agent.local(TABLE_END));
    }

    private void goOn(Agent agent, long at) {
        agent.local(AT, at);
        if (at >= agent.local(END)) {
            agent.next(endPc(), 0, Why.VM);
            return;
        }
        PageTables tables = mm(agent).tables();
        int pc = READ_PMD;
        if (at % tables.span(PageTables.PGD) == 0) {
            pc = READ_PGD;
        } else if (at % tables.span(PageTables.PUD) == 0) {
            pc = READ_PUD;
        }
        agent.next(pc, 0, Why.VM);
    }

    /** The lock of the present page of ptes, or of the table of the huge entry that is worked on. */
    final SpinLock pageTableLock(Agent agent) {
        return kernel.pageTableLock(mm(agent), agent.local(TABLE));
    }

    /** Address of the pte of {@link #AT}. */
    final long pte(Agent agent) {
        return mm(agent).tables().entry(agent.local(TABLE), agent.local(AT), PageTables.PTE);
    }

    /**
     * Moves {@link #AT} to the next pte before {@code end} that is not none, under the page-table lock, which keeps everybody
     * else from writing; says whether there is one in the present page of ptes.
     */
    final boolean seek(Agent agent, long end) {
        while (agent.local(AT) < end && kernel.tables().seen(agent, pte(agent)) == Pte.NONE) {
            nextPage(agent);
        }
        return agent.local(AT) < end;
    }

    /** As {@link #seek(Agent, long)}, to the end of the present page of ptes. */
    final boolean seek(Agent agent) {
        return seek(agent, agent.local(TABLE_END));
    }

    /** Moves {@link #AT} to the next page. */
    static void nextPage(Agent agent) {
        agent.local(AT, agent.local(AT) + PhysicalMemory.FRAME_BYTES);
    }

    static String walkStep(int pc) {
        return switch (pc) {
            case READ_PGD -> "read the pgd entry";
            case READ_PUD -> "read the pud entry";
            case READ_PMD -> "read the pmd entry";
            default -> "step " + pc;
        };
    }
}
