package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.notifier.SecondaryMmu;
import grusim.workload.KernelSpec.ExitLock;

/**
 * The end of an address space: exit_mmap (Linux mm/mmap.c, 2.6.28). The notifier is taken off the list and its release
 * called, so that the unmapping that follows is not announced to it; then all ptes are cleared, all tables below the pgd
 * freed, the CPUs' TLBs flushed, the rest freed, and the vmas removed. No lock is held, or (6.1) mmap_sem: for reading over
 * the unmapping, for writing from the freeing of the tables on.
 *
 * <p>Slot 0: the address space. Returns 0. What a driver does when a vma is closed comes after this.
 */
final class ExitMmap extends KernelRoutine {
    private static final int END = 1;
    private static final int SLOTS = 2;

    private static final int RELEASE = 0;
    private static final int LOOK = 1;
    private static final int UNMAP = 2;
    private static final int FREE_TABLES = 3;
    private static final int FINISH = 4;
    private static final int REMOVE = 5;
    private static final int GONE = 6;
    private static final int DOWN_READ = 7;
    private static final int UP_READ = 8;
    private static final int DOWN_WRITE = 9;
    private static final int UP_WRITE = 10;
    private static final int UP_READ_EMPTY = 11;

    private final boolean locks;
    private final UnmapVmas unmapVmas;
    private final FreePageTables freePageTables;
    private final FinishGather finishGather;

    ExitMmap(Kernel kernel, UnmapVmas unmapVmas, FreePageTables freePageTables, FinishGather finishGather) {
        super(kernel, "exit_mmap", SLOTS);
        this.locks = spec.exitLock() == ExitLock.MMAP_LOCK;
        this.unmapVmas = unmapVmas;
        this.freePageTables = freePageTables;
        this.finishGather = finishGather;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case RELEASE -> "mmu_notifier_release";
            case DOWN_READ -> "take mmap_sem for reading";
            case LOOK -> "look at the last vma";
            case UNMAP -> "unmap_vmas";
            case UP_READ, UP_READ_EMPTY -> "release mmap_sem, held for reading";
            case DOWN_WRITE -> "take mmap_sem for writing";
            case FREE_TABLES -> "free_pgtables";
            case FINISH -> "tlb_finish_mmu";
            case REMOVE -> "remove the vmas";
            case UP_WRITE -> "release mmap_sem, held for writing";
            default -> "return";
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        Mm mm = mm(agent);
        switch (pc) {
            case RELEASE -> {
                int next = locks ? DOWN_READ : LOOK;
                SecondaryMmu notifier = mm.takeNotifier(agent);
                Routine release = notifier == null ? null : notifier.release();
                if (release == null) {
                    agent.next(next, 0, Why.VM);
                } else {
                    agent.call(release, next, mm.id());
                }
            }
            case LOOK -> {
                mm.vmas().find(agent, 0);
                int count = mm.vmas().count();
                agent.local(END, count == 0 ? 0 : mm.vmas().end(count - 1));
                int empty = locks ? UP_READ_EMPTY : GONE;
                agent.next(count == 0 ? empty : UNMAP, 0, Why.VM);
            }
            case UNMAP -> agent.call(unmapVmas, locks ? UP_READ : FREE_TABLES, mm.id(), 0, agent.local(END));
            case FREE_TABLES -> agent.call(freePageTables, FINISH, mm.id(), 0, agent.local(END), 1);
            case FINISH -> agent.call(finishGather, REMOVE, mm.id());
            case REMOVE -> {
                mm.vmas().clear(agent);
                agent.next(locks ? UP_WRITE : GONE, 0, Why.VM);
            }
            case GONE -> {
                kernel.observer().mmGone(agent, mm.id());
                kernel.processes().spares().giveBack(mm);
                agent.done(0);
            }
            default -> lock(agent, mm, pc);
        }
    }

    private void lock(Agent agent, Mm mm, int pc) {
        switch (pc) {
            case DOWN_READ -> downRead(agent, mm, DOWN_READ, LOOK);
            case UP_READ -> upRead(agent, mm, DOWN_WRITE);
            case DOWN_WRITE -> downWrite(agent, mm, DOWN_WRITE, FREE_TABLES);
            case UP_READ_EMPTY -> upRead(agent, mm, GONE);
            default -> upWrite(agent, mm, GONE);
        }
    }
}
