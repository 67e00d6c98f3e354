package grusim.workload;

import java.util.List;

/** A group of equal threads, each on a core of its own with a GRU context of its own. */
public record ThreadSpec(
        @Knob(doc = "The group's name, unique in its process.", required = true)
        String name,

        @Knob(doc = "Number of threads in the group.", value = "1", min = "1", max = "1000000")
        int count,

        @Knob(
                doc = "Blade the threads run on, or \"spread\" to deal them out over the blades in turn.",
                value = "0",
                word = "spread",
                max = "16383")
        int blade,

        @Knob(doc = "The GRU context of each thread.") ContextSpec context,

        @Knob(doc = "What each thread does, in order.") List<ProgramStep> program) {
    /** The value of {@code blade} for threads dealt out over the blades. */
    public static final int SPREAD = -1;

    public ThreadSpec {
        program = List.copyOf(program);
    }
}
