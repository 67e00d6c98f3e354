package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.linux.Errno;

/**
 * A user's request to set an option of its context (gru_set_context_option): the owner, the request slice, which is accepted
 * and without effect, or blade and chiplet, upon which a context that lies elsewhere is unloaded and one whose misses
 * interrupt another core is told the caller's. The thread state exists already: a program's threads set their first option
 * before the run.
 *
 * <p>Slots and results as {@link SegmentRequest}; 4 the option, 5 blade and 6 chiplet of it, each -1 for any.
 */
final class SetOption extends SegmentRequest {
    private static final int OPTION = OWN;
    private static final int BLADE = OWN + 1;
    private static final int CHIPLET = OWN + 2;

    SetOption(GruDriver driver) {
        super(driver, "gru_set_context_option", OWN + 3, DriverCounter.SET_CONTEXT_OPTION);
    }

    @Override
    void locked(Agent a, ThreadState gts, int pc) {
        switch ((int) a.local(OPTION)) {
            case Requests.OWNER -> {
                gts.place.own();
                a.next(UNLOCK, 0, Why.OS_CALL);
            }
            case Requests.SLICE -> a.next(UNLOCK, 0, Why.OS_CALL);
            case Requests.BLADE_CHIPLET -> choose(a, gts, (int) a.local(BLADE), (int) a.local(CHIPLET));
            default -> refuse(a);
        }
    }

    private void choose(Agent a, ThreadState gts, int blade, int chiplet) {
        if (!driver.placement().exists(blade, chiplet)) {
            refuse(a);
            return;
        }
        gts.place.choose(blade, chiplet);
        place(a, gts, UNLOCK, UNLOCK, UNLOCK);
    }

    private void refuse(Agent a) {
        a.local(RESULT, -Errno.EINVAL);
        a.next(UNLOCK, 0, Why.OS_CALL);
    }

    @Override
    String ownName(int pc) {
        return "set the option";
    }
}
