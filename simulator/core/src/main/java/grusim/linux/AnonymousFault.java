package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * The first touch of a page: do_anonymous_page (Linux mm/memory.c). As in 2.6.28 the new entry is dirty, and writable if
 * the mapping is, for a read too (there is no zero page in that kernel).
 */
final class AnonymousFault extends NewPageFault {
    private static final int ENTER = 0;
    private static final int UNLOCK = 1;

    AnonymousFault(Kernel kernel, ReclaimPages reclaimPages) {
        super(kernel, "do_anonymous_page", reclaimPages);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ENTER -> "allocate a frame";
            case UNLOCK -> "release the page-table lock";
            default -> allocateStep(pc);
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        switch (pc) {
            case ENTER -> allocate(agent, ALLOCATE);
            case UNLOCK -> {
                pageTableLock(agent).unlock(agent);
                kernel.counters().add(VmCounter.FAULTS_MINOR);
                kernel.counters().add(VmCounter.FAULTS_ZEROING);
                agent.done(0);
            }
            default -> {
                if (pc >= LOCK) {
                    locked(agent, pc);
                } else {
                    allocate(agent, pc);
                }
            }
        }
    }

    @Override
    void allocated(Agent agent, long pfn) {
        Vmas vmas = mm(agent).vmas();
        int vma = vma(agent);
        kernel.contents().fill(pfn, vmas.source(vma), vmas.sourcePage(vma, agent.local(VADDR)));
        agent.next(LOCK, spec.zeroPageCostPs(), Why.PAGE_FAULT);
    }

    @Override
    void outOfMemory(Agent agent) {
        agent.done(-Errno.ENOMEM);
    }

    @Override
    void set(Agent agent) {
        int protection = protection(agent);
        long pte = Pte.writableDirty(Pte.of(agent.local(FRAME), protection), protection);
        store(agent, pte, UNLOCK);
        kernel.observer().pteSet(agent, mm(agent).id(), agent.local(VADDR), pte, true);
    }

    @Override
    void raced(Agent agent) {
        kernel.frames().drop(agent, agent.local(FRAME), 1);
        agent.done(0);
    }
}
