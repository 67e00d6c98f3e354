package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.linux.Errno;
import org.jspecify.annotations.Nullable;

/**
 * A user's request about the context of a segment: the arguments are copied in, the thread state is found and locked, with
 * mmap_sem held for read all along (gru_find_lock_gts), and then what is asked for is done.
 *
 * <p>Slots: 0 thread state, -1 for an address without segment; 1 address space; 2 whether the pointer to the arguments is
 * bad. Returns 0 or a negative error number.
 */
abstract class SegmentRequest extends DriverRoutine {
    static final int THREAD_STATE = 0;
    static final int MM = 1;
    static final int BAD_POINTER = 2;
    static final int RESULT = 3;

    /** The first slot that a subclass has for its own. */
    static final int OWN = 4;

    /** The step after the thread state's lock is taken, and the step that gives it back. */
    static final int LOCKED = 4;

    static final int UNLOCK = 5;

    /** The first step that a subclass may have besides {@link #LOCKED}. */
    static final int OWN_STEP = 10;

    private final @Nullable DriverCounter counter;

    SegmentRequest(GruDriver driver, String name, int slots, @Nullable DriverCounter counter) {
        super(driver, name, slots);
        this.counter = counter;
    }

    /** What an address without segment is answered. */
    int withoutSegment() {
        return -Errno.EINVAL;
    }

    /** Performs a step with the thread state's lock held, from {@link #LOCKED} on; ends at {@link #UNLOCK}. */
    abstract void locked(Agent a, ThreadState gts, int pc);

    /** Names a step of the subclass. */
    abstract String ownName(int pc);

    @Override
    public final String stepName(int pc) {
        return switch (pc) {
            case 0 -> "enter";
            case 1 -> "copy the request in";
            case 2 -> "lock mmap_sem for read";
            case 3 -> "lock the thread state";
            case UNLOCK -> "unlock the thread state";
            case 6 -> "unlock mmap_sem";
            default -> ownName(pc);
        };
    }

    @Override
    public final void step(Agent a, int pc) {
        switch (pc) {
            case 0 -> {
                if (counter != null) {
                    driver.count(counter);
                }
                a.next(1, driver.syscallCostPs() + driver.costs().ioctlCostPs(), Why.OS_CALL);
            }
            case 1 -> {
                if (a.local(BAD_POINTER) != 0) {
                    a.done(-Errno.EFAULT);
                } else {
                    a.next(2, 0, Why.OS_CALL);
                }
            }
            case 2 -> {
                boolean segment = a.local(THREAD_STATE) >= 0;
                a.local(RESULT, segment ? 0 : withoutSegment());
                downRead(a, driver.mm((int) a.local(MM)), 2, segment ? 3 : 6);
            }
            case 3 -> {
                if (driver.threads().gone(a, (int) a.local(THREAD_STATE))) {
                    a.local(RESULT, withoutSegment());
                    a.next(6, 0, Why.OS_CALL);
                } else {
                    lock(a, gts(a).lock, 3, LOCKED, Why.LOCK);
                }
            }
            case UNLOCK -> release(a, gts(a), 6, Why.LOCK);
            case 6 -> {
                driver.mm((int) a.local(MM)).mmapSem().upRead(a);
                a.done(a.local(RESULT));
            }
            default -> locked(a, gts(a), pc);
        }
    }

    private ThreadState gts(Agent a) {
        return driver.threads().use((int) a.local(THREAD_STATE));
    }
}
