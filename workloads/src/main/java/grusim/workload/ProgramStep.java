package grusim.workload;

import java.util.List;

/**
 * One step of a thread's program; in JSON an object whose {@code "op"} is the record's name in lower case.
 *
 * <p>Steps that give an instruction to the GRU are {@link InstructionStep}s, those that call the kernel
 * {@link VmStep}s; the rest are here.
 */
@Tagged("op")
public sealed interface ProgramStep permits InstructionStep, VmStep, ProgramStep.Control {
    /** The value of a length that goes to the end of the region. */
    long REST = -1;

    /** A step that neither starts an instruction nor changes the address space itself. */
    sealed interface Control extends ProgramStep {}

    /** The thread computes. */
    record Think(
            @Knob(doc = "How long.", required = true, max = "1000 s", key = "time")
            long timePs) implements Control {}

    /** The thread waits until every live thread of its process stands at a barrier. */
    record Barrier() implements Control {}

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
