package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Order;
import grusim.engine.Why;
import grusim.linux.lock.SpinLock;

/**
 * A routine that begins by descending the page table to one address: one level per step, without a lock. Slot 1 holds the
 * address, slot {@link #TABLE} the pointer read last. A huge entry on the way is split, unless the routine knows better.
 */
abstract class PointWalk extends KernelRoutine {
    static final int VADDR = 1;
    static final int TABLE = 3;

    static final int READ_PGD = 40;
    static final int READ_PUD = 41;
    static final int READ_PMD = 42;

    private final Why reason;
    private final int last;

    PointWalk(Kernel kernel, String name, int slots, Why reason) {
        this(kernel, name, slots, reason, PageTables.PMD);
    }

    /** A walk whose last entry is of another level. */
    PointWalk(Kernel kernel, String name, int slots, Why reason, int last) {
        super(kernel, name, slots);
        this.reason = reason;
        this.last = last;
    }

    /** Ends a step that found the pointer below the last entry in slot {@link #TABLE}. */
    abstract void reached(Agent agent);

    /** Ends a step that found no table at a level. */
    abstract void missing(Agent agent, int level);

    /** Ends a step that found a huge entry; slot {@link #TABLE} holds the pointer to its table. */
    void huge(Agent agent, long entry) {
        if (Pte.hugetlb(entry)) {
            missing(agent, PageTables.PMD);
        } else {
            agent.call(kernel.splitHugePmd(), READ_PMD, agent.local(MM), agent.local(VADDR));
        }
    }

    /** Performs one of the walk's steps. */
    final void walk(Agent agent, int pc) {
        int level = PageTables.PGD - (pc - READ_PGD);
        long pointer = kernel.tables().load(agent, entry(agent, level), Order.RELAXED);
        if (pointer == Pte.NONE) {
            missing(agent, level);
            return;
        }
        if (Pte.huge(pointer)) {
            huge(agent, pointer);
            return;
        }
        agent.local(TABLE, pointer);
        if (level == last) {
            reached(agent);
        } else {
            agent.next(pc + 1, spec.walkLevelLatencyPs(), reason);
        }
    }

    /** The lock of the entries of the table read last. */
    final SpinLock pageTableLock(Agent agent) {
        return kernel.pageTableLock(mm(agent), agent.local(TABLE));
    }

    /** Address of the entry at a level, in the table read last; the pgd is read from the root. */
    final long entry(Agent agent, int level) {
        PageTables tables = mm(agent).tables();
        long table = level == PageTables.PGD ? tables.root() : agent.local(TABLE);
        return tables.entry(table, agent.local(VADDR), level);
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
