package grusim.workload;

import grusim.isa.TransferType;

/**
 * A step that gives instructions to the GRU: the same one {@code count} times, over addresses that follow a pattern,
 * with up to {@code inFlight} of them running at once on as many control blocks.
 *
 * <p>The range of a step is {@code offset} .. {@code offset + length} of the region; an instruction touches
 * {@code nelem} elements, {@code stride} elements apart, and never leaves the range. Where the stride is negative the
 * first element is the one at the highest address.
 */
public sealed interface InstructionStep extends ProgramStep
        permits AtomicStep,
                BlockStep,
                IndexedStep,
                InstructionStep.Nop,
                InstructionStep.Vload,
                InstructionStep.Vstore,
                InstructionStep.Vset,
                InstructionStep.Bcopy {
    /** Number of instructions. */
    long count();

    /** Time the thread computes after each instruction it has waited for. */
    long thinkPs();

    /** Instructions running at once. */
    int inFlight();

    /** When instructions come due. */
    ArrivalsSpec arrivals();

    /** Does nothing. */
    record Nop(
            @Knob(doc = StepDoc.COUNT, value = "1", max = StepDoc.MOST)
            long count,

            @Knob(doc = StepDoc.THINK, value = "0 ns", max = "1000 s")
            long thinkPs,

            @Knob(doc = StepDoc.IN_FLIGHT, value = "1", min = "1", max = "128")
            int inFlight,

            @Knob(doc = StepDoc.ARRIVALS) ArrivalsSpec arrivals)
            implements InstructionStep {}

    /** Vector load: memory to data segment. */
    record Vload(
            @Knob(doc = StepDoc.COUNT, value = "1", max = StepDoc.MOST)
            long count,

            @Knob(doc = StepDoc.THINK, value = "0 ns", max = "1000 s")
            long thinkPs,

            @Knob(doc = StepDoc.IN_FLIGHT, value = "1", min = "1", max = "128")
            int inFlight,

            @Knob(doc = StepDoc.ARRIVALS) ArrivalsSpec arrivals,

            @Knob(doc = StepDoc.REGION, required = true) String region,
            @Knob(doc = StepDoc.OFFSET, value = "0 B") long offsetBytes,

            @Knob(doc = StepDoc.LENGTH, value = "rest", word = "rest", min = "1 B")
            long lengthBytes,

            @Knob(doc = StepDoc.XTYPE, value = "cl") TransferType xtype,

            @Knob(doc = StepDoc.NELEM, value = "1", min = "1", max = "32768")
            int nelem,

            @Knob(doc = StepDoc.STRIDE, value = "1", min = "-1000000000", max = "1000000000")
            long stride,

            @Knob(doc = StepDoc.PATTERN) PatternSpec pattern,

            @Knob(doc = StepDoc.EXPECT, value = "none") Expect expect)
            implements InstructionStep {}

    /** Vector store: data segment to memory. */
    record Vstore(
            @Knob(doc = StepDoc.COUNT, value = "1", max = StepDoc.MOST)
            long count,

            @Knob(doc = StepDoc.THINK, value = "0 ns", max = "1000 s")
            long thinkPs,

            @Knob(doc = StepDoc.IN_FLIGHT, value = "1", min = "1", max = "128")
            int inFlight,

            @Knob(doc = StepDoc.ARRIVALS) ArrivalsSpec arrivals,

            @Knob(doc = StepDoc.REGION, required = true) String region,
            @Knob(doc = StepDoc.OFFSET, value = "0 B") long offsetBytes,

            @Knob(doc = StepDoc.LENGTH, value = "rest", word = "rest", min = "1 B")
            long lengthBytes,

            @Knob(doc = StepDoc.XTYPE, value = "cl") TransferType xtype,

            @Knob(doc = StepDoc.NELEM, value = "1", min = "1", max = "32768")
            int nelem,

            @Knob(doc = StepDoc.STRIDE, value = "1", min = "-1000000000", max = "1000000000")
            long stride,

            @Knob(doc = StepDoc.PATTERN) PatternSpec pattern,

            @Knob(doc = StepDoc.STORED, value = "0", kind = Kind.VALUE)
            long value,

            @Knob(doc = StepDoc.SEQUENCE, value = "false") boolean sequence)
            implements InstructionStep {}

    /** Vector set: fills memory with a value. */
    record Vset(
            @Knob(doc = StepDoc.COUNT, value = "1", max = StepDoc.MOST)
            long count,

            @Knob(doc = StepDoc.THINK, value = "0 ns", max = "1000 s")
            long thinkPs,

            @Knob(doc = StepDoc.IN_FLIGHT, value = "1", min = "1", max = "128")
            int inFlight,

            @Knob(doc = StepDoc.ARRIVALS) ArrivalsSpec arrivals,

            @Knob(doc = StepDoc.REGION, required = true) String region,
            @Knob(doc = StepDoc.OFFSET, value = "0 B") long offsetBytes,

            @Knob(doc = StepDoc.LENGTH, value = "rest", word = "rest", min = "1 B")
            long lengthBytes,

            @Knob(doc = StepDoc.XTYPE, value = "cl") TransferType xtype,

            @Knob(doc = StepDoc.NELEM, value = "1", min = "1", max = "1000000000000")
            long nelem,

            @Knob(doc = StepDoc.STRIDE, value = "1", min = "-1000000000", max = "1000000000")
            long stride,

            @Knob(doc = StepDoc.PATTERN) PatternSpec pattern,

            @Knob(doc = StepDoc.STORED, value = "0", kind = Kind.VALUE)
            long value)
            implements InstructionStep {}

    /** Block copy: memory to memory through a buffer in the data segment. */
    record Bcopy(
            @Knob(doc = StepDoc.COUNT, value = "1", max = StepDoc.MOST)
            long count,

            @Knob(doc = StepDoc.THINK, value = "0 ns", max = "1000 s")
            long thinkPs,

            @Knob(doc = StepDoc.IN_FLIGHT, value = "1", min = "1", max = "128")
            int inFlight,

            @Knob(doc = StepDoc.ARRIVALS) ArrivalsSpec arrivals,

            @Knob(doc = "Region read.", required = true) String from,
            @Knob(doc = "Region written.", required = true) String to,

            @Knob(doc = "Start in the region read.", value = "0 B")
            long fromOffsetBytes,

            @Knob(doc = "Start in the region written.", value = "0 B")
            long toOffsetBytes,

            @Knob(
                    doc = "Bytes copied, or \"rest\" for what is left of the region read.",
                    value = "rest",
                    word = "rest",
                    min = "1 B")
            long lengthBytes,

            @Knob(doc = "Buffer in lines of the data segment.", value = "128", min = "1", max = "512")
            int bufsize,

            @Knob(doc = StepDoc.XTYPE, value = "cl") TransferType xtype,

            @Knob(
                    doc = "\"thread\" splits the bytes evenly, in whole lines, over the threads of the group.",
                    value = "none")
            Slice slice)
            implements InstructionStep {}

    /** What a load is compared with. */
    enum Expect {
        NONE,
        CONTENT
    }

    /** How a copy is divided. */
    enum Slice {
        NONE,
        THREAD
    }
}
