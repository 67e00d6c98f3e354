package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Order;
import grusim.engine.Why;

/**
 * Reads the entry of one page level by level, without a lock and without looking at mappings, as the GRU driver's
 * atomic_pte_lookup does in an interrupt (Linux driver drivers/misc/sgi-gru, grufault.c). What keeps the table pages alive
 * is the caller's business.
 *
 * <p>A huge entry is taken as if it were a pte: it has the number of the run's head, whichever base page the address lies in.
 * The driver asks the vma, not the entry, for the page's size: right for hugetlb, wrong for a transparent huge page.
 *
 * <p>Slots: 0 address space, 1 address, 2 whether it is for a write. Returns the present entry, or one of the negative
 * codes below, each of which means: try again where sleeping is allowed. An entry that allows no access, a NUMA hint or that
 * of a {@code PROT_NONE} mapping, counts as present or not by {@code kernel.walkTakesProtNone}.
 */
public final class AtomicWalk extends PointWalk {
    /** An entry above the ptes is none. */
    public static final long NO_TABLE = -1;

    /** The page is not present. */
    public static final long ABSENT = -2;

    /** The walk is for a write and the entry is not writable, or not dirty. */
    public static final long NOT_WRITABLE = -3;

    private static final int WRITE = 2;
    private static final int SLOTS = 4;

    private static final int ENTER = 0;
    private static final int READ_PTE = 1;

    AtomicWalk(Kernel kernel) {
        super(kernel, "atomic_pte_lookup", SLOTS, Why.PAGE_WALK);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ENTER -> "read the pgd entry";
            case READ_PTE -> "read the pte";
            default -> walkStep(pc);
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        switch (pc) {
            case ENTER -> {
                kernel.counters().add(VmCounter.ATOMIC_WALKS);
                walk(agent, READ_PGD);
            }
            case READ_PTE -> {
                long pte = kernel.tables().load(agent, entry(agent, PageTables.PTE), Order.RELAXED);
                judge(agent, pte, agent.local(VADDR));
            }
            default -> walk(agent, pc);
        }
    }

    @Override
    void reached(Agent agent) {
        agent.next(READ_PTE, spec.walkLevelLatencyPs(), Why.PAGE_WALK);
    }

    @Override
    void missing(Agent agent, int level) {
        refuse(agent, NO_TABLE);
    }

    @Override
    void huge(Agent agent, long entry) {
        judge(agent, entry, mm(agent).tables().hugeStart(agent.local(VADDR)));
    }

    private void judge(Agent agent, long pte, long vaddr) {
        if (!Pte.present(pte) || (Pte.protNone(pte) && !spec.walkTakesProtNone())) {
            refuse(agent, ABSENT);
        } else if (agent.local(WRITE) != 0 && !(Pte.writable(pte) && Pte.dirty(pte))) {
            refuse(agent, NOT_WRITABLE);
        } else {
            kernel.observer().pteRead(agent, mm(agent).id(), vaddr, pte);
            agent.done(pte);
        }
    }

    private void refuse(Agent agent, long code) {
        kernel.counters().add(VmCounter.ATOMIC_WALKS_REFUSED);
        agent.done(code);
    }
}
