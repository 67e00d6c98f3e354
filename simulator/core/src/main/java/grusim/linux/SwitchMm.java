package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * A CPU begins to run a thread of an address space: switch_mm (Linux arch/x86/mm/tlb.c). It loads the address space, whose
 * flushes interrupt it from then on, and leaves the one that was loaded before; or, if it was only lazy, follows the flushes
 * it was spared. The CPU was listed for the address space while the machine was built.
 *
 * <p>Slot 0: the address space. Returns 0.
 */
final class SwitchMm extends KernelRoutine {
    private static final int ENTER = 0;
    private static final int LEAVE = 1;
    private static final int JOIN = 2;
    private static final int LOAD = 3;
    private static final int RETURN = 4;

    SwitchMm(Kernel kernel) {
        super(kernel, "switch_mm", 1);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ENTER -> "no longer lazy";
            case LEAVE -> "leave the old mask";
            case JOIN -> "join the new mask";
            case LOAD -> "load the page table";
            default -> "return";
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        CpuTlb tlb = kernel.shootdown().tlb(agent);
        switch (pc) {
            case ENTER -> {
                tlb.runs(agent, true);
                if (tlb.loaded() == mm(agent).id()) {
                    agent.next(RETURN, tlb.catchUpPs(mm(agent)), Why.SHOOTDOWN);
                } else {
                    agent.next(tlb.loaded() < 0 ? JOIN : LEAVE, 0, Why.VM);
                }
            }
            case LEAVE -> {
                kernel.mm(tlb.loaded()).cpuMask().leave(agent);
                agent.next(JOIN, 0, Why.VM);
            }
            case JOIN -> {
                mm(agent).cpuMask().join(agent);
                agent.next(LOAD, spec.cpuTlb().fullFlushCostPs(), Why.VM);
            }
            case LOAD -> {
                tlb.load(agent, mm(agent));
                agent.next(RETURN, 0, Why.VM);
            }
            default -> agent.done(0);
        }
    }
}
