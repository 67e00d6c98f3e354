package grusim.driver;

import static grusim.driver.DriverCounter.FREE_CONTEXT;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.gru.ContextHandle;
import grusim.isa.handle.CchOpcode;

/**
 * Unloads a thread's context (gru_unload_context): stops it, takes it off the address space's map, copies its state out
 * if it is to be kept, deallocates it, and gives its resources back.
 *
 * <p>Slots: 0 thread state, whose lock the caller holds; 1 whether the state is saved.
 */
final class UnloadContext extends DriverRoutine {
    private static final int THREAD_STATE = 0;
    private static final int SAVE = 1;
    private static final int STARTED_PS = 2;
    private static final int LOCKED_PS = 3;

    UnloadContext(GruDriver driver) {
        super(driver, "gru_unload_context", 4);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "lock the CCH";
            case 1 -> "CCH INTERRUPT_SYNC";
            case 2 -> "wait for INTERRUPT_SYNC";
            case 3 -> "lock the address space's asids";
            case 4 -> "take the context off the map";
            case 5 -> "unlock the address space's asids";
            case 6 -> "CCH DEALLOCATE";
            case 7 -> "wait for DEALLOCATE";
            case 8 -> "unlock the CCH";
            case 9 -> "free the context";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        ThreadState gts = driver.threadState((int) a.local(THREAD_STATE));
        AddressSpaceState gms = driver.addressSpace(gts.mm);
        ChipletState gs = driver.chipletState(gts.chiplet());
        ContextHandle cch = gs.chiplet.cch(gts.context());
        switch (pc) {
            case 0 -> {
                if (cch.tryLock(a)) {
                    a.local(LOCKED_PS, driver.engine().nowPs());
                    a.next(1, driver.lockCostPs(), Why.CONTEXT_UNLOAD);
                } else {
                    a.await(cch.awaitable(), 0, Why.LOCK);
                }
            }
            case 1 -> command(a, cch, CchOpcode.INTERRUPT_SYNC, STARTED_PS, 2);
            case 2 -> {
                if (finished(a, cch, 2, McsOperation.CCH_INTERRUPT_SYNC, STARTED_PS)) {
                    a.next(3, 0, Why.CONTEXT_UNLOAD);
                }
            }
            case 3 -> lock(a, gms.asidLock, 3, 4, Why.CONTEXT_UNLOAD);
            case 4 -> {
                gms.unloaded(a, gts.chiplet(), gts.context());
                a.next(5, 0, Why.CONTEXT_UNLOAD);
            }
            case 5 -> {
                gms.asidLock.unlock(a);
                a.next(6, a.local(SAVE) != 0 ? driver.copyPs(gts) : 0, Why.CONTEXT_UNLOAD);
            }
            case 6 -> command(a, cch, CchOpcode.DEALLOCATE, STARTED_PS, 7);
            case 7 -> {
                if (finished(a, cch, 7, McsOperation.CCH_DEALLOCATE, STARTED_PS)) {
                    a.next(8, 0, Why.CONTEXT_UNLOAD);
                }
            }
            case 8 -> {
                cch.unlock(a);
                driver.took(DriverLatency.CONTEXT_UNLOAD, a.local(LOCKED_PS));
                a.next(9, driver.lockCostPs(), Why.CONTEXT_UNLOAD);
            }
            case 9 -> {
                driver.count(FREE_CONTEXT);
                driver.observer().contextUnbound(gts.chiplet(), gts.context(), gts.id, gts.mm);
                gs.free(a, gts);
                a.done(0);
            }
            default -> throw noStep(pc);
        }
    }
}
