package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Routine;
import grusim.engine.Why;

/**
 * The interrupt that asks a CPU to flush its TLB (Linux smp_invalidate_interrupt): does and acknowledges every request
 * that it finds, with further interrupts masked. A request that comes when it has taken the last one raises a new interrupt.
 * The cost is per request and holds the interrupt's delivery.
 */
final class FlushInterrupt extends Routine {
    private static final int REQUEST = 0;
    private static final int LAST = 1;

    private static final int ENTER = 0;
    private static final int ACKNOWLEDGE = 1;
    private static final int NEXT = 2;

    private final Shootdown shootdown;
    private final long costPs;

    FlushInterrupt(Shootdown shootdown, Kernel kernel) {
        super(kernel.engine(), "smp_invalidate_interrupt", 2);
        this.shootdown = shootdown;
        this.costPs = kernel.spec().ipiHandlerCostPs();
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ENTER -> "mask interrupts, take a request";
            case ACKNOWLEDGE -> "flushed, acknowledge";
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

    private void take(Agent agent) {
        FlushRequests requests = shootdown.requests(agent);
        agent.local(REQUEST, requests.take(agent));
        agent.local(LAST, requests.isEmpty() ? 1 : 0);
        agent.next(ACKNOWLEDGE, costPs, Why.SHOOTDOWN);
    }
}
