package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.notifier.SecondaryMmu;

/**
 * The end of an address space: exit_mmap (Linux mm/mmap.c, 2.6.28). The notifier is taken off the list and its release
 * called, so that the unmapping that follows is not announced to it; then all ptes are cleared, all tables below the pgd
 * freed, the CPUs' TLBs flushed, the rest freed, and the vmas removed. No lock is held.
 *
 * <p>Slot 0: the address space. Returns 0. What a driver does when a vma is closed comes after this.
 */
final class ExitMmap extends KernelRoutine {
    private static final int END = 1;
    private static final int SLOTS = 2;

    private final UnmapVmas unmapVmas;
    private final FreePageTables freePageTables;
    private final FinishGather finishGather;

    ExitMmap(Kernel kernel, UnmapVmas unmapVmas, FreePageTables freePageTables, FinishGather finishGather) {
        super(kernel, "exit_mmap", SLOTS);
        this.unmapVmas = unmapVmas;
        this.freePageTables = freePageTables;
        this.finishGather = finishGather;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "mmu_notifier_release";
            case 1 -> "look at the last vma";
            case 2 -> "unmap_vmas";
            case 3 -> "free_pgtables";
            case 4 -> "tlb_finish_mmu";
            case 5 -> "remove the vmas";
            default -> "return";
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        Mm mm = mm(agent);
        switch (pc) {
            case 0 -> {
                SecondaryMmu notifier = mm.takeNotifier(agent);
                Routine release = notifier == null ? null : notifier.release();
                if (release == null) {
                    agent.next(1, 0, Why.VM);
                } else {
                    agent.call(release, 1, mm.id());
                }
            }
            case 1 -> {
                mm.vmas().find(agent, 0);
                int count = mm.vmas().count();
                agent.local(END, count == 0 ? 0 : mm.vmas().end(count - 1));
                agent.next(count == 0 ? 6 : 2, 0, Why.VM);
            }
            case 2 -> agent.call(unmapVmas, 3, mm.id(), 0, agent.local(END));
            case 3 -> agent.call(freePageTables, 4, mm.id(), 0, agent.local(END), 1);
            case 4 -> agent.call(finishGather, 5);
            case 5 -> {
                mm.vmas().clear(agent);
                agent.next(6, 0, Why.VM);
            }
            default -> {
                kernel.observer().mmGone(agent, mm.id());
                agent.done(0);
            }
        }
    }
}
