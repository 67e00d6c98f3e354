package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * brk(2): slots 0 address space, 1 new program break. Returns the break afterwards, as the system call does: a break below
 * the lowest one, or one that runs into a mapping, is refused by returning the old one.
 *
 * <p>A shrinking one sets the break before it unmaps, since mmap_sem may be downgraded then.
 */
final class Brk extends MemoryCall {
    private static final int SET = FIRST + 1;
    private static final int SHRUNK = FIRST + 2;

    private final UnmapRegion unmapRegion;

    Brk(Kernel kernel, UnmapRegion unmapRegion) {
        super(kernel, "brk", OWN, true, VmCounter.BRKS);
        this.unmapRegion = unmapRegion;
    }

    @Override
    long check(Agent agent, Mm mm) {
        return GO_ON;
    }

    @Override
    void work(Agent agent, Mm mm, int pc) {
        long wanted = agent.local(ADDRESS);
        if (pc == SET) {
            mm.programBreak(wanted);
            finish(agent, wanted);
            return;
        }
        if (pc == SHRUNK) {
            finish(agent, wanted);
            return;
        }
        long oldEnd = Mm.pageAligned(mm.programBreak());
        long newEnd = Mm.pageAligned(wanted);
        if (wanted < mm.initialBreak() || newEnd < 0 || newEnd > mm.vmas().limit()) {
            finish(agent, mm.programBreak());
        } else if (newEnd == oldEnd) {
            agent.next(SET, 0, Why.VM);
        } else if (newEnd < oldEnd) {
            mm.programBreak(wanted);
            agent.call(unmapRegion, SHRUNK, mm.id(), newEnd, oldEnd);
        } else {
            grow(agent, mm, oldEnd, newEnd);
        }
    }

    private void grow(Agent agent, Mm mm, long oldEnd, long newEnd) {
        if (mm.vmas().growHeap(agent, oldEnd, newEnd)) {
            agent.next(SET, 0, Why.VM);
        } else {
            finish(agent, mm.programBreak());
        }
    }

    @Override
    String workName(int pc) {
        return switch (pc) {
            case SET -> "set the break";
            case SHRUNK -> "the difference is unmapped";
            default -> "unmap or map the difference";
        };
    }
}
