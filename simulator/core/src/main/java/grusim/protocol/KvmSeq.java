package grusim.protocol;

import grusim.engine.Cell;
import grusim.engine.Fence;
import grusim.engine.Order;
import grusim.engine.Routine;
import grusim.linux.lock.SpinLock;
import grusim.workload.Protocol.Rule;

/**
 * KVM's count and sequence number, in the form in which a range's end takes no lock: fills run beside a range's change,
 * and what they found is thrown away if one is under way or has ended since the fill began.
 *
 * <p>A range's start raises the count and flushes under the mmu lock, its end raises the sequence number and lowers the
 * count. A fill remembers the sequence number, gets the page without any lock, and gives it to the device under the mmu
 * lock if the count is zero and the number still the same. Source: Linux virt/kvm/kvm_main.c, mmu_invalidate_retry.
 */
final class KvmSeq extends Design<KvmSeq.Space> {

    KvmSeq(Surroundings around) {
        super(around, mm -> new Space(around, mm));
        at(
                Hook.RANGE_START,
                script("kvm invalidate_range_start", CALLOUT_SLOTS)
                        .then("take the mmu lock", (a, here) -> lock(a, space(a).mmuLock, here, here + 1))
                        .then("raise the count", (a, here) -> {
                            space(a).count.add(a, 1, Order.RELAXED);
                            counted(a, here + 1);
                        })
                        .then("flush the device", (a, here) -> flush(a, here + 1))
                        .then("release the mmu lock", (a, here) -> unlock(a, space(a).mmuLock, here + 1))
                        .end());
        at(
                Hook.RANGE_END,
                script("kvm invalidate_range_end", CALLOUT_SLOTS)
                        .then("raise the sequence number", (a, here) -> {
                            space(a).sequence.add(a, 1, Order.RELAXED);
                            counted(a, here + 1);
                        })
                        .then("lower the count", (a, here) -> {
                            if (around.keeps(Rule.WRITE_BARRIER)) {
                                fence(a, Fence.WRITE);
                            }
                            space(a).count.add(a, -1, Order.RELAXED);
                            counted(a, here + 1);
                        })
                        .end());
        at(
                Hook.ENTER,
                script("kvm page fault", FILL_SLOTS)
                        .then("remember the sequence number", (a, here) -> {
                            a.local(TICKET, space(a).sequence.load(a, Order.RELAXED));
                            go(a, here + 1);
                        })
                        .then("go and find the page", (a, here) -> {
                            fence(a, Fence.READ);
                            a.done(a.local(TICKET));
                        }));
        at(Hook.ADMIT, admission());
        at(
                Hook.FILLED,
                script("kvm page fault done", FILL_SLOTS)
                        .then("release the mmu lock", (a, here) -> unlock(a, space(a).mmuLock, here + 1))
                        .end());
    }

    private Routine admission() {
        int use = 3;
        int again = 4;
        return script("kvm mmu_invalidate_retry", FILL_SLOTS)
                .then(
                        "take the mmu lock",
                        (a, here) -> lock(a, space(a).mmuLock, here, around.keeps(Rule.RETRY) ? here + 1 : use))
                .then("is a range changing?", (a, here) -> {
                    boolean changing = space(a).count.load(a, Order.RELAXED) != 0;
                    go(a, changing ? again : here + 1);
                })
                .then("has the sequence number changed?", (a, here) -> {
                    if (around.keeps(Rule.READ_BARRIER)) {
                        fence(a, Fence.READ);
                    }
                    boolean changed = space(a).sequence.load(a, Order.RELAXED) != a.local(TICKET);
                    go(a, changed ? again : use);
                })
                .then("use the page", (a, here) -> a.done(a.local(PTE)))
                .then("release the mmu lock, find the page again", (a, here) -> unlock(a, space(a).mmuLock, here + 1))
                .then("return", (a, here) -> a.done(AGAIN));
    }

    /** The lock, the count of ranges being changed, and the number of changes made. */
    static final class Space {
        private final SpinLock mmuLock;
        private final Cell count;
        private final Cell sequence;

        private Space(Surroundings around, int mm) {
            mmuLock = around.spinLock("mm" + mm + " mmu_lock");
            count = around.engine().cell("mm" + mm + " mmu_invalidate_in_progress", 0);
            sequence = around.engine().cell("mm" + mm + " mmu_invalidate_seq", 0);
        }
    }
}
