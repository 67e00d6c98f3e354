package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.notifier.SecondaryMmu;

/**
 * Flushes the CPUs' TLBs, announces that if somebody wants to know, and then frees what the CPU has gathered: tlb_flush_mmu,
 * tlb_finish_mmu (Linux include/asm-generic/tlb.h). Free when nothing was gathered.
 *
 * <p>Slot 0: the address space. Returns 0.
 */
final class FinishGather extends KernelRoutine {
    private static final int INDEX = 1;
    private static final int SLOTS = 2;

    private static final int FLUSH = 0;
    private static final int FREE_PAGE = 1;
    private static final int FLUSHED = 2;
    private static final int ANNOUNCED = 3;
    private static final int CALLOUT = 4;
    private static final int TABLES = 5;

    FinishGather(Kernel kernel) {
        super(kernel, "tlb_finish_mmu", SLOTS);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case FLUSH -> "flush the CPUs' TLBs";
            case FLUSHED -> "the CPUs' TLBs are flushed";
            case CALLOUT -> "announce the flush";
            case ANNOUNCED -> "announced the flush";
            case TABLES -> "announce the free of page-table pages";
            default -> "free a page";
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        Gathers gathers = kernel.gathers();
        int index = (int) agent.local(INDEX);
        if (index == gathers.count(agent)) {
            gathers.clear(agent);
            agent.done(0);
        } else if (pc == FLUSH) {
            boolean announced = mm(agent).calls(SecondaryMmu::flushed) && gathers.end(agent) != 0;
            kernel.shootdown()
                    .flush(
                            agent,
                            mm(agent),
                            gathers.span(agent),
                            gathers.hasTables(agent),
                            announced ? FLUSHED : free(agent));
        } else if (pc == FLUSHED) {
            kernel.callouts().prepare(agent, mm(agent), CALLOUT);
        } else if (pc == CALLOUT) {
            kernel.callouts().flushed(agent, mm(agent), gathers.start(agent), gathers.end(agent), ANNOUNCED);
        } else if (pc == ANNOUNCED) {
            kernel.callouts().invalidated(agent, mm(agent), gathers.start(agent), gathers.end(agent));
            agent.next(free(agent), 0, Why.VM);
        } else if (pc == TABLES) {
            kernel.callouts().tablesUnlinked(agent, mm(agent), FREE_PAGE);
        } else {
            if (gathers.isTable(agent, index)) {
                kernel.freeTable(agent, gathers.table(agent, index));
            } else if (gathers.isRun(agent, index)) {
                kernel.frames()
                        .runs()
                        .drop(agent, gathers.frame(agent, index), mm(agent).id(), gathers.vaddr(agent, index));
            } else {
                kernel.frames()
                        .dropMapping(
                                agent, gathers.frame(agent, index), mm(agent).id(), gathers.vaddr(agent, index));
            }
            agent.local(INDEX, index + 1L);
            agent.next(FREE_PAGE, spec.pageFreeCostPs(), Why.VM);
        }
    }

    private int free(Agent agent) {
        boolean announced = mm(agent).calls(SecondaryMmu::tablesUnlinked);
        return announced && kernel.gathers().hasTables(agent) ? TABLES : FREE_PAGE;
    }
}
