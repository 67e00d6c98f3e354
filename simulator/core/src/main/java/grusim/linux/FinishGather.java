package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * Flushes the CPUs' TLBs and then frees what the CPU has gathered: tlb_flush_mmu, tlb_finish_mmu (Linux
 * include/asm-generic/tlb.h). Free when nothing was gathered.
 *
 * <p>Slot 0: the address space. Returns 0.
 */
final class FinishGather extends KernelRoutine {
    private static final int INDEX = 1;
    private static final int SLOTS = 2;

    private static final int FLUSH = 0;
    private static final int FREE_PAGE = 1;

    FinishGather(Kernel kernel) {
        super(kernel, "tlb_finish_mmu", SLOTS);
    }

    @Override
    public String stepName(int pc) {
        return pc == FLUSH ? "flush the CPUs' TLBs" : "free a page";
    }

    @Override
    public void step(Agent agent, int pc) {
        Gathers gathers = kernel.gathers();
        int index = (int) agent.local(INDEX);
        if (index == gathers.count(agent)) {
            gathers.clear(agent);
            agent.done(0);
        } else if (pc == FLUSH) {
            kernel.shootdown().flush(agent, mm(agent), FREE_PAGE);
        } else {
            if (gathers.isTable(agent, index)) {
                kernel.tables().free(agent, gathers.table(agent, index));
            } else {
                kernel.frames()
                        .dropMapping(
                                agent, gathers.frame(agent, index), mm(agent).id(), gathers.vaddr(agent, index));
            }
            agent.local(INDEX, index + 1L);
            agent.next(FREE_PAGE, spec.pageFreeCostPs(), Why.VM);
        }
    }
}
