package grusim.driver;

import static grusim.driver.DriverCounter.FREE_CONTEXT;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.gru.ContextHandle;
import grusim.isa.handle.CchOpcode;

/**
 * Unloads a blade's kernel context without saving it (gru_unload_context of a context without an address space).
 *
 * <p>Slot 0: blade, whose semaphore the caller holds for writing, so that no instruction of the context is in progress.
 */
final class UnloadKernelContext extends DriverRoutine {
    private static final int BLADE = 0;
    private static final int STARTED_PS = 1;
    private static final int LOCKED_PS = 2;

    UnloadKernelContext(GruDriver driver) {
        super(driver, "gru_unload_context of the kernel", 3);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "lock the CCH";
            case 1 -> "CCH INTERRUPT_SYNC";
            case 2 -> "wait for INTERRUPT_SYNC";
            case 3 -> "CCH DEALLOCATE";
            case 4 -> "wait for DEALLOCATE";
            case 5 -> "unlock the CCH";
            case 6 -> "free the context";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        ThreadState gts = driver.kernelContexts().of((int) a.local(BLADE)).gts;
        ChipletState gs = driver.chipletState(gts.chiplet());
        ContextHandle cch = gs.chiplet.cch(gts.context());
        switch (pc) {
            case 0 -> {
                if (lock(a, cch, 0, 1, Why.CONTEXT_UNLOAD)) {
                    a.local(LOCKED_PS, driver.engine().nowPs());
                }
            }
            case 1 -> command(a, cch, CchOpcode.INTERRUPT_SYNC, STARTED_PS, 2);
            case 2 -> {
                if (finished(a, cch, 2, McsOperation.CCH_INTERRUPT_SYNC, STARTED_PS)) {
                    a.next(3, 0, Why.CONTEXT_UNLOAD);
                }
            }
            case 3 -> command(a, cch, CchOpcode.DEALLOCATE, STARTED_PS, 4);
            case 4 -> {
                if (finished(a, cch, 4, McsOperation.CCH_DEALLOCATE, STARTED_PS)) {
                    a.next(5, 0, Why.CONTEXT_UNLOAD);
                }
            }
            case 5 -> {
                cch.unlock(a);
                driver.took(DriverLatency.CONTEXT_UNLOAD, a.local(LOCKED_PS));
                a.next(6, driver.lockCostPs(), Why.CONTEXT_UNLOAD);
            }
            case 6 -> {
                driver.count(FREE_CONTEXT);
                gs.free(a, gts);
                a.done(0);
            }
            default -> throw noStep(pc);
        }
    }
}
