package grusim.run;

import grusim.gru.Chiplet;
import grusim.gru.ChipletSize;
import grusim.isa.AllocationMap;
import grusim.isa.ChipletMap;
import grusim.workload.AsidSpec;
import grusim.workload.load.ResolvedSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the machine of a spec is made of once it is built, counted at the first chiplet in use. */
public final class Structure {
    private Structure() {}

    /** Counts by name. */
    public static Map<String, Long> of(ResolvedSpec spec) {
        Simulation simulation = SimulationBuilder.build(spec, RunOptions.standard(""));
        Chiplet chiplet = simulation.chiplets().get(0);
        ChipletSize size = chiplet.size();
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("chipletsPerBlade", (long) simulation.machine().topology().chipletsPerBlade());
        counts.put("contexts", (long) size.contexts());
        counts.put("controlBlocks", (long) size.controlBlocks());
        counts.put("faultMaps", (long) size.faultMaps());
        counts.put("globalHandles", (long) size.globalHandles());
        counts.put("faultHandles", (long) ChipletMap.TFHS);
        counts.put("dataSegmentBytes", (long) ChipletMap.DSR_BYTES);
        counts.put("controlBlocksPerUnit", (long) AllocationMap.CBRS_PER_UNIT);
        counts.put("dataSegmentBytesPerUnit", (long) AllocationMap.DSR_BYTES_PER_UNIT);
        counts.put("asidStep", (long) AsidSpec.STEP);
        return counts;
    }
}
