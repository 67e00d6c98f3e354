package grusim.driver;

import static grusim.driver.DriverCounter.CALL_OS;
import static grusim.driver.DriverCounter.CALL_OS_WAIT_QUEUE;
import static grusim.driver.DriverCounter.INTR;
import static grusim.driver.DriverCounter.INTR_MM_LOCK_FAILED;
import static grusim.driver.DriverCounter.TLB_DROPIN;
import static grusim.driver.DriverCounter.TLB_DROPIN_FAIL_UPM;
import static grusim.driver.DriverRig.NS;
import static grusim.driver.DriverRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.gru.DeviceStat;
import grusim.isa.InstructionStatus;
import grusim.isa.PageSize;
import grusim.linux.Mm;
import grusim.linux.Prot;
import org.junit.jupiter.api.Test;

/** How a context comes to look up large pages: it begins with the base page, and a miss of a 2 MiB page adds that. */
final class SizeGrowthTest {
    private static final long HUGE = 2L << 20;
    private static final long AT = 0x20_0000_0000L;

    private final DriverRig rig = new DriverRig("kernel.hugePages=4", "machine.memoryPerBlade=64 MiB");
    private final Mm mm = rig.mm(8);

    private ThreadState loaded(boolean polling) {
        mm.mapHugetlb(AT, 2 * HUGE, Prot.READ | Prot.WRITE, Mm.FIRST_TOUCH, 0);
        return rig.loaded(mm, polling);
    }

    private static int sizes(ThreadState gts) {
        return gts.sizes == null ? 0 : gts.sizes.peek();
    }

    private void load(ThreadState gts, long vaddr) {
        rig.start(rig.cpu(0), rig.settled(rig.load(rig.play(), gts, 0, vaddr), gts, 0));
        rig.run();
    }

    private long commands(McsOperation operation) {
        return rig.driver.statistics().commands(operation);
    }

    @Test
    void newContext_looksUpBasePagesOnly() {
        assertThat(sizes(loaded(true))).isEqualTo(PageSize.KIB_4.mask());
    }

    @Test
    void basePage_addsNothing() {
        ThreadState gts = loaded(true);
        rig.start(rig.cpu(0), rig.loadByUser(rig.play(), gts, 0, DriverRig.address(0)));
        rig.run();
        assertThat(rig.count(TLB_DROPIN)).isOne();
        assertThat(sizes(gts)).isEqualTo(PageSize.KIB_4.mask());
        assertThat(commands(McsOperation.CCH_INTERRUPT)).isZero();
    }

    @Test
    void userCall_addsTheSizeAndReloadsTheHandleAtOnce() {
        ThreadState gts = loaded(true);
        rig.start(rig.cpu(0), rig.loadByUser(rig.play(), gts, 0, AT + PAGE));
        rig.run();
        assertThat(rig.status(gts, 0)).isEqualTo(InstructionStatus.IDLE);
        assertThat(sizes(gts)).isEqualTo(PageSize.KIB_4.mask() | PageSize.MIB_2.mask());
        assertThat(rig.count(TLB_DROPIN)).isOne();
        assertThat(rig.count(TLB_DROPIN_FAIL_UPM)).isZero();
        assertThat(rig.count(CALL_OS_WAIT_QUEUE)).isZero();
        // hub 60 there and back; INTERRUPT takes 1 us, START 500 ns besides the one of the load
        assertThat(rig.driver.statistics().totalPs(McsOperation.CCH_INTERRUPT)).isEqualTo((60 + 1000 + 60) * NS);
        assertThat(rig.driver.statistics().totalPs(McsOperation.CCH_START)).isEqualTo(2 * (60 + 500 + 60) * NS);
        // the entry serves the whole 2 MiB
        load(gts, AT + HUGE - PAGE);
        assertThat(rig.status(gts, 0)).isEqualTo(InstructionStatus.IDLE);
        assertThat(rig.device(DeviceStat.TLB_MISSES)).isOne();
    }

    @Test
    void secondHugePage_findsTheSizeThere() {
        ThreadState gts = loaded(true);
        rig.start(rig.cpu(0), rig.loadByUser(rig.play(), gts, 0, AT));
        rig.run();
        rig.start(rig.cpu(0), rig.loadByUser(rig.play(), gts, 1, AT + HUGE));
        rig.run();
        assertThat(rig.count(TLB_DROPIN)).isEqualTo(2);
        assertThat(commands(McsOperation.CCH_INTERRUPT)).isOne();
    }

    @Test
    void interrupt_leavesTheReloadToTheUsersCall() {
        ThreadState gts = loaded(false);
        rig.call(rig.cpu(1), rig.kernel.handleFault(), mm.id(), AT, 1);
        load(gts, AT);
        assertThat(rig.status(gts, 0)).isEqualTo(InstructionStatus.CALL_OS);
        assertThat(sizes(gts)).isEqualTo(PageSize.KIB_4.mask() | PageSize.MIB_2.mask());
        assertThat(rig.count(TLB_DROPIN_FAIL_UPM)).isOne();
        assertThat(commands(McsOperation.CCH_INTERRUPT)).isZero();

        // while the reload is pending interrupts fill nothing, not even base pages
        rig.touch(mm, 0);
        rig.start(rig.cpu(0), rig.settled(rig.load(rig.play(), gts, 1, DriverRig.address(0)), gts, 1));
        rig.run();
        assertThat(rig.count(INTR)).isEqualTo(2);
        assertThat(rig.count(INTR_MM_LOCK_FAILED)).isOne();
        assertThat(rig.status(gts, 1)).isEqualTo(InstructionStatus.CALL_OS);

        assertThat(rig.call(rig.cpu(0), rig.driver.callOs(), gts.id, 0)).isZero();
        assertThat(commands(McsOperation.CCH_INTERRUPT)).isOne();
        assertThat(rig.status(gts, 0)).isEqualTo(InstructionStatus.IDLE);
        assertThat(rig.call(rig.cpu(0), rig.driver.callOs(), gts.id, 1)).isZero();
        assertThat(commands(McsOperation.CCH_INTERRUPT)).as("told once").isOne();
        assertThat(rig.count(CALL_OS)).isEqualTo(2);
        assertThat(rig.count(TLB_DROPIN)).isEqualTo(2);
        assertThat(rig.status(gts, 1)).isEqualTo(InstructionStatus.IDLE);
    }

    @Test
    void sizes_outliveAnUnload() {
        ThreadState gts = loaded(true);
        rig.start(rig.cpu(0), rig.loadByUser(rig.play(), gts, 0, AT));
        rig.run();
        rig.call(rig.cpu(0), rig.driver.unloadRequest(), gts.id, 1);
        rig.call(rig.cpu(0), rig.driver.segmentFault(), gts.id);
        rig.start(rig.cpu(0), rig.loadByUser(rig.play(), gts, 0, AT + HUGE));
        rig.run();
        assertThat(rig.status(gts, 0)).isEqualTo(InstructionStatus.IDLE);
        assertThat(commands(McsOperation.CCH_INTERRUPT)).isOne();
    }
}
