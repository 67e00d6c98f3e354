package grusim.linux;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.StateIo;
import grusim.engine.Stateful;

/**
 * What reclaim and migration take frames off before they work on them (isolate_lru_page and putback_lru_page of Linux
 * mm/vmscan.c): a clock over all frames in use, where Linux keeps lists by age. Pools of huge pages are not on it. Who
 * isolates a frame holds a reference to it. Each operation is the one access of the step, to the frames.
 */
final class ReclaimList implements Stateful {
    private static final long NONE = FrameAllocator.NONE;

    private final FrameAllocator frames;
    private final FrameTable table;
    private final VmCounters counters;
    private boolean pinsRevoked;
    private int handBlade;
    private int handFrame;

    ReclaimList(FrameAllocator frames, FrameTable table, VmCounters counters) {
        this.frames = frames;
        this.table = table;
        this.counters = counters;
    }

    /** Takes the next reclaimable frame off the list, with a reference, or returns {@link FrameAllocator#NONE}. */
    long isolateNext(Agent agent) {
        frames.pass(agent, Access.UPDATE);
        for (long left = table.used(); left > 0; left--) {
            while (handFrame >= table.blade(handBlade).used()) {
                handFrame = 0;
                handBlade = (handBlade + 1) % table.blades();
            }
            int frame = handFrame++;
            BladeFrames blade = table.blade(handBlade);
            if (blade.reclaimable(frame)) {
                blade.isolate(frame);
                return table.frame(handBlade, frame);
            }
            countHeld(blade, frame);
        }
        return NONE;
    }

    /** As {@link #isolateNext}, for a given frame, perhaps only if it backs one page; says whether it was reclaimable. */
    boolean isolate(Agent agent, long pfn, boolean alone) {
        frames.pass(agent, Access.UPDATE);
        BladeFrames blade = table.of(pfn);
        int frame = table.index(pfn);
        countHeld(blade, frame);
        if (table.pooled(pfn) || !blade.reclaimable(frame) || (alone && blade.mappings(frame) > 1)) {
            return false;
        }
        blade.isolate(frame);
        return true;
    }

    private void countHeld(BladeFrames blade, int frame) {
        if (blade.held(frame)) {
            counters.add(VmCounter.RECLAIM_REFERENCED);
        }
    }

    /** A secondary MMU drops its references when reclaim calls out, so that who refers to a frame shows only after that. */
    void revokePins() {
        pinsRevoked = true;
        for (int i = 0; i < table.blades(); i++) {
            table.blade(i).revokePins();
        }
    }

    /** Whether secondary MMUs drop their references when reclaim calls out. */
    boolean pinsRevoked() {
        return pinsRevoked;
    }

    /** Whether somebody else than its pages and reclaim refers to an isolated frame. */
    boolean referenced(Agent agent, long pfn) {
        frames.pass(agent, Access.READ);
        boolean referenced = frames.references(pfn) > frames.mappings(pfn) + 1;
        if (referenced) {
            counters.add(VmCounter.RECLAIM_REFERENCED);
        }
        return referenced;
    }

    /** Ends an isolation and drops its reference; says whether that freed the frame. */
    boolean putBack(Agent agent, long pfn) {
        table.of(pfn).putBack(table.index(pfn));
        return frames.drop(agent, pfn, 1);
    }

    /** A page maps an isolated frame no more, and the isolation ends: both references are dropped. */
    void dropIsolated(Agent agent, long pfn, int mm, long vaddr) {
        table.of(pfn).unmap(table.index(pfn), mm, vaddr);
        table.of(pfn).putBack(table.index(pfn));
        frames.drop(agent, pfn, 2);
    }

    /** Number of frames that have ever been used: an upper bound for what reclaim may look at. */
    long readUsedFrames(Agent agent) {
        frames.pass(agent, Access.READ);
        return table.used();
    }

    @Override
    public void state(StateIo io) {
        handBlade = io.i32(handBlade);
        handFrame = io.i32(handFrame);
    }
}
