package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * Has the other CPUs that run an address space flush their TLBs: flush_tlb_others (Linux arch/x86/kernel/tlb_64.c). Asks
 * each by interrupt, does its own part meanwhile, then spins until all have acknowledged; interrupts are taken while it
 * spins, so that two CPUs may flush each other.
 *
 * <p>Slots: 0 address space, 1 index of the first other CPU in its mask, 2 since when it waits. Returns 0.
 */
final class FlushOthers extends KernelRoutine {
    private static final int INDEX = 1;
    private static final int SINCE_PS = 2;
    private static final int SLOTS = 3;

    private static final int SEND = 0;
    private static final int SENT = 1;
    private static final int WAIT = 2;
    private static final int WAIT_ON = 3;

    private final Shootdown shootdown;

    FlushOthers(Shootdown shootdown, Kernel kernel) {
        super(kernel, "flush_tlb_others", SLOTS);
        this.shootdown = shootdown;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case SEND -> "ask the next CPU";
            case SENT -> "flush the own TLB";
            default -> "wait until all have acknowledged";
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        switch (pc) {
            case SEND -> send(agent, mm(agent));
            case SENT -> wait(agent, WAIT, spec.cpuShootdownCostPs(), Why.SHOOTDOWN);
            case WAIT -> {
                if (complete(agent)) {
                    agent.done(0);
                } else {
                    kernel.counters().add(VmCounter.IPI_WAITS);
                    agent.local(SINCE_PS, kernel.engine().nowPs());
                    agent.await(shootdown.acknowledgements(agent.id()), WAIT_ON, Why.SHOOTDOWN);
                }
            }
            default -> {
                if (complete(agent)) {
                    kernel.counters().add(VmCounter.IPI_WAIT, kernel.engine().nowPs() - agent.local(SINCE_PS));
                    agent.done(0);
                } else {
                    agent.await(shootdown.acknowledgements(agent.id()), WAIT_ON, Why.SHOOTDOWN);
                }
            }
        }
    }

    private void send(Agent agent, Mm mm) {
        int index = (int) agent.local(INDEX);
        shootdown.ask(agent, mm.cpuMask().cpu(index), mm);
        int next = mm.cpuMask().nextOther(index + 1, agent);
        agent.local(INDEX, next);
        agent.next(next == mm.cpuMask().size() ? SENT : SEND, 0, Why.SHOOTDOWN);
    }

    private boolean complete(Agent agent) {
        int expected = mm(agent).cpuMask().others(agent.id());
        return shootdown.acknowledgements(agent.id()).complete(agent, expected);
    }
}
