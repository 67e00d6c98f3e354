package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Why;
import grusim.workload.KernelSpec;
import grusim.workload.KernelSpec.IpiRequests;

/**
 * Has the other CPUs that have an address space loaded flush their TLBs: flush_tlb_others (Linux arch/x86/kernel/tlb_64.c).
 * Asks each by interrupt, does its own part meanwhile, then spins until all have acknowledged; interrupts are taken while
 * it spins, so that two CPUs may flush each other. Where CPUs switch, it looks at the mask before each request and, if the
 * rules say so, passes over CPUs that are lazy unless page tables are freed.
 *
 * <p>One interrupt takes a round trip, its lines included. Each further CPU costs what {@link KernelSpec#ipiRequests} says: in
 * one shared word, a line that goes on to it for its answer; with a request of its own (Linux kernel/smp.c,
 * smp_call_function_many), two lines to ask it, one after the other, and one to see that it is done, of which those of the
 * early ones are seen during the last one's round trip. What writing the interrupt command takes is not charged.
 *
 * <p>Slots: 0 address space, 1 index of the next CPU to look at, 2 when the flush began, 3 its {@link FlushKind}, 4 its
 * number, 5 how many CPUs were asked, 6 since when it waits, 7 picoseconds that the lines of their answers take. Returns 0.
 */
final class FlushOthers extends KernelRoutine {
    static final int INDEX = 1;
    static final int BEGAN_PS = 2;
    static final int KIND = 3;
    static final int NUMBER = 4;
    private static final int ASKED = 5;
    private static final int SINCE_PS = 6;
    private static final int LINES_PS = 7;
    private static final int SLOTS = 8;

    /** Lines that a sender fetches to ask a CPU: the request itself and the head of that CPU's queue. */
    private static final int REQUEST_LINES = 2;

    private static final int FIRST = 0;
    private static final int SEND = 1;
    private static final int SENT = 2;
    private static final int WAIT = 3;
    private static final int WAIT_ON = 4;
    private static final int LOOK = 5;
    private static final int LOOK_LAZY = 6;
    private static final int ALONE = 7;

    private final Shootdown shootdown;

    FlushOthers(Shootdown shootdown, Kernel kernel) {
        super(kernel, "flush_tlb_others", SLOTS);
        this.shootdown = shootdown;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case FIRST, SEND -> "ask the next CPU";
            case SENT -> "flush the own TLB";
            case LOOK -> "look at the mask";
            case LOOK_LAZY -> "look whether the CPU is lazy";
            case ALONE -> "nobody was asked";
            default -> "wait until all have acknowledged";
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        switch (pc) {
            case FIRST -> {
                if (shootdown.switching()) {
                    look(agent);
                } else if (agent.local(INDEX) == mm(agent).cpuMask().size()) {
                    flushOwn(agent);
                } else {
                    send(agent);
                }
            }
            case SEND -> send(agent);
            case LOOK -> look(agent);
            case LOOK_LAZY -> lookLazy(agent);
            case SENT -> flushOwn(agent);
            case WAIT -> {
                if (complete(agent)) {
                    finish(agent);
                } else {
                    kernel.counters().add(VmCounter.IPI_WAITS);
                    agent.local(SINCE_PS, kernel.engine().nowPs());
                    agent.await(shootdown.acknowledgements(agent.id()), WAIT_ON, Why.SHOOTDOWN);
                }
            }
            case ALONE -> finish(agent);
            default -> {
                if (complete(agent)) {
                    kernel.counters().add(VmCounter.IPI_WAIT, kernel.engine().nowPs() - agent.local(SINCE_PS));
                    finish(agent);
                } else {
                    agent.await(shootdown.acknowledgements(agent.id()), WAIT_ON, Why.SHOOTDOWN);
                }
            }
        }
    }

    private void look(Agent agent) {
        CpuMask mask = mm(agent).cpuMask();
        mask.look(agent);
        int index = shootdown.nextTarget(agent, mask, (int) agent.local(INDEX), agent.local(KIND));
        agent.local(INDEX, index);
        int next = shootdown.passesOverLazy(agent.local(KIND)) ? LOOK_LAZY : SEND;
        agent.next(index == mask.size() ? SENT : next, 0, Why.SHOOTDOWN);
    }

    private void lookLazy(Agent agent) {
        Cpu target = mm(agent).cpuMask().cpu((int) agent.local(INDEX));
        if (shootdown.tlb(target).looksLazy(agent)) {
            kernel.counters().add(VmCounter.LAZY_CPUS_SKIPPED);
            agent.local(INDEX, agent.local(INDEX) + 1);
            agent.next(LOOK, 0, Why.SHOOTDOWN);
        } else {
            agent.next(SEND, 0, Why.SHOOTDOWN);
        }
    }

    private void send(Agent agent) {
        CpuMask mask = mm(agent).cpuMask();
        int index = (int) agent.local(INDEX);
        int pages = FlushKind.pages(agent.local(KIND));
        shootdown.ask(agent, mask.cpu(index), mm(agent), FlushRequests.extent(pages, agent.local(NUMBER)));
        long costPs = requestPs(agent, mask.cpu(index));
        agent.local(ASKED, agent.local(ASKED) + 1);
        if (shootdown.switching()) {
            agent.local(INDEX, index + 1L);
            agent.next(LOOK, costPs, Why.SHOOTDOWN);
        } else {
            int next = shootdown.nextTarget(agent, mask, index + 1, agent.local(KIND));
            agent.local(INDEX, next);
            agent.next(next == mask.size() ? SENT : SEND, costPs, Why.SHOOTDOWN);
        }
    }

    /** Picoseconds that passing the request on takes, and notes what the line of its answer will take. */
    private long requestPs(Agent agent, Cpu target) {
        boolean further = agent.local(ASKED) != 0;
        long linePs = kernel.linePs(agent, target);
        if (spec.ipiRequests() == IpiRequests.PER_CPU) {
            agent.local(LINES_PS, agent.local(LINES_PS) + linePs);
            return further ? REQUEST_LINES * linePs : 0;
        }
        agent.local(LINES_PS, agent.local(LINES_PS) + (further ? linePs : 0));
        return 0;
    }

    /** Picoseconds from the last request to the last answer, if no CPU makes it wait. */
    private long answersPs(Agent agent) {
        return spec.ipiRequests() == IpiRequests.PER_CPU
                ? Math.max(spec.cpuShootdownCostPs(), agent.local(LINES_PS))
                : spec.cpuShootdownCostPs() + agent.local(LINES_PS);
    }

    private void flushOwn(Agent agent) {
        long kind = agent.local(KIND);
        long ownPs = shootdown.flushOwnPs(agent, mm(agent), FlushKind.pages(kind), agent.local(NUMBER));
        boolean asked = agent.local(ASKED) != 0;
        long othersPs = asked ? answersPs(agent) : 0;
        wait(agent, asked ? WAIT : ALONE, othersPs + ownPs, Why.SHOOTDOWN);
    }

    private boolean complete(Agent agent) {
        return shootdown.acknowledgements(agent.id()).complete(agent, (int) agent.local(ASKED));
    }

    private void finish(Agent agent) {
        shootdown.ended(agent.local(BEGAN_PS));
        agent.done(0);
    }
}
