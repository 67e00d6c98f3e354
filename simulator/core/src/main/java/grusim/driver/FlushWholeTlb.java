package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.gru.TlbGlobalHandle;

/** Flushes a chiplet's whole TLB, whatever the asid (gru_flush_all_tlb). Slot 0: chiplet. */
final class FlushWholeTlb extends DriverRoutine {
    private static final int CHIPLET = 0;
    private static final int HANDLE = 1;
    private static final int STARTED_PS = 2;

    /** Page-size code the driver names in a whole flush. */
    private static final int PAGE_SIZE_CODE = 1;

    private static final int ALL_CONTEXTS = 0xffff;

    FlushWholeTlb(GruDriver driver) {
        super(driver, "gru_flush_all_tlb", 3);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0, 4 -> "lock a TGH";
            case 1 -> "TGH invalidate, global";
            case 2 -> "wait for the TGH";
            case 3 -> "unlock the TGH";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        if (pc == 0) {
            a.local(HANDLE, driver.placement().chooseTgh(a, (int) a.local(CHIPLET)));
        }
        TlbGlobalHandle tgh =
                driver.chipletState((int) a.local(CHIPLET)).chiplet.tgh((int) a.local(HANDLE));
        switch (pc) {
            case 0, 4 -> lock(a, tgh, 4, 1, Why.INVALIDATE);
            case 1 -> {
                a.local(STARTED_PS, driver.engine().nowPs());
                tgh.invalidate(a, 0, 0, PAGE_SIZE_CODE, FlushTlb.MOST_PAGES, ALL_CONTEXTS, true);
                a.next(2, 0, Why.COMMAND);
            }
            case 2 -> finish(a, tgh, 2, STARTED_PS, 3);
            case 3 -> {
                tgh.unlock(a);
                a.done(0);
            }
            default -> throw noStep(pc);
        }
    }
}
