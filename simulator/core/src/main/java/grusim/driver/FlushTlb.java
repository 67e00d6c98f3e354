package grusim.driver;

import static grusim.driver.DriverCounter.FLUSH_TLB;
import static grusim.driver.DriverCounter.FLUSH_TLB_GRU;
import static grusim.driver.DriverCounter.FLUSH_TLB_GRU_TGH;
import static grusim.driver.DriverCounter.FLUSH_TLB_GRU_ZERO_ASID;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.gru.TlbGlobalHandle;
import grusim.isa.PageSize;

/**
 * Flushes a range of an address space from every chiplet that knows it (gru_flush_tlb_range), holding the address space's
 * asid lock all along: by a TLB invalidate where contexts are loaded, else by dropping the asid.
 *
 * <p>An invalidate names base pages, as the driver's does; by {@code driver.flushHugePages} another one names the huge pages
 * of hugetlb mappings. Slots: 0 address space, 1 start, 2 end.
 */
final class FlushTlb extends DriverRoutine {
    /** Most pages one invalidate names; it then purges the whole asid (GRUMAXINVAL, gruhandles.h). */
    static final int MOST_PAGES = 1024;

    private static final int MM = 0;
    private static final int START = 1;
    private static final int END = 2;
    private static final int CHIPLET = 3;
    private static final int HANDLE = 4;
    private static final int STARTED_PS = 5;
    private static final int ENTERED_PS = 6;
    /** Whether the invalidate under way is for huge pages. */
    private static final int HUGE = 7;

    /** Bits of the address that choose the region whose asid is flushed; the driver masks them with 3. */
    private static final int REGION_SHIFT = 61;

    private final boolean flushesHuge;

    FlushTlb(GruDriver driver) {
        super(driver, "gru_flush_tlb_range", 8);
        flushesHuge = driver.rules().flushHugePages() && driver.kernel().hugePages();
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "enter";
            case 1 -> "lock the address space's asids";
            case 2 -> "next chiplet: contexts loaded?";
            case 3 -> "lock a TGH";
            case 4 -> "TGH invalidate";
            case 5 -> "wait for the TGH";
            case 6 -> "unlock the TGH";
            case 7 -> "unlock the address space's asids";
            case 8 -> "now for huge pages";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        AddressSpaceState gms = driver.addressSpace((int) a.local(MM));
        switch (pc) {
            case 0 -> {
                a.local(ENTERED_PS, driver.engine().nowPs());
                a.next(1, 0, Why.INVALIDATE);
            }
            case 1 -> {
                if (gms.asidLock.lock(a)) {
                    driver.count(FLUSH_TLB);
                    a.local(CHIPLET, -1);
                    a.next(2, driver.lockCostPs(), Why.INVALIDATE);
                } else {
                    a.await(gms.asidLock, 1, Why.LOCK);
                }
            }
            case 2 -> nextChiplet(a, gms);
            case 3 -> lock(a, tgh(a), 3, 4, Why.INVALIDATE);
            case 4 -> invalidate(a, gms);
            case 5 -> finish(a, tgh(a), 5, STARTED_PS, flushesHuge && a.local(HUGE) == 0 ? 8 : 6);
            case 8 -> {
                a.local(HUGE, 1);
                a.next(4, 0, Why.INVALIDATE);
            }
            case 6 -> {
                tgh(a).unlock(a);
                a.next(2, driver.lockCostPs(), Why.INVALIDATE);
            }
            case 7 -> {
                gms.asidLock.unlock(a);
                driver.took(DriverLatency.INVALIDATE, a.local(ENTERED_PS));
                a.done(0);
            }
            default -> throw noStep(pc);
        }
    }

    private void nextChiplet(Agent a, AddressSpaceState gms) {
        int chiplet = gms.nextWithAsid((int) a.local(CHIPLET) + 1);
        a.local(CHIPLET, chiplet);
        if (chiplet < 0) {
            a.next(7, 0, Why.INVALIDATE);
            return;
        }
        driver.count(FLUSH_TLB_GRU);
        int asid = gms.asid(chiplet);
        if (gms.flush(a, chiplet)) {
            driver.count(FLUSH_TLB_GRU_TGH);
            a.local(HUGE, 0);
            a.local(HANDLE, driver.placement().chooseTgh(a, chiplet));
            a.next(3, 0, Why.INVALIDATE);
        } else {
            driver.count(FLUSH_TLB_GRU_ZERO_ASID);
            driver.observer().asidRetired(chiplet, asid, gms.mm);
            a.next(2, 0, Why.INVALIDATE);
        }
    }

    private void invalidate(Agent a, AddressSpaceState gms) {
        int chiplet = (int) a.local(CHIPLET);
        PageSize size = a.local(HUGE) != 0 ? PageSize.MIB_2 : PageSize.KIB_4;
        long start = a.local(START) & -size.bytes();
        long pages = (a.local(END) - start + size.bytes() - 1) / size.bytes();
        int region = (int) (a.local(START) >>> REGION_SHIFT) & 3;
        a.local(STARTED_PS, driver.engine().nowPs());
        tgh(a).invalidate(
                        a,
                        a.local(HUGE) != 0 ? start : a.local(START),
                        gms.asid(chiplet) + region,
                        size.code(),
                        (int) Math.min(pages, MOST_PAGES),
                        gms.contexts(chiplet),
                        false,
                        driver.rules().rangeStartFence());
        a.next(5, 0, Why.COMMAND);
    }

    private TlbGlobalHandle tgh(Agent a) {
        return driver.chipletState((int) a.local(CHIPLET)).chiplet.tgh((int) a.local(HANDLE));
    }
}
