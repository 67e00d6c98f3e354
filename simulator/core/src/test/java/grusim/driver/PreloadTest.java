package grusim.driver;

import static grusim.driver.DriverCounter.TLB_DROPIN;
import static grusim.driver.DriverCounter.TLB_PRELOAD_PAGE;
import static grusim.driver.DriverRig.NS;
import static grusim.driver.DriverRig.PAGE;
import static grusim.driver.DriverRig.US;
import static grusim.driver.DriverRig.address;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.gru.DeviceObserver;
import grusim.gru.DeviceStat;
import grusim.isa.Instruction;
import grusim.isa.InstructionStatus;
import grusim.isa.Opcode;
import grusim.isa.Operand;
import grusim.isa.TransferType;
import grusim.linux.Mm;
import grusim.workload.ContextSpec.MissMode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Entries loaded ahead of a block copy: which pages, in which order, and when it stops. */
final class PreloadTest {
    private static final long LINES_PER_PAGE = PAGE / 64;
    private static final long TARGET = 16;

    private final DriverRig rig = new DriverRig();
    private final Mm mm = rig.mm(32);
    /** Pages whose entries were written, in order. */
    private final List<Long> written = new ArrayList<>();

    private ThreadState loaded(int preload, MissMode miss) {
        ThreadState gts =
                rig.driver.createThreadState(mm, rig.cpu(0), new ContextOptions(2, 1024, miss, preload, true));
        rig.call(rig.cpu(0), rig.driver.segmentFault(), gts.id);
        rig.chiplets[0].observer(new DeviceObserver() {
            @Override
            public void entryWritten(int chiplet, int cb, int asid, long vaddr, long pfn, int size, boolean dirty) {
                assertThat(pfn).isEqualTo(grusim.linux.Pte.pfn(mm.peekPte(vaddr)));
                assertThat(dirty).isEqualTo(vaddr >= address(TARGET));
                written.add((vaddr - address(0)) / PAGE);
            }
        });
        return gts;
    }

    private void touch(long from, long to) {
        for (long page = from; page <= to; page++) {
            rig.touch(mm, page);
        }
    }

    /** Copies lines by a buffer of 8 lines and sees to its misses. */
    private void copy(ThreadState gts, long from, long lines) {
        Instruction copy = Instruction.of(Opcode.BCOPY)
                .with(TransferType.CACHE_LINE)
                .with(Operand.ADDR, from)
                .with(Operand.DEST, address(TARGET))
                .with(Operand.NELEM, lines)
                .with(Operand.BUFSIZE, 8);
        rig.start(rig.cpu(0), rig.play().then(a -> rig.cb(gts, 0).start(a, copy.words())));
        rig.run();
        while (rig.status(gts, 0) == InstructionStatus.CALL_OS) {
            assertThat(rig.call(rig.cpu(0), rig.driver.callOs(), gts.id, 0)).isZero();
        }
        assertThat(rig.status(gts, 0)).isEqualTo(InstructionStatus.IDLE);
    }

    @Test
    void without_everyPageMisses() {
        touch(0, 2);
        touch(TARGET, TARGET + 2);
        copy(loaded(0, MissMode.INTERRUPT), address(0), 3 * LINES_PER_PAGE);
        assertThat(written).containsExactly(0L, 16L, 1L, 17L, 2L, 18L);
        assertThat(rig.count(TLB_PRELOAD_PAGE)).isZero();
    }

    @Test
    void followingPages_areLoadedHighestFirst_beforeTheOneThatMissed() {
        touch(0, 5);
        touch(TARGET, TARGET + 5);
        copy(loaded(2, MissMode.INTERRUPT), address(0), 6 * LINES_PER_PAGE);
        assertThat(written).containsExactly(2L, 1L, 0L, 18L, 17L, 16L, 5L, 4L, 3L, 21L, 20L, 19L);
        assertThat(rig.count(TLB_PRELOAD_PAGE)).isEqualTo(8);
        assertThat(rig.count(TLB_DROPIN)).isEqualTo(4);
        assertThat(rig.device(DeviceStat.TLB_MISSES)).isEqualTo(4);
        // the command 60 to the hub, 150 to the write, 60 back
        assertThat(rig.driver.statistics().commands(McsOperation.TFH_WRITE_ONLY))
                .isEqualTo(8);
        assertThat(rig.driver.statistics().totalPs(McsOperation.TFH_WRITE_ONLY)).isEqualTo(8 * (60 + 150 + 60) * NS);
    }

    @Test
    void copysEnd_isTheLast() {
        touch(0, 3);
        touch(TARGET, TARGET + 3);
        // from the middle of page 0 on: the source ends with page 1's last line, the target in the middle of page 17
        copy(loaded(200, MissMode.INTERRUPT), address(0) + PAGE / 2, LINES_PER_PAGE + LINES_PER_PAGE / 2);
        assertThat(written).containsExactly(1L, 0L, 17L, 16L);
    }

    @Test
    void oneLineMore_isAPageMore() {
        touch(0, 3);
        touch(TARGET, TARGET + 3);
        copy(loaded(200, MissMode.INTERRUPT), address(0) + PAGE / 2, LINES_PER_PAGE + LINES_PER_PAGE / 2 + 1);
        assertThat(written).containsExactly(2L, 1L, 0L, 17L, 16L);
    }

    @Test
    void pageThatTheInterruptCannotWalkTo_endsIt() {
        touch(0, 1);
        touch(3, 3);
        touch(TARGET, TARGET + 3);
        // the highest, page 3, is had; page 2 is not, so that page 1 is not tried
        copy(loaded(3, MissMode.INTERRUPT), address(0), 4 * LINES_PER_PAGE);
        assertThat(written.subList(0, 2)).containsExactly(3L, 0L);
        assertThat(written).contains(1L, 2L);
    }

    @Test
    void usersCall_faultsThemIn() {
        copy(loaded(3, MissMode.USER_POLLING), address(0), 4 * LINES_PER_PAGE);
        assertThat(written).containsExactly(3L, 2L, 1L, 0L, 19L, 18L, 17L, 16L);
        assertThat(rig.count(TLB_DROPIN)).isEqualTo(2);
    }

    @Test
    void otherInstructions_loadNothingAhead() {
        touch(0, 3);
        ThreadState gts = loaded(3, MissMode.INTERRUPT);
        rig.start(rig.cpu(0), rig.load(rig.play(), gts, 0, address(0)));
        rig.run();
        assertThat(written).containsExactly(0L);
    }

    @Test
    void eachPage_delaysTheAnswerByItsWalkDropinAndCommand() {
        long alone = firstAnswer(0);
        // 3 levels of 25, building the dropin 200, hub 60, write 150, hub 60
        assertThat(firstAnswer(1) - alone).isEqualTo((75 + 200 + 270) * NS);
        assertThat(firstAnswer(3) - alone).isEqualTo(3 * (75 + 200 + 270) * NS);
    }

    /** Time from the start of a copy to the end of its first miss. */
    private static long firstAnswer(int preload) {
        PreloadTest test = new PreloadTest();
        test.touch(0, 3);
        ThreadState gts = test.loaded(preload, MissMode.INTERRUPT);
        long startPs = test.rig.engine.nowPs();
        long[] endPs = {-1};
        test.rig.chiplets[0].observer(new DeviceObserver() {
            @Override
            public void entryWritten(int chiplet, int cb, int asid, long vaddr, long pfn, int size, boolean dirty) {
                if (vaddr == address(0)) {
                    endPs[0] = test.rig.engine.nowPs();
                }
            }
        });
        Instruction copy = Instruction.of(Opcode.BCOPY)
                .with(TransferType.CACHE_LINE)
                .with(Operand.ADDR, address(0))
                .with(Operand.DEST, address(TARGET))
                .with(Operand.NELEM, 4 * LINES_PER_PAGE)
                .with(Operand.BUFSIZE, 8);
        test.rig.start(
                test.rig.cpu(0), test.rig.play().then(a -> test.rig.cb(gts, 0).start(a, copy.words())));
        test.rig.runFor(100 * US);
        assertThat(endPs[0]).isPositive();
        return endPs[0] - startPs;
    }
}
