package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Routine;
import grusim.engine.Why;

/**
 * The interrupt that asks a CPU to flush its TLB (Linux smp_invalidate_interrupt): does and acknowledges every request
 * that it finds, with further interrupts masked. A request that comes when it has taken the last one raises a new interrupt.
 * A CPU that is lazy leaves the address space instead, so that it is not asked again. The cost is per request and holds the
 * interrupt's delivery.
 *
 * <p>Slots: 0 the request, 1 whether it was the last one.
 */
final class FlushInterrupt extends Routine {
    private static final int REQUEST = 0;
    private static final int LAST = 1;

    private static final int ENTER = 0;
    private static final int ACKNOWLEDGE = 1;
    private static final int NEXT = 2;
    private static final int LEAVE = 3;
    private static final int UNLOAD = 4;

    private final Shootdown shootdown;
    private final Kernel kernel;

    FlushInterrupt(Shootdown shootdown, Kernel kernel) {
        super(kernel.engine(), "smp_invalidate_interrupt", 2);
        this.shootdown = shootdown;
        this.kernel = kernel;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ENTER -> "mask interrupts, take a request";
            case ACKNOWLEDGE -> "flushed, acknowledge";
            case LEAVE -> "lazy, leave the mask";
            case UNLOAD -> "load the kernel's page table";
            default -> "take the next request";
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        switch (pc) {
            case ENTER -> {
                ((Cpu) agent).mask();
                take(agent);
            }
            case LEAVE -> {
                mm(agent).cpuMask().leave(agent);
                kernel.counters().add(VmCounter.LAZY_CPUS_LEFT);
                agent.next(UNLOAD, 0, Why.SHOOTDOWN);
            }
            case UNLOAD -> {
                shootdown.tlb(agent).unload(agent);
                agent.next(ACKNOWLEDGE, kernel.spec().cpuTlb().fullFlushCostPs(), Why.SHOOTDOWN);
            }
            case ACKNOWLEDGE -> {
                shootdown.acknowledge(agent, agent.local(REQUEST));
                if (agent.local(LAST) != 0) {
                    ((Cpu) agent).unmask();
                    agent.done(0);
                } else {
                    agent.next(NEXT, 0, Why.SHOOTDOWN);
                }
            }
            default -> take(agent);
        }
    }

    private Mm mm(Agent agent) {
        return kernel.mm(FlushRequests.mm(agent.local(REQUEST)));
    }

    private void take(Agent agent) {
        FlushRequests requests = shootdown.requests(agent);
        agent.local(REQUEST, requests.take(agent));
        agent.local(LAST, requests.isEmpty() ? 1 : 0);
        CpuTlb tlb = shootdown.tlb(agent);
        long costPs = kernel.spec().ipiHandlerCostPs();
        if (shootdown.lazyLeave() && tlb.lazyWith(mm(agent))) {
            agent.next(LEAVE, costPs, Why.SHOOTDOWN);
        } else {
            long extent = requests.takenExtent();
            long flushPs = tlb.flushPs(mm(agent), FlushRequests.pages(extent), FlushRequests.flush(extent));
            agent.next(ACKNOWLEDGE, costPs + flushPs, Why.SHOOTDOWN);
        }
    }
}
