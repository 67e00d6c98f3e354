package grusim.driver;

import static grusim.driver.DriverCounter.TFH_STALE_ON_FAULT;
import static grusim.driver.DriverCounter.TLB_DROPIN;
import static grusim.driver.DriverCounter.TLB_DROPIN_FAIL_FMM;
import static grusim.driver.DriverCounter.TLB_DROPIN_FAIL_IDLE;
import static grusim.driver.DriverCounter.TLB_DROPIN_FAIL_INVALID;
import static grusim.driver.DriverCounter.TLB_DROPIN_FAIL_NO_ASID;
import static grusim.driver.DriverCounter.TLB_DROPIN_FAIL_NO_EXCEPTION;
import static grusim.driver.DriverCounter.TLB_DROPIN_FAIL_RANGE_ACTIVE;
import static grusim.driver.DriverCounter.TLB_DROPIN_FAIL_UPM;

import grusim.engine.Agent;
import grusim.engine.Fence;
import grusim.engine.Order;
import grusim.engine.Why;
import grusim.gru.Chiplet;
import grusim.gru.TlbFaultHandle;
import grusim.isa.PageSize;
import grusim.isa.handle.TfhOpcode;
import grusim.isa.handle.TfhState;
import grusim.linux.Mm;
import grusim.linux.Pte;
import grusim.linux.Vmas;

/**
 * Tries to answer one TLB miss (gru_try_dropin), from the interrupt ({@link #ATOMIC}: never sleeps, hands what it cannot
 * do to the user) or from the user's call ({@link #USER}: may fault the page in). The caller holds mmap_sem for read, or
 * has interrupts off. Barriers, the check that the mapping found contains the address, and the user's own walk are there
 * as the driver's rules say.
 *
 * <p>Slots: 0 chiplet, 1 CBR, 2 thread state, 3 who asks. Returns {@link #DONE}, {@link #RANGE_ACTIVE}, {@link #AGAIN} or
 * {@link #FAULT}.
 */
final class TryDropin extends DriverRoutine {
    static final int USER = 0;
    static final int ATOMIC = 1;

    static final int DONE = 0;
    static final int RANGE_ACTIVE = 1;
    static final int AGAIN = -11;
    static final int FAULT = -14;

    private static final int CHIPLET = 0;
    private static final int CBR = 1;
    private static final int THREAD_STATE = 2;
    private static final int WHO = 3;
    private static final int VADDR = 4;
    private static final int ASID = 5;
    private static final int WRITE = 6;
    private static final int PTE = 7;

    TryDropin(GruDriver driver) {
        super(driver, "gru_try_dropin", 8);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "1 read TFH";
            case 1 -> "1 flush and read TFH again";
            case 2 -> "5 range active?";
            case 3 -> "6 find vma";
            case 4 -> "6 walk";
            case 5 -> "6 walked";
            case 6 -> "6 got user page";
            case 7 -> "9 set CB active";
            case 8 -> "9 write and restart";
            case 9 -> "hand the miss to the user";
            case 10 -> "raise an exception";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        switch (pc) {
            case 0, 1 -> readTfh(a, pc == 1);
            case 2 -> readCount(a);
            case 3 -> findVma(a);
            case 4 -> a.call(driver.kernel().atomicWalk(), 5, mm(a).id(), a.local(VADDR), a.local(WRITE));
            case 5 -> walked(a);
            case 6 -> gotUserPage(a);
            case 7 -> {
                chiplet(a).cb((int) a.local(CBR)).setActive(a);
                a.next(8, 0, Why.DROPIN);
            }
            case 8 -> writeRestart(a);
            case 9 -> {
                tfh(a).command(a, TfhOpcode.USER_POLLING_MODE);
                a.done(DONE);
            }
            case 10 -> {
                tfh(a).command(a, TfhOpcode.EXCEPTION);
                a.done(FAULT);
            }
            default -> throw noStep(pc);
        }
    }

    private void readTfh(Agent a, boolean again) {
        TlbFaultHandle tfh = tfh(a);
        long word = again ? tfh.reload(a) : tfh.load(a);
        if (!TlbFaultHandle.exception(word)) {
            if (again) {
                driver.count(TLB_DROPIN_FAIL_NO_EXCEPTION);
                a.done(DONE);
            } else {
                a.next(1, 0, Why.DROPIN);
            }
            return;
        }
        if (again) {
            driver.count(TFH_STALE_ON_FAULT);
        }
        TfhState state = TlbFaultHandle.state(word);
        if (state == TfhState.IDLE) {
            driver.count(TLB_DROPIN_FAIL_IDLE);
            a.done(DONE);
        } else if (state == TfhState.MISS_FMM && !atomic(a)) {
            driver.count(TLB_DROPIN_FAIL_FMM);
            a.done(DONE);
        } else if (tfh.missAsid() == 0) {
            driver.count(TLB_DROPIN_FAIL_NO_ASID);
            refuse(a, AGAIN);
        } else {
            a.local(VADDR, tfh.missVaddr());
            a.local(ASID, tfh.missAsid());
            a.local(WRITE, TlbFaultHandle.write(word) ? 1 : 0);
            a.next(2, 0, Why.DROPIN);
        }
    }

    private void readCount(Agent a) {
        if (driver.rules().barrierTfhToCount()) {
            driver.engine().memory().fence(a, Fence.READ);
        }
        if (driver.addressSpace(mm(a).id()).rangeActive.load(a, Order.RELAXED) != 0) {
            driver.count(TLB_DROPIN_FAIL_RANGE_ACTIVE);
            refuse(a, RANGE_ACTIVE);
        } else {
            a.next(3, 0, Why.DROPIN);
        }
    }

    private void findVma(Agent a) {
        Vmas vmas = mm(a).vmas();
        int vma = vmas.find(a, a.local(VADDR));
        boolean outside = driver.rules().findVmaChecksContainment() && !vmas.contains(vma, a.local(VADDR));
        if (vma < 0 || outside) {
            driver.count(TLB_DROPIN_FAIL_INVALID);
            a.next(10, 0, Why.DROPIN);
            return;
        }
        if (driver.rules().barrierCountToPte()) {
            driver.engine().memory().fence(a, Fence.READ);
        }
        if (atomic(a) || driver.rules().userWalk()) {
            a.next(4, 0, Why.PAGE_WALK);
        } else {
            a.call(driver.kernel().getUserPage(), 6, mm(a).id(), a.local(VADDR), a.local(WRITE));
        }
    }

    private void walked(Agent a) {
        mark(a, Why.PAGE_WALK);
        if (a.result() > 0) {
            accept(a, a.result());
        } else if (atomic(a)) {
            driver.count(TLB_DROPIN_FAIL_UPM);
            a.next(9, 0, Why.DROPIN);
        } else {
            a.call(driver.kernel().getUserPage(), 6, mm(a).id(), a.local(VADDR), a.local(WRITE));
        }
    }

    private void gotUserPage(Agent a) {
        mark(a, Why.PAGE_FAULT);
        if (a.result() < 0) {
            driver.count(TLB_DROPIN_FAIL_INVALID);
            a.next(10, 0, Why.DROPIN);
        } else {
            accept(a, a.result());
        }
    }

    private void accept(Agent a, long pte) {
        a.local(PTE, pte);
        a.next(atomic(a) ? 8 : 7, driver.costs().dropinCostPs(), Why.DROPIN);
    }

    private void writeRestart(Agent a) {
        Chiplet chiplet = chiplet(a);
        int cbr = (int) a.local(CBR);
        ThreadState gts = driver.threadState((int) a.local(THREAD_STATE));
        long vaddr = a.local(VADDR);
        long pfn = Pte.pfn(a.local(PTE));
        mark(a, Why.DROPIN);
        gts.tlbDropin++;
        driver.count(TLB_DROPIN);
        driver.observer().dropin(a, chiplet.index(), cbr, gts.mm, vaddr, pfn);
        chiplet.tfh(cbr)
                .command(
                        a,
                        TfhOpcode.WRITE_RESTART,
                        vaddr,
                        (int) a.local(ASID),
                        pfn,
                        PageSize.KIB_4.code(),
                        a.local(WRITE) != 0);
        a.done(DONE);
    }

    /** Ends without a dropin: the interrupt hands the miss to the user, the user's call is told why. */
    private void refuse(Agent a, int result) {
        if (atomic(a)) {
            a.next(9, 0, Why.DROPIN);
        } else {
            a.done(result);
        }
    }

    private void mark(Agent a, Why reason) {
        driver.mark(chiplet(a), (int) a.local(CBR), reason);
    }

    private static boolean atomic(Agent a) {
        return a.local(WHO) == ATOMIC;
    }

    private Chiplet chiplet(Agent a) {
        return driver.chipletState((int) a.local(CHIPLET)).chiplet;
    }

    private TlbFaultHandle tfh(Agent a) {
        return chiplet(a).tfh((int) a.local(CBR));
    }

    private Mm mm(Agent a) {
        return driver.mm(driver.threadState((int) a.local(THREAD_STATE)).mm);
    }
}
