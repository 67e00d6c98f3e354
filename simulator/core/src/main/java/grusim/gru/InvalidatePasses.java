package grusim.gru;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.workload.KillScope;

/** The passes of an invalidate through the {@link TlbPort}, each one indivisible access. */
final class InvalidatePasses {
    private final Chiplet chiplet;
    private final TlbPort port;
    private final TlbArray tlb;
    private final MissTable misses;
    private final ContextTable contexts;
    private final DeviceCounters counters;
    private final boolean killBits;
    private final KillScope scope;
    private final int cbrs;

    InvalidatePasses(Chiplet chiplet) {
        this.chiplet = chiplet;
        port = chiplet.tlbPort();
        tlb = port.tlb();
        misses = port.misses();
        contexts = port.contexts();
        counters = chiplet.counters();
        killBits = chiplet.spec().killBits();
        scope = chiplet.spec().killScope();
        cbrs = chiplet.size().controlBlocks();
    }

    /** Sets the kill bits of the outstanding misses in scope. */
    void mark(Agent agent, Invalidation by) {
        port.pass(agent, Access.UPDATE);
        for (int cb = 0; killBits && cb < cbrs; cb++) {
            if (misses.mark(cb, scope, by)) {
                counters.missesMarked++;
                chiplet.observer()
                        .killMarked(chiplet.index(), misses.context(cb), cb, misses.asid(cb), misses.vaddr(cb));
            }
        }
    }

    /** Removes the entry of the n-th page of a range, if there is one. */
    void removePage(Agent agent, Invalidation by, int n) {
        port.pass(agent, Access.UPDATE);
        port.stall();
        int entry = tlb.find(by.asid(), by.page(n), by.sizeCode());
        if (entry != TlbArray.NONE) {
            remove(entry);
        }
    }

    /** Removes the entries of one set that a purge covers. */
    void removeSet(Agent agent, Invalidation by, int set) {
        port.pass(agent, Access.UPDATE);
        port.stall();
        for (int entry = set * tlb.ways(); entry < (set + 1) * tlb.ways(); entry++) {
            if (tlb.valid(entry) && by.covers(tlb.asid(entry), tlb.vaddr(entry))) {
                remove(entry);
            }
        }
    }

    private void remove(int entry) {
        counters.entriesInvalidated++;
        port.told(entry, DeviceObserver.Removal.INVALIDATED);
        tlb.remove(entry);
    }

    /** Keeps the control blocks of the contexts in a bitmap from issuing requests. */
    void interruptContexts(Agent agent, int bitmap) {
        port.pass(agent, Access.UPDATE);
        for (int left = bitmap; left != 0; left &= left - 1) {
            contexts.pause(Integer.numberOfTrailingZeros(left));
        }
        for (int cb = 0; cb < cbrs; cb++) {
            int owner = contexts.owner(cb);
            if (owner != ContextTable.NOBODY && ((bitmap >>> owner) & 1) != 0) {
                misses.invalidated(cb, true);
            }
        }
    }

    /** Whether no line request of the contexts in a bitmap is under way. */
    boolean drained(Agent agent, int bitmap) {
        port.pass(agent, Access.READ);
        for (int left = bitmap; left != 0; left &= left - 1) {
            if (!contexts.drained(Integer.numberOfTrailingZeros(left))) {
                return false;
            }
        }
        return true;
    }

    /** Undoes {@link #interruptContexts}. */
    void restartContexts(Agent agent, int bitmap) {
        port.pass(agent, Access.UPDATE);
        for (int left = bitmap; left != 0; left &= left - 1) {
            contexts.resume(Integer.numberOfTrailingZeros(left));
        }
        port.resume().give();
    }
}
