package grusim.protocol;

import grusim.engine.Agent;
import grusim.engine.Cell;
import grusim.engine.Cells;
import grusim.engine.Fence;
import grusim.engine.Order;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.linux.lock.SpinLock;
import grusim.linux.lock.WaitQueue;
import grusim.workload.Protocol.Rule;

/**
 * Interval notifiers: fills run beside the changes of other ranges, and look for a collision with one that meets their own
 * interval. Source: Linux mm/mmu_notifier.c, mmu_interval_read_begin and mmu_interval_read_retry.
 *
 * <p>A range's start makes the address space's sequence number odd if it meets an interval, and has each such interval take
 * over that number and flush under the user's lock. The last end makes it even and wakes who waits. A fill remembers its
 * interval's number, waits while that is the odd one of a change under way, gets the page without any lock, and gives it to
 * the device under the user's lock if the number is still the same.
 *
 * <p>Address spaces are cut into intervals of equal length, each added by its first fill and taken off after a range has
 * covered the whole of it, as a user of on-demand paging does with the parts of a large registration. The user's lock is
 * one per address space and does not sleep.
 */
final class Interval extends Design<Interval.Space> {
    private static final int AT = CALLOUT_SLOTS;
    private static final int SEQUENCE = CALLOUT_SLOTS + 1;

    private static final int SLOT = FILL_SLOTS;
    private static final int SEEN = FILL_SLOTS + 1;

    private static final int SLOT_BITS = 24;

    Interval(Surroundings around, long intervalBytes) {
        super(around, mm -> new Space(around, mm, intervalBytes));
        at(Hook.RANGE_START, start());
        at(Hook.RANGE_END, end());
        at(Hook.ENTER, readBegin());
        at(Hook.ADMIT, readRetry());
        at(
                Hook.FILLED,
                script("mmu_interval fill done", FILL_SLOTS)
                        .then("release the user's lock", (a, here) -> unlock(a, space(a).userLock, here + 1))
                        .end());
    }

    private Routine start() {
        int unlock = 4;
        int nextInterval = 5;
        int unlockUser = 12;
        int met = 13;
        return script("mn_itree_invalidate", CALLOUT_SLOTS + 2)
                .then("take the subscriptions' lock", (a, here) -> lock(a, space(a).lock, here, here + 1))
                .then("count the range, look for an interval it meets", (a, here) -> {
                    boolean meets = space(a).tree.begin(a, a.local(VADDR), a.local(END));
                    go(a, meets ? here + 1 : unlock);
                })
                .then("read the sequence number", (a, here) -> {
                    a.local(SEQUENCE, space(a).sequence.load(a, Order.RELAXED) | 1);
                    go(a, here + 1);
                })
                .then("make the sequence number odd", (a, here) -> {
                    space(a).sequence.store(a, a.local(SEQUENCE), Order.RELAXED);
                    go(a, here + 1);
                })
                .then("release the subscriptions' lock", (a, here) -> {
                    a.local(AT, a.local(VADDR));
                    unlock(a, space(a).lock, a.local(SEQUENCE) == 0 ? met : here + 1);
                })
                .then("go to the next interval that the range meets", (a, here) -> {
                    long at = space(a).tree.next(a, a.local(AT), a.local(END));
                    a.local(AT, at);
                    go(a, at < 0 ? met : here + 1);
                })
                .then("take the user's lock", (a, here) -> lock(a, space(a).userLock, here, here + 1))
                .then("mmu_interval_set_seq", (a, here) -> {
                    Space space = space(a);
                    space.sequences.store(a, space.tree.slot(a.local(AT)), a.local(SEQUENCE), Order.RELEASE);
                    go(a, here + 1);
                })
                .then("flush the device", (a, here) -> {
                    long start = Math.max(a.local(AT), a.local(VADDR));
                    long end = Math.min(space(a).tree.end(a.local(AT)), a.local(END));
                    boolean whole = end - start == space(a).tree.end(a.local(AT)) - a.local(AT);
                    a.call(around.driver().flushTlb(), whole ? here + 1 : unlockUser, a.local(MM), start, end);
                })
                .then("take the subscriptions' lock", (a, here) -> lock(a, space(a).lock, here, here + 1))
                .then("mmu_interval_notifier_remove", (a, here) -> {
                    space(a).tree.removeLater(a, a.local(AT));
                    go(a, here + 1);
                })
                .then("release the subscriptions' lock", (a, here) -> unlock(a, space(a).lock, here + 1))
                .then("release the user's lock", (a, here) -> {
                    a.local(AT, space(a).tree.end(a.local(AT)));
                    unlock(a, space(a).userLock, nextInterval);
                })
                .end();
    }

    private Routine end() {
        int unlock = 5;
        return script("mn_itree_inv_end", CALLOUT_SLOTS + 1)
                .then("take the subscriptions' lock", (a, here) -> lock(a, space(a).lock, here, here + 1))
                .then("count the range off", (a, here) -> {
                    boolean last = space(a).tree.end(a);
                    a.local(CALLOUT_SLOTS, last ? 1 : 0);
                    go(a, last ? here + 1 : unlock);
                })
                .then("read the sequence number", (a, here) -> {
                    a.local(END, space(a).sequence.load(a, Order.RELAXED));
                    go(a, here + 1);
                })
                .then("make the sequence number even", (a, here) -> {
                    space(a).sequence.store(a, a.local(END) + 1, Order.RELAXED);
                    counted(a, here + 1);
                })
                .then("add and take off intervals", (a, here) -> {
                    space(a).tree.settle(a);
                    go(a, here + 1);
                })
                .then(
                        "release the subscriptions' lock",
                        (a, here) -> unlock(a, space(a).lock, a.local(CALLOUT_SLOTS) != 0 ? here + 1 : here + 2))
                .then("wake all", (a, here) -> {
                    if (space(a).queue.wakeAll(a)) {
                        counted(a, here + 1);
                    } else {
                        a.await(space(a).queue.lock(), here, Why.LOCK);
                    }
                })
                .end();
    }

    private Routine readBegin() {
        int snapshot = 6;
        int sleep = 10;
        int begun = 18;
        return script("mmu_interval_read_begin", FILL_SLOTS + 2)
                .then("take the subscriptions' lock", (a, here) -> lock(a, space(a).lock, here, here + 1))
                .then("find the interval", (a, here) -> {
                    int slot = space(a).tree.find(a, a.local(VADDR));
                    a.local(SLOT, slot);
                    go(a, slot == IntervalTree.NONE ? here + 1 : snapshot);
                })
                .then("add an interval", (a, here) -> {
                    a.local(SLOT, space(a).add(a, a.local(VADDR)));
                    go(a, here + 1);
                })
                .then("read the sequence number", (a, here) -> {
                    long sequence = space(a).sequence.load(a, Order.RELAXED);
                    a.local(SEEN, space(a).tree.changing() ? sequence | 1 : sequence - 1);
                    go(a, space(a).tree.changing() && (sequence & 1) == 0 ? here + 1 : here + 2);
                })
                .then("make the sequence number odd", (a, here) -> {
                    space(a).sequence.store(a, a.local(SEEN), Order.RELAXED);
                    go(a, here + 1);
                })
                .then("set the interval's sequence number", (a, here) -> {
                    space(a).sequences.store(a, (int) a.local(SLOT), a.local(SEEN), Order.RELAXED);
                    go(a, here + 1);
                })
                .then("remember the interval's sequence number", (a, here) -> {
                    a.local(SEEN, space(a).sequences.load(a, (int) a.local(SLOT), Order.RELAXED));
                    go(a, here + 1);
                })
                .then("is the interval changing?", (a, here) -> {
                    boolean changing = space(a).sequence.load(a, Order.RELAXED) == a.local(SEEN);
                    go(a, changing ? here + 2 : here + 1);
                })
                .then("release the subscriptions' lock", (a, here) -> unlock(a, space(a).lock, begun))
                .then("release the subscriptions' lock, wait", (a, here) -> unlock(a, space(a).lock, sleep))
                .then("wait_event: prepare_to_wait", (a, here) -> {
                    if (space(a).queue.prepare(a)) {
                        a.next(here + 1, 0, Why.RANGE_ACTIVE);
                    } else {
                        a.await(space(a).queue.lock(), here, Why.LOCK);
                    }
                })
                .then("wait_event: has the sequence number changed?", (a, here) -> {
                    fence(a, Fence.FULL);
                    boolean changed = space(a).sequence.load(a, Order.RELAXED) != a.local(SEEN);
                    a.next(changed ? here + 2 : here + 1, 0, Why.RANGE_ACTIVE);
                })
                .then("wait_event: sleep", (a, here) -> {
                    if (space(a).queue.sleeping(a)) {
                        a.await(space(a).queue, here, Why.RANGE_ACTIVE);
                    } else {
                        a.next(sleep, 0, Why.RANGE_ACTIVE);
                    }
                })
                .then("wait_event: finish_wait", (a, here) -> {
                    if (space(a).queue.finish(a)) {
                        a.next(here + 1, 0, Why.RANGE_ACTIVE);
                    } else {
                        a.await(space(a).queue.lock(), here, Why.LOCK);
                    }
                })
                .then("take the subscriptions' lock", (a, here) -> lock(a, space(a).lock, here, here + 1))
                .then("is the interval still there?", (a, here) -> {
                    boolean there = space(a).tree.find(a, a.local(VADDR)) == a.local(SLOT);
                    go(a, there ? here + 1 : here + 2);
                })
                .then("release the subscriptions' lock", (a, here) -> unlock(a, space(a).lock, begun))
                .then("release the subscriptions' lock, begin again", (a, here) -> unlock(a, space(a).lock, 0))
                .then("go and find the page", (a, here) -> a.done(a.local(SEEN) << SLOT_BITS | a.local(SLOT)));
    }

    private Routine readRetry() {
        int use = 2;
        int again = 3;
        return script("mmu_interval_read_retry", FILL_SLOTS)
                .then(
                        "take the user's lock",
                        (a, here) -> lock(a, space(a).userLock, here, around.keeps(Rule.RETRY) ? here + 1 : use))
                .then("has the interval's sequence number changed?", (a, here) -> {
                    int slot = (int) a.local(TICKET) & ((1 << SLOT_BITS) - 1);
                    long now = space(a).sequences.load(a, slot, Order.RELAXED);
                    go(a, now == a.local(TICKET) >>> SLOT_BITS ? use : again);
                })
                .then("use the page", (a, here) -> a.done(a.local(PTE)))
                .then(
                        "release the user's lock, find the page again",
                        (a, here) -> unlock(a, space(a).userLock, here + 1))
                .then("return", (a, here) -> a.done(AGAIN));
    }

    /** The tree with its lock, the sequence numbers of the address space and of each interval, and who waits. */
    static final class Space {
        private final SpinLock lock;
        private final SpinLock userLock;
        private final IntervalTree tree;
        private final Cell sequence;
        private final Cells sequences;
        private final WaitQueue queue;

        private Space(Surroundings around, int mm, long intervalBytes) {
            lock = around.spinLock("mm" + mm + " subscriptions_lock");
            userLock = around.spinLock("mm" + mm + " user_lock");
            tree = new IntervalTree(around.engine(), "mm" + mm + " interval tree", intervalBytes);
            sequence = around.engine().cell("mm" + mm + " invalidate_seq", 2);
            sequences = around.engine().cells("mm" + mm + " interval invalidate_seqs", 0);
            queue = new WaitQueue(around.engine(), "mm" + mm + " subscriptions wq");
        }

        /** Adds an interval; a slot that is used for the first time gets its sequence number in a step after this. */
        private int add(Agent agent, long vaddr) {
            int slot = tree.add(agent, vaddr);
            if (slot >= sequences.length()) {
                sequences.grow(slot + 1);
            }
            return slot;
        }
    }
}
