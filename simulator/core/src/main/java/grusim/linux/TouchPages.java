package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * A CPU's accesses to the pages of a range at a stride: each page that is absent or allows no access, or is not
 * writable when it is written, faults. What an access to a present page costs is not modelled, nor what the CPU's TLB holds.
 *
 * <p>Slots: 0 address space, 1 start, 2 end, 3 stride in bytes, 4 whether it writes. Returns the number of faults, or the
 * error of the first that was refused.
 */
final class TouchPages extends KernelRoutine {
    private static final int AT = 1;
    private static final int END = 2;
    private static final int STRIDE = 3;
    private static final int WRITE = 4;
    private static final int FAULTS = 5;
    private static final int SLOTS = 6;

    private static final int ACCESS = 0;

    TouchPages(Kernel kernel) {
        super(kernel, "access memory", SLOTS);
    }

    @Override
    public String stepName(int pc) {
        return pc == ACCESS ? "access the next page" : "the page fault returned";
    }

    @Override
    public void step(Agent agent, int pc) {
        if (pc == ACCESS) {
            access(agent);
        } else if (agent.result() < 0) {
            agent.done(agent.result());
        } else {
            agent.local(FAULTS, agent.local(FAULTS) + 1);
            agent.local(AT, agent.local(AT) + agent.local(STRIDE));
            agent.next(ACCESS, 0, Why.COMPUTE);
        }
    }

    private void access(Agent agent) {
        Mm mm = mm(agent);
        boolean write = agent.local(WRITE) != 0;
        long at = agent.local(AT);
        while (at < agent.local(END) && accessible(mm.peekPte(at), write)) {
            at += agent.local(STRIDE);
        }
        agent.local(AT, at);
        if (at >= agent.local(END)) {
            agent.done(agent.local(FAULTS));
        } else {
            agent.call(kernel.handleFault(), ACCESS + 1, mm.id(), at, write ? 1 : 0);
        }
    }

    private static boolean accessible(long pte, boolean write) {
        return Pte.present(pte) && !Pte.protNone(pte) && (!write || Pte.writable(pte));
    }
}
