package grusim.protocol;

import grusim.engine.Routine;
import grusim.linux.Pte;
import grusim.linux.lock.Mutex;
import grusim.machine.PhysicalMemory;
import grusim.workload.Protocol.Rule;

/**
 * Fills that pin: the reference that get_user_pages takes is kept, one for each page, until the page is recalled. A mutex of
 * the address space keeps a recall, which flushes the device and then drops the references, apart from a fill that has
 * noted its reference and whose entry the device does not have yet.
 *
 * <p>When the address space is released everything is recalled, and no fill is admitted any more. Source: SGI's XPMEM
 * driver, whose lock is a semaphore of each segment that fills share; here fills of an address space take turns.
 */
abstract class PinnedFill extends Design<PinnedFill.Space> {
    PinnedFill(Surroundings around) {
        super(around, mm -> new Space(around, mm));
        at(
                Hook.RELEASE,
                recall(script("release", CALLOUT_SLOTS + 1)
                        .then("have the driver release its contexts", this::releaseDriver)
                        .then("admit no more fills", (a, here) -> {
                            space(a).pins.close(a);
                            counted(a, here + 1);
                        })));
        at(Hook.ADMIT, admission());
        at(
                Hook.FILLED,
                script("page inserted", FILL_SLOTS)
                        .then("release the recall mutex", (a, here) -> unlock(a, space(a).recallMutex, here + 1))
                        .end());
    }

    private Script recall(Script script) {
        script.then("take the recall mutex", (a, here) -> lock(a, space(a).recallMutex, here, here + 1))
                .then("flush the device", (a, here) -> flush(a, here + 1));
        return unpin(script, space -> space.pins)
                .then("release the recall mutex", (a, here) -> unlock(a, space(a).recallMutex, here + 1))
                .end();
    }

    private Routine admission() {
        int use = 3;
        int gone = 4;
        return script("pin a page", FILL_SLOTS)
                .then(
                        "take the recall mutex",
                        (a, here) -> lock(a, space(a).recallMutex, here, around.keeps(Rule.PIN) ? here + 1 : use))
                .then("note the pin", (a, here) -> {
                    long page = a.local(VADDR) & -PhysicalMemory.FRAME_BYTES;
                    go(
                            a,
                            switch (space(a).pins.pin(a, page, Pte.pfn(a.local(PTE)))) {
                                case NEWLY -> use;
                                case BEFORE -> here + 1;
                                case NEVER -> gone;
                            });
                })
                .then("put_page, the page is pinned already", (a, here) -> {
                    around.kernel().userPages().unpin(a, Pte.pfn(a.local(PTE)));
                    go(a, here + 1);
                })
                .then("insert the page", (a, here) -> a.done(a.local(PTE)))
                .then(
                        "release the recall mutex, the address space is gone",
                        (a, here) -> unlock(a, space(a).recallMutex, here + 1))
                .then("return", (a, here) -> a.done(GIVE_UP));
    }

    /** A routine that takes a range away from the device and drops its pins; slots as those of a range's callout. */
    final Routine recalling() {
        return recall(script("recall", CALLOUT_SLOTS + 1));
    }

    /** The pins and the lock that keeps recalls apart from fills. */
    static final class Space {
        private final Mutex recallMutex;
        private final PinTable pins;

        private Space(Surroundings around, int mm) {
            recallMutex = around.mutex("mm" + mm + " recall_mutex");
            pins = new PinTable(around.engine(), "mm" + mm + " pins");
        }
    }

    @Override
    public final boolean coherent() {
        return false;
    }

    @Override
    public final Lookup lookup() {
        return around.keeps(Rule.PIN) ? Lookup.PIN : Lookup.GET_USER_PAGES;
    }
}
