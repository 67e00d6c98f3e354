package grusim.driver;

import static grusim.driver.DriverCounter.CALL_OS;
import static grusim.driver.DriverCounter.CALL_OS_WAIT_QUEUE;
import static grusim.driver.DriverCounter.INTR;
import static grusim.driver.DriverCounter.INTR_MM_LOCK_FAILED;
import static grusim.driver.DriverCounter.INTR_SPURIOUS;
import static grusim.driver.DriverCounter.INTR_TFH;
import static grusim.driver.DriverCounter.TFH_STALE_ON_FAULT;
import static grusim.driver.DriverCounter.TLB_DROPIN;
import static grusim.driver.DriverCounter.TLB_DROPIN_FAIL_FMM;
import static grusim.driver.DriverCounter.TLB_DROPIN_FAIL_IDLE;
import static grusim.driver.DriverCounter.TLB_DROPIN_FAIL_INVALID;
import static grusim.driver.DriverCounter.TLB_DROPIN_FAIL_NO_ASID;
import static grusim.driver.DriverCounter.TLB_DROPIN_FAIL_NO_EXCEPTION;
import static grusim.driver.DriverCounter.TLB_DROPIN_FAIL_RANGE_ACTIVE;
import static grusim.driver.DriverCounter.TLB_DROPIN_FAIL_UPM;
import static grusim.driver.DriverRig.NS;
import static grusim.driver.DriverRig.PAGE;
import static grusim.driver.DriverRig.US;
import static grusim.driver.DriverRig.address;
import static grusim.driver.DriverRig.cbr;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Cell;
import grusim.gru.ContextConfiguration;
import grusim.gru.TlbFaultHandle;
import grusim.isa.Instruction;
import grusim.isa.InstructionStatus;
import grusim.isa.Opcode;
import grusim.isa.Operand;
import grusim.isa.PageSize;
import grusim.isa.TransferType;
import grusim.isa.handle.CchOpcode;
import grusim.isa.handle.CommandStatus;
import grusim.isa.handle.Tfh;
import grusim.isa.handle.TfhState;
import grusim.linux.Mm;
import grusim.linux.lock.RwSemaphore;
import java.util.Collections;
import org.junit.jupiter.api.Test;

final class TlbMissTest {
    private final DriverRig rig = new DriverRig();
    private final Mm mm = rig.mm(8);
    private final Notifier notifier = rig.notifiers.get(0);

    private Play loadAndWait(ThreadState gts, long vaddr) {
        return rig.start(rig.cpu(0), rig.settled(rig.load(rig.play(), gts, 0, vaddr), gts, 0));
    }

    private Play rangeActive(long forPs) {
        return rig.start(
                rig.cpu(2),
                rig.play()
                        .call(notifier.rangeStart(), mm.id(), address(4), address(5))
                        .pause(forPs)
                        .call(notifier.rangeEnd(), mm.id(), address(4), address(5)));
    }

    /** Stops at the moment at which the miss is recorded and nobody has been told yet. */
    private TlbFaultHandle maskedMiss(ThreadState gts) {
        rig.cpu(0).mask();
        rig.start(rig.cpu(0), rig.load(rig.play(), gts, 0, address(0)));
        rig.run();
        return rig.chiplets[0].tfh(cbr(gts, 0));
    }

    // ---- the interrupt path ----

    @Test
    void interrupt_answersTheMissOfATouchedPage() {
        rig.touch(mm, 0);
        ThreadState gts = rig.loaded(mm, false);
        long startPs = rig.engine.nowPs();
        Play user = loadAndWait(gts, address(0));
        rig.run();
        assertThat(rig.count(INTR)).isOne();
        assertThat(rig.count(INTR_TFH)).isOne();
        assertThat(rig.count(TLB_DROPIN)).isOne();
        assertThat(rig.count(CALL_OS)).isZero();
        assertThat(gts.fmmTlbMiss()).isOne();
        assertThat(gts.upmTlbMiss()).isZero();
        assertThat(gts.tlbDropin()).isOne();
        assertThat(rig.status(gts, 0)).isEqualTo(InstructionStatus.IDLE);
        // recorded at hub 60 + decode 20 + record 20; delivery 1,500; entry 200, handler 600; three levels of 25 before
        // the
        // pte; building the dropin 200; hub 60, write 150, restart 150; lookup 4, line 130, status 100
        assertThat(user.endPs() - startPs)
                .isEqualTo((100 + 1500 + 200 + 600 + 75 + 200 + 60 + 150 + 150 + 4 + 130 + 100) * NS);
    }

    @Test
    void interrupt_handsAnUntouchedPageToTheUser() {
        ThreadState gts = rig.loaded(mm, false);
        loadAndWait(gts, address(0));
        rig.run();
        assertThat(rig.status(gts, 0)).isEqualTo(InstructionStatus.CALL_OS);
        assertThat(rig.count(TLB_DROPIN_FAIL_UPM)).isOne();
        assertThat(rig.count(TLB_DROPIN)).isZero();
        assertThat(rig.call(rig.cpu(0), rig.driver.callOs(), gts.id, 0)).isZero();
        assertThat(rig.status(gts, 0)).isEqualTo(InstructionStatus.IDLE);
        assertThat(rig.count(CALL_OS)).isOne();
        assertThat(rig.count(TLB_DROPIN)).isOne();
        assertThat(gts.upmTlbMiss()).isOne();
    }

    @Test
    void interrupt_neverWaitsForMmapSem() {
        rig.touch(mm, 0);
        ThreadState gts = rig.loaded(mm, false);
        RwSemaphore sem = mm.mmapSem();
        rig.start(
                rig.cpu(3), rig.play().until(sem, sem::downWrite).pause(50 * US).then(sem::upWrite));
        loadAndWait(gts, address(0));
        rig.runFor(20 * US);
        assertThat(rig.count(INTR_MM_LOCK_FAILED)).isOne();
        assertThat(rig.status(gts, 0)).isEqualTo(InstructionStatus.CALL_OS);
        long startPs = rig.engine.nowPs();
        rig.call(rig.cpu(0), rig.driver.callOs(), gts.id, 0);
        assertThat(rig.engine.nowPs() - startPs).as("waits for the writer").isGreaterThan(25 * US);
        assertThat(rig.count(TLB_DROPIN)).isOne();
        assertThat(sem.readers()).isZero();
    }

    @Test
    void interrupt_duringARange_handsTheMissToTheUser() {
        rig.touch(mm, 0);
        ThreadState gts = rig.loaded(mm, false);
        rangeActive(100 * US);
        loadAndWait(gts, address(0));
        rig.runFor(50 * US);
        assertThat(rig.count(TLB_DROPIN_FAIL_RANGE_ACTIVE)).isOne();
        assertThat(rig.status(gts, 0)).isEqualTo(InstructionStatus.CALL_OS);
        assertThat(mm.mmapSem().readers()).isZero();
    }

    @Test
    void interrupt_servesEveryFaultBitOfItsMap() {
        rig.touch(mm, 0);
        rig.touch(mm, 1);
        ThreadState gts = rig.loaded(mm, false);
        rig.start(rig.cpu(0), rig.load(rig.load(rig.play(), gts, 0, address(0)), gts, 1, address(1)));
        rig.run();
        assertThat(rig.count(INTR)).isOne();
        assertThat(rig.count(INTR_TFH)).isEqualTo(2);
        assertThat(rig.count(TLB_DROPIN)).isEqualTo(2);
    }

    @Test
    void interrupt_servesTheMapsHighWord() {
        rig.touch(mm, 0);
        ThreadState gts = rig.thread(mm, rig.cpu(0), 128, 1024, false);
        rig.call(rig.cpu(0), rig.driver.segmentFault(), gts.id);
        rig.start(rig.cpu(0), rig.settled(rig.load(rig.play(), gts, 127, address(0)), gts, 127));
        rig.run();
        assertThat(rig.count(TLB_DROPIN)).isOne();
        assertThat(rig.status(gts, 127)).isEqualTo(InstructionStatus.IDLE);
    }

    @Test
    void faultOfAContextWithoutThreadState_isSpurious() {
        // a context that nobody has told the driver of
        rig.loaded(mm, false);
        var cch = rig.chiplets[0].cch(9);
        rig.start(
                rig.cpu(1),
                rig.play()
                        .then(a -> cch.configure(
                                a,
                                new ContextConfiguration(
                                        true,
                                        true,
                                        false,
                                        false,
                                        0,
                                        false,
                                        1L << 40,
                                        1 << 20,
                                        ContextConfiguration.asidsFrom(800),
                                        ContextConfiguration.sizes(1 << PageSize.KIB_4.code()))))
                        .then(a -> cch.command(a, CchOpcode.ALLOCATE))
                        .until(cch.awaitable(), a -> cch.status(a) != CommandStatus.ACTIVE)
                        .then(a -> cch.command(a, CchOpcode.START))
                        .until(cch.awaitable(), a -> cch.status(a) != CommandStatus.ACTIVE)
                        .then(a -> rig.chiplets[0]
                                .cb(80)
                                .start(
                                        a,
                                        Instruction.of(Opcode.VLOAD)
                                                .with(TransferType.CACHE_LINE)
                                                .with(Operand.ADDR, address(0))
                                                .with(Operand.NELEM, 1)
                                                .with(Operand.STRIDE, 1)
                                                .words())));
        rig.run();
        assertThat(rig.count(INTR_TFH)).isOne();
        assertThat(rig.count(INTR_SPURIOUS)).isOne();
        assertThat(rig.count(TLB_DROPIN)).isZero();
    }

    // ---- the user path ----

    @Test
    void userCall_faultsThePageIn() {
        ThreadState gts = rig.loaded(mm, true);
        rig.start(rig.cpu(0), rig.loadByUser(rig.play(), gts, 0, address(3)));
        rig.run();
        assertThat(mm.peekPte(address(3))).isNotZero();
        assertThat(rig.count(INTR)).isZero();
        assertThat(rig.count(CALL_OS)).isOne();
        assertThat(rig.count(CALL_OS_WAIT_QUEUE)).isZero();
        assertThat(rig.count(TLB_DROPIN)).isOne();
        assertThat(rig.status(gts, 0)).isEqualTo(InstructionStatus.IDLE);
    }

    @Test
    void userCall_sleepsUntilTheRangeEnds_holdingItsLocks() {
        ThreadState gts = rig.loaded(mm, true);
        loadAndWait(gts, address(0));
        rig.run();
        Play range = rangeActive(100 * US);
        rig.runFor(10 * US);
        Play call = rig.start(rig.cpu(0), rig.play().call(rig.driver.callOs(), gts.id, 0));
        rig.runFor(20 * US);
        assertThat(mm.mmapSem().readers()).isOne();
        assertThat(rig.cpu(0).waitingOn()).isSameAs(rig.driver.addressSpace(mm.id()).waitQueue);
        assertThat(rig.count(TLB_DROPIN_FAIL_RANGE_ACTIVE))
                .as("it does not try")
                .isZero();
        boolean[] free = new boolean[1];
        rig.start(rig.cpu(3), rig.play().then(a -> free[0] = gts.lock.lock(a)));
        rig.runFor(0);
        assertThat(free[0]).as("ts_ctxlock").isFalse();
        rig.runFor(1000 * US);
        assertThat(call.endPs()).isGreaterThanOrEqualTo(range.endPs() - 40 * NS).isPositive();
        assertThat(rig.count(TLB_DROPIN)).isOne();
        assertThat(rig.count(CALL_OS_WAIT_QUEUE))
                .as("counts repeats, not sleeps")
                .isZero();
        assertThat(mm.mmapSem().readers()).isZero();
    }

    @Test
    void userCall_thatMeetsARangeAfterItsLook_repeats() {
        ThreadState gts = rig.loaded(mm, true);
        loadAndWait(gts, address(0));
        rig.run();
        // begins between the caller's look at the count (1,190 ns after the call) and the dropin's, which follow each
        // other
        // without a cost: the observer starts the range in between
        boolean[] begun = new boolean[1];
        rig.engine.observer((agent, routine, pc) -> {
            if (routine == rig.driver.fills().tryDropin() && pc == 0 && !begun[0]) {
                begun[0] = true;
                rig.driver.addressSpace(mm.id()).rangeActive.poke(1);
                rig.start(
                        rig.cpu(2),
                        rig.play().pause(30 * US).call(notifier.rangeEnd(), mm.id(), address(4), address(5)));
            }
        });
        long startPs = rig.engine.nowPs();
        assertThat(rig.call(rig.cpu(0), rig.driver.callOs(), gts.id, 0)).isZero();
        assertThat(rig.count(TLB_DROPIN_FAIL_RANGE_ACTIVE)).isOne();
        assertThat(rig.count(CALL_OS_WAIT_QUEUE)).isOne();
        assertThat(rig.count(TLB_DROPIN)).isOne();
        assertThat(rig.count(CALL_OS)).isOne();
        assertThat(gts.upmTlbMiss()).as("once per call").isOne();
        assertThat(rig.engine.nowPs() - startPs).isGreaterThan(30 * US);
    }

    @Test
    void noVmaAbove_raisesAnException() {
        ThreadState gts = rig.loaded(mm, true);
        loadAndWait(gts, address(8));
        rig.run();
        assertThat(rig.call(rig.cpu(0), rig.driver.callOs(), gts.id, 0)).isEqualTo(TryDropin.FAULT);
        rig.run();
        assertThat(rig.status(gts, 0)).isEqualTo(InstructionStatus.EXCEPTION);
        assertThat(rig.count(TLB_DROPIN_FAIL_INVALID)).isOne();
    }

    @Test
    void noVmaAbove_inTheInterrupt_raisesAnException() {
        ThreadState gts = rig.loaded(mm, false);
        loadAndWait(gts, address(8));
        rig.run();
        assertThat(rig.status(gts, 0)).isEqualTo(InstructionStatus.EXCEPTION);
        assertThat(rig.count(TLB_DROPIN_FAIL_INVALID)).isOne();
        assertThat(rig.count(CALL_OS)).isZero();
    }

    @Test
    void holeBelowAVma_failsInGetUserPages() {
        // find_vma finds the mapping above; only get_user_pages sees that it does not contain the address
        ThreadState gts = rig.loaded(mm, false);
        loadAndWait(gts, address(-1));
        rig.run();
        assertThat(rig.count(TLB_DROPIN_FAIL_UPM)).isOne();
        assertThat(rig.call(rig.cpu(0), rig.driver.callOs(), gts.id, 0)).isEqualTo(TryDropin.FAULT);
        rig.run();
        assertThat(rig.count(TLB_DROPIN_FAIL_INVALID)).isOne();
        assertThat(rig.status(gts, 0)).isEqualTo(InstructionStatus.EXCEPTION);
    }

    @Test
    void call_ofAnUnloadedContext_isTriedAgainLater() {
        ThreadState gts = rig.thread(mm, rig.cpu(0), 2, 1024, true);
        assertThat(rig.call(rig.cpu(0), rig.driver.callOs(), gts.id, 0)).isEqualTo(TryDropin.AGAIN);
        assertThat(mm.mmapSem().readers()).isZero();
        assertThat(rig.count(CALL_OS)).isOne();
    }

    @Test
    void call_forABlockBeyondTheContext_isInvalid() {
        ThreadState gts = rig.loaded(mm, true);
        assertThat(rig.call(rig.cpu(0), rig.driver.callOs(), gts.id, 2)).isEqualTo(-22);
        assertThat(gts.upmTlbMiss()).isZero();
    }

    // ---- what the fault handle says ----

    @Test
    void call_withoutAMiss_findsNoException() {
        ThreadState gts = rig.loaded(mm, true);
        assertThat(rig.call(rig.cpu(0), rig.driver.callOs(), gts.id, 0)).isZero();
        assertThat(rig.count(TLB_DROPIN_FAIL_NO_EXCEPTION)).isOne();
        assertThat(rig.count(TFH_STALE_ON_FAULT)).isZero();
    }

    @Test
    void call_whileTheInterruptIsStillToCome_leavesTheMissToIt() {
        rig.touch(mm, 0);
        ThreadState gts = rig.loaded(mm, false);
        maskedMiss(gts);
        assertThat(rig.call(rig.cpu(1), rig.driver.callOs(), gts.id, 0)).isZero();
        assertThat(rig.count(TLB_DROPIN_FAIL_FMM)).isOne();
        assertThat(rig.count(TLB_DROPIN)).isZero();
    }

    @Test
    void exceptionWithoutAMiss_isIdle() {
        ThreadState gts = rig.loaded(mm, true);
        Cell word = (Cell) rig.chiplets[0].tfh(cbr(gts, 0)).awaitable();
        word.poke(Tfh.STATE.into(Tfh.STATUS.into(0, CommandStatus.EXCEPTION.code()), TfhState.IDLE.code()));
        assertThat(rig.call(rig.cpu(0), rig.driver.callOs(), gts.id, 0)).isZero();
        assertThat(rig.count(TLB_DROPIN_FAIL_IDLE)).isOne();
        assertThat(rig.count(TLB_DROPIN)).isZero();
    }

    @Test
    void staleFirstRead_isRepairedByTheSecond() {
        ThreadState gts = rig.loaded(mm, true);
        loadAndWait(gts, address(0));
        rig.run();
        Cell word = (Cell) rig.chiplets[0].tfh(cbr(gts, 0)).awaitable();
        long miss = word.peek();
        word.poke(0);
        rig.engine.observer((agent, routine, pc) -> {
            if (routine == rig.driver.fills().tryDropin() && pc == 1) {
                word.poke(miss);
            }
        });
        assertThat(rig.call(rig.cpu(0), rig.driver.callOs(), gts.id, 0)).isZero();
        assertThat(rig.count(TFH_STALE_ON_FAULT)).isOne();
        assertThat(rig.count(TLB_DROPIN)).isOne();
    }

    @Test
    void missOfAContextWithoutAsid_isNotAnswered() {
        ThreadState gts = rig.loaded(mm, true);
        var cch = rig.chiplets[0].cch(gts.context());
        var without = new ContextConfiguration(
                false,
                false,
                false,
                false,
                0,
                false,
                gts.cbrMap(),
                gts.dsrMap(),
                Collections.nCopies(8, 0),
                ContextConfiguration.sizes(1 << PageSize.KIB_4.code()));
        rig.start(
                rig.cpu(0),
                rig.play()
                        .then(a -> cch.command(a, CchOpcode.INTERRUPT))
                        .until(cch.awaitable(), a -> cch.status(a) != CommandStatus.ACTIVE)
                        .then(a -> cch.configure(a, without))
                        .then(a -> cch.command(a, CchOpcode.START))
                        .until(cch.awaitable(), a -> cch.status(a) != CommandStatus.ACTIVE));
        rig.run();
        loadAndWait(gts, address(0));
        rig.run();
        assertThat(rig.call(rig.cpu(0), rig.driver.callOs(), gts.id, 0)).isEqualTo(TryDropin.AGAIN);
        assertThat(rig.count(TLB_DROPIN_FAIL_NO_ASID)).isOne();
        assertThat(rig.count(TLB_DROPIN)).isZero();
    }

    @Test
    void addresses_keepTheirPage() {
        rig.touch(mm, 2);
        ThreadState gts = rig.loaded(mm, false);
        loadAndWait(gts, address(2) + PAGE - 64);
        rig.run();
        assertThat(rig.count(TLB_DROPIN)).isOne();
        loadAndWait(gts, address(2));
        rig.run();
        assertThat(rig.count(TLB_DROPIN)).as("the same page hits").isOne();
    }
}
