package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.gru.ContextHandle;
import grusim.isa.handle.CchOpcode;
import grusim.isa.handle.CchState;

/**
 * Tells a loaded context's handle what has changed for its thread, page sizes and interrupt target (gru_update_cch):
 * interrupts the context, writes the settings, and starts it again. A context that does not run is left alone: its next
 * load takes the settings along.
 *
 * <p>Slot 0: thread state, whose lock the caller holds. Returns 1 if the context was told.
 */
final class UpdateContext extends DriverRoutine {
    private static final int THREAD_STATE = 0;
    private static final int STARTED_PS = 1;
    private static final int TOLD = 2;

    UpdateContext(GruDriver driver) {
        super(driver, "gru_update_cch", 3);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "lock the CCH";
            case 1 -> "CCH active?";
            case 2 -> "CCH INTERRUPT";
            case 3 -> "wait for INTERRUPT";
            case 4 -> "configure the CCH";
            case 5 -> "CCH START";
            case 6 -> "wait for START";
            case 7 -> "unlock the CCH";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        ThreadState gts = driver.threads().use((int) a.local(THREAD_STATE));
        ChipletState gs = driver.chipletState(gts.chiplet());
        ContextHandle cch = gs.chiplet.cch(gts.context());
        switch (pc) {
            case 0 -> lock(a, cch, 0, 1, Why.CONTEXT_LOAD);
            case 1 -> {
                cch.status(a);
                a.next(cch.state() == CchState.ACTIVE ? 2 : 7, 0, Why.CONTEXT_LOAD);
            }
            case 2 -> command(a, cch, CchOpcode.INTERRUPT, STARTED_PS, 3);
            case 3 -> {
                if (finished(a, cch, 3, McsOperation.CCH_INTERRUPT, STARTED_PS)) {
                    a.next(4, 0, Why.CONTEXT_LOAD);
                }
            }
            case 4 -> {
                driver.contextSwitch().configure(a, cch, gts, gs.baseAsid(gts.context()));
                a.next(5, 0, Why.CONTEXT_LOAD);
            }
            case 5 -> command(a, cch, CchOpcode.START, STARTED_PS, 6);
            case 6 -> {
                if (finished(a, cch, 6, McsOperation.CCH_START, STARTED_PS)) {
                    a.local(TOLD, 1);
                    a.next(7, 0, Why.CONTEXT_LOAD);
                }
            }
            case 7 -> {
                cch.unlock(a);
                a.done(a.local(TOLD));
            }
            default -> throw noStep(pc);
        }
    }
}
