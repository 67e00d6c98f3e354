package grusim.driver;

import static grusim.driver.DriverCounter.TFH_STALE_ON_FAULT;
import static grusim.driver.DriverCounter.TLB_DROPIN;
import static grusim.driver.DriverCounter.TLB_DROPIN_FAIL_FMM;
import static grusim.driver.DriverCounter.TLB_DROPIN_FAIL_IDLE;
import static grusim.driver.DriverCounter.TLB_DROPIN_FAIL_INVALID;
import static grusim.driver.DriverCounter.TLB_DROPIN_FAIL_NO_ASID;
import static grusim.driver.DriverCounter.TLB_DROPIN_FAIL_NO_EXCEPTION;
import static grusim.driver.DriverCounter.TLB_DROPIN_FAIL_UPM;

import grusim.engine.Agent;
import grusim.engine.Routine;
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
 * has interrupts off. What guards the fill against invalidates is the subclass's.
 *
 * <p>Slots: 0 chiplet, 1 CBR, 2 thread state, 3 who asks. Returns {@link #DONE}, {@link #RANGE_ACTIVE}, {@link #AGAIN} or
 * {@link #FAULT}.
 */
abstract class Dropin extends DriverRoutine {
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
    static final int VADDR = 4;
    private static final int ASID = 5;
    static final int WRITE = 6;
    static final int PTE = 7;

    /** Address bits in the page, by the vma. */
    private static final int SHIFT = 8;

    /** First slot of the subclass. */
    static final int OWN = 9;

    static final int READ_TFH = 0;
    static final int GUARD = 2;
    static final int FIND_VMA = 3;
    static final int WALK = 4;
    private static final int WALKED = 5;
    private static final int GOT_USER_PAGE = 6;
    private static final int SET_ACTIVE = 7;
    private static final int WRITE_RESTART = 8;
    private static final int HAND_OVER = 9;
    private static final int RAISE = 10;

    private static final int SIZE = 11;
    private static final int ADD_SIZE = 12;
    private static final int UPDATED = 13;
    private static final int ASK_RELOAD = 14;

    /** First step of the subclass. */
    static final int OWN_STEP = 15;

    Dropin(GruDriver driver, int slots) {
        super(driver, "gru_try_dropin", slots);
    }

    /** Ends step {@link #GUARD}, which follows the read of the miss: goes on at {@link #FIND_VMA}, or refuses. */
    abstract void guard(Agent a);

    /** Part of the step before the page tables are read. */
    abstract void beforeWalk(Agent a);

    /** Whether the fill walks the page tables itself first. */
    abstract boolean walks(Agent a);

    /** The routine that gets the page if the fill may sleep. */
    abstract Routine userPage();

    /** Ends the step in which the entry was found: goes on with {@link #accept}. */
    abstract void found(Agent a, long pte);

    /** Ends the step that wrote the entry and restarted the instruction. */
    abstract void written(Agent a);

    /** Ends a step of a fill that found nothing: goes on at {@code pc}. */
    abstract void abandon(Agent a, int pc);

    /** Performs a step of the subclass. */
    abstract void ownStep(Agent a, int pc);

    /** Names a step of the subclass. */
    abstract String ownName(int pc);

    @Override
    public final String stepName(int pc) {
        return switch (pc) {
            case READ_TFH -> "1 read TFH";
            case 1 -> "1 flush and read TFH again";
            case FIND_VMA -> "6 find vma";
            case WALK -> "6 walk";
            case WALKED -> "6 walked";
            case GOT_USER_PAGE -> "6 got user page";
            case SET_ACTIVE -> "9 set CB active";
            case WRITE_RESTART -> "9 write and restart";
            case HAND_OVER -> "hand the miss to the user";
            case RAISE -> "raise an exception";
            case SIZE -> "7 page size available?";
            case ADD_SIZE -> "7 add the page size";
            case UPDATED -> "7 was the CCH told?";
            case ASK_RELOAD -> "7 leave the reload of the CCH to the user's call";
            default -> ownName(pc);
        };
    }

    @Override
    public final void step(Agent a, int pc) {
        switch (pc) {
            case READ_TFH, 1 -> readTfh(a, pc == 1);
            case GUARD -> guard(a);
            case FIND_VMA -> findVma(a);
            case WALK ->
                a.call(driver.kernel().userPages().atomicWalk(), WALKED, mm(a).id(), a.local(VADDR), a.local(WRITE));
            case WALKED -> walked(a);
            case GOT_USER_PAGE -> gotUserPage(a);
            case SET_ACTIVE -> {
                chiplet(a).cb((int) a.local(CBR)).setActive(a);
                a.next(WRITE_RESTART, 0, Why.DROPIN);
            }
            case WRITE_RESTART -> writeRestart(a);
            case HAND_OVER -> {
                tfh(a).command(a, TfhOpcode.USER_POLLING_MODE);
                a.done(atomic(a) ? DONE : RANGE_ACTIVE);
            }
            case RAISE -> {
                tfh(a).command(a, TfhOpcode.EXCEPTION);
                a.done(FAULT);
            }
            case SIZE, ADD_SIZE, UPDATED, ASK_RELOAD -> growSizes(a, pc);
            default -> ownStep(a, pc);
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
            a.local(SHIFT, PageSize.KIB_4.shift());
            a.next(GUARD, 0, Why.DROPIN);
        }
    }

    private void findVma(Agent a) {
        Vmas vmas = mm(a).vmas();
        int vma = vmas.find(a, a.local(VADDR));
        boolean outside = driver.rules().findVmaChecksContainment() && !vmas.contains(vma, a.local(VADDR));
        if (vma < 0 || outside) {
            driver.count(TLB_DROPIN_FAIL_INVALID);
            abandon(a, RAISE);
            return;
        }
        a.local(SHIFT, vmas.hugetlb(vma) ? mm(a).hugeShift() : PageSize.KIB_4.shift());
        beforeWalk(a);
        if (walks(a)) {
            a.next(WALK, 0, Why.PAGE_WALK);
        } else {
            a.call(userPage(), GOT_USER_PAGE, mm(a).id(), a.local(VADDR), a.local(WRITE));
        }
    }

    private void walked(Agent a) {
        mark(a, Why.PAGE_WALK);
        if (a.result() > 0) {
            translated(a, a.result());
        } else if (atomic(a)) {
            driver.count(TLB_DROPIN_FAIL_UPM);
            abandon(a, HAND_OVER);
        } else {
            a.call(userPage(), GOT_USER_PAGE, mm(a).id(), a.local(VADDR), a.local(WRITE));
        }
    }

    private void gotUserPage(Agent a) {
        mark(a, Why.PAGE_FAULT);
        if (a.result() < 0) {
            driver.count(TLB_DROPIN_FAIL_INVALID);
            abandon(a, RAISE);
        } else {
            translated(a, a.result());
        }
    }

    /** Ends the step in which the entry was found: a page larger than the base page must be one the context looks up. */
    private void translated(Agent a, long pte) {
        if (a.local(SHIFT) == PageSize.KIB_4.shift()) {
            found(a, pte);
        } else {
            a.local(PTE, pte);
            a.next(SIZE, 0, Why.DROPIN);
        }
    }

    private void growSizes(Agent a, int pc) {
        AvailableSizes sizes = threadState(a).sizes;
        assert sizes != null : "a large page where there are none";
        PageSize size = PageSize.ofShift((int) a.local(SHIFT));
        switch (pc) {
            case SIZE -> {
                if (sizes.has(a, size)) {
                    found(a, a.local(PTE));
                } else {
                    a.next(ADD_SIZE, 0, Why.DROPIN);
                }
            }
            case ADD_SIZE -> {
                sizes.add(a, size);
                if (atomic(a)) {
                    a.next(ASK_RELOAD, 0, Why.DROPIN);
                } else {
                    a.call(driver.contextSwitch().update(), UPDATED, threadState(a).id);
                }
            }
            case UPDATED -> {
                mark(a, Why.CONTEXT_LOAD);
                if (a.result() != 0) {
                    found(a, a.local(PTE));
                } else {
                    a.next(ASK_RELOAD, 0, Why.DROPIN);
                }
            }
            default -> {
                sizes.askReload(a);
                driver.count(TLB_DROPIN_FAIL_UPM);
                abandon(a, HAND_OVER);
            }
        }
    }

    /** Whether entries are to be loaded ahead of what was found. */
    final boolean preloads(Agent a) {
        return threadState(a).preload > 0 && a.local(SHIFT) == PageSize.KIB_4.shift();
    }

    /** Ends the step: loads entries ahead, and goes on at {@code pc}. */
    final void preload(Agent a, int pc) {
        long vaddr = a.local(VADDR);
        long asid = a.local(ASID);
        long write = a.local(WRITE);
        a.call(driver.preload(), pc, a.local(CHIPLET), a.local(CBR), a.local(THREAD_STATE), a.local(WHO));
        a.local(Preload.FAULT, vaddr);
        a.local(Preload.ASID, asid);
        a.local(Preload.WRITE, write);
    }

    /** Ends the step: the entry goes to the device. */
    final void accept(Agent a, long pte) {
        a.local(PTE, pte);
        a.next(atomic(a) ? WRITE_RESTART : SET_ACTIVE, driver.costs().dropinCostPs(), Why.DROPIN);
    }

    private void writeRestart(Agent a) {
        Chiplet chiplet = chiplet(a);
        int cbr = (int) a.local(CBR);
        ThreadState gts = threadState(a);
        int shift = (int) a.local(SHIFT);
        long vaddr = a.local(VADDR) & -1L << shift;
        long pfn = Pte.pfn(a.local(PTE)) & -1L << (shift - PageSize.KIB_4.shift());
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
                        PageSize.ofShift(shift).code(),
                        a.local(WRITE) != 0);
        written(a);
    }

    /** Ends without a dropin: the interrupt hands the miss to the user, the user's call is told why. */
    final void refuse(Agent a, int result) {
        if (atomic(a)) {
            a.next(HAND_OVER, 0, Why.DROPIN);
        } else {
            a.done(result);
        }
    }

    final void mark(Agent a, Why reason) {
        chiplet(a).cb((int) a.local(CBR)).mark(reason);
    }

    static boolean atomic(Agent a) {
        return a.local(WHO) == ATOMIC;
    }

    private Chiplet chiplet(Agent a) {
        return driver.chipletState((int) a.local(CHIPLET)).chiplet;
    }

    final TlbFaultHandle tfh(Agent a) {
        return chiplet(a).tfh((int) a.local(CBR));
    }

    final Mm mm(Agent a) {
        return driver.mm(threadState(a).mm);
    }

    private ThreadState threadState(Agent a) {
        return driver.threads().use((int) a.local(THREAD_STATE));
    }
}
