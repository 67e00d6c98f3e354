package grusim.workload;

import java.util.List;

/**
 * One step of a thread's program; in JSON an object whose {@code "op"} is the record's name in lower case.
 *
 * <p>Steps that give an instruction to the GRU are {@link InstructionStep}s, those that call the kernel
 * {@link VmStep}s, those that ask something of the GRU driver {@link RequestStep}s, those that send or receive messages
 * {@link MessageStep}s; the rest are here.
 */
@Tagged("op")
public sealed interface ProgramStep permits InstructionStep, VmStep, RequestStep, MessageStep, ProgramStep.Control {
    /** The value of a length that goes to the end of the region. */
    long REST = -1;

    /** A step that neither starts an instruction nor changes the address space itself. */
    sealed interface Control extends ProgramStep
            permits ProgramStep.Think,
                    ProgramStep.Barrier,
                    ProgramStep.Setaffinity,
                    ProgramStep.Repeat,
                    ProgramStep.Raw,
                    ProgramStep.Trace {}

    /** The thread computes. */
    record Think(
            @Knob(doc = "How long.", required = true, max = "1000 s", key = "time")
            long timePs) implements Control {}

    /** The thread waits until every live thread of its process stands at a barrier. */
    record Barrier() implements Control {}

    /** The thread goes to another of its cores: sched_setaffinity(2). Every thread has its cores to itself. */
    record Setaffinity(
            @Knob(
                    doc = "Blade of the core, or \"home\": the one the thread began on.",
                    value = "home",
                    word = "home",
                    max = "16383")
            int blade,

            @Knob(
                    doc = "Which of the thread's cores on the blade; on its home blade 0 is the one it began on.",
                    value = "0",
                    max = "15")
            int core)
            implements Control {
        /** The value of {@code blade} for the blade the thread began on. */
        public static final int HOME = -1;
    }

    /** Steps done several times. */
    record Repeat(
            @Knob(doc = "How many times.", required = true, max = "1000000000")
            long times,

            @Knob(doc = "The steps.", required = true) List<ProgramStep> body)
            implements Control {
        public Repeat {
            body = List.copyOf(body);
        }
    }

    /** An instruction word for word, legal or not, on the context's first control block. */
    record Raw(
            @Knob(doc = "Times it is done, one after the other.", value = "1", max = StepDoc.MOST)
            long count,

            @Knob(doc = "Word 0; the command bit and status ACTIVE are added.", value = "0", kind = Kind.VALUE)
            long word0,

            @Knob(doc = "Word 1.", value = "0", kind = Kind.VALUE)
            long word1,

            @Knob(doc = "Word 2; the region's address, if one is given, is added.", value = "0", kind = Kind.VALUE)
            long word2,

            @Knob(doc = "Word 3.", value = "0", kind = Kind.VALUE)
            long word3,

            @Knob(doc = "Word 4.", value = "0", kind = Kind.VALUE)
            long word4,

            @Knob(doc = "Word 5.", value = "0", kind = Kind.VALUE)
            long word5,

            @Knob(doc = "Word 6.", value = "0", kind = Kind.VALUE)
            long word6,

            @Knob(doc = "Word 7.", value = "0", kind = Kind.VALUE)
            long word7,

            @Knob(doc = "Region whose address is added to word 2, or none.", value = "")
            String region,

            @Knob(doc = "Offset in the region, added too.", value = "0 B")
            long offsetBytes,

            @Knob(doc = "How it must end: none without an exception, else with exactly this cause.", value = "any")
            InstructionEnd end)
            implements Control {}

    /** A recorded program: each data access becomes a GRU load or store, each VM call drives the VM. */
    record Trace(
            @Knob(
                    doc = "A Valgrind Lackey trace with system calls, gzip or plain; relative to the spec file.",
                    required = true)
            String file,

            @Knob(doc = "Accesses replayed at most, or \"all\".", value = "all", word = "all")
            long limit)
            implements Control {
        /** The value of {@code limit} for the whole trace. */
        public static final long ALL = -1;
    }
}
