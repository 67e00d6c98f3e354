package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.machine.PhysicalMemory;
import grusim.notifier.SecondaryMmu;

/**
 * Swaps out one page that was taken off the list of pages and frees its frame: shrink_page_list (Linux mm/vmscan.c). It
 * takes the frame's mappings away one after the other ({@link TryToUnmap}); who wants to act without spinlocks is told
 * before and after the attempt at each. The frame is written to swap and freed after that.
 *
 * <p>A frame whose content may be given up (MADV_FREE) is neither written nor does it get a slot. If its content turns out
 * to be written or shared, it is put back, and is an ordinary one.
 *
 * <p>Slots: 0 address space, 1 address, 2 whether to take it though it was used, 4 frame, 8 number of pages it backs, 9
 * whether its content may be given up. Returns 1, or 0 if the page was put back.
 */
final class ReclaimPage extends KernelRoutine {
    private static final int VADDR = 1;
    private static final int FORCE = 2;

    /** Slot of the frame. */
    static final int FRAME = 4;

    private static final int SLOT = 5;

    /** Slot of the outcome of the last attempt. */
    private static final int OUTCOME = 6;

    /** Slot of whether the content turned out to be written. */
    private static final int WRITTEN = 7;

    /** Slot of the number of mappings not yet looked at. */
    static final int LEFT = 8;

    /** Slot of whether the content may be given up. */
    static final int LAZY = 9;

    /** Slot of the number of mappings that were passed over. */
    private static final int PASSED = 10;

    /** Slot of the number of mappings that were taken away. */
    private static final int TAKEN = 11;

    private static final int SLOTS = 12;

    private static final int ADD_TO_SWAP = 0;
    private static final int BEFORE_UNMAP = 1;
    private static final int UNMAP = 2;
    private static final int UNMAPPED = 3;
    private static final int AFTER_UNMAP = 4;
    private static final int UNMAP_ANNOUNCED = 5;
    private static final int NEXT_MAPPING = 6;
    private static final int WRITE_OUT = 7;
    private static final int FILL_SLOT = 8;
    private static final int FREE_FRAME = 9;
    private static final int FREE_SLOT = 10;
    private static final int PUT_BACK = 11;
    private static final int RETURN = 12;

    private final TryToUnmap tryToUnmap;

    ReclaimPage(Kernel kernel) {
        super(kernel, "shrink_page_list", SLOTS);
        tryToUnmap = new TryToUnmap(kernel);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ADD_TO_SWAP -> "allocate a swap slot";
            case BEFORE_UNMAP -> "announce the attempt to unmap";
            case UNMAP -> "try_to_unmap";
            case UNMAPPED -> "unmapped?";
            case AFTER_UNMAP -> "announce the end of the attempt";
            case UNMAP_ANNOUNCED -> "announced the end of the attempt";
            case NEXT_MAPPING -> "look for another page of the frame";
            case WRITE_OUT -> "write the page to swap";
            case FILL_SLOT -> "unlock the swap slot";
            case FREE_FRAME -> "free the frame";
            case FREE_SLOT -> "give back the swap slot";
            case PUT_BACK -> "put the page back";
            default -> "return";
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        if (pc <= NEXT_MAPPING) {
            unmap(agent, mm(agent), pc);
        } else {
            release(agent, pc);
        }
    }

    private void unmap(Agent agent, Mm mm, int pc) {
        long vaddr = agent.local(VADDR);
        long pfn = agent.local(FRAME);
        switch (pc) {
            case ADD_TO_SWAP -> {
                if (agent.local(LAZY) == 0) {
                    agent.local(SLOT, kernel.swap().allocate(agent));
                }
                if (agent.local(SLOT) == SwapArea.NONE) {
                    agent.next(PUT_BACK, 0, Why.VM);
                } else {
                    attempt(agent, mm);
                }
            }
            case BEFORE_UNMAP -> kernel.callouts().beforeUnmap(agent, mm, vaddr, pfn, UNMAP);
            case UNMAP -> tryToUnmap(agent, mm);
            case UNMAPPED -> {
                agent.local(OUTCOME, agent.result());
                looked(agent);
                agent.next(mm.calls(SecondaryMmu::afterUnmap) ? AFTER_UNMAP : afterAttempt(agent), 0, Why.VM);
            }
            case AFTER_UNMAP -> kernel.callouts().afterUnmap(agent, mm, vaddr, pfn, UNMAP_ANNOUNCED);
            case UNMAP_ANNOUNCED -> {
                kernel.callouts().invalidated(agent, mm, vaddr, vaddr + PhysicalMemory.FRAME_BYTES);
                agent.next(afterAttempt(agent), 0, Why.VM);
            }
            default -> nextMapping(agent, pfn);
        }
    }

    /** Ends the step: an attempt at a page of the frame begins. */
    private void attempt(Agent agent, Mm mm) {
        if (mm.calls(SecondaryMmu::beforeUnmap)) {
            kernel.callouts().prepare(agent, mm, BEFORE_UNMAP);
        } else {
            tryToUnmap(agent, mm);
        }
    }

    private void tryToUnmap(Agent agent, Mm mm) {
        long vaddr = agent.local(VADDR);
        long pfn = agent.local(FRAME);
        long slot = agent.local(SLOT);
        long force = agent.local(FORCE);
        long lazy = agent.local(LAZY);
        long taken = agent.local(TAKEN);
        agent.call(tryToUnmap, UNMAPPED, mm.id(), vaddr);
        agent.local(UnmapPage.FRAME, pfn);
        agent.local(TryToUnmap.SLOT, slot);
        agent.local(TryToUnmap.FORCE, force);
        agent.local(TryToUnmap.LAZY, lazy);
        agent.local(TryToUnmap.SHARES_SLOT, taken == 0 ? 0 : 1);
    }

    /** Counts a mapping that was looked at. */
    private static void looked(Agent agent) {
        long outcome = agent.local(OUTCOME);
        if (outcome >= TryToUnmap.TAKEN) {
            agent.local(TAKEN, agent.local(TAKEN) + 1);
            agent.local(LEFT, outcome - TryToUnmap.TAKEN - agent.local(PASSED));
        } else {
            agent.local(WRITTEN, agent.local(WRITTEN) | (outcome == TryToUnmap.WRITTEN ? 1 : 0));
            agent.local(LEFT, agent.local(LEFT) - 1);
            agent.local(PASSED, agent.local(PASSED) + 1);
        }
    }

    private static int afterAttempt(Agent agent) {
        return agent.local(LEFT) > 0 ? NEXT_MAPPING : afterAll(agent);
    }

    private static int afterAll(Agent agent) {
        boolean lazy = agent.local(LAZY) != 0;
        if (agent.local(TAKEN) == 0) {
            return lazy ? PUT_BACK : FREE_SLOT;
        }
        return lazy ? FREE_FRAME : WRITE_OUT;
    }

    private void nextMapping(Agent agent, long pfn) {
        FrameAllocator frames = kernel.frames();
        int mapping = (int) agent.local(PASSED);
        if (mapping >= frames.readMappings(agent, pfn)) {
            agent.next(afterAll(agent), 0, Why.VM);
            return;
        }
        agent.local(MM, frames.mm(pfn, mapping));
        agent.local(VADDR, frames.vaddr(pfn, mapping));
        agent.local(LEFT, frames.mappings(pfn) - (long) mapping);
        attempt(agent, mm(agent));
    }

    private void release(Agent agent, int pc) {
        switch (pc) {
            case WRITE_OUT -> wait(agent, FILL_SLOT, spec.swapOutCostPs(), Why.SWAP);
            case FILL_SLOT -> {
                kernel.swap().write(agent, agent.local(SLOT), agent.local(FRAME));
                kernel.counters().add(VmCounter.SWAPPED_OUT);
                agent.next(FREE_FRAME, 0, Why.VM);
            }
            case FREE_FRAME -> {
                kernel.frames().reclaimable().putBack(agent, agent.local(FRAME));
                kernel.counters().add(VmCounter.PAGES_RECLAIMED);
                agent.next(RETURN, spec.pageFreeCostPs(), Why.VM);
            }
            case FREE_SLOT -> {
                kernel.swap().free(agent, agent.local(SLOT));
                agent.next(PUT_BACK, 0, Why.VM);
            }
            case PUT_BACK -> {
                if (agent.local(WRITTEN) != 0) {
                    kernel.frames().keep(agent.local(FRAME));
                }
                kernel.frames().reclaimable().putBack(agent, agent.local(FRAME));
                agent.next(RETURN, 0, Why.VM);
            }
            default -> agent.done(agent.local(TAKEN) == 0 ? 0 : 1);
        }
    }
}
