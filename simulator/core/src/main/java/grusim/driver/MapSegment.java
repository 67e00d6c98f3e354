package grusim.driver;

import static grusim.driver.DriverCounter.VDATA_ALLOC;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.linux.Errno;

/**
 * mmap(2) of the driver's file (gru_file_mmap): a segment must be shared and writable and consist of whole 256 KiB. A segment
 * mapped so stays unused; it goes with its process.
 *
 * <p>Slots: 0 thread state of the caller, 1 whether it is shared and writable, 2 distance of its start from a multiple of 256
 * KiB, 3 length. Returns 0 or a negative error number.
 */
final class MapSegment extends DriverRoutine {
    /** What a segment's start and end are multiples of (GRU_GSEG_PAGESIZE). */
    static final long SEGMENT_BYTES = 256 << 10;

    private static final int THREAD_STATE = 0;
    private static final int SHARED_WRITE = 1;
    private static final int MISALIGNMENT = 2;
    private static final int LENGTH = 3;

    MapSegment(GruDriver driver) {
        super(driver, "gru_file_mmap", 4);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "enter";
            case 1 -> "lock mmap_sem for write";
            case 2 -> "check the mapping, unlock mmap_sem";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        ThreadState gts = driver.threads().use((int) a.local(THREAD_STATE));
        switch (pc) {
            case 0 -> a.next(1, driver.syscallCostPs(), Why.OS_CALL);
            case 1 -> downWrite(a, driver.mm(gts.mm), 1, 2);
            case 2 -> {
                driver.mm(gts.mm).mmapSem().upWrite(a);
                int refused = refusal(a);
                if (refused == 0) {
                    driver.count(VDATA_ALLOC);
                    gts.segments++;
                }
                a.done(refused);
            }
            default -> throw noStep(pc);
        }
    }

    private static int refusal(Agent a) {
        if (a.local(SHARED_WRITE) == 0) {
            return -Errno.EPERM;
        }
        boolean whole = a.local(MISALIGNMENT) % SEGMENT_BYTES == 0 && a.local(LENGTH) % SEGMENT_BYTES == 0;
        return whole ? 0 : -Errno.EINVAL;
    }
}
