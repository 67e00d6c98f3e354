package grusim.protocol;

import grusim.engine.Agent;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.linux.Errno;
import grusim.linux.lock.Mutex;
import grusim.workload.Protocol.Rule;

/**
 * Range callouts that may sleep, since the list of notifiers is walked under SRCU: they take a mutex of the driver, under
 * which fills give entries to the device. A caller that must not sleep is told -EAGAIN if the mutex is taken, and leaves the
 * range alone; no end follows then. Such callers are those that hold the reverse map's lock, which spins here.
 *
 * <p>Fills are held off while a range changes; one that has found its page is discarded if a range is changing or has ended
 * since. The release returns when every callout that was under way has. An SRCU grace period is modelled as waiting for a
 * moment without callouts. Source: Linux mm/mmu_notifier.c since 3.7 (SRCU) and 4.19 (blockable ranges), and
 * drivers/infiniband/core/umem_odp.c of that time.
 */
final class SrcuBlockable extends Design<SrcuBlockable.Space> {
    private final boolean holdsOff;

    SrcuBlockable(Surroundings around) {
        super(around, mm -> new Space(around, mm));
        holdsOff = around.keeps(Rule.HOLD_OFF);
        at(
                Hook.RANGE_START,
                start(script("invalidate_range_start", CALLOUT_SLOTS)
                        .then("srcu_read_lock", this::readLock)
                        .then("take the driver's mutex", (a, here) -> lock(a, space(a).mutex, here, here + 1))));
        at(Hook.TRY_RANGE_START, tryStart());
        at(
                Hook.RANGE_END,
                script("invalidate_range_end", CALLOUT_SLOTS)
                        .then("srcu_read_lock", this::readLock)
                        .then("count the range off, wake all", (a, here) -> {
                            space(a).ranges.end(a);
                            counted(a, here + 1);
                        })
                        .then("srcu_read_unlock", this::readUnlock)
                        .end());
        at(
                Hook.RELEASE,
                script("mmu_notifier_release", CALLOUT_SLOTS)
                        .then("have the driver release its contexts", this::releaseDriver)
                        .then("synchronize_srcu", (a, here) -> {
                            if (space(a).callouts.quiet(a)) {
                                counted(a, here + 1);
                            } else {
                                a.await(space(a).callouts, here, Why.INVALIDATE);
                            }
                        })
                        .end());
        at(
                Hook.ENTER,
                script("fill", FILL_SLOTS)
                        .then("sleep while a range changes", (a, here) -> {
                            if (space(a).ranges.quiet(a) || !holdsOff) {
                                a.local(TICKET, space(a).ranges.ended());
                                go(a, here + 1);
                            } else {
                                a.await(space(a).ranges, here, Why.RANGE_ACTIVE);
                            }
                        })
                        .then("go and find the page", (a, here) -> a.done(a.local(TICKET))));
        at(Hook.ADMIT, admission());
        at(
                Hook.FILLED,
                script("filled", FILL_SLOTS)
                        .then("release the driver's mutex", (a, here) -> unlock(a, space(a).mutex, here + 1))
                        .end());
    }

    private Script tryStart() {
        int refused = 7;
        Script script = script("invalidate_range_start_nonblock", CALLOUT_SLOTS)
                .then("srcu_read_lock", this::readLock)
                .then("try to take the driver's mutex", (a, here) -> {
                    boolean taken = space(a).mutex.tryLock(a);
                    a.next(taken ? here + 1 : refused, around.costs().lockCostPs(), Why.LOCK);
                });
        return start(script)
                .then("srcu_read_unlock, would sleep", this::readUnlock)
                .then("return", (a, here) -> a.done(-Errno.EAGAIN));
    }

    /** Adds what a range's start does once it has the mutex. */
    private Script start(Script script) {
        return script.then("count the range", (a, here) -> {
                    boolean begun = space(a).ranges.begin(a);
                    assert begun : "nobody keeps ranges out";
                    counted(a, here + 1);
                })
                .then("flush the device", (a, here) -> flush(a, here + 1))
                .then("release the driver's mutex", (a, here) -> unlock(a, space(a).mutex, here + 1))
                .then("srcu_read_unlock", this::readUnlock)
                .end();
    }

    private void readLock(Agent a, int here) {
        boolean begun = space(a).callouts.begin(a);
        assert begun : "nobody keeps callouts out";
        counted(a, here + 1);
    }

    private void readUnlock(Agent a, int here) {
        space(a).callouts.end(a);
        counted(a, here + 1);
    }

    private Routine admission() {
        int use = 2;
        int again = 3;
        return script("fill found its page", FILL_SLOTS)
                .then("take the driver's mutex", (a, here) -> lock(a, space(a).mutex, here, holdsOff ? here + 1 : use))
                .then("is a range changing, or has one ended?", (a, here) -> {
                    Underway ranges = space(a).ranges;
                    go(a, ranges.quiet(a) && ranges.ended() == a.local(TICKET) ? use : again);
                })
                .then("use the page", (a, here) -> a.done(a.local(PTE)))
                .then(
                        "release the driver's mutex, find the page again",
                        (a, here) -> unlock(a, space(a).mutex, here + 1))
                .then("return", (a, here) -> a.done(AGAIN));
    }

    /** The mutex, the ranges being changed, and the callouts under way. */
    static final class Space {
        private final Mutex mutex;
        private final Underway ranges;
        private final Underway callouts;

        private Space(Surroundings around, int mm) {
            mutex = around.mutex("mm" + mm + " umem_mutex");
            ranges = new Underway(around.engine(), "mm" + mm + " notifiers_count");
            callouts = new Underway(around.engine(), "mm" + mm + " srcu readers");
        }
    }
}
