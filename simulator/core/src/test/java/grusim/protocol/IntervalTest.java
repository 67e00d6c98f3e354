package grusim.protocol;

import static grusim.protocol.ProtocolRig.FLUSH_PS;
import static grusim.protocol.ProtocolRig.LOCK_PS;
import static grusim.protocol.ProtocolRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.notifier.FillRules;
import grusim.workload.SpecException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Two intervals of a page each: which ranges flush which, what a fill sees of them, and how long each takes. */
final class IntervalTest {
    private static final long SLOTS = 1L << 24;

    private final ProtocolRig rig = new ProtocolRig("invalidation.protocol=interval", "invalidation.interval=4 KiB");
    private final FillRules fills = Objects.requireNonNull(rig.fills);

    private long enter(long page) {
        return rig.call(rig.cpu(0), fills.enter(), 0, page * PAGE, 1);
    }

    private long admit(long page, long ticket) {
        long pte = rig.call(rig.cpu(0), fills.admit(), 0, page * PAGE, ticket, 77);
        if (pte != FillRules.AGAIN) {
            rig.call(rig.cpu(0), fills.filled(), 0, page * PAGE, ticket, 77);
        }
        return pte;
    }

    private long startTook(long from, long to) {
        return rig.took(rig.cpu(1), rig.callouts.rangeStart(), 0, from * PAGE, to * PAGE);
    }

    private void end(long from, long to) {
        rig.call(rig.cpu(1), rig.callouts.rangeEnd(), 0, from * PAGE, to * PAGE);
    }

    @Test
    void firstFill_addsItsIntervalWithAnOddNumberThatIsNotTheAddressSpaces() {
        // the address space's number starts at 2
        assertThat(enter(0)).isEqualTo(1 * SLOTS + 0);
        assertThat(enter(5)).isEqualTo(1 * SLOTS + 1);
        assertThat(enter(0)).isEqualTo(1 * SLOTS + 0);
    }

    @Test
    void rangeThatMeetsNothing_takesTheLockOnly() {
        enter(0);
        assertThat(startTook(1, 9)).isEqualTo(2 * LOCK_PS);
        end(1, 9);
        assertThat(admit(0, 1 * SLOTS)).isEqualTo(77);
    }

    @Test
    void rangeThatMeetsAnInterval_flushesUnderTheUsersLock() {
        enter(0);
        // the subscriptions' lock, the user's lock, the flush, and the lock once more to have the interval taken off
        assertThat(startTook(0, 1)).isEqualTo(2 * LOCK_PS + 2 * LOCK_PS + FLUSH_PS + 2 * LOCK_PS);
        end(0, 1);
    }

    @Test
    void rangeThatMeetsTwo_flushesTwice() {
        enter(0);
        enter(3);
        assertThat(startTook(0, 4)).isEqualTo(2 * LOCK_PS + 2 * (2 * LOCK_PS + FLUSH_PS + 2 * LOCK_PS));
        end(0, 4);
    }

    @Test
    void collision_showsInTheNumber() {
        long a = enter(0);
        long b = enter(1);
        startTook(0, 1);
        end(0, 1);
        assertThat(admit(0, a)).as("its interval was flushed").isEqualTo(FillRules.AGAIN);
        assertThat(admit(1, b)).as("the other one was not").isEqualTo(77);
    }

    @Test
    void fillInAnIntervalThatChanges_sleepsUntilTheLastRangeEnds() {
        enter(0);
        enter(1);
        startTook(0, 1);
        startTook(8, 9);
        List<Long> same = rig.start(rig.cpu(0), fills.enter(), 0, 0, 1);
        rig.run();
        List<Long> other = rig.start(rig.cpu(2), fills.enter(), 0, PAGE, 1);
        rig.run();
        assertThat(same).isEmpty();
        assertThat(other).containsExactly(1 * SLOTS + 1);
        end(0, 1);
        assertThat(same).as("a range is still being changed").isEmpty();
        end(8, 9);
        // the interval was covered, so taken off: added again under the odd number before the address space's 4
        assertThat(same).containsExactly(3 * SLOTS + 0);
        assertThat(admit(0, same.get(0))).isEqualTo(77);
    }

    @Test
    void intervalAddedWhileOneChanges_waitsWithItsFill() {
        enter(0);
        startTook(0, 1);
        List<Long> added = rig.start(rig.cpu(0), fills.enter(), 0, 4 * PAGE, 1);
        rig.run();
        assertThat(added).isEmpty();
        assertThat(startTook(4, 5)).as("it is not in the tree yet").isEqualTo(2 * LOCK_PS);
        end(4, 5);
        end(0, 1);
        assertThat(added).containsExactly(3 * SLOTS + 1);
    }

    @Test
    void intervalAddedBesideARangeThatMeetsNone_waitsToo() {
        startTook(4, 5);
        List<Long> added = rig.start(rig.cpu(0), fills.enter(), 0, 4 * PAGE, 1);
        rig.run();
        assertThat(added).isEmpty();
        end(4, 5);
        assertThat(added).containsExactly(3 * SLOTS + 0);
    }

    @Test
    void partOfAnInterval_isFlushedAndTheIntervalStays() {
        ProtocolRig wide = new ProtocolRig("invalidation.protocol=interval", "invalidation.interval=16 KiB");
        FillRules rules = Objects.requireNonNull(wide.fills);
        long ticket = wide.call(wide.cpu(0), rules.enter(), 0, 3 * PAGE, 1);
        assertThat(wide.took(wide.cpu(1), wide.callouts.rangeStart(), 0, 0, PAGE))
                .isEqualTo(2 * LOCK_PS + 2 * LOCK_PS + FLUSH_PS);
        wide.call(wide.cpu(1), wide.callouts.rangeEnd(), 0, 0, PAGE);
        assertThat(wide.call(wide.cpu(0), rules.admit(), 0, 3 * PAGE, ticket, 77))
                .isEqualTo(FillRules.AGAIN);
        assertThat(wide.call(wide.cpu(0), rules.enter(), 0, 2 * PAGE, 1)).isEqualTo(3 * SLOTS + 0);
    }

    @Test
    void lengthThatIsNoPowerOfTwo_isRefused() {
        assertThatThrownBy(() -> new ProtocolRig("invalidation.interval=12 KiB"))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("12 KiB is not a power of two")
                .hasMessageContaining("4 KiB, 8 KiB .. 1 TiB");
    }
}
