package grusim.driver;

import static grusim.driver.DriverCounter.USER_UNLOAD_CONTEXT;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * A request to unload a context (gru_user_unload_context), its state saved so that the next touch of the segment loads it
 * again, or not.
 *
 * <p>Slots: 0 thread state, 1 whether its state is saved. Returns 0.
 */
final class UnloadRequest extends DriverRoutine {
    private static final int THREAD_STATE = 0;
    private static final int SAVE = 1;

    UnloadRequest(GruDriver driver) {
        super(driver, "gru_user_unload_context", 2);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "lock the thread state";
            case 1 -> "loaded?";
            case 2 -> "unlock the thread state";
            case 3 -> "return";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        int id = (int) a.local(THREAD_STATE);
        if (pc == 3 || (pc == 0 && driver.threads().gone(a, id))) {
            a.done(0);
            return;
        }
        ThreadState gts = driver.threads().use(id);
        switch (pc) {
            case 0 -> lock(a, gts.lock, 0, 1, Why.CONTEXT_UNLOAD);
            case 1 -> {
                driver.count(USER_UNLOAD_CONTEXT);
                if (gts.loaded()) {
                    a.call(driver.contextSwitch().unload(), 2, gts.id, a.local(SAVE));
                } else {
                    a.next(2, 0, Why.CONTEXT_UNLOAD);
                }
            }
            case 2 -> release(a, gts, 3, Why.CONTEXT_UNLOAD);
            default -> throw noStep(pc);
        }
    }
}
