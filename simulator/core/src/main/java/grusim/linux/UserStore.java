package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Order;
import grusim.engine.Routine;
import grusim.engine.Why;

/**
 * A store of 8 bytes by a CPU in user mode. The entry is read each time, as by a CPU whose TLB does not hold it; one that may
 * not be written faults until it may.
 *
 * <p>Slots: 0 address space, 1 address, 2 value. Returns 0, or the error of the page fault.
 */
final class UserStore extends PointWalk {
    private static final int VALUE = 2;
    private static final int SLOTS = 4;

    private static final int ENTER = 0;
    private static final int STORE = 1;
    private static final int FAULT = 2;
    private static final int FAULTED = 3;

    private final Routine handleFault;

    UserStore(Kernel kernel, Routine handleFault) {
        super(kernel, "user store", SLOTS, Why.PAGE_WALK);
        this.handleFault = handleFault;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ENTER -> "read the pgd entry";
            case STORE -> "read the pte and store";
            case FAULT -> "fault";
            case FAULTED -> "look again after the fault";
            default -> walkStep(pc);
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        switch (pc) {
            case ENTER -> walk(agent, READ_PGD);
            case STORE -> store(agent);
            case FAULT -> agent.call(handleFault, FAULTED, agent.local(MM), agent.local(VADDR), 1);
            case FAULTED -> {
                if (agent.result() < 0) {
                    agent.done(agent.result());
                } else {
                    agent.next(ENTER, 0, Why.PAGE_WALK);
                }
            }
            default -> walk(agent, pc);
        }
    }

    private void store(Agent agent) {
        long pte = kernel.tables().load(agent, entry(agent, PageTables.PTE), Order.RELAXED);
        if (!Pte.present(pte) || Pte.protNone(pte) || !Pte.writable(pte) || !Pte.dirty(pte)) {
            agent.next(FAULT, spec.walkLevelLatencyPs(), Why.PAGE_WALK);
            return;
        }
        kernel.contents().storeWord(Pte.pfn(pte), agent.local(VADDR), agent.local(VALUE));
        agent.done(0);
    }

    @Override
    void reached(Agent agent) {
        agent.next(STORE, spec.walkLevelLatencyPs(), Why.PAGE_WALK);
    }

    @Override
    void missing(Agent agent, int level) {
        agent.next(FAULT, 0, Why.PAGE_WALK);
    }
}
