package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * A user's request to unload one context (gru_user_unload_context), its state saved so that the next touch of the segment
 * loads it again; one that is not loaded is left alone. Slots and results as {@link SegmentRequest}.
 */
final class UserUnload extends SegmentRequest {
    UserUnload(GruDriver driver) {
        super(driver, "gru_user_unload_context by address", OWN, DriverCounter.USER_UNLOAD_CONTEXT);
    }

    @Override
    void locked(Agent a, ThreadState gts, int pc) {
        if (gts.loaded()) {
            a.call(driver.contextSwitch().unload(), UNLOCK, gts.id, 1);
        } else {
            a.next(UNLOCK, 0, Why.CONTEXT_UNLOAD);
        }
    }

    @Override
    String ownName(int pc) {
        return "loaded?";
    }
}
