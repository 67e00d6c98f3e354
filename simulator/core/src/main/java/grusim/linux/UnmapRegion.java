package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * Takes a range out of an address space: the part of do_munmap after its checks (Linux mm/mmap.c, 2.6.28). The mappings are
 * split and detached, then their ptes cleared, their tables unlinked, the CPUs' TLBs flushed and everything freed. The
 * caller holds mmap_sem for writing.
 *
 * <p>Slots: 0 address space, 1 start, 2 end. Returns 0.
 */
final class UnmapRegion extends KernelRoutine {
    private static final int START = 1;
    private static final int END = 2;
    private static final int SLOTS = 3;

    private final UnmapVmas unmapVmas;
    private final FreePageTables freePageTables;
    private final FinishGather finishGather;

    UnmapRegion(Kernel kernel, UnmapVmas unmapVmas, FreePageTables freePageTables, FinishGather finishGather) {
        super(kernel, "do_munmap", SLOTS);
        this.unmapVmas = unmapVmas;
        this.freePageTables = freePageTables;
        this.finishGather = finishGather;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "detach the vmas";
            case 1 -> "unmap_vmas";
            case 2 -> "free_pgtables";
            case 3 -> "tlb_finish_mmu";
            default -> "return";
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        long start = agent.local(START);
        long end = agent.local(END);
        switch (pc) {
            case 0 -> {
                if (mm(agent).vmas().detach(agent, start, end)) {
                    agent.next(1, 0, Why.VM);
                } else {
                    agent.done(0);
                }
            }
            case 1 -> agent.call(unmapVmas, 2, mm(agent).id(), start, end);
            case 2 -> agent.call(freePageTables, 3, mm(agent).id(), start, end);
            case 3 -> agent.call(finishGather, 4);
            default -> agent.done(0);
        }
    }
}
