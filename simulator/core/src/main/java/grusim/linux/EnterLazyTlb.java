package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Routine;

/**
 * A CPU stops running threads of the address space it has loaded and keeps it loaded: enter_lazy_tlb (Linux
 * arch/x86/mm/tlb.c). Returns 0.
 */
final class EnterLazyTlb extends Routine {
    private final Kernel kernel;

    EnterLazyTlb(Kernel kernel) {
        super(kernel.engine(), "enter_lazy_tlb", 0);
        this.kernel = kernel;
    }

    @Override
    public String stepName(int pc) {
        return "be lazy";
    }

    @Override
    public void step(Agent agent, int pc) {
        kernel.shootdown().tlb(agent).runs(agent, false);
        agent.done(0);
    }
}
