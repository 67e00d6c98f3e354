package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.gru.TlbGlobalHandle;

/** Flushes a chiplet's whole TLB, whatever the asid (gru_flush_all_tlb). Slot 0: chiplet. */
final class FlushWholeTlb extends Routine {
    private static final int CHIPLET = 0;
    private static final int HANDLE = 1;
    private static final int STARTED_PS = 2;

    /** Page-size code the driver names in a whole flush. */
    private static final int PAGE_SIZE_CODE = 1;

    private static final int ALL_CONTEXTS = 0xffff;

    private final GruDriver driver;

    FlushWholeTlb(GruDriver driver) {
        super(driver.engine(), "gru_flush_all_tlb", 3);
        this.driver = driver;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "lock a TGH";
            case 1 -> "TGH invalidate, global";
            case 2 -> "wait for the TGH";
            case 3 -> "unlock the TGH";
            default -> throw new IllegalArgumentException("step " + pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        if (pc == 0) {
            a.local(HANDLE, driver.chooseTgh(a, (int) a.local(CHIPLET)));
        }
        TlbGlobalHandle tgh =
                driver.chipletState((int) a.local(CHIPLET)).chiplet.tgh((int) a.local(HANDLE));
        switch (pc) {
            case 0 -> {
                if (tgh.tryLock(a)) {
                    a.next(1, driver.lockCostPs(), Why.INVALIDATE);
                } else {
                    a.await(tgh.awaitable(), 0, Why.LOCK);
                }
            }
            case 1 -> {
                a.local(STARTED_PS, driver.engine().nowPs());
                tgh.invalidate(a, 0, 0, PAGE_SIZE_CODE, FlushTlb.MOST_PAGES, ALL_CONTEXTS, true);
                a.next(2, 0, Why.COMMAND);
            }
            case 2 -> {
                if (tgh.active(a)) {
                    a.await(tgh.awaitable(), 2, Why.COMMAND);
                } else {
                    driver.timed(McsOperation.TGH_INVALIDATE, a.local(STARTED_PS));
                    a.next(3, 0, Why.INVALIDATE);
                }
            }
            case 3 -> {
                tgh.unlock(a);
                a.done(0);
            }
            default -> throw new IllegalArgumentException("step " + pc);
        }
    }
}
