package grusim.protocol;

import grusim.engine.Agent;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.linux.PageLocks;
import grusim.linux.Pte;
import grusim.machine.PhysicalMemory;
import grusim.workload.Protocol.Rule;

/**
 * Reclaim holds the page's lock, unmaps under its spinlocks, drops those, and only then calls out, so that the callout may
 * sleep; the page is freed after that. A fill locks the page that it found, looks whether the entry still leads to it, and
 * holds the lock until the device has the entry. Where ranges are unmapped, or entries replaced, the device is flushed when
 * the CPUs are, before anything is freed.
 *
 * <p>The page's lock orders a fill with reclaim only; a fill that the unmapping of a range overtakes is kept out by mmap_sem
 * or discarded by the device (kill bits). These locks are apart from the ones that migration holds while it calls out. Source: Linus Torvalds's proposal, linux-mm, May 2008.
 */
final class GatherOutsideLocks extends Design<GatherOutsideLocks.Space> {
    private static final int FRAME = 2;

    private final PageLocks pageLocks;
    private final boolean locks;

    GatherOutsideLocks(Surroundings around) {
        super(around, mm -> new Space(around));
        pageLocks = new PageLocks(around.engine(), "page locks of fills");
        locks = around.keeps(Rule.PAGE_LOCK);
        at(
                Hook.BEFORE_UNMAP,
                script("reclaim locks the page", CALLOUT_SLOTS)
                        .then("lock_page", (a, here) -> lockPage(a, a.local(FRAME), here, here + 1))
                        .then("the device is flushed later", (a, here) -> {
                            space(a).reclaims.set(a, true);
                            a.done(0);
                        }));
        at(
                Hook.AFTER_UNMAP,
                script("invalidate outside the locks", CALLOUT_SLOTS)
                        .then("flush the device", (a, here) -> {
                            space(a).reclaims.set(a, false);
                            long page = a.local(VADDR) & -PhysicalMemory.FRAME_BYTES;
                            a.call(
                                    around.driver().flushTlb(),
                                    here + 1,
                                    a.local(MM),
                                    page,
                                    page + PhysicalMemory.FRAME_BYTES);
                        })
                        .then("unlock_page", (a, here) -> unlockPage(a, a.local(FRAME), here + 1))
                        .end());
        at(
                Hook.FLUSHED,
                script("invalidate before the free", CALLOUT_SLOTS)
                        .then(
                                "does reclaim flush later?",
                                (a, here) ->
                                        a.next(space(a).reclaims.isSet(a) ? here + 2 : here + 1, 0, Why.INVALIDATE))
                        .then("flush the device", (a, here) -> flush(a, here + 1))
                        .end());
        at(Hook.ADMIT, admission());
        at(
                Hook.FILLED,
                script("page inserted", FILL_SLOTS)
                        .then("unlock_page", (a, here) -> unlockPage(a, Pte.pfn(a.local(PTE)), here + 1))
                        .end());
    }

    private Routine admission() {
        int use = 3;
        return script("insert a page", FILL_SLOTS)
                .then("lock_page", (a, here) -> lockPage(a, Pte.pfn(a.local(PTE)), here, locks ? here + 1 : use))
                .then(
                        "read the entry again",
                        (a, here) -> a.call(
                                around.kernel().userPages().atomicWalk(), here + 1, a.local(MM), a.local(VADDR), 0))
                .then("does it still lead to the page?", (a, here) -> {
                    boolean same = a.result() > 0 && Pte.pfn(a.result()) == Pte.pfn(a.local(PTE));
                    go(a, same ? use : use + 1);
                })
                .then("use the page", (a, here) -> a.done(a.local(PTE)))
                .then("unlock_page, find the page again", (a, here) -> unlockPage(a, Pte.pfn(a.local(PTE)), here + 1))
                .then("return", (a, here) -> a.done(AGAIN));
    }

    private void lockPage(Agent a, long pfn, int here, int next) {
        if (!locks || pageLocks.lock(a, pfn)) {
            a.next(next, locks ? around.costs().lockCostPs() : 0, Why.LOCK);
        } else {
            a.await(pageLocks, here, Why.LOCK);
        }
    }

    private void unlockPage(Agent a, long pfn, int next) {
        if (locks) {
            pageLocks.unlock(a, pfn);
        }
        a.next(next, locks ? around.costs().lockCostPs() : 0, Why.LOCK);
    }

    /** Which CPUs are reclaiming. */
    static final class Space {
        private final CpuNotes reclaims;

        private Space(Surroundings around) {
            reclaims = new CpuNotes(around.engine());
        }
    }
}
