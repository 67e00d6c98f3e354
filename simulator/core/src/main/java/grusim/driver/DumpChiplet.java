package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.isa.AllocationMap;
import grusim.isa.ChipletMap;
import grusim.linux.Errno;

/**
 * A user's request to copy a chiplet's state out (gru_dump_chiplet_request): fault maps, global handles, and per context a
 * header, its handle and, if it is loaded, the three lines of each of its control blocks and its data segment. The handles'
 * locks are not taken.
 *
 * <p>Slots: 0 whether the pointer to the arguments is bad, 1 chiplet, 2 context or -1 for all, 3 whether data segments are
 * wanted, 4 room in bytes. Returns the number of contexts dumped or a negative error number.
 */
final class DumpChiplet extends DriverRoutine {
    private static final int BAD_POINTER = 0;
    private static final int CHIPLET = 1;
    private static final int WANTED = 2;
    private static final int DATA = 3;
    private static final int ROOM = 4;
    private static final int CONTEXT = 5;
    private static final int DUMPED = 6;

    /** struct gru_dump_context_header. */
    private static final int HEADER_BYTES = 32;

    /** Lines of a control block: itself, its fault handle and its extended block. */
    private static final int LINES_PER_CBR = 3;

    private static final int MAP_BYTES = ChipletMap.TFMS * ChipletMap.LINE_BYTES;
    private static final int HANDLE_BYTES = ChipletMap.TGHS * ChipletMap.LINE_BYTES;

    DumpChiplet(GruDriver driver) {
        super(driver, "gru_dump_chiplet_request", 7);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "enter";
            case 1 -> "copy the request in";
            case 2 -> "dump the fault maps";
            case 3 -> "dump the global handles";
            case 4 -> "dump the next context";
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
                } else if (a.local(CHIPLET) >= driver.placement().chiplets()) {
                    a.done(-Errno.EINVAL);
                } else {
                    a.next(2, 0, Why.OS_CALL);
                }
            }
            case 2 -> copy(a, MAP_BYTES, 3);
            case 3 -> copy(a, HANDLE_BYTES, 4);
            case 4 -> dumpContext(a);
            default -> throw noStep(pc);
        }
    }

    private void dumpContext(Agent a) {
        int context = (int) a.local(CONTEXT);
        if (a.local(WANTED) >= 0 && context < a.local(WANTED)) {
            context = (int) a.local(WANTED);
        }
        boolean beyond = a.local(WANTED) >= 0 ? context > a.local(WANTED) : context == ChipletMap.CONTEXTS;
        if (beyond) {
            a.done(a.local(DUMPED));
            return;
        }
        a.local(CONTEXT, context + 1);
        a.local(DUMPED, a.local(DUMPED) + 1);
        copy(a, HEADER_BYTES + ChipletMap.LINE_BYTES + loadedBytes(a, context), 4);
    }

    private long loadedBytes(Agent a, int context) {
        int chiplet = (int) a.local(CHIPLET);
        int owner =
                driver.placement().used(chiplet) ? driver.chipletState(chiplet).owner(a, context) : ChipletState.FREE;
        if (owner < 0) {
            return 0;
        }
        ThreadState gts = driver.threads().use(owner);
        long lines = (long) LINES_PER_CBR * AllocationMap.cbrs(gts.cbrMap());
        long data = a.local(DATA) != 0 ? (long) gts.dsrUnits() * AllocationMap.DSR_BYTES_PER_UNIT : 0;
        return lines * ChipletMap.LINE_BYTES + data;
    }

    /** Ends the step: copies out, or gives up for lack of room. */
    private void copy(Agent a, long bytes, int next) {
        if (bytes > a.local(ROOM)) {
            a.done(-Errno.EFBIG);
        } else {
            a.local(ROOM, a.local(ROOM) - bytes);
            long lines = (bytes + ChipletMap.LINE_BYTES - 1) / ChipletMap.LINE_BYTES;
            a.next(next, lines * driver.costs().contextCopyLatencyPerLinePs(), Why.OS_CALL);
        }
    }
}
