package grusim.workload;

import grusim.workload.ContextSpec.MissMode;
import java.util.List;

/**
 * A small situation whose interleavings are all walked: one kernel, one chiplet, a few pages, contexts and CPUs.
 *
 * <p>Address spaces have no entry of their own: a space is what its pages name. Each agent is a CPU; a space's CPUs are
 * those of the agents that run it.
 */
public record ScenarioSpec(
        @Knob(
                doc = "Address bits that one of the four levels of the page table resolves: few keep states small.",
                value = "1",
                min = "1",
                max = "9")
        int tableBits,

        @Knob(doc = "The pages there are, each a mapping of its own at the start.")
        List<Page> pages,

        @Knob(
                doc =
                        "Address space that was forked before the start: its pages that have a frame share it with a child that"
                                + " does nothing. Without one, none was.",
                value = "")
        String forked,

        @Knob(
                doc = "Control blocks of the chiplet, or \"enough\" for all contexts at once; with fewer, contexts are"
                        + " stolen.",
                value = "enough",
                word = "enough",
                min = "2",
                max = "16")
        int controlBlocks,

        @Knob(doc = "The GRU contexts.") List<Context> contexts,

        @Knob(doc = "The CPUs and what each does, in order.")
        List<Agent> agents,

        @Knob(doc = "Verdicts that hold for this file, and under settings on top of it.")
        List<Expectation> expect) {
    /** The value of {@code controlBlocks} for as many as all contexts need. */
    public static final int ENOUGH = -1;

    public ScenarioSpec {
        pages = List.copyOf(pages);
        contexts = List.copyOf(contexts);
        agents = List.copyOf(agents);
        expect = List.copyOf(expect);
    }

    /** The first address above user space: half of what the page tables span belongs to the kernel. */
    public long limit() {
        return 1L << (4 * tableBits + 11);
    }

    /** One mapped page. */
    public record Page(
            @Knob(doc = "Names the page.", required = true) String name,

            @Knob(doc = "Address space the page is mapped in; naming it here makes it.", required = true)
            String space,

            @Knob(doc = "Its address, a multiple of 4 KiB in user space.", required = true, kind = Kind.VALUE)
            long at,

            @Knob(doc = "Whether it has a frame at the start.", value = "true")
            boolean resident,

            @Knob(doc = "What its mapping allows.", value = "rw")
            Protection protection) {}

    /** One GRU context. */
    public record Context(
            @Knob(doc = "Names the context.", required = true)
            String name,

            @Knob(doc = "Address space it belongs to.", required = true)
            String space,

            @Knob(
                    doc =
                            "The agent whose CPU takes its fault interrupts, or runs the OS's polling thread and nothing else;"
                                    + " needed for all misses but user-polling.",
                    value = "")
            String interruptCpu,

            @Knob(doc = "How a TLB miss reaches the kernel.", value = "interrupt")
            MissMode miss,

            @Knob(doc = "Control blocks, given out in pairs.", value = "2", min = "1", max = "8")
            int cbrs,

            @Knob(
                    doc = "Pages that follow the one a copy missed whose entries are loaded with it, at most.",
                    value = "0",
                    max = "255")
            int preload,

            @Knob(doc = "Whether it is loaded at the start.", value = "true")
            boolean loaded) {}

    /** One CPU and its program. */
    public record Agent(
            @Knob(doc = "Names the agent.", required = true) String name,

            @Knob(
                    doc = "Address space its CPU runs; without one the CPU runs a process outside the scenario, and no"
                            + " space's mask of CPUs holds it.",
                    value = "")
            String space,

            @Knob(doc = "What it does, in order; nothing, if it only takes interrupts.")
            List<Act> does) {
        public Agent {
            does = List.copyOf(does);
        }

        /** Whether the CPU runs a process outside the scenario. */
        public boolean elsewhere() {
            return space.isEmpty();
        }
    }
}
