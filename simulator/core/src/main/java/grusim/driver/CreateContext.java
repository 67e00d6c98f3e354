package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.isa.AllocationMap;
import grusim.isa.ChipletMap;
import grusim.linux.Errno;

/**
 * A user's request to create a context (gru_create_new_context): it only notes the sizes in the segment's mapping, for
 * thread states made later, and loads nothing. As the threads of a program have theirs from the start, what is noted has no
 * effect here.
 *
 * <p>Slots: 0 thread state, -1 for an address without segment; 1 address space; 2 whether the pointer to the arguments is
 * bad; 3 control blocks; 4 bytes of data segment; 5 threads. Returns 0 or a negative error number.
 */
final class CreateContext extends DriverRoutine {
    private static final int THREAD_STATE = 0;
    private static final int MM = 1;
    private static final int BAD_POINTER = 2;
    private static final int CBRS = 3;
    private static final int DSR_BYTES = 4;
    private static final int THREADS = 5;

    private static final int MOST_DSR_BYTES = AllocationMap.DSR_UNITS * AllocationMap.DSR_BYTES_PER_UNIT;

    CreateContext(GruDriver driver) {
        super(driver, "gru_create_new_context", 6);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "enter";
            case 1 -> "copy the request in, check the sizes";
            case 2 -> "lock mmap_sem for write";
            case 3 -> "note the sizes, unlock mmap_sem";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        switch (pc) {
            case 0 -> a.next(1, driver.syscallCostPs() + driver.costs().ioctlCostPs(), Why.OS_CALL);
            case 1 -> {
                if (a.local(BAD_POINTER) != 0) {
                    a.done(-Errno.EFAULT);
                } else if (a.local(CBRS) > ChipletMap.CBRS
                        || a.local(DSR_BYTES) > MOST_DSR_BYTES
                        || a.local(THREADS) == 0) {
                    a.done(-Errno.EINVAL);
                } else {
                    a.next(2, 0, Why.OS_CALL);
                }
            }
            case 2 -> downWrite(a, driver.mm((int) a.local(MM)), 2, 3);
            case 3 -> {
                driver.mm((int) a.local(MM)).mmapSem().upWrite(a);
                a.done(a.local(THREAD_STATE) < 0 ? -Errno.EINVAL : 0);
            }
            default -> throw noStep(pc);
        }
    }
}
