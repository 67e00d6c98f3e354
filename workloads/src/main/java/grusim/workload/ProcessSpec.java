package grusim.workload;

import java.util.List;

/** One address space with its regions and threads. */
public record ProcessSpec(
        @Knob(doc = "The process's name, unique in the spec.", required = true)
        String name,

        @Knob(doc = "Anonymous mappings the programs use.") List<RegionSpec> regions,

        @Knob(doc = "Thread groups.") List<ThreadSpec> threads,

        @Knob(doc = "What memory must hold after all threads have ended.")
        List<CheckSpec> checks) {
    public ProcessSpec {
        regions = List.copyOf(regions);
        threads = List.copyOf(threads);
        checks = List.copyOf(checks);
    }
}
