package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * Takes a range out of an address space: the part of do_munmap after its checks (Linux mm/mmap.c, 2.6.28). The mappings are
 * split and detached, then their ptes cleared, their tables unlinked, the CPUs' TLBs flushed and everything freed. The
 * caller holds mmap_sem for writing.
 *
 * <p>One that downgrades (__do_munmap of 4.20) turns that into a read lock once the mappings are detached, if there were
 * any; the caller gives back what is held. Mappings that grow down, beside which that kernel does not downgrade, are not
 * modelled.
 *
 * <p>Slots: 0 address space, 1 start, 2 end. Returns 0.
 */
final class UnmapRegion extends KernelRoutine {
    private static final int START = 1;
    private static final int END = 2;
    private static final int SLOTS = 3;

    private static final int DETACH = 0;
    private static final int UNMAP = 1;
    private static final int FREE_TABLES = 2;
    private static final int FINISH = 3;
    private static final int RETURN = 4;
    private static final int DOWNGRADE = 5;

    private final boolean downgrades;
    private final UnmapVmas unmapVmas;
    private final FreePageTables freePageTables;
    private final FinishGather finishGather;

    UnmapRegion(
            Kernel kernel,
            boolean downgrades,
            UnmapVmas unmapVmas,
            FreePageTables freePageTables,
            FinishGather finishGather) {
        super(kernel, downgrades ? "__do_munmap" : "do_munmap", SLOTS);
        this.downgrades = downgrades;
        this.unmapVmas = unmapVmas;
        this.freePageTables = freePageTables;
        this.finishGather = finishGather;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case DETACH -> "detach the vmas";
            case DOWNGRADE -> "downgrade mmap_sem to reading";
            case UNMAP -> "unmap_vmas";
            case FREE_TABLES -> "free_pgtables";
            case FINISH -> "tlb_finish_mmu";
            default -> "return";
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        long start = agent.local(START);
        long end = agent.local(END);
        switch (pc) {
            case DETACH -> {
                if (mm(agent).vmas().detach(agent, start, end)) {
                    agent.next(downgrades ? DOWNGRADE : UNMAP, 0, Why.VM);
                } else {
                    agent.done(0);
                }
            }
            case DOWNGRADE -> {
                mm(agent).mmapSem().downgradeWrite(agent);
                agent.next(UNMAP, spec.lockCostPs(), Why.VM);
            }
            case UNMAP -> agent.call(unmapVmas, FREE_TABLES, mm(agent).id(), start, end);
            case FREE_TABLES -> agent.call(freePageTables, FINISH, mm(agent).id(), start, end);
            case FINISH -> agent.call(finishGather, RETURN, mm(agent).id());
            default -> agent.done(0);
        }
    }
}
