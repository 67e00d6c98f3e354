package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * A fault on a page in swap: do_swap_page (Linux mm/memory.c). The slot stays locked while the page is read, so two CPUs
 * never read the same slot. The new entry is writable and dirty only if the fault is for a write.
 */
final class SwapFault extends NewPageFault {
    private static final int LOCK_SLOT = 0;
    private static final int UNLOCK = 1;
    private static final int FREE_SLOT = 2;
    private static final int UNLOCK_SLOT = 3;
    private static final int OUT_OF_MEMORY = 4;

    SwapFault(Kernel kernel, ReclaimPages reclaimPages) {
        super(kernel, "do_swap_page", reclaimPages);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case LOCK_SLOT -> "lock the swap slot";
            case UNLOCK -> "release the page-table lock";
            case FREE_SLOT -> "free the swap slot";
            case UNLOCK_SLOT, OUT_OF_MEMORY -> "unlock the swap slot";
            default -> allocateStep(pc);
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        SwapArea swap = kernel.swap();
        switch (pc) {
            case LOCK_SLOT -> {
                switch (swap.lock(agent, slot(agent))) {
                    case TAKEN -> agent.next(ALLOCATE, 0, Why.PAGE_FAULT);
                    case BUSY -> agent.await(swap, LOCK_SLOT, Why.SWAP);
                    case GONE -> agent.done(0);
                }
            }
            case UNLOCK -> unlock(agent, pageTableLock(agent), FREE_SLOT);
            case FREE_SLOT -> {
                swap.free(agent, slot(agent));
                kernel.counters().add(VmCounter.FAULTS_MAJOR);
                kernel.counters().add(VmCounter.SWAPPED_IN);
                agent.done(1);
            }
            case UNLOCK_SLOT -> {
                swap.unlock(agent, slot(agent));
                agent.done(0);
            }
            case OUT_OF_MEMORY -> {
                swap.unlock(agent, slot(agent));
                agent.done(-Errno.ENOMEM);
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

    private static long slot(Agent agent) {
        return Pte.slot(agent.local(FOUND));
    }

    @Override
    void allocated(Agent agent, long pfn) {
        kernel.swap().read(slot(agent), pfn);
        wait(agent, LOCK, spec.swapInCostPs(), Why.SWAP);
    }

    @Override
    void outOfMemory(Agent agent) {
        agent.next(OUT_OF_MEMORY, 0, Why.PAGE_FAULT);
    }

    @Override
    void set(Agent agent) {
        int protection = protection(agent);
        long pte = Pte.of(agent.local(FRAME), protection);
        if (agent.local(WRITE) != 0) {
            pte = Pte.writableDirty(pte, protection);
        }
        store(agent, pte, UNLOCK);
        kernel.observer().pteSet(agent, mm(agent).id(), agent.local(VADDR), pte, false);
    }

    @Override
    void raced(Agent agent) {
        kernel.frames().drop(agent, agent.local(FRAME), 1);
        agent.next(UNLOCK_SLOT, 0, Why.PAGE_FAULT);
    }
}
