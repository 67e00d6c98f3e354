package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.machine.PhysicalMemory;

/**
 * move_pages(2) for the pages of a range and one blade: slots 0 address space, 1 address, 2 length, 3 blade. Holds mmap_sem
 * for reading throughout (Linux mm/migrate.c, 2.6.28). Pages that are not present are passed over.
 *
 * <p>Returns the number of pages that had to stay where they were (as from 4.17 on), -ENODEV for a blade that is not the
 * kernel's, or -EFAULT for a range past the end of user addresses or with nothing mapped.
 */
final class MovePages extends MemoryCall {
    private static final int AT = OWN;
    private static final int PART_END = OWN + 1;
    private static final int STAYED = OWN + 2;
    private static final int MAPPED = OWN + 3;
    private static final int SLOTS = OWN + 4;

    private static final int FIRST_VMA = FIRST;
    private static final int NEXT_VMA = FIRST + 1;
    private static final int MIGRATED = FIRST + 2;

    private final MigrateRange migrateRange;

    MovePages(Kernel kernel, MigrateRange migrateRange) {
        super(kernel, "move_pages", SLOTS, false, VmCounter.MOVE_PAGES);
        this.migrateRange = migrateRange;
    }

    @Override
    long check(Agent agent, Mm mm) {
        long start = agent.local(ADDRESS);
        long bytes = agent.local(LENGTH);
        if (!kernel.frames().hasBlade(agent.local(THIRD))) {
            return -Errno.ENODEV;
        }
        long limit = mm.vmas().limit();
        if (start < 0 || start > limit || bytes < 0 || bytes > limit - start) {
            return -Errno.EFAULT;
        }
        return bytes == 0 ? 0 : GO_ON;
    }

    @Override
    void work(Agent agent, Mm mm, int pc) {
        switch (pc) {
            case FIRST_VMA -> {
                agent.local(AT, agent.local(ADDRESS) & -PhysicalMemory.FRAME_BYTES);
                agent.next(NEXT_VMA, 0, Why.VM);
            }
            case NEXT_VMA -> nextVma(agent, mm);
            default -> {
                agent.local(STAYED, agent.local(STAYED) + agent.result());
                agent.local(AT, agent.local(PART_END));
                agent.next(NEXT_VMA, 0, Why.VM);
            }
        }
    }

    private void nextVma(Agent agent, Mm mm) {
        long end = Mm.pageAligned(agent.local(ADDRESS) + agent.local(LENGTH));
        long at = agent.local(AT);
        int vma = at < end ? mm.vmas().find(agent, at) : Vmas.NONE;
        if (vma == Vmas.NONE || mm.vmas().start(vma) >= end) {
            finish(agent, agent.local(MAPPED) != 0 ? agent.local(STAYED) : -Errno.EFAULT);
            return;
        }
        long partEnd = Math.min(mm.vmas().end(vma), end);
        agent.local(MAPPED, 1);
        agent.local(PART_END, partEnd);
        long blade = agent.local(THIRD);
        agent.call(migrateRange, MIGRATED, mm.id(), Math.max(at, mm.vmas().start(vma)), partEnd);
        agent.local(MigrateRange.BLADE, blade);
    }

    @Override
    String workName(int pc) {
        return switch (pc) {
            case FIRST_VMA -> "start at the first page";
            case NEXT_VMA -> "find_vma";
            default -> "go to the next vma";
        };
    }
}
