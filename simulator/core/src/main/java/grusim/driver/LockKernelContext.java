package grusim.driver;

import static grusim.driver.DriverCounter.LOCK_KERNEL_CONTEXT;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * Keeps a blade's kernel context loaded until {@link KernelContexts#unlock} (gru_lock_kernel_context): takes its semaphore
 * for reading, and loads the context first if it is not. The load happens under the write lock, of which the read lock is
 * what is left, so that nobody can steal it in between.
 *
 * <p>Slot 0: blade.
 */
final class LockKernelContext extends DriverRoutine {
    private static final int BLADE = 0;

    LockKernelContext(GruDriver driver) {
        super(driver, "gru_lock_kernel_context", 1);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "enter";
            case 1 -> "take bs_kgts_sema for reading";
            case 2 -> "release bs_kgts_sema, the context is not loaded";
            case 3 -> "take bs_kgts_sema for writing";
            case 4 -> "keep bs_kgts_sema for reading";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        KernelContext kernel = driver.kernelContexts().of((int) a.local(BLADE));
        switch (pc) {
            case 0 -> {
                driver.count(LOCK_KERNEL_CONTEXT);
                a.next(1, 0, Why.LOCK);
            }
            case 1 -> {
                if (!kernel.semaphore.downRead(a)) {
                    a.await(kernel.semaphore, 1, Why.LOCK);
                } else if (kernel.gts.loaded()) {
                    a.done(0);
                } else {
                    a.next(2, driver.lockCostPs(), Why.LOCK);
                }
            }
            case 2 -> {
                kernel.semaphore.upRead(a);
                a.next(3, driver.lockCostPs(), Why.LOCK);
            }
            case 3 -> {
                if (!kernel.semaphore.downWrite(a)) {
                    a.await(kernel.semaphore, 3, Why.LOCK);
                } else if (kernel.gts.loaded()) {
                    a.next(4, driver.lockCostPs(), Why.LOCK);
                } else {
                    kernel.resize();
                    a.call(driver.kernelContexts().load(), 4, kernel.blade);
                }
            }
            case 4 -> {
                kernel.semaphore.downgradeWrite(a);
                a.done(0);
            }
            default -> throw noStep(pc);
        }
    }
}
