package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Routine;
import grusim.gru.ContextConfiguration;
import grusim.gru.ContextHandle;
import grusim.isa.AllocationMap;
import grusim.isa.ChipletMap;
import grusim.isa.PageSize;
import grusim.workload.ContextSpec.MissMode;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** How contexts get onto a chiplet and off it: the routines, what a context handle is told, and what copying takes. */
final class ContextSwitch {
    /** Address regions of a context, each with an asid of its own. */
    private static final int REGIONS = 8;

    private final FaultDelivery faults;
    private final long linePs;
    private final Routine load;
    private final Routine unload;
    private final Routine update;

    ContextSwitch(GruDriver driver, FaultDelivery faults) {
        this.faults = faults;
        linePs = driver.costs().contextCopyLatencyPerLinePs();
        load = new LoadContext(driver);
        unload = new UnloadContext(driver);
        update = new UpdateContext(driver);
    }

    Routine load() {
        return load;
    }

    Routine unload() {
        return unload;
    }

    /** The routine that tells a loaded context's handle its thread's settings; slot 0: thread state, locked. */
    Routine update() {
        return update;
    }

    /** Time to copy or zero a context's control blocks, extended blocks and data segment. */
    long copyPs(ThreadState gts) {
        return AllocationMap.cbrs(gts.cbrMap()) * blockCopyPs() + segmentCopyPs(gts);
    }

    /** Time to copy or zero a control block and its extended block, a line each. */
    long blockCopyPs() {
        return 2 * linePs;
    }

    /** Time to copy or zero a context's data segment. */
    long segmentCopyPs(ThreadState gts) {
        return (long) AllocationMap.DSR_BYTES_PER_UNIT / ChipletMap.LINE_BYTES * gts.dsrUnits() * linePs;
    }

    /** Writes a context handle's configuration for a thread's context. */
    void configure(Agent agent, ContextHandle cch, ThreadState gts, int baseAsid) {
        gts.place.faultMap(faults.faultMap(gts));
        List<Integer> asids =
                IntStream.range(0, REGIONS).mapToObj(r -> baseAsid + r).toList();
        int mask = gts.sizes == null ? PageSize.KIB_4.mask() : gts.sizes.peek();
        List<Integer> sizes = Collections.nCopies(REGIONS, mask);
        cch.configure(
                agent,
                new ContextConfiguration(
                        gts.miss != MissMode.USER_POLLING,
                        gts.miss == MissMode.INTERRUPT,
                        false,
                        false,
                        gts.place.faultMap(),
                        false,
                        gts.cbrMap(),
                        gts.dsrMap(),
                        asids,
                        sizes));
    }
}
