package grusim.linux;

import grusim.engine.Agent;

/** Flushes the TLBs of the CPUs that run an address space: flush_tlb_range (Linux). Slot 0: the address space. Returns 0. */
final class FlushCpus extends KernelRoutine {
    FlushCpus(Kernel kernel) {
        super(kernel, "flush_tlb_range", 1);
    }

    @Override
    public String stepName(int pc) {
        return pc == 0 ? "flush the CPUs' TLBs" : "return";
    }

    @Override
    public void step(Agent agent, int pc) {
        if (pc == 0) {
            kernel.shootdown().flush(agent, mm(agent), 1);
        } else {
            agent.done(0);
        }
    }
}
