package grusim.driver;

import static grusim.driver.DriverCounter.TLB_PRELOAD_PAGE;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.gru.Chiplet;
import grusim.gru.TlbFaultHandle;
import grusim.isa.ChipletMap;
import grusim.isa.Layout;
import grusim.isa.Opcode;
import grusim.isa.PageSize;
import grusim.isa.TransferType;
import grusim.isa.handle.Cbe;
import grusim.isa.handle.TfhOpcode;
import grusim.linux.Mm;
import grusim.linux.Pte;
import grusim.linux.Vmas;

/**
 * Loads entries ahead of a block copy that missed (gru_preload_tlb): writes the entries of up to the thread's number of
 * pages that follow the one that missed, as far as the copy reaches, the highest first, and stops at the first that cannot
 * be had or is not taken. The miss stays pending; the caller answers it. Source: Linux driver drivers/misc/sgi-gru,
 * grufault.c.
 *
 * <p>Which stream missed is told by the address: it is where the source or where the destination has come to. Mappings of
 * huge pages are left alone. Slots: 0 chiplet, 1 CBR, 2 thread state, 3 who asks, 4 address missed, 5 asid, 6 whether for
 * a write.
 */
final class Preload extends DriverRoutine {
    static final int FAULT = 4;
    static final int ASID = 5;
    static final int WRITE = 6;

    private static final int CHIPLET = 0;
    private static final int CBR = 1;
    private static final int THREAD_STATE = 2;
    private static final int WHO = 3;
    /** Page whose entry is being loaded. */
    private static final int PAGE = 7;

    private static final int PTE = 8;
    private static final int STARTED_PS = 9;

    private static final int READ_CBE = 0;
    private static final int FIND_VMA = 1;
    private static final int WALKED = 2;
    private static final int GOT_USER_PAGE = 3;
    private static final int WRITE_ONLY = 4;
    private static final int WAIT = 5;

    private static final long PAGE_MASK = -GruDriver.PAGE_BYTES;

    /** The extended block just read; used within a step. */
    private final long[] cbe = new long[Layout.WORDS];

    Preload(GruDriver driver) {
        super(driver, "gru_preload_tlb", 10);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case READ_CBE -> "8 how far has the copy come?";
            case FIND_VMA -> "8 find vma";
            case WALKED -> "8 walked";
            case GOT_USER_PAGE -> "8 got user page";
            case WRITE_ONLY -> "8 write only";
            case WAIT -> "8 wait for the TFH";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        switch (pc) {
            case READ_CBE -> {
                chiplet(a).cb((int) a.local(CBR)).extended(a, cbe);
                a.local(PAGE, last(a));
                goOn(a);
            }
            case FIND_VMA -> findVma(a);
            case WALKED -> {
                mark(a, Why.PAGE_WALK);
                if (a.result() > 0) {
                    found(a);
                } else if (a.local(WHO) == Dropin.ATOMIC) {
                    a.done(0);
                } else {
                    a.call(driver.kernel().userPages().get(), GOT_USER_PAGE, mm(a).id(), a.local(PAGE), a.local(WRITE));
                }
            }
            case GOT_USER_PAGE -> {
                mark(a, Why.PAGE_FAULT);
                if (a.result() > 0) {
                    found(a);
                } else {
                    a.done(0);
                }
            }
            case WRITE_ONLY -> writeOnly(a);
            case WAIT -> finished(a);
            default -> throw noStep(pc);
        }
    }

    /** The last page to load, or at most the page that missed if there is none. */
    private long last(Agent a) {
        long fault = a.local(FAULT);
        long end;
        if (Cbe.OPCCPY.get(cbe) != Opcode.BCOPY.code()) {
            return 0;
        } else if (fault == Cbe.IDEF1UPD.get(cbe)) {
            end = fault + Cbe.IDEF6CPY.get(cbe) * ChipletMap.LINE_BYTES - 1;
        } else if (fault == Cbe.IDEF3UPD.get(cbe)) {
            int bytes = TransferType.of((int) Cbe.XTYPECPY.get(cbe)).bytes();
            end = fault + Cbe.IDEF5UPD.get(cbe) * bytes - 1;
        } else {
            return 0;
        }
        long most = driver.threads().use((int) a.local(THREAD_STATE)).preload * GruDriver.PAGE_BYTES;
        return Math.min(end & PAGE_MASK, (fault & PAGE_MASK) + most);
    }

    private void goOn(Agent a) {
        if (a.local(PAGE) > (a.local(FAULT) & PAGE_MASK)) {
            a.next(FIND_VMA, 0, Why.DROPIN);
        } else {
            a.done(0);
        }
    }

    private void findVma(Agent a) {
        Vmas vmas = mm(a).vmas();
        int vma = vmas.find(a, a.local(PAGE));
        boolean outside = driver.rules().findVmaChecksContainment() && !vmas.contains(vma, a.local(PAGE));
        if (vma < 0 || outside || vmas.hugetlb(vma)) {
            a.done(0);
        } else if (a.local(WHO) == Dropin.ATOMIC || driver.rules().userWalk()) {
            a.call(driver.kernel().userPages().atomicWalk(), WALKED, mm(a).id(), a.local(PAGE), a.local(WRITE));
        } else {
            a.call(driver.kernel().userPages().get(), GOT_USER_PAGE, mm(a).id(), a.local(PAGE), a.local(WRITE));
        }
    }

    private void found(Agent a) {
        a.local(PTE, a.result());
        a.next(WRITE_ONLY, driver.costs().dropinCostPs(), Why.DROPIN);
    }

    private void writeOnly(Agent a) {
        long pfn = Pte.pfn(a.local(PTE));
        int cbr = (int) a.local(CBR);
        mark(a, Why.DROPIN);
        a.local(STARTED_PS, driver.engine().nowPs());
        driver.observer().dropin(a, chiplet(a).index(), cbr, mm(a).id(), a.local(PAGE), pfn);
        tfh(a).command(
                        a,
                        TfhOpcode.WRITE_ONLY,
                        a.local(PAGE),
                        (int) a.local(ASID),
                        pfn,
                        PageSize.KIB_4.code(),
                        a.local(WRITE) != 0);
        a.next(WAIT, 0, Why.DROPIN);
    }

    private void finished(Agent a) {
        long word = tfh(a).poll(a);
        if (TlbFaultHandle.commanded(word)) {
            a.await(tfh(a).awaitable(), WAIT, Why.DROPIN);
            return;
        }
        mark(a, Why.DROPIN);
        driver.timed(McsOperation.TFH_WRITE_ONLY, a.local(STARTED_PS));
        if (TlbFaultHandle.exception(word)) {
            a.done(0);
            return;
        }
        driver.count(TLB_PRELOAD_PAGE);
        a.local(PAGE, a.local(PAGE) - GruDriver.PAGE_BYTES);
        goOn(a);
    }

    private void mark(Agent a, Why reason) {
        chiplet(a).cb((int) a.local(CBR)).mark(reason);
    }

    private Chiplet chiplet(Agent a) {
        return driver.chipletState((int) a.local(CHIPLET)).chiplet;
    }

    private TlbFaultHandle tfh(Agent a) {
        return chiplet(a).tfh((int) a.local(CBR));
    }

    private Mm mm(Agent a) {
        return driver.mm(driver.threads().use((int) a.local(THREAD_STATE)).mm);
    }
}
