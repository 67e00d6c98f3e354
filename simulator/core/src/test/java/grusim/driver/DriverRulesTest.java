package grusim.driver;

import static grusim.driver.DriverCounter.GMS_FREE;
import static grusim.driver.DriverCounter.INTR_MM_LOCK_FAILED;
import static grusim.driver.DriverCounter.TLB_DROPIN;
import static grusim.driver.DriverCounter.TLB_DROPIN_FAIL_INVALID;
import static grusim.driver.DriverCounter.TLB_DROPIN_FAIL_UPM;
import static grusim.driver.DriverRig.US;
import static grusim.driver.DriverRig.address;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.isa.InstructionStatus;
import grusim.linux.Mm;
import grusim.linux.VmCounter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each rule of the driver changes; that it matters is shown by the scenarios. */
final class DriverRulesTest {
    private final List<String> steps = new ArrayList<>();

    private static void load(DriverRig rig, ThreadState gts, long vaddr) {
        rig.start(rig.cpu(0), rig.settled(rig.load(rig.play(), gts, 0, vaddr), gts, 0));
        rig.run();
    }

    /** The driver's steps from now on, by routine and step. */
    private void listen(DriverRig rig) {
        rig.engine.observer((agent, routine, pc) -> steps.add(routine.name() + ": " + routine.stepName(pc)));
    }

    @Test
    void containment_refusesTheMappingAboveAHole() {
        DriverRig rig = new DriverRig("driver.findVmaChecksContainment=true");
        ThreadState gts = rig.loaded(rig.mm(2), false);
        load(rig, gts, address(-1));
        assertThat(rig.status(gts, 0)).isEqualTo(InstructionStatus.EXCEPTION);
        assertThat(rig.count(TLB_DROPIN_FAIL_INVALID)).isOne();
        assertThat(rig.kernel.counters().value(VmCounter.ATOMIC_WALKS)).isZero();
    }

    @Test
    void containment_acceptsAnAddressInside() {
        DriverRig rig = new DriverRig("driver.findVmaChecksContainment=true");
        Mm mm = rig.mm(2);
        rig.touch(mm, 1);
        load(rig, rig.loaded(mm, false), address(1));
        assertThat(rig.count(TLB_DROPIN)).isOne();
    }

    @Test
    void withoutInterruptWalk_everyMissGoesToTheUser() {
        DriverRig rig = new DriverRig("driver.interruptWalk=false");
        Mm mm = rig.mm(1);
        rig.touch(mm, 0);
        ThreadState gts = rig.loaded(mm, false);
        load(rig, gts, address(0));
        assertThat(rig.status(gts, 0)).isEqualTo(InstructionStatus.CALL_OS);
        assertThat(rig.count(TLB_DROPIN_FAIL_UPM)).as("no dropin was tried").isZero();
        assertThat(rig.count(INTR_MM_LOCK_FAILED)).isZero();
        assertThat(rig.call(rig.cpu(0), rig.driver.callOs(), gts.id, 0)).isZero();
        assertThat(rig.count(TLB_DROPIN)).isOne();
        assertThat(rig.kernel.counters().value(VmCounter.ATOMIC_WALKS))
                .as("the user's call walks")
                .isOne();
    }

    @ParameterizedTest
    @CsvSource({"true, 1, 0", "false, 0, 1"})
    void userWalk_comesBeforeGetUserPages(boolean walks, long walked, long gotten) {
        DriverRig rig = new DriverRig("driver.userWalk=" + walks);
        Mm mm = rig.mm(1);
        rig.touch(mm, 0);
        ThreadState gts = rig.loaded(mm, true);
        rig.start(rig.cpu(0), rig.loadByUser(rig.play(), gts, 0, address(0)));
        rig.run();
        assertThat(rig.count(TLB_DROPIN)).isOne();
        assertThat(rig.kernel.counters().value(VmCounter.ATOMIC_WALKS)).isEqualTo(walked);
        assertThat(rig.kernel.counters().value(VmCounter.GET_USER_PAGES)).isEqualTo(gotten);
    }

    @Test
    void interruptsOff_walkWhateverMmapSemIs() {
        DriverRig rig = new DriverRig("driver.walkProtection=irq-off");
        Mm mm = rig.mm(1);
        rig.touch(mm, 0);
        ThreadState gts = rig.loaded(mm, false);
        rig.start(
                rig.cpu(3),
                rig.play()
                        .until(mm.mmapSem(), mm.mmapSem()::downWrite)
                        .pause(50 * US)
                        .then(mm.mmapSem()::upWrite));
        rig.start(rig.cpu(0), rig.settled(rig.load(rig.play(), gts, 0, address(0)), gts, 0));
        rig.runFor(20 * US);
        assertThat(rig.status(gts, 0)).isEqualTo(InstructionStatus.IDLE);
        assertThat(mm.mmapSem().readers()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"teardown, false, 1", "flag, true, 1", "none, true, 0"})
    void release_atExit(String rule, boolean loadedAfterwards, long noted) {
        DriverRig rig = new DriverRig("driver.release=" + rule);
        Mm mm = rig.mm(1);
        ThreadState gts = rig.loaded(mm, false);
        rig.call(rig.cpu(1), rig.kernel.exitMmap(), mm.id());
        assertThat(gts.loaded()).isEqualTo(loadedAfterwards);
        assertThat(rig.count(GMS_FREE)).isEqualTo(noted);
        rig.call(rig.cpu(1), rig.driver.closeSegment(), gts.id);
        assertThat(gts.loaded()).isFalse();
    }

    @Test
    void teardown_unloadsEveryContextOfTheAddressSpaceAndNoOther() {
        DriverRig rig = new DriverRig("driver.release=teardown");
        Mm mm = rig.mm(1);
        Mm other = rig.mm(1);
        ThreadState first = rig.loaded(mm, false);
        ThreadState foreign = rig.loaded(other, false);
        ThreadState second = rig.loaded(mm, true);
        rig.call(rig.cpu(1), rig.kernel.exitMmap(), mm.id());
        assertThat(List.of(first.loaded(), foreign.loaded(), second.loaded())).containsExactly(false, true, false);
    }

    @ParameterizedTest
    @CsvSource({"count-then-flush, 1 count active range, 2 flush", "flush-then-count, 1 flush, 2 count active range"})
    void rangeStart_order(String rule, String first, String second) {
        DriverRig rig = new DriverRig("driver.rangeStart=" + rule);
        Mm mm = rig.mm(1);
        rig.loaded(mm, false);
        listen(rig);
        rig.call(rig.cpu(1), rig.notifiers.get(0).rangeStart(), mm.id(), address(0), address(1));
        String routine = "gru_invalidate_range_start: ";
        assertThat(steps).containsSubsequence(routine + first, routine + second);
        assertThat(rig.driver.addressSpace(0).rangeActive.peek()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"full-barrier", "plain-decrement", "acquire-decrement", "store-decrement"})
    void rangeEnd_lowersTheCountByOne(String rule) {
        DriverRig rig = new DriverRig("driver.rangeEnd=" + rule);
        Mm mm = rig.mm(1);
        for (int i = 0; i < 2; i++) {
            rig.call(rig.cpu(1), rig.notifiers.get(0).rangeStart(), mm.id(), address(0), address(1));
        }
        rig.call(rig.cpu(1), rig.notifiers.get(0).rangeEnd(), mm.id(), address(0), address(1));
        assertThat(rig.driver.addressSpace(0).rangeActive.peek()).isOne();
    }

    @Test
    void zappedMapping_isThereWhileTheContextIsLoaded() {
        DriverRig rig = new DriverRig();
        Mm mm = rig.mm(1);
        ThreadState gts = rig.loaded(mm, false);
        boolean[] present = new boolean[2];
        rig.start(rig.cpu(2), rig.play().then(a -> present[0] = gts.mapping().present(a)));
        rig.run();
        rig.call(rig.cpu(1), rig.driver.unloadRequest(), gts.id, 1);
        rig.start(rig.cpu(2), rig.play().then(a -> present[1] = gts.mapping().present(a)));
        rig.run();
        assertThat(present).containsExactly(true, false);
        assertThat(rig.count(DriverCounter.USER_UNLOAD_CONTEXT)).isOne();
    }
}
