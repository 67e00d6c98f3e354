package grusim.driver;

import static grusim.driver.DriverRig.US;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.linux.Mm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whose context is stolen, by whom and when. */
@Tag("protocol")
final class StealTest {
    private static final long MS = 1000 * US;
    private static final String ONE_CHIPLET = "machine.chipletsPerBlade=1";

    private DriverRig rig = new DriverRig(ONE_CHIPLET);
    private Mm mm = rig.mm(4);

    private void twoChiplets() {
        rig = new DriverRig();
        mm = rig.mm(4);
    }

    private ThreadState thread(int core, int cbrs) {
        return rig.thread(mm, rig.cpu(core), cbrs, 2048, true);
    }

    private ThreadState loaded(int core, int cbrs) {
        ThreadState gts = thread(core, cbrs);
        rig.call(rig.cpu(core), rig.driver.segmentFault(), gts.id);
        return gts;
    }

    private List<ThreadState> full(int count, int cbrs) {
        List<ThreadState> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            threads.add(loaded(i % 8, cbrs));
        }
        return threads;
    }

    private boolean steal(ThreadState thief) {
        return rig.call(rig.cpu(9), rig.driver.stealing().routine(), thief.id) != 0;
    }

    private void lock(ThreadState gts) {
        rig.start(rig.cpu(10), rig.play().then(gts.lock::lock));
        rig.runFor(0);
    }

    @Test
    void starts_runFromContextOneToFourteenAndZeroOfTheNextChiplet() {
        StealPointer pointer = new StealPointer(rig.engine, 7, rig.kernel.counters());
        List<String> starts = new ArrayList<>();
        for (int call = 0; call < 31; call++) {
            pointer.advance(2, 16);
            starts.add(pointer.chiplet() + "." + pointer.context());
        }
        assertThat(starts)
                .containsExactly(
                        "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "0.10", "0.11", "0.12", "0.13",
                        "0.14", "1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "1.8", "1.9", "1.10", "1.11",
                        "1.12", "1.13", "1.14", "0.0", "0.1");
    }

    @Test
    void victims_followTheStarts() {
        List<ThreadState> owners = full(16, 8);
        ThreadState thief = thread(9, 8);
        for (int call = 1; call <= 3; call++) {
            // the search of each call starts one further on, at a context whose owner is there; the room is filled
            // again
            assertThat(steal(thief)).isTrue();
            ThreadState victim = owners.get(call);
            assertThat(victim.loaded()).as("context %d", call).isFalse();
            rig.call(rig.cpu(0), rig.driver.segmentFault(), victim.id);
            assertThat(victim.context()).isEqualTo(call);
        }
        assertThat(rig.count(DriverCounter.STEAL_USER_CONTEXT)).isEqualTo(3);
        assertThat(thief.contextStolen()).isEqualTo(3);
        assertThat(rig.count(DriverCounter.STEAL_CONTEXT_FAILED)).isZero();
    }

    @Test
    void lockedOwners_arePassedOver() {
        List<ThreadState> owners = full(16, 8);
        lock(owners.get(1));
        lock(owners.get(2));
        assertThat(steal(thread(9, 8))).isTrue();
        assertThat(owners.get(3).loaded()).isFalse();
    }

    @Test
    void searchGoesOnThroughTheOtherChipletAndBehindItsStart() {
        twoChiplets();
        // contexts of two chiplets in turn: the even ones on chiplet 0
        List<ThreadState> owners = full(32, 8);
        for (ThreadState owner : owners) {
            if (owner.chiplet() == 1 || owner.context() != 0) {
                lock(owner);
            }
        }
        ThreadState first = owners.get(0);
        assertThat(first.context()).isZero();
        // from context 1 of chiplet 0 around: context 0 is the last that is tried
        assertThat(steal(thread(9, 8))).isTrue();
        assertThat(first.loaded()).isFalse();
    }

    @Test
    void allOwnersLocked_nobodyIsRobbed() {
        List<ThreadState> owners = full(16, 8);
        owners.forEach(this::lock);
        assertThat(steal(thread(9, 8))).isFalse();
        assertThat(rig.count(DriverCounter.STEAL_CONTEXT_FAILED)).isOne();
        assertThat(rig.count(DriverCounter.STEAL_USER_CONTEXT)).isZero();
    }

    @Test
    void roomByNow_endsTheSearchWithoutAVictim() {
        full(2, 8);
        assertThat(steal(thread(9, 8))).isFalse();
        assertThat(rig.count(DriverCounter.STEAL_CONTEXT_FAILED)).isOne();
    }

    @Test
    void victim_isTakenWhateverItsSize() {
        loaded(0, 2);
        ThreadState large = loaded(1, 126);
        // 128 control blocks are wanted: one context is stolen for each try, the smaller one is left
        assertThat(steal(thread(9, 128))).isTrue();
        assertThat(large.loaded()).isFalse();
    }

    @Test
    void thief_mayRobAgainTwoHundredMillisecondsAfterItWasRobbed_notEarlier() {
        ThreadState thief = thread(9, 8);
        rig.runFor(0);
        rig.call(rig.cpu(0), rig.driver.segmentFault(), thread(0, 8).id);
        Stealing stealing = rig.driver.stealing();
        assertThat(stealing.may(thief)).as("never robbed").isTrue();
        long nowPs = rig.engine.nowPs();
        thief.robbed(nowPs - 200 * MS);
        assertThat(stealing.may(thief)).isFalse();
        thief.robbed(nowPs - 200 * MS - 1);
        assertThat(stealing.may(thief)).isTrue();
    }

    @Test
    void robbedThread_getsItsContextBackAtTheFirstRetryBehindTheDelay() {
        ThreadState first = loaded(0, 128);
        ThreadState second = thread(1, 128);
        long startPs = rig.engine.nowPs();
        rig.start(rig.cpu(1), rig.play().call(rig.driver.segmentFault(), second.id));
        rig.runFor(30 * MS);
        // second: fault 750, three locks, 20 ms of sleep; then it robs the first
        assertThat(second.loaded()).isTrue();
        assertThat(first.robbedPs() - startPs).isBetween(20 * MS, 20 * MS + 2 * US);
        long touchedPs = rig.engine.nowPs();
        Play back = rig.start(rig.cpu(0), rig.play().call(rig.driver.segmentFault(), first.id));
        rig.run();
        assertThat(first.loaded()).isTrue();
        assertThat(second.loaded()).isFalse();
        // it tries every 20 ms from its touch on; the try that is the first past 200 ms steals
        long tries = (first.robbedPs() + 200 * MS - touchedPs) / (20 * MS) + 1;
        assertThat(back.endPs() - touchedPs).isBetween(tries * 20 * MS, tries * 20 * MS + 100 * US);
        assertThat(rig.count(DriverCounter.ASSIGN_CONTEXT_FAILED)).isEqualTo(1 + tries);
        assertThat(rig.count(DriverCounter.LOAD_USER_CONTEXT)).isEqualTo(1 + 2 + 1 + tries);
    }

    @Test
    void knobs_setBothTimes() {
        rig = new DriverRig(ONE_CHIPLET, "driver.contexts.retryInterval=1 ms", "driver.contexts.stealDelay=3 ms");
        mm = rig.mm(4);
        loaded(0, 128);
        long startPs = rig.engine.nowPs();
        rig.call(rig.cpu(1), rig.driver.segmentFault(), thread(1, 128).id);
        assertThat(rig.engine.nowPs() - startPs).isBetween(MS, MS + 100 * US);
    }

    @Test
    void kernelContext_isStolenWithoutBeingSaved() {
        KernelContext kernel = rig.driver.kernelContexts().allow(0);
        rig.call(rig.cpu(1), rig.driver.kernelContexts().lock(), 0);
        ThreadState thief = thread(9, 128);
        assertThat(steal(thief)).as("in use").isFalse();
        rig.start(rig.cpu(1), rig.play().then(a -> rig.driver.kernelContexts().unlock(a, 0)));
        rig.run();
        assertThat(steal(thief)).isTrue();
        assertThat(kernel.loaded()).isFalse();
        assertThat(rig.count(DriverCounter.STEAL_KERNEL_CONTEXT)).isOne();
        assertThat(rig.count(DriverCounter.STEAL_USER_CONTEXT)).isZero();
    }
}
