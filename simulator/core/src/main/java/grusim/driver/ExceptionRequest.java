package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.isa.AllocationMap;
import grusim.isa.Layout;

/**
 * A user's request for the detail of an exception (gru_get_exception_detail): flushes the control block's extended block,
 * which is not coherent, and reads it into the thread state's {@link ExceptionDetail}.
 *
 * <p>Slots: 0 thread state, or {@link #NO_SEGMENT}; 1 the user's number of the control block. Returns 0, EINVAL for an
 * address in no segment or a block beyond the context, or EAGAIN if the context is not loaded.
 */
final class ExceptionRequest extends DriverRoutine {
    /** In place of a thread state: the address lies in no context segment. */
    static final int NO_SEGMENT = -1;

    static final int EINVAL = -22;
    static final int EAGAIN = -11;

    private static final int THREAD_STATE = 0;
    private static final int USER_CBR = 1;
    private static final int RESULT = 2;

    private final long[] cbe = new long[Layout.WORDS];

    ExceptionRequest(GruDriver driver) {
        super(driver, "gru_get_exception_detail", 3);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "enter";
            case 1 -> "find the segment";
            case 2 -> "lock the thread state";
            case 3 -> "flush and read the CBE";
            case 4 -> "unlock the thread state";
            case 5 -> "return";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        int segment = (int) a.local(THREAD_STATE);
        switch (pc) {
            case 0 -> {
                driver.count(DriverCounter.USER_EXCEPTION);
                a.next(1, driver.syscallCostPs() + driver.costs().ioctlCostPs(), Why.RETRY);
            }
            case 1 -> {
                a.local(RESULT, EINVAL);
                a.next(segment == NO_SEGMENT ? 5 : 2, 0, Why.RETRY);
            }
            case 2 -> lock(a, driver.threads().use(segment).lock, 2, 3, Why.RETRY);
            case 3 -> {
                a.local(RESULT, read(a, driver.threads().use(segment)));
                a.next(4, 0, Why.RETRY);
            }
            case 4 -> unlock(a, driver.threads().use(segment).lock, 5, Why.RETRY);
            case 5 -> a.done(a.local(RESULT));
            default -> throw noStep(pc);
        }
    }

    private int read(Agent a, ThreadState gts) {
        if (a.local(USER_CBR) / AllocationMap.CBRS_PER_UNIT >= AllocationMap.cbrUnits(gts.cbrs())) {
            return EINVAL;
        }
        if (!gts.loaded()) {
            return EAGAIN;
        }
        int cbr = AllocationMap.cbNumber(gts.cbrMap(), (int) a.local(USER_CBR));
        driver.chipletState(gts.chiplet()).chiplet.cb(cbr).extended(a, cbe);
        gts.exception.take(cbe);
        return 0;
    }
}
