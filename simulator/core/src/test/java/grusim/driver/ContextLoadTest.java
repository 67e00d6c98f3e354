package grusim.driver;

import static grusim.driver.DriverRig.NS;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.linux.Mm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ContextLoadTest {
    private static final long COMMAND = (60 + 500 + 60) * NS;

    private final DriverRig rig = new DriverRig();
    private final Mm mm = rig.mm(4);

    private long touch(ThreadState gts) {
        return rig.call(gts.cpu(), rig.driver.segmentFault(), gts.id);
    }

    private void close(ThreadState gts) {
        rig.call(gts.cpu(), rig.driver.closeSegment(), gts.id);
    }

    private void assertTimed(McsOperation operation, long commands, long eachPs) {
        DriverStatistics statistics = rig.driver.statistics();
        assertThat(statistics.commands(operation)).as("%s", operation).isEqualTo(commands);
        assertThat(statistics.totalPs(operation)).as("%s", operation).isEqualTo(commands * eachPs);
        assertThat(statistics.maximumPs(operation)).as("%s", operation).isEqualTo(eachPs);
    }

    @Test
    void load_takesTheSumOfItsCosts() {
        ThreadState gts = rig.thread(mm, rig.cpu(0), 2, 1024, true);
        touch(gts);
        // fault 750, the thread state's lock 20, the CCH lock and twice two asid locks 100, ALLOCATE, 2 x 2 + 16 lines
        // of
        // 20 ns, START
        assertThat(rig.engine.nowPs()).isEqualTo((750 + 20 + 100 + 20 * 20) * NS + 2 * COMMAND);
        assertTimed(McsOperation.CCH_ALLOCATE, 1, COMMAND);
        assertTimed(McsOperation.CCH_START, 1, COMMAND);
        assertThat(rig.count(DriverCounter.GMS_ALLOC)).isOne();
        assertThat(rig.count(DriverCounter.GTS_ALLOC)).isOne();
        assertThat(rig.count(DriverCounter.SET_CONTEXT_OPTION)).isOne();
        assertThat(rig.count(DriverCounter.NOPFN)).isOne();
        assertThat(rig.count(DriverCounter.ASSIGN_CONTEXT)).isOne();
        assertThat(rig.count(DriverCounter.LOAD_USER_CONTEXT)).isOne();
        assertThat(rig.count(DriverCounter.ASID_NEW)).isOne();
    }

    @Test
    void load_copiesTheWholeContextLineByLine() {
        long beforePs = rig.engine.nowPs();
        touch(rig.thread(mm, rig.cpu(0), 128, 32 * 1024, true));
        // a full chiplet is 49,152 bytes, 768 lines
        assertThat(rig.engine.nowPs() - beforePs).isEqualTo((750 + 20 + 100 + 768 * 20) * NS + 2 * COMMAND);
    }

    @Test
    void touchOfALoadedSegment_loadsNothing() {
        ThreadState gts = rig.loaded(mm, true);
        touch(gts);
        assertThat(rig.count(DriverCounter.NOPFN)).isEqualTo(2);
        assertThat(rig.count(DriverCounter.ASSIGN_CONTEXT)).isOne();
        assertThat(rig.count(DriverCounter.LOAD_USER_CONTEXT)).isOne();
    }

    @Test
    void close_interruptsDeallocatesAndFrees() {
        ThreadState gts = rig.loaded(mm, true);
        close(gts);
        assertTimed(McsOperation.CCH_INTERRUPT_SYNC, 1, (60 + 1000 + 60) * NS);
        assertTimed(McsOperation.CCH_DEALLOCATE, 1, COMMAND);
        assertTimed(McsOperation.CCH_INTERRUPT, 0, 0);
        assertThat(gts.loaded()).isFalse();
        assertThat(rig.driver.chipletState(0).active()).isZero();
        assertThat(rig.count(DriverCounter.FREE_CONTEXT)).isOne();
        assertThat(rig.count(DriverCounter.GTS_FREE)).isOne();
    }

    @Test
    void closeOfAnUnloadedSegment_commandsNothing() {
        close(rig.thread(mm, rig.cpu(0), 2, 1024, true));
        assertTimed(McsOperation.CCH_DEALLOCATE, 0, 0);
        assertThat(rig.count(DriverCounter.GTS_FREE)).isOne();
        assertThat(rig.count(DriverCounter.FREE_CONTEXT)).isZero();
    }

    @Test
    void commands_comeInTheOrderOfTheDriver() {
        List<String> commands = new ArrayList<>();
        rig.engine.observer((agent, routine, pc) -> {
            String step = routine.stepName(pc);
            if (step.startsWith("CCH ")) {
                commands.add(step);
            }
        });
        close(rig.loaded(mm, true));
        assertThat(commands).containsExactly("CCH ALLOCATE", "CCH START", "CCH INTERRUPT_SYNC", "CCH DEALLOCATE");
    }

    @Test
    void secondThreadOnTheChiplet_reusesTheAsid() {
        rig.loaded(mm, true);
        // the other chiplet is the roomier one and gives an asid of its own
        ThreadState second = rig.thread(mm, rig.cpu(1), 2, 1024, true);
        ThreadState third = rig.thread(mm, rig.cpu(2), 2, 1024, true);
        touch(second);
        touch(third);
        assertThat(second.chiplet()).isEqualTo(1);
        assertThat(third.chiplet()).isZero();
        assertThat(rig.count(DriverCounter.ASID_NEW)).isEqualTo(2);
        assertThat(rig.count(DriverCounter.ASID_REUSE)).isOne();
        assertThat(rig.driver.addressSpace(mm.id()).contexts(0)).isEqualTo(0b11);
    }

    @Test
    void reloadWithoutAFlushBetween_keepsTheAsid() {
        close(rig.loaded(mm, true));
        ThreadState again = rig.loaded(mm, true);
        assertThat(again.chiplet()).isZero();
        assertThat(rig.count(DriverCounter.ASID_NEW)).isOne();
        assertThat(rig.count(DriverCounter.ASID_REUSE)).isOne();
        assertThat(rig.driver.addressSpace(mm.id()).asid(0)).isEqualTo(8);
    }

    @Test
    void anotherAddressSpace_getsTheNextAsid() {
        rig.loaded(mm, true);
        Mm other = rig.mm(4);
        ThreadState gts = rig.thread(other, rig.cpu(1), 2, 1024, true);
        rig.start(rig.cpu(1), rig.play().then(a -> rig.driver.chipletState(0).reserve(a, gts)));
        rig.run();
        rig.call(rig.cpu(1), rig.driver.contextSwitch().load(), gts.id);
        assertThat(rig.driver.addressSpace(mm.id()).asid(0)).isEqualTo(8);
        assertThat(rig.driver.addressSpace(other.id()).asid(0)).isEqualTo(16);
    }

    @Test
    void wrap_flushesTheWholeTlbAndRetiresUnloadedAsids() {
        close(rig.loaded(mm, true));
        AsidAllocator asids = rig.driver.chipletState(0).asids;
        while (asids.advance()) {
            // runs through the numbers
        }
        Mm other = rig.mm(1);
        ThreadState gts = rig.loaded(other, true);
        assertThat(gts.chiplet()).isZero();
        assertThat(rig.count(DriverCounter.ASID_NEXT)).isOne();
        assertThat(rig.count(DriverCounter.ASID_WRAP)).isOne();
        assertThat(rig.driver.addressSpace(other.id()).asid(0)).isEqualTo(8);
        // 1,024 sets: 1,024 pages' time
        assertTimed(McsOperation.TGH_INVALIDATE, 1, (60 + 2000 + 1024 * 2 + 60) * NS);
        ThreadState stale = rig.thread(mm, rig.cpu(2), 2, 1024, true);
        rig.start(rig.cpu(2), rig.play().then(a -> rig.driver.chipletState(0).reserve(a, stale)));
        rig.run();
        rig.call(rig.cpu(2), rig.driver.contextSwitch().load(), stale.id);
        assertThat(rig.driver.addressSpace(mm.id()).asid(0))
                .as("8 is of the old generation")
                .isEqualTo(16);
        assertThat(rig.count(DriverCounter.ASID_REUSE)).isZero();
    }

    @Test
    void noRoom_sleepsTwentyMillisecondsUntilThereIs() {
        ThreadState one = rig.thread(mm, rig.cpu(0), 128, 1024, true);
        ThreadState two = rig.thread(mm, rig.cpu(1), 128, 1024, true);
        touch(one);
        touch(two);
        ThreadState third = rig.thread(mm, rig.cpu(2), 2, 1024, true);
        long startPs = rig.engine.nowPs();
        // robbed just now, it robs nobody
        third.robbed(startPs);
        Play waiting = rig.start(rig.cpu(2), rig.play().call(rig.driver.segmentFault(), third.id));
        rig.runFor(25_000_000 * NS);
        assertThat(rig.count(DriverCounter.ASSIGN_CONTEXT_FAILED)).isEqualTo(2);
        rig.start(rig.cpu(0), rig.play().call(rig.driver.closeSegment(), one.id));
        rig.run();
        assertThat(third.loaded()).isTrue();
        assertThat(waiting.endPs() - startPs)
                .isEqualTo((750 + 3 * 20 + 100 + 20 * 20) * NS + 2 * COMMAND + 2 * 20_000_000 * NS);
    }
}
