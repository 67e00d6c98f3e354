package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.machine.PhysicalMemory;

/**
 * Reclaims a number of pages: from the list of all pages, sparing those used lately, or from a given range of addresses in
 * order, used or not. Looks at each page of the list at most twice.
 *
 * <p>Slots: 0 number of pages wanted, 1 address space plus one (0: from the list), 2 and 3 start and end of the range.
 * Returns the number of pages reclaimed.
 */
final class ReclaimPages extends KernelRoutine {
    private static final int WANTED = 0;
    private static final int OWNER = 1;
    private static final int AT = 2;
    private static final int END = 3;
    private static final int RECLAIMED = 4;
    private static final int LEFT = 5;
    private static final int FRAME = 6;
    private static final int SLOTS = 7;

    private static final int ENTER = 0;
    private static final int ISOLATE = 1;
    private static final int RECLAIM = 2;
    private static final int NEXT = 3;

    private final ReclaimPage reclaimPage;

    ReclaimPages(Kernel kernel) {
        super(kernel, "shrink_list", SLOTS);
        this.reclaimPage = new ReclaimPage(kernel);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ENTER -> "count the pages";
            case ISOLATE -> "take a page off the list";
            case RECLAIM -> "try_to_unmap";
            default -> "go to the next page";
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        switch (pc) {
            case ENTER -> {
                agent.local(LEFT, 2 * kernel.frames().readUsedFrames(agent));
                agent.next(ISOLATE, 0, Why.VM);
            }
            case ISOLATE -> isolate(agent);
            case RECLAIM -> reclaim(agent);
            default -> {
                agent.local(RECLAIMED, agent.local(RECLAIMED) + agent.result());
                proceed(agent);
            }
        }
    }

    private void isolate(Agent agent) {
        FrameAllocator frames = kernel.frames();
        long pfn = FrameAllocator.NONE;
        if (agent.local(OWNER) == 0) {
            pfn = frames.isolateNext(agent);
        } else {
            long found = nextInRange(agent);
            if (found != FrameAllocator.NONE && frames.isolate(agent, found)) {
                pfn = found;
            } else if (found != FrameAllocator.NONE) {
                proceed(agent);
                return;
            }
        }
        if (pfn == FrameAllocator.NONE) {
            agent.done(agent.local(RECLAIMED));
        } else {
            kernel.counters().add(VmCounter.RECLAIM_SCANNED);
            agent.local(LEFT, agent.local(LEFT) - 1);
            agent.local(FRAME, pfn);
            agent.next(RECLAIM, 0, Why.VM);
        }
    }

    /** The frame of the next present page of the range; only a hint, it is checked again under the locks. */
    private long nextInRange(Agent agent) {
        Mm mm = kernel.mm((int) agent.local(OWNER) - 1);
        for (long at = agent.local(AT); at < agent.local(END); at += PhysicalMemory.FRAME_BYTES) {
            long pte = mm.peekPte(at);
            if (Pte.present(pte)) {
                agent.local(AT, at + PhysicalMemory.FRAME_BYTES);
                return Pte.pfn(pte);
            }
        }
        return FrameAllocator.NONE;
    }

    private void reclaim(Agent agent) {
        long pfn = agent.local(FRAME);
        long force = agent.local(OWNER) == 0 ? 0 : 1;
        agent.call(reclaimPage, NEXT, kernel.frames().mm(pfn), kernel.frames().vaddr(pfn), force);
        agent.local(ReclaimPage.FRAME, pfn);
    }

    private void proceed(Agent agent) {
        if (agent.local(RECLAIMED) >= agent.local(WANTED) || agent.local(LEFT) <= 0) {
            agent.done(agent.local(RECLAIMED));
        } else {
            agent.next(ISOLATE, 0, Why.VM);
        }
    }
}
