package grusim.workload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One simulation, completely described: the root of a spec file.
 *
 * <p>Immutable; safe to share between threads. Times are picoseconds, sizes bytes, as the component names say.
 */
public record Spec(
        @Knob(doc = "Names the run and its result directory: lower-case letters, digits and dashes.", required = true)
        String name,

        @Knob(doc = "What the spec shows, for people.") String description,

        @Knob(doc = "Master seed; each component draws from its own stream derived from it.", value = "1")
        long seed,

        @Knob(doc = "Blades, cores, memory and links.") MachineSpec machine,

        @Knob(doc = "The GRU chiplets.") GruSpec gru,

        @Knob(doc = "The kernel's virtual memory: its rules and costs.")
        KernelSpec kernel,

        @Knob(doc = "The GRU driver: its rules and costs.") DriverSpec driver,

        @Knob(doc = "The invalidation protocol.") InvalidationSpec invalidation,

        @Knob(doc = "The kernel's message queues.") List<QueueSpec> queues,

        @Knob(doc = "The processes that use the GRU.") List<ProcessSpec> processes,

        @Knob(doc = "VM operations made by other CPUs while the programs run.")
        List<DisturbanceSpec> disturbances,

        @Knob(doc = "A small situation to check exhaustively, in place of processes to run.", optional = true) @Nullable
        ScenarioSpec scenario,

        @Knob(doc = "How the simulation is run.") RunSpec run) {
    public Spec {
        queues = List.copyOf(queues);
        processes = List.copyOf(processes);
        disturbances = List.copyOf(disturbances);
    }

    /** The same spec with another master seed. */
    public Spec withSeed(long other) {
        return new Spec(
                name,
                description,
                other,
                machine,
                gru,
                kernel,
                driver,
                invalidation,
                queues,
                processes,
                disturbances,
                scenario,
                run);
    }
}
