package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * Reserves control blocks and data segment of a blade's kernel context for asynchronous use, or gives them back
 * (gru_reserve_async_resources, gru_release_async_resources). What changes the size of a loaded context unloads it; the
 * next use loads it anew.
 *
 * <p>Slots: 0 blade, 1 control blocks, 2 bytes of data segment, both zero to give back. Returns 1, or 0 if they are
 * reserved already.
 */
final class ReserveAsync extends DriverRoutine {
    private static final int BLADE = 0;
    private static final int CBRS = 1;
    private static final int DSR_BYTES = 2;
    private static final int TAKEN = 3;

    ReserveAsync(GruDriver driver) {
        super(driver, "gru_reserve_async_resources", 4);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "take bs_kgts_sema for writing";
            case 1 -> "release bs_kgts_sema";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        KernelContext kernel = driver.kernelContexts().of((int) a.local(BLADE));
        switch (pc) {
            case 0 -> {
                if (kernel.semaphore.downWrite(a)) {
                    change(a, kernel);
                } else {
                    a.await(kernel.semaphore, 0, Why.LOCK);
                }
            }
            case 1 -> {
                kernel.semaphore.upWrite(a);
                a.done(a.local(TAKEN));
            }
            default -> throw noStep(pc);
        }
    }

    private void change(Agent a, KernelContext kernel) {
        boolean wanted = a.local(CBRS) + a.local(DSR_BYTES) != 0;
        if (wanted && kernel.reserved()) {
            a.next(1, driver.lockCostPs(), Why.LOCK);
            return;
        }
        a.local(TAKEN, 1);
        kernel.reserve((int) a.local(CBRS), (int) a.local(DSR_BYTES));
        if (wanted && kernel.gts.loaded()) {
            a.call(driver.kernelContexts().unload(), 1, kernel.blade);
        } else {
            a.next(1, driver.lockCostPs(), Why.LOCK);
        }
    }
}
