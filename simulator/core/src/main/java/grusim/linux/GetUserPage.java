package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Order;
import grusim.engine.Why;

/**
 * get_user_pages for one page (Linux mm/memory.c), and put_page right after it or left to the caller: finds the page,
 * faulting it in as often as needed, takes a reference under the page-table lock and drops it again unless it pins. The caller holds mmap_sem for reading.
 *
 * <p>Slots: 0 address space, 1 address, 2 whether it is for a write. Returns the entry, or -EFAULT if no mapping contains
 * the address or it forbids the access, or -ENOMEM. A page found for a write is writable but need not be dirty.
 * An entry that is a NUMA hint is faulted in like one that is not present.
 */
final class GetUserPage extends PointWalk {
    private static final int WRITE = 2;
    private static final int VMA = 4;
    private static final int PTE = 5;
    private static final int HUGE = 6;
    private static final int SLOTS = 7;

    private static final int FIND_VMA = 0;
    private static final int LOCK = 1;
    private static final int READ_PTE = 2;
    private static final int GET_PAGE = 3;
    private static final int UNLOCK = 4;
    private static final int PUT_PAGE = 5;
    private static final int UNLOCK_ABSENT = 6;
    private static final int FAULT = 7;
    private static final int FAULTED = 8;

    private final MmFault mmFault;
    private final boolean pins;

    GetUserPage(Kernel kernel, MmFault mmFault, boolean pins) {
        super(kernel, "get_user_pages", SLOTS, Why.PAGE_WALK);
        this.pins = pins;
        this.mmFault = mmFault;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case FIND_VMA -> "find_vma";
            case LOCK -> "follow_page: take the page-table lock";
            case READ_PTE -> "follow_page: read the pte";
            case GET_PAGE -> "follow_page: take a reference";
            case UNLOCK, UNLOCK_ABSENT -> "follow_page: release the page-table lock";
            case PUT_PAGE -> pins ? "keep the reference" : "put_page";
            case FAULT -> "fault the page in";
            case FAULTED -> "look again after the fault";
            default -> "follow_page: " + walkStep(pc);
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        Mm mm = mm(agent);
        switch (pc) {
            case FIND_VMA -> check(agent, mm.vmas());
            case LOCK -> lock(agent, pageTableLock(agent), LOCK, READ_PTE);
            case READ_PTE -> {
                long pte = readPte(agent, mm.tables());
                agent.local(PTE, pte);
                boolean usable = usable(agent, pte);
                if (usable) {
                    kernel.observer().pteRead(agent, mm.id(), agent.local(VADDR), pte);
                }
                agent.next(usable ? GET_PAGE : UNLOCK_ABSENT, spec.walkLevelLatencyPs(), Why.PAGE_WALK);
            }
            case GET_PAGE -> {
                if (agent.local(WRITE) != 0) {
                    kernel.frames().referenceForWrite(agent, Pte.pfn(agent.local(PTE)));
                } else {
                    kernel.frames().reference(agent, Pte.pfn(agent.local(PTE)));
                }
                agent.next(UNLOCK, 0, Why.PAGE_WALK);
            }
            case UNLOCK -> unlock(agent, pageTableLock(agent), PUT_PAGE);
            case PUT_PAGE -> {
                if (pins) {
                    kernel.counters().pinned();
                    agent.done(agent.local(PTE));
                    return;
                }
                kernel.frames().drop(agent, Pte.pfn(agent.local(PTE)), 1);
                agent.done(agent.local(PTE));
            }
            case UNLOCK_ABSENT -> unlock(agent, pageTableLock(agent), FAULT);
            case FAULT -> fault(agent);
            case FAULTED -> {
                if (agent.result() < 0) {
                    agent.done(agent.result());
                } else {
                    agent.next(READ_PGD, 0, Why.PAGE_WALK);
                }
            }
            default -> walk(agent, pc);
        }
    }

    private void check(Agent agent, Vmas vmas) {
        kernel.counters().add(VmCounter.GET_USER_PAGES);
        long vaddr = agent.local(VADDR);
        int vma = vmas.find(agent, vaddr);
        int wanted = agent.local(WRITE) != 0 ? Prot.WRITE : Prot.READ;
        if (!vmas.contains(vma, vaddr) || (vmas.protection(vma) & wanted) == 0) {
            agent.done(-Errno.EFAULT);
        } else {
            agent.local(VMA, vma);
            agent.next(READ_PGD, 0, Why.PAGE_WALK);
        }
    }

    /** The pte, or what stands for it in a huge entry. */
    private long readPte(Agent agent, PageTables tables) {
        if (agent.local(HUGE) == 0) {
            return kernel.tables().load(agent, entry(agent, PageTables.PTE), Order.RELAXED);
        }
        long entry = kernel.tables().load(agent, entry(agent, PageTables.PMD), Order.RELAXED);
        return Pte.huge(entry) ? Pte.part(entry, tables.hugeIndex(agent.local(VADDR))) : Pte.NONE;
    }

    private static boolean usable(Agent agent, long pte) {
        return Pte.present(pte) && !Pte.protNone(pte) && (agent.local(WRITE) == 0 || Pte.writable(pte));
    }

    @Override
    void huge(Agent agent, long entry) {
        if (usable(agent, entry)) {
            agent.local(HUGE, 1);
            agent.next(LOCK, spec.walkLevelLatencyPs(), Why.PAGE_WALK);
        } else {
            fault(agent);
        }
    }

    private void fault(Agent agent) {
        long vma = agent.local(VMA);
        agent.call(mmFault, FAULTED, agent.local(MM), agent.local(VADDR), agent.local(WRITE));
        agent.local(MmFault.VMA, vma);
    }

    @Override
    void reached(Agent agent) {
        agent.local(HUGE, 0);
        agent.next(LOCK, spec.walkLevelLatencyPs(), Why.PAGE_WALK);
    }

    @Override
    void missing(Agent agent, int level) {
        fault(agent);
    }
}
