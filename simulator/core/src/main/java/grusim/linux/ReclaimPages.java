package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.machine.PhysicalMemory;

/**
 * Reclaims a number of pages: from the list of all pages, sparing those used lately, or from a given range of addresses in
 * order, used or not. Looks at each page of the list at most twice. A frame that backs several pages is spared if any of
 * them was used.
 *
 * <p>Slots: 0 number of pages wanted, 1 address space plus one (0: from the list), 2 and 3 start and end of the range, 7
 * whether to pass over frames that back several pages. Returns the number of pages reclaimed.
 */
final class ReclaimPages extends KernelRoutine {
    private static final int WANTED = 0;
    private static final int OWNER = 1;
    private static final int AT = 2;
    private static final int END = 3;
    private static final int RECLAIMED = 4;
    private static final int LEFT = 5;
    private static final int FRAME = 6;

    /** Slot of whether to pass over frames that back several pages. */
    static final int ALONE = 7;

    // ---- what was seen of the frame when it was taken ----
    private static final int MAPPINGS = 8;
    private static final int FIRST_MM = 9;
    private static final int FIRST_VADDR = 10;
    private static final int LAZY = 11;
    private static final int SLOTS = 12;

    private static final int ENTER = 0;
    private static final int ISOLATE = 1;
    private static final int RECLAIM = 2;
    private static final int NEXT = 3;
    private static final int REFERENCED = 4;
    private static final int PUT_BACK = 5;
    private static final int GO_ON = 6;
    private static final int UNMAP = 7;

    private final ReclaimPage reclaimPage;
    private final PageReferenced pageReferenced;

    ReclaimPages(Kernel kernel) {
        super(kernel, "shrink_list", SLOTS);
        this.reclaimPage = new ReclaimPage(kernel);
        this.pageReferenced = new PageReferenced(kernel);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ENTER -> "count the pages";
            case ISOLATE -> "take a page off the list";
            case RECLAIM, UNMAP -> "shrink_page_list";
            case REFERENCED -> "was any of its pages used?";
            case PUT_BACK -> "put the frame back";
            case GO_ON -> "pass over the page";
            default -> "go to the next page";
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        switch (pc) {
            case ENTER -> {
                agent.local(LEFT, 2 * kernel.frames().reclaimable().readUsedFrames(agent));
                agent.next(ISOLATE, 0, Why.VM);
            }
            case ISOLATE -> isolate(agent);
            case RECLAIM -> reclaim(agent);
            case REFERENCED -> {
                boolean used = agent.result() > 0;
                kernel.frames().readMappings(agent, agent.local(FRAME));
                look(agent);
                agent.next(used || agent.local(MAPPINGS) == 0 ? PUT_BACK : UNMAP, 0, Why.VM);
            }
            case UNMAP -> unmap(agent, 1);
            case PUT_BACK -> {
                kernel.frames().reclaimable().putBack(agent, agent.local(FRAME));
                agent.next(GO_ON, 0, Why.VM);
            }
            case GO_ON -> proceed(agent);
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
            pfn = frames.reclaimable().isolateNext(agent);
        } else {
            long found = nextInRange(agent);
            if (found != FrameAllocator.NONE && frames.reclaimable().isolate(agent, found, agent.local(ALONE) != 0)) {
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
            look(agent);
            agent.next(RECLAIM, 0, Why.VM);
        }
    }

    private void look(Agent agent) {
        FrameAllocator frames = kernel.frames();
        long pfn = agent.local(FRAME);
        int mappings = frames.mappings(pfn);
        agent.local(MAPPINGS, mappings);
        if (mappings > 0) {
            agent.local(FIRST_MM, frames.mm(pfn, 0));
            agent.local(FIRST_VADDR, frames.vaddr(pfn, 0));
            agent.local(LAZY, frames.lazy(pfn) ? 1 : 0);
        }
    }

    /** The frame of the next present page of the range; only a hint, it is checked again under the locks. */
    private long nextInRange(Agent agent) {
        Mm mm = kernel.mm((int) agent.local(OWNER) - 1);
        long end = agent.local(END);
        long at = mm.tables().peekPresent(agent.local(AT), end);
        agent.local(AT, Math.min(at + PhysicalMemory.FRAME_BYTES, end));
        return at < end ? Pte.pfn(mm.peekPte(at)) : FrameAllocator.NONE;
    }

    private void reclaim(Agent agent) {
        if (agent.local(OWNER) == 0 && agent.local(MAPPINGS) > 1) {
            agent.call(pageReferenced, REFERENCED, agent.local(FRAME));
        } else {
            unmap(agent, agent.local(OWNER) == 0 ? 0 : 1);
        }
    }

    private void unmap(Agent agent, long force) {
        long pfn = agent.local(FRAME);
        long mappings = agent.local(MAPPINGS);
        long lazy = agent.local(LAZY);
        agent.call(reclaimPage, NEXT, agent.local(FIRST_MM), agent.local(FIRST_VADDR), force);
        agent.local(ReclaimPage.FRAME, pfn);
        agent.local(ReclaimPage.LEFT, mappings);
        agent.local(ReclaimPage.LAZY, lazy);
    }

    private void proceed(Agent agent) {
        if (agent.local(RECLAIMED) >= agent.local(WANTED) || agent.local(LEFT) <= 0) {
            agent.done(agent.local(RECLAIMED));
        } else {
            agent.next(ISOLATE, 0, Why.VM);
        }
    }
}
